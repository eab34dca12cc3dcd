"""Two processes over a real Apache Kafka: one serves, the other stands by and takes over. Nothing that was
acknowledged is lost and nothing takes effect twice, whoever is killed, stopped or cut off meanwhile."""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import wire
from server import Folder, Server

ROOT = pathlib.Path(os.environ["CCFA_SOURCE"])
COUNCIL = "E08900001"
ROWS = 1500
LONGEST_TAKEOVER_S = 5
LONGEST_HANDOVER_S = 4  # 2 on a machine that does nothing else
PORT = 26000 + os.getpid() % 100 * 40
SKIPPED = 77


def write_rows(path):
    with open(path, "w", encoding="utf-8") as file:
        file.write("Month,Longitude,Latitude,Location,Crime type\n")
        for row in range(ROWS):
            file.write(f"2026-05,{2.10 + row % 90 / 1000:.6f},{52.60 + row % 70 / 1000:.6f},"
                       f"On or near lane {row % 50},Anti-social behaviour\n")


class Kafka:
    def __init__(self, folder):
        self.folder = folder

    def do(self, *words):
        run = subprocess.run([ROOT / "tools/kafka", *map(str, words), "--dir", self.folder],
                             capture_output=True, text=True, timeout=120, check=False)
        assert run.returncode == 0, run.stderr
        return run.stdout.strip()


class Failover(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.mkdtemp(prefix="ccfa-failover-")
        cls.kafka = Kafka(pathlib.Path(cls.scratch) / "kafka")
        cls.servers = cls.kafka.do("start", "--brokers", 3, "--port", PORT).splitlines()[0]

    @classmethod
    def tearDownClass(cls):
        cls.kafka.do("stop", "--wipe")
        shutil.rmtree(cls.scratch)

    def setUp(self):
        for topic in self.kafka.do("topic", "list").split():
            if topic.startswith("ccfa."):
                self.kafka.do("topic", "delete", "--topic", topic)
        scratch = Folder()
        self.addCleanup(scratch.cleanup)
        self.folder = scratch.__enter__()
        self.processes = []
        for number in (1, 2):
            server = Server(self.folder / f"data{number}", port=PORT + 30 + number,
                            arguments=["--kafka", self.servers])
            server.start()
            self.addCleanup(lambda s=server: (s.process.send_signal(signal.SIGCONT), s.kill()))
            self.processes.append(server)
        # Who asks knows both, and asks whoever serves.
        self.client = Server(self.folder / "nowhere")
        self.client.address = ",".join(server.address for server in self.processes)
        self.client.load_demo_places()
        self.file = self.folder / "rows.csv"
        write_rows(self.file)

    def owner(self):
        """The process that serves, and the one that stands by."""
        first, second = self.processes
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            serving = [wire.is_serving(server.address) for server in (first, second)]
            if serving == [True, False]:
                return first, second
            if serving == [False, True]:
                return second, first
        self.fail(f"serving: {serving}")
        return None

    def run_import(self):
        return subprocess.Popen(
            self.client.command("calls", "import", self.file, "--format", "police-uk", "--council", COUNCIL),
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def finish_import(self):
        for _ in range(5):
            answer = self.client.ctl("calls", "import", self.file, "--format", "police-uk", "--council", COUNCIL)
            if answer.code == 0:
                return answer.objects[-1]
        self.fail(answer.err)
        return None

    def seconds_until_served(self, asked):
        """Until a call is logged and acknowledged."""
        started = time.monotonic()
        while asked.ctl("calls", "log", "--council", COUNCIL, "--category", "litter", "--summary",
                        "Litter in the lane", "--source", "phone").code != 0:
            self.assertLess(time.monotonic() - started, 60)
        return time.monotonic() - started

    def check_everything_is_there_once(self):
        summary = self.finish_import()
        self.assertEqual(summary["logged"] + summary["repeated"], ROWS, summary)
        self.assertEqual(self.client.ctl("settle").code, 0)
        rows = sorted(row for _, row, _ in self.client.export(COUNCIL))
        self.assertEqual(rows, list(range(1, ROWS + 1)))
        verified = self.client.ctl("verify")
        self.assertEqual(verified.code, 0, verified.err)
        self.assertTrue(all(topic["whole"] for topic in verified.objects))
        rebuilt = self.client.ctl("rebuild")
        self.assertEqual(rebuilt.code, 0, rebuilt.err)
        for service in rebuilt.objects:
            self.assertEqual(service["digest_before"], service["digest_after"], service["service"])

    def test_kill_the_owner_during_an_import(self):
        owner, _ = self.owner()
        importing = self.run_import()
        time.sleep(0.4)
        owner.kill()
        took = self.seconds_until_served(self.client)
        importing.communicate(timeout=120)
        print(f"served again {took:.1f} s after kill -9 of the owner", file=sys.stderr)
        self.assertLess(took, LONGEST_TAKEOVER_S)
        self.check_everything_is_there_once()

    def test_hand_over_on_sigterm(self):
        owner, _ = self.owner()
        importing = self.run_import()
        time.sleep(0.4)
        self.assertEqual(owner.stop(), 0)
        took = self.seconds_until_served(self.client)
        importing.communicate(timeout=120)
        print(f"served again {took:.1f} s after the owner had ended on SIGTERM", file=sys.stderr)
        self.assertLess(took, LONGEST_HANDOVER_S)
        owner.start()
        self.check_everything_is_there_once()

    def test_stop_the_owner_past_its_takeover_then_let_it_go_on(self):
        owner, standby = self.owner()
        importing = self.run_import()
        time.sleep(0.4)
        owner.process.send_signal(signal.SIGSTOP)
        self.seconds_until_served(standby)
        owner.process.send_signal(signal.SIGCONT)
        importing.communicate(timeout=120)
        self.check_everything_is_there_once()
        self.assertEqual(self.owner()[0], standby)

    def test_kill_the_leader_of_the_topic_during_an_import(self):
        importing = self.run_import()
        time.sleep(0.4)
        leader = self.kafka.do("leader", "ccfa.intake.v1", 0)
        self.kafka.do("kill", leader)
        importing.communicate(timeout=120)
        self.kafka.do("restart", leader)
        self.check_everything_is_there_once()


if __name__ == "__main__":
    if shutil.which("java") is None or shutil.which("mvn") is None:
        print("skipped: Java or Maven is not installed", file=sys.stderr)
        sys.exit(SKIPPED)
    unittest.main()
