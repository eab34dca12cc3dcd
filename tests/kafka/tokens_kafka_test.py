"""Local accounts with every service in a process of its own over a real Apache Kafka: people sign in at one of them,
and each of the others verifies by itself whom a token speaks for."""
import os
import pathlib
import shutil
import sys
import tempfile
import time
import unittest

from identity_test import PASSWORD, Person
from rest_test import Door, start_gateway
from server import DEMO
from services import Kafka, Services

PORT = 21000 + os.getpid() % 25 * 40
SKIPPED = 77
REFUSED = 4
LONGEST_REVOCATION_S = 5
COUNCIL, FOREIGN = "E08900001", "E07900001"
LOG = ("calls", "log", "--category", "litter", "--summary", "Litter in the lane", "--source", "phone", "--standing",
       "lives-in-ward", "--regime", "crime-and-disorder", "--lat", "52.631314", "--lon", "2.170547")
# What each service alone answers.
ASKED = {"intake": LOG, "routing": ("triage", "list"), "sara": ("problems", "list"),
         "scrutiny": ("referrals", "list"), "insight": ("calls", "list")}


class Tokens(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = pathlib.Path(tempfile.mkdtemp(prefix="ccfa-tokens-"))
        cls.kafka = Kafka(cls.scratch / "kafka")
        cls.brokers = cls.kafka.do("start", "--port", PORT).splitlines()[0]

    @classmethod
    def tearDownClass(cls):
        cls.kafka.do("stop", "--wipe")
        shutil.rmtree(cls.scratch)

    def setUp(self):
        self.services = Services(self.scratch, [self.brokers], PORT + 20,
                                 arguments=["--replication", "1", "--partitions", "2"])
        self.addCleanup(self.services.end)
        # What is done to accounts is written down first, so it is one that writes.
        self.issuer = self.services.processes["scrutiny"][0]
        for process in self.services.all():
            here = process is self.issuer
            process.arguments += ["--identity", "accounts" if here else f"accounts=127.0.0.1:{self.issuer.port}"]
            process.start()
        self.services.client.address = ",".join(process.address for process in self.services.all())

    def sign_in(self, user, *rights):
        self.assertEqual(self.root.ctl("accounts", "add", user, *rights, "--password-file", "-")[0], 0)
        person = Person(self.scratch / user, self.services.client)
        self.assertEqual(person.login(user)[0], 0)
        return person

    def await_reason(self, person, words, reason, seconds):
        deadline = time.monotonic() + seconds
        while (answer := person.ctl(*words))[2] != reason:
            self.assertLess(time.monotonic(), deadline, (words, answer))

    # F70
    def test_every_process_verifies_by_itself(self):
        secret = self.issuer.data / "identity/bootstrap-secret"
        first = Person(self.scratch / "first", self.issuer)
        # At once: it is waited for until it has claimed the partitions in which this is written down.
        self.assertEqual(first.ctl("accounts", "bootstrap", "root", "--secret-file", secret, "--password-file", "-")[0], 0)
        self.root = Person(self.scratch / "root", self.services.client)
        # Each of them knows, a moment after the start, where people sign in.
        self.await_reason(self.root, ("login", "--user", "root", "--password-file", "-"), "", LONGEST_REVOCATION_S)
        self.await_reason(self.root, ("settle",), "", LONGEST_REVOCATION_S)
        for words in (("wards", "import", DEMO / "wards.geojson"), ("teams", "create", "--one-per-ward"),
                      ("agencies", "import", DEMO / "agencies.csv")):
            self.assertEqual(self.root.ctl(*words)[::2], (0, ""))
        lee = self.sign_in("lee", "--roles", "coordinator", "--councils", COUNCIL)
        self.assertEqual(lee.ctl(*LOG, "--council", COUNCIL)[::2], (0, ""))
        call = f"councils/{COUNCIL}/calls/2026-000001"
        self.assertEqual(lee.ctl("calls", "accept", call, "--services", "waste", "--recurring")[::2], (0, ""))
        self.assertEqual(self.root.ctl("settle")[0], 0)
        problem = f"councils/{COUNCIL}/problems/2026-000001"
        self.assertEqual(lee.ctl("problems", "take-up", problem)[::2], (0, ""))
        self.assertIn("coordinator:lee", lee.ctl("history", call)[1])
        # By no service anything of another council, nor without a token.
        stranger = Person(self.scratch / "stranger", self.services.client)
        for words in ASKED.values():
            self.assertEqual(lee.ctl(*words, "--council", FOREIGN)[::2], (REFUSED, "NOT_YOUR_COUNCIL"))
            self.assertEqual(stranger.ctl(*words, "--council", COUNCIL)[2], "TOKEN_MISSING")
        self.check_people_sign_in_through_a_gateway_that_knows_another()
        self.check_who_is_revoked_is_out_everywhere(lee)
        self.check_tokens_count_while_nobody_can_sign_in()

    def check_people_sign_in_through_a_gateway_that_knows_another(self):
        routing = self.services.processes["routing"][0].address
        _, port = start_gateway(self, self.scratch / "gateway.log", "--server", routing)
        signed_in = Door(port).ask("POST", "/v1/accounts:signIn", {"name": "accounts/lee", "password": PASSWORD})
        self.assertEqual(signed_in.status, 200, signed_in.body)
        door = Door(port, Authorization="Bearer " + signed_in.json["token"])
        self.assertEqual(door.ask("GET", f"/v1/councils/{COUNCIL}/calls").status, 200)
        self.assertEqual(door.ask("GET", f"/v1/councils/{FOREIGN}/calls").reason, "NOT_YOUR_COUNCIL")

    def check_who_is_revoked_is_out_everywhere(self, lee):
        self.assertEqual(self.root.ctl("accounts", "disable", "lee")[0], 0)
        began = time.monotonic()
        for service, words in ASKED.items():
            self.await_reason(lee, (*words, "--council", COUNCIL), "TOKEN_REVOKED", LONGEST_REVOCATION_S)
            print(f"{service} refuses them after {time.monotonic() - began:.1f} s at most", file=sys.stderr)

    def check_tokens_count_while_nobody_can_sign_in(self):
        ann = self.sign_in("ann", "--roles", "coordinator", "--councils", COUNCIL)
        self.issuer.kill()
        routing = self.services.processes["routing"][0]
        self.assertEqual(routing.stop(), 0)
        routing.start()
        for service in ("intake", "routing", "sara", "insight"):
            self.assertEqual(ann.ctl(*ASKED[service], "--council", COUNCIL)[::2], (0, ""))
        self.assertNotEqual(ann.login("ann")[0], 0)
        self.assertEqual(ann.ctl("whoami")[0], 0)
        self.issuer.start()
        self.await_reason(ann, (*ASKED["scrutiny"], "--council", COUNCIL), "", LONGEST_REVOCATION_S)


if __name__ == "__main__":
    if shutil.which("java") is None or shutil.which("mvn") is None:
        print("skipped: Java or Maven is not installed", file=sys.stderr)
        sys.exit(SKIPPED)
    unittest.main()
