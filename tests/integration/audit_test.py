"""Whoever sees personal data or administers anything is found in the audit, by the real server and client."""
import json
import pathlib
import shutil
import tempfile
import time
import unittest

from identity_test import PASSWORD, Person
from server import DEMO, Folder, Server
from wire import OK, call, encode

COUNCIL = "E08900001"
FAILED_PRECONDITION = 9


class Audit(unittest.TestCase):
    def setUp(self):
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="ccfa-audit-"))
        self.addCleanup(shutil.rmtree, self.scratch)
        master = self.scratch / "master"
        master.write_text("a1" * 32 + "\n", encoding="ascii")
        master.chmod(0o600)
        self.server = Server(self.scratch / "data",
                             arguments=["--identity", "accounts", "--master-key", master]).start()
        self.addCleanup(self.server.kill)
        self.root = Person(self.scratch / "root", self.server)
        secret = self.server.data / "identity" / "bootstrap-secret"
        self.do("accounts", "bootstrap", "root", "--secret-file", secret, "--password-file", "-")
        self.assertEqual(self.root.login("root")[0], 0)
        self.do("settle")

    def do(self, *words, person=None, stdin=PASSWORD + "\n"):
        code, out, why = (person or self.root).ctl(*words, stdin=stdin)
        self.assertEqual(code, 0, (words, why, out))
        return [json.loads(line) for line in out.splitlines() if line.startswith("{")]

    def audit(self, council, *more, person=None):
        return self.do("audit", "--council", council, "--limit", "0", *more, person=person)

    def person(self, user, *rights):
        self.do("accounts", "add", user, *rights, "--password-file", "-")
        person = Person(self.scratch / user, self.server)
        self.assertEqual(person.login(user)[0], 0)
        return person

    # F58, F70
    def test_every_access_and_every_act_is_in_the_audit_of_its_council(self):
        lee = self.person("lee", "--roles", "coordinator", "--councils", COUNCIL)
        hart = self.person("hart", "--roles", "scrutiny", "--councils", COUNCIL)
        self.do("wards", "import", DEMO / "wards.geojson")
        self.do("agencies", "import", DEMO / "agencies.csv")
        self.do("teams", "create", "--one-per-ward")
        self.do("settle")
        self.do("agreements", "record", "--name", f"councils/{COUNCIL}/agreements/isa-1", "--agency",
                f"councils/{COUNCIL}/agencies/riverton-homes", "--categories", "name", "--purposes", "a visit",
                "--from-date", "2020-01-01", "--to-date", "2099-12-31")
        call = self.do("calls", "log", "--council", COUNCIL, "--category", "noise", "--summary", "Every night",
                       "--source", "phone", "--caller", "-", person=lee,
                       stdin='{"details": {"name": "Zeb Quillfeather"}}')[0]["name"]
        show = ("callers", "show", call, "--purpose", "ring back", "--legal-basis", "public-task", "--fields", "name")
        self.do(*show, person=lee)
        self.do("callers", "rotate-keys", "--council", COUNCIL)
        self.do("calls", "export", "--council", COUNCIL, "--purpose", "the yearly report", person=lee)
        key = self.scratch / "riverton"
        self.do("keys", "new", key)
        head = self.scratch / "head.json"
        head.write_text(self.root.ctl("journal", "head", "--council", COUNCIL, "--key", key)[1], encoding="utf-8")
        self.assertEqual(self.root.ctl("journal", "prove", call, "--against", head)[0], 0)
        self.do("callers", "erase", call, "--reason", "they asked", person=lee)
        self.do("accounts", "roles", "lee", "--roles", "analyst", "--councils", COUNCIL)
        self.do("accounts", "reset-password", "lee", "--password-file", "-")
        self.do("accounts", "reset-totp", "lee")
        self.do("accounts", "disable", "lee")
        self.do("accounts", "enable", "lee")
        self.do("accounts", "totp", "--password-file", "-")
        self.do("accounts", "rotate-keys")
        for _ in range(5):
            self.assertNotEqual(lee.ctl("login", "--user", "lee", "--password-file", "-", stdin="wrong\n")[0], 0)

        found = self.audit(COUNCIL, person=hart)
        self.assertEqual([entry["time"] for entry in found], sorted((entry["time"] for entry in found), reverse=True))
        told = {(entry["what"], entry["who"], entry["on"]) for entry in found}
        ours = f"councils/{COUNCIL}"
        for expected in (("account created", "administrator:root", "accounts/lee"),
                         ("council registered", "administrator:root", ours),
                         ("agreement recorded", "administrator:root", f"{ours}/agreements/isa-1"),
                         ("caller written down", "coordinator:lee", call), ("caller opened", "coordinator:lee", call),
                         ("caller erased", "coordinator:lee", call), ("keys rotated", "administrator:root", ours),
                         ("calls exported", "coordinator:lee", ours),
                         ("journal exported", "administrator:root", "ccfa.intake.v1"),
                         ("roles set", "administrator:root", "accounts/lee"),
                         ("password reset", "administrator:root", "accounts/lee"),
                         ("totp reset", "administrator:root", "accounts/lee"),
                         ("account disabled", "administrator:root", "accounts/lee"),
                         ("account enabled", "administrator:root", "accounts/lee"),
                         ("account locked", "system:sign-in", "accounts/lee")):
            self.assertIn(expected, told)
        kinds = {entry["what"]: entry["kind"] for entry in found}
        self.assertEqual(kinds["caller opened"], "AUDIT_KIND_ACCESS")
        self.assertEqual(kinds["account locked"], "AUDIT_KIND_ACT")
        whys = {entry["why"] for entry in found if entry["what"] == "journal exported"}
        self.assertEqual(whys, {"a signed head", "a proof"})
        self.assertTrue({"ward registered", "agency registered", "team created"} <= set(kinds))
        self.assertNotIn(PASSWORD, json.dumps(found))
        self.assertNotIn("Quillfeather", json.dumps(found))
        # Of every council at once, which is for who may do anything everywhere.
        everywhere = {(entry["what"], entry["on"].split("/")[0]) for entry in self.audit("-")}
        self.assertTrue({("bootstrapped", "accounts"), ("signing key rotated", "keys"), ("totp enrolled", "accounts")}
                        <= everywhere)
        self.assertEqual(hart.ctl("audit", "--council", "-")[2], "NOT_YOUR_COUNCIL")
        # Narrowed, and as at a moment: an erasure that has not happened yet is not there.
        erased = next(entry for entry in found if entry["what"] == "caller erased")
        self.assertEqual(self.audit(COUNCIL, "--who", "coordinator:lee", "--from", erased["time"]), [erased])
        self.assertNotIn(erased, self.audit(COUNCIL, "--to", erased["time"]))
        before = self.root.ctl("--as-at", found[-1]["time"], "audit", "--council", COUNCIL)
        deadline = time.monotonic() + 10
        while before[0] == 5:
            self.assertLess(time.monotonic(), deadline)
            before = self.root.ctl("--as-at", found[-1]["time"], "audit", "--council", COUNCIL)
        self.assertEqual(len(before[1].splitlines()), 1)
        for check in ("verify", "rebuild"):
            self.do(check)

    def test_an_act_that_was_answered_is_there_after_a_crash(self):
        self.person("lee", "--roles", "coordinator", "--councils", COUNCIL)
        before = self.do("accounts", "list")
        self.server.kill()
        self.server.port = self.server.address.split(":")[1]  # where their tokens are kept for
        self.server.start()
        self.assertEqual(self.do("accounts", "list"), before)
        self.assertIn(("account created", "accounts/lee"),
                      {(entry["what"], entry["on"]) for entry in self.audit(COUNCIL)})


class Exports(unittest.TestCase):
    def test_calls_are_exported_to_who_has_said_what_for_and_to_nobody_else(self):
        with Folder() as folder:
            server = Server(folder / "data", arguments=["--identity", "trusted"]).start()
            self.addCleanup(server.kill)
            server.load_demo_places()
            export = encode("insight", "ExportCallsRequest", parent=f"councils/{COUNCIL}")

            def outcome(actor):
                return call(server.address, "ccfa.insight.v1.InsightService/ExportCalls", export, actor)[:2]

            code, why = outcome("analyst:wu")
            self.assertEqual(code, FAILED_PRECONDITION)
            self.assertIn("RecordExport", why)
            refused = server.ctl("calls", "export", "--council", COUNCIL, "--purpose", "", actor="analyst:wu")
            self.assertEqual(refused.error["field"], "purpose")
            self.assertEqual(server.ctl("calls", "export", "--council", COUNCIL, actor="analyst:wu").code, 0)
            self.assertEqual(outcome("analyst:wu")[0], OK)
            self.assertEqual(outcome("analyst:another")[0], FAILED_PRECONDITION)


if __name__ == "__main__":
    unittest.main()
