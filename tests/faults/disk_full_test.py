"""A real disk that fills: commands are refused and reads go on; with room again, so does everything.
Needs root, to mount a small disk; named as skipped where nobody may."""
import os
import subprocess
import time
import unittest

import wire
from server import Folder, Server

COUNCIL = "E08900001"
DISK_MB = 64
LEFT_BYTES = 1 << 20
ROWS = 18_000
RECOVERY_S = 15
TRY_LATER = 5


def mount_disk(test, folder):
    if os.geteuid() != 0:
        raise unittest.SkipTest("no small disk: mounting one needs root")
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", folder],
                             capture_output=True, text=True, check=False)
    if mounted.returncode != 0:
        raise unittest.SkipTest(f"no small disk: {mounted.stderr.strip()}")
    test.addCleanup(subprocess.run, ["umount", "-l", folder], check=True)


def write_rows(path):
    with open(path, "w", encoding="utf-8") as file:
        file.write("Month,Longitude,Latitude,Location,Crime type\n")
        for row in range(ROWS):
            place = f"{2.10 + row % 90 / 1000:.6f},{52.60 + row % 70 / 1000:.6f}"
            file.write(f"2026-05,{place},On or near lane {row % 50},Drugs\n")


class DiskFull(unittest.TestCase):
    def setUp(self):
        disk, elsewhere = Folder(), Folder()
        self.addCleanup(elsewhere.cleanup)
        self.addCleanup(disk.cleanup)
        self.disk = disk.__enter__()
        mount_disk(self, self.disk)
        self.folder = elsewhere.__enter__()
        self.server = Server(self.disk / "data").start()
        self.addCleanup(lambda: self.server.process.kill())
        self.server.load_demo_places()
        self.filler = self.disk / "filler"

    def fill(self):
        """Leaves so little room, beside what the storage has set aside, that the import cannot end."""
        disk = os.statvfs(self.disk)
        self.filler.write_bytes(bytes(max(0, disk.f_bavail * disk.f_bsize - LEFT_BYTES)))

    def log_call(self):
        return self.server.ctl("calls", "log", "--council", COUNCIL, "--category", "noise",
                               "--summary", "Drums at night", "--source", "phone")

    def run_import(self, name="rows.csv"):
        file = self.folder / name
        write_rows(file)
        return self.server.ctl("calls", "import", file, "--format", "police-uk", "--council", COUNCIL)

    def wait_for(self, what, holds):
        deadline = time.monotonic() + RECOVERY_S
        while not holds():
            self.assertIsNone(self.server.process.poll(), "ccfa-all ended")
            self.assertLess(time.monotonic(), deadline, what)
            time.sleep(0.05)

    def names(self):
        calls = self.server.ctl("calls", "export", "--council", COUNCIL)
        self.assertEqual(calls.code, 0, calls.err)
        return [call["name"] for call in calls.objects]

    def test_refuses_commands_answers_reads_and_recovers_by_itself(self):
        before = self.log_call().objects[0]["name"]
        self.fill()
        cut_short = self.run_import()
        self.assertEqual(cut_short.code, TRY_LATER, cut_short.out)

        refused = self.log_call()
        self.assertEqual(refused.code, TRY_LATER)
        self.assertEqual((refused.error["code"], refused.error["reason"]), ("UNAVAILABLE", "DISK_FULL"))
        shown = self.server.ctl("calls", "show", before)
        self.assertEqual(shown.code, 0, shown.err)
        self.wait_for("the health service says so", lambda: not wire.is_serving(self.server.address))

        self.filler.unlink()
        self.wait_for("it takes calls again", lambda: self.log_call().code == 0)
        self.wait_for("the health service says so", lambda: wire.is_serving(self.server.address))
        completed = self.run_import()
        self.assertEqual(completed.code, 0, completed.err)
        summary = completed.objects[-1]
        self.assertEqual(summary["logged"] + summary["repeated"], ROWS)
        self.assertGreaterEqual(summary["repeated"], cut_short.objects[-1]["logged"])
        rows = sorted(row for _, row, _ in self.server.export(COUNCIL))
        self.assertEqual(rows, list(range(1, ROWS + 1)))
        self.assertEqual(self.names().count(before), 1)
        verified = self.server.ctl("verify")
        self.assertEqual(verified.code, 0, verified.err)

    def test_recovers_each_time_the_disk_fills(self):
        logged = []
        for name in ("first.csv", "second.csv"):
            logged.append(self.log_call().objects[0]["name"])
            self.fill()
            self.assertEqual(self.run_import(name).code, TRY_LATER)
            self.filler.unlink()
            self.wait_for("it takes calls again", lambda: self.log_call().code == 0)
            self.wait_for("everything is served", lambda: wire.is_serving(self.server.address))
        names = self.names()
        self.assertEqual([names.count(call) for call in logged], [1] * len(logged))


if __name__ == "__main__":
    unittest.main()
