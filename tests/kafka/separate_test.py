"""The main job's acceptance run, unchanged, in separate processes over a real Apache Kafka: the demo loads, one
call goes its whole road, each step found by whoever owns it. Then the topics as any CloudEvents reader has them."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import tour_test
from rest_test import CALL, COUNCIL, Door, start_gateway
from server import Folder
from services import Kafka, Services

PORT = 31000 + os.getpid() % 20 * 40
SKIPPED = 77
REQUIRED = ("ce_id", "ce_source", "ce_specversion", "ce_type")


class Tour(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.mkdtemp(prefix="ccfa-tour-")
        cls.kafka = Kafka(pathlib.Path(cls.scratch) / "kafka")
        cls.brokers = cls.kafka.do("start", "--brokers", 3, "--port", PORT).splitlines()[0]
        cls.services = Services(pathlib.Path(cls.scratch), [cls.brokers], PORT + 30)
        cls.services.start()

    @classmethod
    def tearDownClass(cls):
        cls.services.end()
        cls.kafka.do("stop", "--wipe")
        shutil.rmtree(cls.scratch)

    def test_the_tour_passes_unchanged(self):
        tour_test.walk(self, self.services.client)

    def test_a_topic_has_twelve_partitions_kept_for_ever(self):
        told = self.kafka.do("topic", "describe", "--topic", "ccfa.intake.v1")
        self.assertIn("PartitionCount: 12", told)
        self.assertIn("ReplicationFactor: 3", told)
        self.assertIn("retention.ms=-1", told)
        self.assertIn("min.insync.replicas=2", told)

    def test_a_gateway_that_knows_one_of_them_finds_whoever_has_it(self):
        self.services.client.load_demo_places()
        one = self.services.processes["routing"][0].address
        _, port = start_gateway(self, pathlib.Path(self.scratch) / "gateway.log", "--server", one)
        door = Door(port, Ccfa_Actor="coordinator:lee")
        logged = door.ask("POST", f"/v1/councils/{COUNCIL}/calls", CALL)
        self.assertEqual(logged.status, 200, logged.body)
        name = logged.json["name"]
        self.assertEqual(door.ask("GET", f"/v1/{name}").json["details"]["category"], "noise")
        self.assertEqual(door.ask("GET", f"/v1/{name}/story").json["state"], "STORY_STATE_LOGGED")

    @unittest.skipUnless(shutil.which("kcat"), "kcat is not installed")
    def test_kcat_reads_cloud_events(self):
        self.services.client.load_demo_places()
        read = subprocess.run(["kcat", "-b", self.brokers, "-C", "-t", "ccfa.routing.v1", "-e", "-q", "-J"],
                              capture_output=True, timeout=60, check=True)
        events = 0
        for line in read.stdout.decode("utf-8", "replace").splitlines():
            message = json.loads(line)
            names, values = message["headers"][::2], message["headers"][1::2]
            headers = dict(zip(names, values))
            for name in REQUIRED:
                self.assertTrue(headers.get(name), (name, headers))
            self.assertEqual(headers["ce_specversion"], "1.0")
            self.assertEqual(message["topic"], "ccfa.routing.v1")
            if headers["ce_type"].endswith(".Claim"):
                continue
            events += 1
            self.assertEqual(message["key"], headers["ce_council"])
            self.assertEqual(headers["content-type"], "application/protobuf")
        self.assertGreater(events, 0)


if __name__ == "__main__":
    if shutil.which("java") is None or shutil.which("mvn") is None:
        print("skipped: Java or Maven is not installed", file=sys.stderr)
        sys.exit(SKIPPED)
    unittest.main()
