"""A council's journal goes from an embedded one to a real Apache Kafka and back, by `ccfactl journal copy`. Whichever
keeps it, everybody is told the same, and goes on from there."""
import os
import pathlib
import pty
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import tour_test
from server import Folder, Server
from services import Kafka, Services

COUNCILS = ("E06900001", "E07900001", "E08900001")
COUNCIL = COUNCILS[2]
PARTITIONS = 5  # each of the councils in another
ROWS = 8000
PORT = 24000 + os.getpid() % 25 * 40
SKIPPED = 77
REFUSED = 4
NOBODY = Server("nowhere")  # its client asks no process


def write_rows(path):
    with open(path, "w", encoding="utf-8") as file:
        file.write("Month,Longitude,Latitude,Location,Crime type\n")
        for row in range(ROWS):
            file.write(f"2026-05,{2.10 + row % 90 / 1000:.6f},{52.60 + row % 70 / 1000:.6f},"
                       f"On or near lane {row % 50},Anti-social behaviour\n")


def copy(source, target):
    return NOBODY.ctl("journal", "copy", "--from", source, "--to", target)


def copy_until_killed(source, target):
    """kill -9 once it has copied something, as its bar says; how many records it had to copy."""
    terminal, its_end = pty.openpty()
    copying = subprocess.Popen(NOBODY.command("journal", "copy", "--from", source, "--to", target),
                               stdout=subprocess.PIPE, stderr=its_end)
    os.close(its_end)
    said = ""
    while not (found := re.search(r"copying \[.*\] (\d*[1-9]\d*)/(\d+)", said)):
        said = said[-200:] + os.read(terminal, 1000).decode()
    copying.kill()
    copying.communicate()
    os.close(terminal)
    return int(found.group(2))


