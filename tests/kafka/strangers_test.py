"""A topic holds what this build does not know or cannot decode: an event of a later build, a known event whose bytes
are garbage, a message that is no record. That stream stops and says where; every other goes on."""
import json
import os
import shutil
import subprocess
import sys
import time
import unittest

import failover_test
from services import Services

PORT = 31800 + os.getpid() % 20 * 40
COUNCILS = ("E06900001", "E07900001", "E08900001")


@unittest.skipUnless(shutil.which("kcat"), "kcat is not installed")
class Strangers(failover_test.Checked):
    port = PORT

    def new_services(self):
        return Services(self.folder, [self.brokers], self.port + 30, arguments=["--partitions", "4"])

    def setUp(self):
        super().setUp()
        self.intake = self.services.processes["intake"][0]
        self.partitions = {council: self.partition_of(council) for council in COUNCILS}
        self.harmed = COUNCILS[-1]
        self.spared = next(council for council in COUNCILS
                           if self.partitions[council] != self.partitions[self.harmed])

    def log_a_call(self, council):
        return self.client.ctl("calls", "log", "--council", council, "--category", "litter", "--summary",
                               "Litter in the lane", "--source", "phone", "--standing", "lives-in-ward")

    def records(self):
        return {int(row["partition"]): int(row["records"]) for row in self.services.cluster()
                if row.get("service") == "intake"}

    def partition_of(self, council):
        before = self.records()
        self.assertEqual(self.log_a_call(council).code, 0)
        return next(partition for partition, records in self.records().items() if records != before[partition])

    def put(self, headers, data):
        """A message into the harmed partition, as a writer does that owns it."""
        words = [word for name, value in headers.items() for word in ("-H", f"{name}={value}")]
        subprocess.run(["kcat", "-b", self.brokers, "-P", "-t", "ccfa.intake.v1", "-p",
                        str(self.partitions[self.harmed]), "-k", self.harmed, *words],
                       input=data, check=True, timeout=60)

    def put_as_owner(self, event_type, data):
        """A record behind the others, by a later owner that is gone again."""
        read = subprocess.run(["kcat", "-b", self.brokers, "-C", "-t", "ccfa.intake.v1", "-p",
                               str(self.partitions[self.harmed]), "-e", "-q", "-J"],
                              capture_output=True, check=True, timeout=60)
        messages = [json.loads(line)["headers"] for line in read.stdout.decode("utf-8", "replace").splitlines()]
        messages = [dict(zip(names[::2], names[1::2])) for names in messages]
        epoch = max(int(message["ce_epoch"]) for message in messages) + 1
        seq = max(int(message.get("ce_seq", 0)) for message in messages) + 1
        self.put({"ce_type": "ccfa.record.v1.Claim", "ce_epoch": epoch, "ce_nonce": "later", "ce_owner": ""}, b"claim")
        self.put({"ce_type": event_type, "ce_time": "2026-11-21T09:00:00Z", "ce_council": "E09999999",
                  "ce_subject": "councils/E09999999/calls/2026-000001", "ce_actor": "administrator:later",
                  "ce_epoch": epoch, "ce_seq": seq}, data)

    def check_that_only_this_stream_stopped(self, said):
        refused = self.log_a_call(self.harmed)
        self.assertNotEqual(refused.code, 0)
        self.assertIn(said, refused.err)
        logged = self.log_a_call(self.spared)
        self.assertEqual(logged.code, 0, logged.err)
        name = logged.objects[-1]["name"]
        accepted = self.client.ctl("calls", "accept", name, "--reason", "Persistent", "--services", "police",
                                   "--recurring")
        self.assertEqual(accepted.code, 0, accepted.err)
        deadline = time.monotonic() + 30
        while "TRIAGE" not in (story := self.client.ctl("calls", "show", name)).out:
            self.assertLess(time.monotonic(), deadline, story.out + story.err)
            time.sleep(0.1)
        stopped = self.client.ctl("settle")
        self.assertNotEqual(stopped.code, 0)
        self.assertIn(said, stopped.err)

    def test_an_event_of_a_later_build(self):
        self.intake.stop()
        self.put_as_owner("ccfa.intake.v1.CallSungAbout", b"\xca\x3e\x02la")
        self.intake.start()
        self.check_that_only_this_stream_stopped("does not know ccfa.intake.v1.CallSungAbout")

    def test_an_event_that_cannot_be_decoded(self):
        self.intake.stop()
        self.put_as_owner("ccfa.intake.v1.CallLogged", b"\xff\xff\xff\xff")
        self.intake.start()
        self.check_that_only_this_stream_stopped("cannot be decoded")

    def test_a_message_that_is_no_record(self):
        self.put({}, b"hello")
        self.check_that_only_this_stream_stopped("header ce_type is missing")


if __name__ == "__main__":
    failover_test.main()
