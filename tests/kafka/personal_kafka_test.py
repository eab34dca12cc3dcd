"""People's data with every service in processes of its own over a real Apache Kafka: the same flows as with the keys in
a folder. The owner is killed in the middle, and keys go along when a journal moves."""
import concurrent.futures
import json
import os
import pathlib
import shutil
import sys
import tempfile
import time
import unittest

import personal_data_test
from personal_data_test import ADMINISTRATOR, COUNCIL, LOG, key_file
from server import DEMO, Folder, Server
from services import Kafka, Services

PORT = 22000 + os.getpid() % 25 * 40
PARTITIONS = 2
PEOPLE = 24
SKIPPED = 77
NOBODY = Server("nowhere")  # its client asks no process


class OnBrokers(personal_data_test.Callers, unittest.TestCase):
    """Three brokers, and processes with a master key where a test starts them."""

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.mkdtemp(prefix="ccfa-personal-")
        cls.kafka = Kafka(pathlib.Path(cls.scratch) / "kafka")
        cls.brokers = cls.kafka.do("start", "--brokers", 3, "--port", PORT).splitlines()[0]

    @classmethod
    def tearDownClass(cls):
        cls.kafka.do("stop", "--wipe")
        shutil.rmtree(cls.scratch)

    def setUp(self):
        self.kafka.forget_topics()
        holder = Folder()
        self.folder = holder.__enter__()
        self.addCleanup(holder.cleanup)
        self.master = key_file(self.folder / "master", "a1" * 32)
        # Uncompressed, so that what stands in the brokers' files can be looked for.
        self.services = Services(self.folder, [self.brokers] * 2, PORT + 20, arguments=[
            "--partitions", str(PARTITIONS), "--master-key", self.master, "--kafka-setting", "compression.codec=none"])
        self.addCleanup(self.services.end)
        self.server = self.services.client

    def restart(self):
        for process in self.services.processes["intake"]:
            self.assertEqual(process.stop(), 0)
            process.start()
        self.services.await_owners()

    def check_keys(self, count):
        """What is kept of them is in memory and on the brokers: tests/kafka/keys_test looks at that."""

    def folders(self):
        return [self.folder, self.kafka.folder]

    def leave_everything_on_the_disk(self):
        for process in self.services.all():
            self.assertEqual(process.stop(), 0)
        self.kafka.do("stop")
        self.addCleanup(self.kafka.do, "start", "--brokers", 3, "--port", PORT)

    def metrics(self):
        return []

    def log_as(self, server, number):
        """A call whose caller has a name of their own."""
        path = self.folder / f"caller-{number}.json"
        path.write_text(json.dumps({"details": {"name": f"Caller {number}"}}), encoding="utf-8")
        answer = server.ctl(*LOG, "--caller", path, actor="coordinator:lee")
        self.assertEqual(answer.code, 0, answer.err)
        return answer.objects[0]["name"]

    def erase(self, call):
        self.do("callers", "erase", call, "--reason", "they asked for it")


