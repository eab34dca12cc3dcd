"""Everything as it was at a past moment, through every service and the client."""
import datetime
import json
import os
import subprocess
import sys
import unittest

from server import BIN, DEMO, Folder, Server

RIVERTON = "E08900001"

# Stands before the real client on the road script's path: after each command it notes the time, and
# what is shown of the call then.
WATCHER = f"""#!{sys.executable}
import datetime, json, os, pathlib, subprocess, sys
real, notes = {str(BIN / "ccfactl")!r}, pathlib.Path(os.environ["NOTES"])
run = subprocess.run([real, *sys.argv[1:]], stdout=subprocess.PIPE, text=True)
sys.stdout.write(run.stdout)
subprocess.run([real, "settle"], check=True)
if run.stdout.startswith("CallLogged"):
    (notes.parent / "call").write_text(run.stdout.split()[1])
moment = datetime.datetime.now(datetime.timezone.utc).isoformat().replace("+00:00", "Z")
call = (notes.parent / "call").read_text()
shown = subprocess.run([real, "--json", "calls", "show", call], stdout=subprocess.PIPE, text=True, check=True)
with open(notes, "a") as file:
    file.write(json.dumps([moment, call, json.loads(shown.stdout)]) + "\\n")
sys.exit(run.returncode)
"""


def now():
    return datetime.datetime.now(datetime.timezone.utc).isoformat().replace("+00:00", "Z")


class AsAt(unittest.TestCase):
    def setUp(self):
        holder = Folder()
        self.folder = holder.__enter__()
        self.addCleanup(holder.cleanup)
        self.server = Server(self.folder / "data").start()
        self.addCleanup(self.server.kill)

    def walk(self):
        """The demonstration, and what was shown of its call after each step of the road."""
        watched = self.folder / "bin"
        watched.mkdir()
        (watched / "ccfactl").write_text(WATCHER, encoding="utf-8")
        (watched / "ccfactl").chmod(0o755)
        surroundings = {**os.environ, "CCFA_SERVER": self.server.address, "NOTES": str(self.folder / "notes")}
        for script, path in (("load", BIN), ("road", watched)):
            run = subprocess.run([DEMO / script], env={**surroundings, "PATH": f"{path}:{os.environ['PATH']}"},
                                 capture_output=True, text=True, timeout=300, check=False)
            self.assertEqual(run.returncode, 0, run.stdout[-2000:] + run.stderr[-2000:])
        return [json.loads(line) for line in (self.folder / "notes").read_text(encoding="utf-8").splitlines()]

    def at(self, moment, *words, actor="administrator:test"):
        return self.server.ctl("--as-at", moment, *words, actor=actor)

    # F71
    def test_a_call_is_at_each_step_of_its_road_what_was_shown_then(self):
        begun = now()
        notes = self.walk()
        self.assertGreater(len(notes), 20)
        self.assertGreater(len({json.dumps(shown) for _, _, shown in notes}), 5)
        for moment, call, shown in notes:
            again = self.at(moment, "calls", "show", call)
            self.assertEqual(again.code, 0, again.err)
            self.assertEqual(again.objects, [shown], moment)
        # Before anything, there was nothing.
        call = notes[0][1]
        for words in (("calls", "show", call), ("history", call), ("config", "show", "--council", RIVERTON)):
            self.assertIn(self.at(begun, *words).code, (0, 3), words)
        self.assertEqual(self.at(begun, "calls", "show", call).error["reason"], "NOT_FOUND")
        self.assertEqual(self.at(begun, "calls", "list", "--council", RIVERTON).objects, [])
        self.assertEqual(self.at(begun, "wards", "list", "--council", RIVERTON).objects, [])

    # F71
    def test_lists_and_things_of_every_service(self):
        notes = self.walk()
        call = notes[0][1]
        problem = next(shown["problem"] for _, _, shown in notes if shown["problem"])
        half = notes[len(notes) // 2][0]
        reads = [("calls", "show", call), ("calls", "list", "--council", RIVERTON, "--limit", "0"),
                 ("calls", "export", "--council", RIVERTON), ("triage", "list", "--council", RIVERTON),
                 ("wards", "list", "--council", RIVERTON), ("teams", "list", "--council", RIVERTON),
                 ("problems", "show", problem), ("problems", "list", "--council", RIVERTON),
                 ("referrals", "list", "--council", RIVERTON), ("recommendations", "list", "--council", RIVERTON),
                 ("recommendations", "overdue", "--council", RIVERTON), ("history", problem),
                 ("clocks", "--council", RIVERTON, "--limit", "0")]
        last = now()
        as_now = {words: self.server.ctl(*words) for words in reads}
        differ = 0
        for words, answer in as_now.items():
            with self.subTest(words):
                self.assertEqual(answer.code, 0, answer.err)
                # Now, and in a year, it is as it is.
                self.assertEqual(self.at(last, *words).out, answer.out)
                self.assertEqual(self.at("2999-01-01T00:00:00Z", *words).out, answer.out)
                then = self.at(half, *words)
                self.assertEqual(then.code, 0, then.err)
                differ += then.out != answer.out
        self.assertGreater(differ, 4)
        # The same moment, the same answer, after more has happened.
        before = {words: self.at(half, *words).out for words in reads}
        self.server.ctl("calls", "log", "--council", RIVERTON, "--category", "noise", "--summary", "Late", "--source",
                        "web", actor="councillor:e05900011-1")
        self.assertEqual({words: self.at(half, *words).out for words in reads}, before)

    # F71
    def test_the_past_cannot_be_written_nor_badly_named(self):
        self.server.load_demo_places()
        for words in (("calls", "log", "--council", RIVERTON, "--category", "noise", "--summary", "Late", "--source",
                       "web"), ("calls", "accept", f"councils/{RIVERTON}/calls/2026-000001")):
            refused = self.at("2026-01-01T00:00:00Z", *words)
            self.assertEqual((refused.code, refused.error.get("field")), (4, "ccfa-as-at"), (words, refused.err))
        for moment in ("yesterday", "2026-13-01T00:00:00Z", "infinite-past", "1"):
            refused = self.at(moment, "wards", "list", "--council", RIVERTON)
            self.assertEqual((refused.code, refused.error["field"]), (4, "ccfa-as-at"), moment)
            refused = self.at(moment, "calls", "list", "--council", RIVERTON)
            self.assertEqual((refused.code, refused.error["field"]), (4, "ccfa-as-at"), moment)
            refused = self.at(moment, "calls", "export", "--council", RIVERTON)
            self.assertEqual((refused.code, refused.error["field"]), (4, "ccfa-as-at"), moment)


if __name__ == "__main__":
    unittest.main()
