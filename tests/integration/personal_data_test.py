"""People's names, contacts and addresses go in and out of the real server, and stand nowhere in clear: in no
file, table, log, metric, error, export or backup. Erased, they open from no backup either."""
import json
import os
import pathlib
import shutil
import socket
import subprocess
import time
import unittest
import urllib.request

from server import BIN, DEMO, Folder, Server

COUNCIL, NEIGHBOUR = "E08900001", "E06900001"
COORDINATOR, ADMINISTRATOR = "coordinator:lee", "administrator:root"
# Words that stand nowhere else. F57, F73.
MARKS = ["Quillfeather", "0770090046", "Marzipan", "Xylograph", "Hollyoak-Smythe"]
CALLER = {"details": {"name": "Zeb Quillfeather", "contact": "07700900461", "address": "17 Marzipan Row",
                      "notes": "hears it through the wall, says Xylograph"},
          "consents": [{"to": "CONSENT_TO_CONTACT", "given": True, "how_asked": "by telephone"},
                       {"to": "CONSENT_TO_COUNCIL", "given": True, "how_asked": "by telephone"}]}
WORDS = {"summary": "[[Quillfeather]] hears it", "description": "says [[Zeb Quillfeather, 17 Marzipan Row]]; loud",
         "tried": [{"contacted": "the landlord", "answer": "[[Xylograph]] said no"}]}
LOG = ("calls", "log", "--council", COUNCIL, "--category", "fly-tipping", "--summary", "Bags behind the shops",
       "--source", "surgery", "--standing", "lives-in-ward", "--regime", "crime-and-disorder")


def key_file(path, *keys):
    path.write_text("\n".join(keys) + "\n", encoding="ascii")
    path.chmod(0o600)
    return path


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


class Callers:
    """What people do with callers: `self.server` has the client, `self.folder` what is written beside it."""

    def do(self, *words, actor=COORDINATOR):
        answer = self.server.ctl(*words, actor=actor)
        self.assertEqual(answer.code, 0, answer.err)
        return answer.objects

    def refused(self, reason, *words, actor=COORDINATOR):
        answer = self.server.ctl(*words, actor=actor)
        self.assertNotEqual(answer.code, 0, answer.out)
        self.assertEqual(answer.error["reason"], reason, answer.err)
        for mark in MARKS:
            self.assertNotIn(mark, answer.err + answer.out)
        return answer.error

    def write(self, name, content):
        path = self.folder / name
        path.write_text(json.dumps(content), encoding="utf-8")
        return path

    def caller_file(self, caller):
        return self.write("caller.json", caller)

    def log(self, caller=None, *more, council=COUNCIL):
        words = [council if word == COUNCIL else word for word in LOG]
        return self.do(*words, "--caller", self.caller_file(caller or CALLER), *more)[0]["name"]

    def show(self, call, *fields, actor=COORDINATOR):
        words = [word for field in fields for word in ("--fields", field)]
        shown = self.do("callers", "show", call, "--purpose", "a visit", "--legal-basis", "public-task", *words,
                        actor=actor)[0]
        return {field: text for field, text in shown["caller"].items() if text}

    def refused_to_show(self, reason, call, *more, actor=COORDINATOR):
        self.refused(reason, "callers", "show", call, "--purpose", "a visit", "--legal-basis", "public-task",
                     "--fields", "name", *more, actor=actor)

    def find_marks(self):
        """Every place where a mark stands: in the files' bytes, and in the rows of the tables."""
        for ours in self.folder.glob("*.json"):
            ours.unlink()
        found = []
        for folder in self.folders():
            for path in folder.rglob("*"):
                if path.is_file():
                    found += [(path, mark) for mark in MARKS if mark.encode() in path.read_bytes()]
        databases = {path.parent for path in self.folder.rglob("CURRENT")}
        self.assertGreaterEqual(len(databases), 6)
        for database in databases:
            rows = subprocess.run([BIN / "ccfa-rows", database], capture_output=True, check=True).stdout
            self.assertGreater(len(rows), 0, database)
            found += [(database, mark) for mark in MARKS if mark.encode() in rows]
        return found


