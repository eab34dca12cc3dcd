"""A record that proves itself to whoever has the council's public key, and no server."""
import json
import stat
import subprocess
import unittest

from server import Folder, Server

RIVERTON = "E08900001"
TOPICS = ["ccfa.intake.v1", "ccfa.routing.v1", "ccfa.sara.v1", "ccfa.scrutiny.v1"]


class Proof(unittest.TestCase):
    def setUp(self):
        self.holder = Folder()
        self.folder = self.holder.__enter__()
        self.addCleanup(self.holder.cleanup)
        self.server = Server(self.folder / "data", arguments=["--partitions", "3"]).start()
        self.addCleanup(self.server.kill)
        self.server.load_demo_places()
        self.calls = [self.log() for _ in range(3)]
        self.log("E06900001")
        self.key = self.folder / "riverton"
        self.public = self.folder / "riverton.pub"
        self.assertEqual(self.server.ctl("keys", "new", self.key).code, 0)

    def log(self, council=RIVERTON):
        ward = {"E08900001": "E05900011", "E06900001": "E05900201"}[council]
        logged = self.server.ctl(
            "calls", "log", "--council", council, "--category", "fly-tipping", "--summary",
            "Mattresses behind the garages", "--source", "surgery", "--ward", ward,
            actor=f"councillor:{ward.lower()}-1")
        self.assertEqual(logged.code, 0, logged.err)
        self.assertEqual(self.server.ctl("settle").code, 0)
        return logged.objects[0]["name"]

    def keep(self, name, *words):
        """The output of a command, in a file."""
        with open(self.folder / name, "wb") as out:
            run = subprocess.run(self.server.command(*words), stdout=out, stderr=subprocess.PIPE, check=False)
        self.assertEqual(run.returncode, 0, run.stderr)
        return self.folder / name

    def head(self, name):
        return self.keep(name, "journal", "head", "--council", RIVERTON, "--key", self.key)

    def export(self, name, council=RIVERTON):
        return self.keep(name, "journal", "export", "--council", council)

    def verify(self, head, *words, key=None):
        return self.server.ctl("verify", "--against", head, "--public-key", key or self.public, *words)

    # F71
    def test_an_export_is_proved_by_a_published_head_and_no_server(self):
        head, exported = self.head("head"), self.export("export")
        self.server.kill()
        verified = self.verify(head, exported)
        self.assertEqual(verified.code, 0, verified.err)
        self.assertEqual([row["topic"] for row in verified.objects], TOPICS)
        # The export is itself a record of each topic that has any.
        self.assertLessEqual({row["later"] for row in verified.objects}, {"0", "1"})
        self.assertGreaterEqual(int(verified.objects[0]["as_signed"]), 3)
        self.assertEqual(json.loads(head.read_text(encoding="utf-8"))["council"], RIVERTON)

    # F71
    def test_damage_is_named_with_its_place(self):
        head, exported = self.head("head"), self.export("export")
        whole = exported.read_bytes()
        exported.write_bytes(whole.replace(b"Mattresses", b"Pianos....", 1))
        altered = self.verify(head, exported)
        self.assertEqual(altered.code, 1)
        self.assertRegex(altered.error["message"], r"ccfa\.intake\.v1 seq \d+, record \d+ of E08900001: follows")
        exported.write_bytes(whole[:len(whole) // 2])
        self.assertRegex(self.verify(head, exported).error["message"], r"at byte \d+, behind ccfa\.\w+\.v1, record \d+")
        self.assertIn("is of E06900001", self.verify(head, self.export("other", "E06900001")).error["message"])
        other = self.folder / "other-key"
        self.assertEqual(self.server.ctl("keys", "new", other).code, 0)
        exported.write_bytes(whole)
        self.assertIn("another key", self.verify(head, exported, key=f"{other}.pub").error["message"])
        signed = json.loads(head.read_text(encoding="utf-8"))
        signed["topics"][0]["records"] = "1"
        head.write_text(json.dumps(signed), encoding="utf-8")
        self.assertIn("altered since it was signed", self.verify(head, exported).error["message"])

    # F71
    def test_an_earlier_head_holds_for_what_came_later(self):
        head = self.head("head")
        self.log()
        for later in (self.verify(head, self.export("later")), self.verify(head)):
            self.assertEqual(later.code, 0, later.err)
            self.assertGreater(int(later.objects[0]["later"]), 0)
        # An export from before a head lacks what it names.
        early, newer = self.folder / "later", None
        self.log()
        newer = self.head("newer")
        self.assertIn("ends here with", self.verify(newer, early).error["message"])

    # F71
    def test_one_calls_history_is_proved_without_the_others(self):
        head = self.head("head")
        proof = self.keep("proof", "journal", "prove", self.calls[1], "--against", head)
        self.server.kill()
        checked = self.verify(head, "--proof", proof)
        self.assertEqual(checked.code, 0, checked.err)
        self.assertEqual({row["subject"] for row in checked.objects}, {self.calls[1]})
        text = json.loads(proof.read_text(encoding="utf-8"))
        text["records"][0]["index"] = "2"
        proof.write_text(json.dumps(text), encoding="utf-8")
        wrong = self.verify(head, "--proof", proof)
        self.assertEqual(wrong.code, 1)
        self.assertIn("not in the journal the head stands for", wrong.error["message"])

    def test_what_is_asked_for_wrongly_is_refused_with_the_reason(self):
        head = self.head("head")
        self.key.chmod(stat.S_IRUSR | stat.S_IROTH)
        self.assertEqual(self.server.ctl("journal", "head", "--council", RIVERTON, "--key", self.key).error["reason"],
                         "KEY_NOT_PRIVATE")
        self.assertEqual(self.server.ctl("keys", "new", self.key).error["reason"], "KEY_EXISTS")
        self.assertEqual(self.server.ctl("verify", self.folder / "export").code, 2)
        self.assertEqual(self.server.ctl("verify", "--against", head).code, 2)
        self.assertEqual(self.verify(head, self.folder / "none").code, 3)
        unknown = self.server.ctl("journal", "prove", f"councils/{RIVERTON}/calls/2026-999999", "--against", head)
        self.assertEqual(unknown.code, 3)
        for words in (("head", "--key", self.folder / "other"), ("export",)):
            if words[0] == "head":
                self.assertEqual(self.server.ctl("keys", "new", self.folder / "other").code, 0)
            nobody = self.server.ctl("journal", *words, "--council", "E08999999")
            self.assertEqual((nobody.code, nobody.out), (3, ""))
        elsewhere = self.server.ctl("journal", "prove", "councils/E06900001/calls/2026-000001", "--against", head)
        self.assertEqual(elsewhere.code, 4)


if __name__ == "__main__":
    unittest.main()