class Apart(personal_data_test.Flows, OnBrokers):
    def setUp(self):
        super().setUp()
        self.services.start()
        self.server.load_demo_places()
        self.do("agencies", "import", DEMO / "agencies.csv", actor=ADMINISTRATOR)
        self.do("settle")

    def owner(self):
        """The process of intake that has the council's partition: the one with the calls."""
        row = max((row for row in self.services.cluster() if row.get("service") == "intake"),
                  key=lambda row: int(row["records"]))
        return self.services.owner_of("intake", int(row["partition"]))

    # F57, F73
    def test_nothing_is_lost_and_nothing_comes_back_when_the_owner_is_killed(self):
        self.log()
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            logging = [pool.submit(self.log_as, self.server, number) for number in range(PEOPLE)]
            next(concurrent.futures.as_completed(logging)).result()
            owner = self.owner()
            owner.kill()
            calls = [logged.result() for logged in logging]
        self.check_shown(calls, range(PEOPLE))
        owner.start()
        self.services.await_owners()
        erased = range(0, PEOPLE, 2)
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            erasing = [pool.submit(self.erase, calls[number]) for number in erased]
            next(concurrent.futures.as_completed(erasing)).result()
            self.owner().kill()
            for done in erasing:
                done.result()
        self.check_shown(calls, range(1, PEOPLE, 2), erased)
        # Those that know nothing but what Kafka kept.
        for process in self.services.processes["intake"]:
            process.kill()
            shutil.rmtree(process.data)
            process.start()
        self.services.await_owners()
        self.check_shown(calls, range(1, PEOPLE, 2), erased)

    def check_shown(self, calls, shown, erased=()):
        for number in shown:
            self.assertEqual(self.show(calls[number], "name"), {"name": f"Caller {number}"})
        for number in erased:
            self.refused_to_show("CALLER_ERASED", calls[number])

    # F57
    def test_keys_somewhere_else_or_where_they_would_stay_are_refused_at_the_start(self):
        process = self.services.processes["intake"][0]
        self.services.end()
        arguments, process.arguments = process.arguments, [*process.arguments, "--keys", self.folder / "keys"]
        with self.assertRaisesRegex(RuntimeError, "people's keys are on Kafka"):
            process.start()
        process.arguments = arguments
        self.kafka.forget_topics()
        self.kafka.do("topic", "create", "--topic", "ccfa.keys.v1", "--partitions", PARTITIONS, "--config",
                      "cleanup.policy=compact")
        with self.assertRaisesRegex(RuntimeError, "--kafka: topic ccfa.keys.v1 has .*--add-config"):
            process.start()


class Moving(OnBrokers):
    def copy(self, source, target, *more):
        return NOBODY.ctl("journal", "copy", "--from", source, "--to", target, *more)

    def keys(self):
        return [path for path in (self.folder / "home/keys").rglob("*") if path.is_file()]

    # F57, F73
    def test_keys_go_along_and_those_that_are_destroyed_stay_so(self):
        home, place = self.folder / "home", "kafka://" + self.brokers
        server = Server(home, arguments=["--partitions", str(PARTITIONS), "--master-key", self.master]).start()
        self.addCleanup(lambda: server.process.poll() is not None or server.kill())
        self.server = server
        server.load_demo_places()
        calls = [self.log_as(server, number) for number in range(3)]
        self.erase(calls[0])
        self.assertEqual(server.stop(), 0)

        shutil.move(home / "keys", self.folder / "keys")
        refused = self.copy(home, place)
        self.assertEqual((refused.error["reason"], refused.error["field"]), ("NO_KEYS", "--from-keys"), refused.err)
        copied = self.copy(home, place, "--from-keys", self.folder / "keys")
        self.assertEqual(copied.code, 0, copied.err)
        self.assertIn("people's keys: 2, copied 2", copied.err)
        shutil.move(self.folder / "keys", home / "keys")
        self.assertIn("people's keys: 2, copied 0", self.copy(home, place).err)

        self.services.start()
        self.server = self.services.client
        self.assertEqual(self.show(calls[1], "name"), {"name": "Caller 1"})
        self.refused_to_show("CALLER_ERASED", calls[0])
        self.erase(calls[1])
        for process in self.services.all():
            self.assertEqual(process.stop(), 0)

        back = self.copy(place, home)
        self.assertEqual(back.code, 0, back.err)
        self.server = server.start()
        self.assertEqual(self.show(calls[2], "name"), {"name": "Caller 2"})
        for erased in calls[:2]:
            self.refused_to_show("CALLER_ERASED", erased)
        deadline = time.monotonic() + 20
        while len(self.keys()) > 1:
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.05)


if __name__ == "__main__":
    if shutil.which("java") is None or shutil.which("mvn") is None:
        print("skipped: Java or Maven is not installed", file=sys.stderr)
        sys.exit(SKIPPED)
    unittest.main()