class Flows(Callers):
    """What is to come of it, whoever keeps the journal and the keys."""

    # F13, F57
    def test_a_caller_is_shown_to_those_who_may_see_them_and_the_list_says_so(self):
        call = self.log()
        self.assertEqual(self.show(call, "name", "contact"),
                         {"name": "Zeb Quillfeather", "contact": "07700900461"})
        self.refused_to_show("ROLE_MAY_NOT", call, actor="analyst:wu")
        officer = "officer:reid@" + self.do("agencies", "list", "--council", COUNCIL)[0]["name"].split("/")[-1]
        self.refused_to_show("NO_AGREEMENT", call, actor=officer)
        self.do("agreements", "record", "--name", f"councils/{COUNCIL}/agreements/isa-1", "--agency",
                f"councils/{COUNCIL}/agencies/{officer.split('@')[1]}", "--categories", "name", "--purposes", "a visit",
                "--from-date", "2020-01-01", "--to-date", "2099-12-31", actor=ADMINISTRATOR)
        deadline = time.monotonic() + 10
        while self.server.ctl("callers", "show", call, "--purpose", "a visit", "--legal-basis", "public-task",
                              "--fields", "name", actor=officer).code != 0:
            self.assertLess(time.monotonic(), deadline)
        self.refused_to_show("NO_AGREEMENT", call, "--fields", "contact", actor=officer)
        shown = self.do("disclosures", "--council", COUNCIL)
        self.assertEqual([one["who"] for one in shown], [COORDINATOR, officer])
        self.assertEqual(shown[1]["legal_basis"], "LEGAL_BASIS_PUBLIC_TASK")
        self.assertEqual(len(self.do("disclosures", "--council", COUNCIL, "--agency", officer.split("@")[1])), 1)

    def log_words(self, words, *more):
        return ("calls", "log", "--council", COUNCIL, "--category", "noise", "--source", "phone", "--details",
                self.caller_file(words), *more)

    # F57
    def test_what_is_marked_in_a_calls_words_is_withheld_and_shown_with_its_caller(self):
        call = self.do(*self.log_words(WORDS))[0]["name"]
        told = self.do("calls", "show", call)[0]
        self.assertEqual((told["details"]["summary"], told["details"]["description"], told["caller"]),
                         ("[withheld] hears it", "says [withheld]; loud", "sealed"))
        self.assertIn("says [withheld]; loud", json.dumps(self.do("history", call)))
        show = ("callers", "show", call, "--purpose", "a visit", "--legal-basis", "public-task", "--fields")
        self.assertEqual({one["field"]: one["text"] for one in self.do(*show, "marked")[0]["marked"]},
                         {"details.summary": "Quillfeather hears it",
                          "details.description": "says Zeb Quillfeather, 17 Marzipan Row; loud",
                          "details.tried[0].answer": "Xylograph said no"})
        self.assertEqual(self.do(*show, "name")[0]["marked"], [])
        # A caller who is written down later has the same key.
        self.do("callers", "change", call, "--details", self.caller_file(CALLER["details"]))
        both = self.do(*show, "marked", "--fields", "name")[0]
        self.assertEqual((both["caller"]["name"], len(both["marked"])), ("Zeb Quillfeather", 3))
        self.check_keys(1)
        self.do("callers", "erase", call, "--reason", "they asked for it")
        self.refused("CALLER_ERASED", *show, "marked")
        self.assertEqual(self.do("calls", "show", call)[0]["details"]["summary"], "[withheld] hears it")

    # F57
    def test_marks_that_would_protect_nothing_are_refused(self):
        for words, field in (({"summary": "[[Quillfeather hears it"}, "details.summary"),
                             ({"summary": "s", "description": "Quillfeather]]"}, "details.description"),
                             ({"summary": "s", "place": {"text": "[[Marzipan [[Row]]"}}, "details.place.text")):
            self.assertEqual(self.refused("INVALID_FIELD", *self.log_words(words))["field"], field)
        # On a command line it would be no secret any more, and other commands seal nothing.
        line = [word if word != "Bags behind the shops" else "[[Quillfeather]]" for word in LOG]
        self.assertEqual(self.refused("INVALID_FIELD", *line)["field"], "details.summary")
        call = self.do(*LOG)[0]["name"]
        for words, field in ((("calls", "withdraw", call, "--reason", "[[Quillfeather]] moved"), "reason"),
                             (("callers", "erase", call, "--reason", "[[Quillfeather]] asked"), "reason")):
            self.assertEqual(self.refused("INVALID_FIELD", *words)["field"], field)
        self.check_keys(0)

    # F13
    def test_a_request_that_is_sent_again_is_the_same_and_one_with_another_body_is_not(self):
        call = self.log(None, "--request-id", "surgery-1")
        self.assertEqual(self.log(None, "--request-id", "surgery-1"), call)
        other = dict(CALLER, details=dict(CALLER["details"], contact="07700900462"))
        self.refused("REQUEST_ID_REUSED", *LOG, "--caller", self.caller_file(other), "--request-id", "surgery-1")
        change = ("callers", "change", self.do(*LOG)[0]["name"], "--request-id", "surgery-2", "--details")
        for repeated in (False, True):
            receipt = self.do(*change, self.caller_file(CALLER["details"]))[0]
            self.assertEqual(receipt.get("repeated", False), repeated)
        self.refused("REQUEST_ID_REUSED", *change, self.caller_file(other["details"]))
        self.check_keys(2)
        # One that was refused is sent again put right, and takes the key that was made for it.
        bad = [word if word != "fly-tipping" else "Fly Tipping" for word in LOG]
        self.refused("INVALID_FIELD", *bad, "--caller", self.caller_file(CALLER), "--request-id", "surgery-3")
        self.check_keys(3)
        right = self.log(None, "--request-id", "surgery-3")
        self.check_keys(3)
        self.do("callers", "erase", right, "--reason", "asked")
        self.do("callers", "erase", call, "--reason", "asked")
        self.do("callers", "erase", change[2], "--reason", "asked")
        self.refused("CALLER_ERASED", *change, self.caller_file(CALLER["details"]))
        self.refused("CALLER_ERASED", *LOG, "--caller", self.caller_file(CALLER), "--request-id", "surgery-1")
        self.check_keys(0)

    # F57
    def test_a_new_master_key_takes_the_place_of_an_old_one(self):
        call = self.log()
        key_file(self.master, "b2" * 32, "a1" * 32)
        self.restart()
        self.refused("ROLE_MAY_NOT", "callers", "rotate-keys", "--council", COUNCIL)
        rotated = self.do("callers", "rotate-keys", "--council", COUNCIL, actor=ADMINISTRATOR)[0]
        self.assertEqual(rotated["rewrapped"], 1)
        key_file(self.master, "b2" * 32)
        self.restart()
        self.assertEqual(self.show(call, "name"), {"name": "Zeb Quillfeather"})
        key_file(self.master, "c3" * 32)
        self.restart()
        self.refused_to_show("MASTER_KEY_UNKNOWN", call)

    def road_with_a_caller(self):
        """A call of the demonstration that has gone its whole road, imports beside it, with a caller; and its pack."""
        surroundings = {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", "CCFA_SERVER": self.server.address}
        for script in ("load", "road"):
            subprocess.run([DEMO / script], env=surroundings, capture_output=True, timeout=120, check=True)
        call = self.do("calls", "list", "--council", COUNCIL, "--state", "resolved")[0]
        self.do("callers", "change", call["name"], "--details", self.caller_file(CALLER["details"]))
        return call["name"], self.server.ctl("referrals", "pack", call["referral"]).out

    # F13, F57, F73
    def test_nothing_personal_stands_anywhere_in_clear(self):
        call, pack = self.road_with_a_caller()
        self.do("callers", "change", call, "--details",
                self.caller_file({"address": "The Old Marzipan Works", "notes": "Xylograph, again"}))
        self.show(call, "name", "contact", "address", "notes")
        # Refused for what it says, for what it does not say, and for who says it.
        long = dict(CALLER, details={"name": "Quillfeather " * 40})
        self.assertEqual(self.refused("INVALID_FIELD", *LOG, "--caller", self.caller_file(long))["field"],
                         "caller.details.name")
        lines = dict(CALLER, details={"contact": "Marzipan\n0770090046"})
        self.assertEqual(self.refused("INVALID_FIELD", *LOG, "--caller", self.caller_file(lines))["field"],
                         "caller.details.contact")
        broken = self.folder / "caller.json"
        broken.write_text('{"details": {"name": Quillfeather}}', encoding="utf-8")
        self.refused("INVALID_ARGUMENT", *LOG, "--caller", broken)
        bad_category = [word if word != "fly-tipping" else "Fly Tipping" for word in LOG]
        self.refused("INVALID_FIELD", *bad_category, "--caller", self.caller_file(CALLER))
        self.refused("ROLE_MAY_NOT", "callers", "change", call, "--details",
                     self.caller_file(CALLER["details"]), actor="analyst:wu")
        # To another council, and erased here: the marked words travel with the caller.
        other = self.do(*self.log_words(WORDS, "--caller", self.write("consents.json", CALLER)))[0]["name"]
        refer = ("calls", "refer-to-council", other, "--council", f"councils/{NEIGHBOUR}", "--reason", "their road",
                 "--request-id", "refer-1")
        self.do(*refer)
        deadline = time.monotonic() + 10
        while not (theirs := [one for one in self.do("calls", "list", "--council", NEIGHBOUR, "--limit", "0")
                              if one.get("referred_from") == other]):
            self.assertLess(time.monotonic(), deadline)
        self.assertEqual(theirs[0]["caller"], "consent needed")
        marked = self.do("callers", "show", theirs[0]["name"], "--purpose", "a visit", "--legal-basis", "public-task",
                         "--fields", "marked")[0]["marked"]
        self.assertIn("Quillfeather hears it", [one["text"] for one in marked])
        self.assertEqual(self.show(theirs[0]["name"], "name"), {"name": "Zeb Quillfeather"})
        self.do("callers", "erase", other, "--reason", "they asked for it")
        self.assertEqual(self.show(theirs[0]["name"], "name"), {"name": "Zeb Quillfeather"})
        self.do("callers", "erase", theirs[0]["name"], "--reason", "they asked them too")
        self.refused_to_show("CALLER_ERASED", theirs[0]["name"])
        self.assertTrue(self.do(*refer)[0]["repeated"])
        said = [pack] + [self.server.ctl(*words).out for words in
                (("history", call), ("calls", "show", call), ("calls", "export", "--council", COUNCIL),
                 ("calls", "export", "--council", NEIGHBOUR), ("disclosures", "--council", COUNCIL),
                 ("clocks", "--council", COUNCIL), ("triage", "list", "--council", COUNCIL))]
        csv = [BIN / "ccfactl", "--server", self.server.address, "calls", "export", "--council", COUNCIL]
        said.append(subprocess.run(csv, capture_output=True, text=True, check=True).stdout)
        said += self.metrics()
        for text in said:
            for mark in MARKS:
                self.assertNotIn(mark, text)
        self.assertIn(COORDINATOR, said[5])
        self.leave_everything_on_the_disk()
        self.assertEqual(self.find_marks(), [])


class PersonalData(Flows, unittest.TestCase):
    def setUp(self):
        holder = Folder()
        self.folder = holder.__enter__()
        self.addCleanup(holder.cleanup)
        self.master = key_file(self.folder / "master", "a1" * 32)
        self.metrics_port = free_port()
        self.server = Server(self.folder / "data", arguments=[
            "--master-key", self.master, "--metrics", f"127.0.0.1:{self.metrics_port}"]).start()
        self.addCleanup(self.end)
        self.server.load_demo_places()
        self.do("agencies", "import", DEMO / "agencies.csv", actor=ADMINISTRATOR)

    def end(self):
        if self.server.process.poll() is None:
            self.server.kill()

    def keys(self, folder=None):
        folder = folder or self.folder / "data" / "keys"
        return sorted(path for path in folder.rglob("*") if path.is_file())

    def check_keys(self, count):
        self.assertEqual(len(self.keys()), count)

    def folders(self):
        return [self.folder]

    def restart(self):
        self.assertEqual(self.server.stop(), 0)
        self.server.start()

    def leave_everything_on_the_disk(self):
        """A backup beside it, and what a crash leaves."""
        self.server.stop()
        shutil.copytree(self.folder / "data", self.folder / "backup")
        self.server.start()
        self.server.kill()

    # F57
    def test_without_a_master_key_nothing_personal_is_taken_and_all_else_works(self):
        call = self.log()
        self.server.stop()
        self.server.arguments = []
        self.server.start()
        self.refused("KEYS_MISSING", *LOG, "--caller", self.caller_file(CALLER))
        self.refused("KEYS_MISSING", *self.log_words(WORDS))
        self.refused_to_show("KEYS_MISSING", call)
        self.do(*LOG)
        self.do("calls", "show", call)

    # F57
    def test_the_master_key_is_taken_from_a_file_for_its_owner_only_or_the_environment(self):
        call = self.log()
        self.server.stop()
        self.master.chmod(0o644)
        with self.assertRaisesRegex(RuntimeError, "ended"):
            self.server.start()
        self.server.arguments = []
        os.environ["CCFA_MASTER_KEY"] = "a1" * 32
        try:
            self.server.start()
        finally:
            del os.environ["CCFA_MASTER_KEY"]
        self.assertEqual(self.show(call, "name"), {"name": "Zeb Quillfeather"})
        proc = pathlib.Path("/proc") / str(self.server.process.pid)
        self.assertRegex((proc / "limits").read_text(encoding="ascii"), r"Max core file size\s+0\s+0")
        if os.geteuid() == 0:  # to everybody else the kernel does not show it at all
            self.assertNotIn(b"a1a1a1", (proc / "environ").read_bytes())

    # F73
    def test_an_erased_caller_opens_from_no_backup_and_is_erased_again_when_a_key_comes_back(self):
        call, kept = self.log(), self.log(dict(CALLER, details={"name": "Ann Hollyoak-Smythe"}))
        self.server.stop()
        shutil.copytree(self.folder / "data", self.folder / "backup")
        self.server.start()
        before = self.figures()
        self.do("callers", "erase", call, "--reason", "they asked for it")
        self.refused_to_show("CALLER_ERASED", call)
        self.assertEqual(self.do("calls", "show", call)[0]["caller"], "erased")
        self.assertEqual(self.figures(), before)
        self.assertIn("caller erased", json.dumps(self.do("history", call)))
        for check in ("verify", "rebuild"):
            self.assertEqual(self.server.ctl(check).code, 0)
        self.assertEqual(len(self.keys()), 1)

        # All of the keys as they were: the journal knows which are to go.
        self.server.kill()
        shutil.rmtree(self.folder / "data" / "keys")
        shutil.copytree(self.folder / "backup" / "keys", self.folder / "data" / "keys")
        self.assertEqual(len(self.keys()), 2)
        self.server.start()
        deadline = time.monotonic() + 20
        while len(self.keys()) > 1:
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.05)
        self.assertEqual(self.show(kept, "name"), {"name": "Ann Hollyoak-Smythe"})

        # The data as they were, with the keys as they are.
        self.server.stop()
        shutil.rmtree(self.folder / "backup" / "keys")
        shutil.copytree(self.folder / "data" / "keys", self.folder / "backup" / "keys")
        old = self.server
        self.server = Server(self.folder / "backup", arguments=old.arguments).start()
        self.refused_to_show("CALLER_ERASED", call)
        self.assertEqual(self.show(kept, "name"), {"name": "Ann Hollyoak-Smythe"})

    def figures(self):
        """What is counted and exported, but for what says that a caller was erased."""
        calls = self.do("calls", "export", "--council", COUNCIL)
        for call in calls:
            for changed in ("caller", "etag", "update_time"):
                call.pop(changed, None)
        return calls, self.do("analysis", "repeat-places", "--council", COUNCIL)

    def metrics(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.metrics_port}/metrics") as page:
            return [page.read().decode()]


if __name__ == "__main__":
    unittest.main()
