"""kill -9 at any moment of an import under load, start again, run the import again: exactly one call a
row, every acknowledged command present once, the chains whole, the tables what the journal says."""
import collections
import json
import os
import random
import subprocess
import threading
import time
import unittest

from server import DEMO, Folder, Server

COUNCIL = "E08900001"
ROWS = 3000
ROUNDS = int(os.environ.get("CCFA_CRASH_ROUNDS", "12"))
LONGEST_RECOVERY_S = 5
TRY_LATER = 5


def write_rows(path):
    with open(path, "w", encoding="utf-8") as file:
        file.write("Month,Longitude,Latitude,Location,Crime type\n")
        for row in range(ROWS):
            place = "," if row % 10 == 0 else f"{2.10 + row % 90 / 1000:.6f},{52.60 + row % 70 / 1000:.6f}"
            file.write(f"2026-05,{place},On or near lane {row % 50},Anti-social behaviour\n")


class Crash(unittest.TestCase):
    def setUp(self):
        scratch = Folder()
        self.addCleanup(scratch.cleanup)
        self.folder = scratch.__enter__()
        self.server = Server(self.folder / "data").start()
        self.addCleanup(lambda: self.server.process.kill())
        self.server.load_demo_places()
        self.file = self.folder / "rows.csv"
        write_rows(self.file)

    def restart(self):
        started = time.monotonic()
        self.server.start()
        # The port opens before the journals are read; until then the answer is to try again.
        while (answer := self.server.ctl("councils", "list")).code == TRY_LATER:
            self.assertLess(time.monotonic() - started, LONGEST_RECOVERY_S)
        self.assertEqual(answer.code, 0, answer.err)
        self.assertLess(time.monotonic() - started, LONGEST_RECOVERY_S)
        self.assertEqual(self.server.ctl("settle").code, 0)

    def run_import(self):
        return subprocess.Popen(self.server.command("calls", "import", self.file, "--format", "police-uk",
                                                    "--council", COUNCIL),
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def finish_import(self):
        answer = self.server.ctl("calls", "import", self.file, "--format", "police-uk", "--council", COUNCIL)
        self.assertEqual(answer.code, 0, answer.err)
        return answer.objects[-1]

    def check_everything_is_there_once(self):
        self.assertEqual(self.server.ctl("settle").code, 0)
        rows = sorted(row for _, row, _ in self.server.export(COUNCIL))
        self.assertEqual(rows, list(range(1, ROWS + 1)))
        verified = self.server.ctl("verify")
        self.assertEqual(verified.code, 0, verified.err)
        self.assertTrue(all(topic["whole"] for topic in verified.objects))
        rebuilt = self.server.ctl("rebuild")
        self.assertEqual(rebuilt.code, 0, rebuilt.err)
        for service in rebuilt.objects:
            self.assertEqual(service["digest_before"], service["digest_after"], service["service"])

    def test_at_random_moments_of_an_import(self):
        moments = random.Random(20261120)
        logged_before = 0
        for _ in range(ROUNDS):
            importing = self.run_import()
            time.sleep(moments.uniform(0.0, 0.25))
            self.server.kill()
            out, _ = importing.communicate()
            self.restart()
            # What was answered is there: the export never shrinks, nor misses an answered row.
            self.server.ctl("settle")
            there = len(self.server.export(COUNCIL))
            self.assertGreaterEqual(there, logged_before)
            summary = json.loads(out.splitlines()[-1]) if out else {"logged": 0}
            self.assertGreaterEqual(there, logged_before + summary["logged"])
            logged_before = there
        summary = self.finish_import()
        self.assertEqual(summary["logged"] + summary["repeated"] + summary["refused"], ROWS)
        self.assertEqual(summary["refused"], 0)
        self.check_everything_is_there_once()

    def test_while_someone_logs_calls_one_by_one(self):
        receipts = []
        for moment in (0.1, 0.2, 0.3):
            killed = threading.Timer(moment, self.server.kill)
            killed.start()
            while (answer := self.server.ctl("calls", "log", "--council", COUNCIL, "--category", "noise",
                                             "--summary", "Drums at night", "--source", "phone")).code == 0:
                receipts.append(answer.objects[-1]["name"])
            killed.join()
            self.restart()
        self.assertNotEqual(receipts, [])
        calls = self.server.ctl("calls", "export", "--council", COUNCIL).objects
        names = collections.Counter(call["name"] for call in calls)
        self.assertEqual([name for name in receipts if names[name] != 1], [])
        self.assertEqual(self.server.ctl("verify").code, 0)

    def test_while_wards_are_imported(self):
        wards = json.loads((DEMO / "wards.geojson").read_text(encoding="utf-8"))["features"]
        fresh = Server(self.folder / "fresh").start()
        self.addCleanup(lambda: fresh.process.kill())
        self.server.kill()
        self.server = fresh
        for moment in (0.01, 0.02, 0.03):
            importing = subprocess.Popen(self.server.command("wards", "import", DEMO / "wards.geojson"),
                                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(moment)
            self.server.kill()
            importing.wait()
            self.restart()
        self.server.load_demo_places()
        registered = [ward["name"].rsplit("/", 1)[-1]
                      for council in self.server.ctl("councils", "list").objects
                      for ward in self.server.ctl("wards", "list", "--council", council["name"],
                                                  "--limit", 0).objects]
        self.assertEqual(sorted(registered), sorted(ward["properties"]["ward_code"] for ward in wards))
        self.assertEqual(self.server.ctl("verify").code, 0)

    def test_right_after_the_start_and_while_draining(self):
        self.finish_import()
        for moment in (0.0, 0.01, 0.05):
            self.server.kill()
            self.server.start()
            time.sleep(moment)
        importing = self.run_import()
        self.server.process.terminate()
        time.sleep(0.01)
        self.server.kill()
        importing.communicate()
        self.restart()
        self.finish_import()
        self.check_everything_is_there_once()

    def test_while_the_tables_are_being_made_again(self):
        self.finish_import()
        for moment in (0.0, 0.02, 0.05, 0.1):
            rebuilding = subprocess.Popen(self.server.command("rebuild"), stdout=subprocess.DEVNULL,
                                          stderr=subprocess.DEVNULL)
            time.sleep(moment)
            self.server.kill()
            rebuilding.wait()
            self.restart()
        self.check_everything_is_there_once()

    def test_sigterm_drains_and_ends_with_0_under_load(self):
        importing = self.run_import()
        time.sleep(0.1)
        self.assertEqual(self.server.stop(), 0)
        importing.communicate()
        self.restart()
        self.finish_import()
        self.check_everything_is_there_once()


if __name__ == "__main__":
    unittest.main()