class Copy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.mkdtemp(prefix="ccfa-copy-")
        cls.kafka = Kafka(pathlib.Path(cls.scratch) / "kafka")
        cls.brokers = cls.kafka.do("start", "--brokers", 3, "--port", PORT).splitlines()[0]
        cls.place = "kafka://" + cls.brokers

    @classmethod
    def tearDownClass(cls):
        cls.kafka.do("stop", "--wipe")
        shutil.rmtree(cls.scratch)

    def setUp(self):
        scratch = Folder()
        self.addCleanup(scratch.cleanup)
        self.folder = scratch.__enter__()

    def start(self, name, *arguments, port=0):
        server = Server(self.folder / name, port=port, arguments=arguments).start()
        self.addCleanup(server.process.kill)
        self.settle(server)
        return server

    def start_services(self):
        services = Services(self.folder, [self.brokers], PORT + 30)
        self.addCleanup(services.end)
        services.start()
        self.settle(services.client)
        return services

    def settle(self, client):
        answer = client.ctl("settle")
        self.assertEqual(answer.code, 0, answer.err)

    def what_it_tells(self, client):
        """What people ask, and the hashes of every table folded again from the journal."""
        answers = [client.ctl(*words, "--council", council) for council in COUNCILS
                   for words in (("calls", "list", "--limit", "0"), ("triage", "list", "--limit", "0"),
                                 ("teams", "list"))]
        answers.append(client.ctl("history", f"councils/{COUNCIL}/calls/2026-000001"))
        for answer in answers:
            self.assertEqual(answer.code, 0, answer.err)
        self.assertEqual(client.ctl("verify").code, 0)
        rebuilt = client.ctl("rebuild")
        self.assertEqual(rebuilt.code, 0, rebuilt.err)
        digests = {(row["service"], row.get("partition", 0)): row["digest_after"] for row in rebuilt.objects}
        self.assertEqual(len(digests), 5 * PARTITIONS)
        return [answer.out for answer in answers], digests

    def log_a_call(self, client):
        logged = client.ctl("calls", "log", "--council", COUNCIL, "--category", "litter", "--summary",
                            "Litter in the lane", "--source", "phone")
        self.assertEqual(logged.code, 0, logged.err)
        self.settle(client)

    def assert_copied(self, answer, copied=None):
        self.assertEqual(answer.code, 0, answer.err)
        rows = answer.objects
        self.assertEqual(len(rows), 4 * PARTITIONS)
        self.assertTrue(all(row["equal"] == "yes" for row in rows), rows)
        if copied is not None:
            self.assertEqual(sum(int(row["copied"]) for row in rows), copied)

    def assert_refused(self, answer, reason, *words):
        self.assertEqual((answer.code, answer.error.get("reason")), (REFUSED, reason), answer.err)
        for word in words:
            self.assertIn(word, answer.error["message"])

    def test_there_and_back(self):
        home, back = self.folder / "home", self.folder / "back"
        server = self.start("home", "--partitions", str(PARTITIONS))
        tour_test.walk(self, server)
        write_rows(self.folder / "rows.csv")
        imported = server.ctl("calls", "import", self.folder / "rows.csv", "--format", "police-uk", "--council",
                              COUNCIL)
        self.assertEqual(imported.code, 0, imported.err)
        self.settle(server)
        told = self.what_it_tells(server)
        self.assert_refused(copy(home, self.place), "IN_USE", str(home))
        self.assertEqual(server.stop(), 0)

        missing = copy_until_killed(home, self.place)
        with self.assertRaisesRegex(RuntimeError, "interrupted"):
            self.start("early", "--kafka", self.brokers, port=PORT + 30)
        resumed = copy(home, self.place)
        self.assert_copied(resumed)
        went_on = sum(int(row["copied"]) for row in resumed.objects)
        self.assertTrue(0 < went_on < missing, (went_on, missing))
        self.assert_copied(copy(home, self.place), 0)

        services = self.start_services()
        self.assertEqual(self.what_it_tells(services.client), told)
        self.log_a_call(services.client)
        told = self.what_it_tells(services.client)
        self.assert_refused(copy(self.place, back), "IN_USE", "has ccfa.intake.v1 partition")
        self.assert_refused(copy(home, self.place), "IN_USE")
        for process in services.all():
            self.assertEqual(process.stop(), 0)

        self.assert_copied(copy(self.place, back))
        server = self.start("back")
        self.assertEqual(self.what_it_tells(server), told)
        self.log_a_call(server)
        told = self.what_it_tells(server)
        self.assertEqual(server.stop(), 0)

        # To the same topics once more, behind what processes claimed there.
        self.assert_copied(copy(back, self.place))
        services = self.start_services()
        self.assertEqual(self.what_it_tells(services.client), told)
        for process in services.all():
            self.assertEqual(process.stop(), 0)
        self.refuse_what_does_not_follow(home)
        self.refuse_what_would_have_no_effect(back)
        self.assert_copied(copy(self.place, home))

    def refuse_what_does_not_follow(self, home):
        """What was there before, a journal of another history, and one that is laid out otherwise."""
        self.assert_refused(copy(home, self.place), "TARGET_IS_AHEAD", "ccfa.intake.v1 partition")
        for name, arguments in (("other", ("--partitions", PARTITIONS)), ("single", ())):
            server = self.start(name, *map(str, arguments))
            server.load_demo_places()
            self.assertEqual(server.stop(), 0)
        self.assert_refused(copy(self.folder / "other", self.place), "TARGET_DIFFERS", "seq 1:", str(self.folder))
        self.assert_refused(copy(self.folder / "single", self.place), "PARTITIONS_DIFFER", f"{PARTITIONS} partitions")

    def refuse_what_would_have_no_effect(self, back):
        """Records of an epoch that is over in Kafka: its processes have claimed others since, and written nothing."""
        server = self.start("back")
        self.log_a_call(server)
        self.assertEqual(server.stop(), 0)
        self.assert_refused(copy(back, self.place), "TAKEN_SINCE", "ccfa.intake.v1 partition", "epoch")


if __name__ == "__main__":
    if shutil.which("java") is None or shutil.which("mvn") is None:
        print("skipped: Java or Maven is not installed", file=sys.stderr)
        sys.exit(SKIPPED)
    unittest.main()
