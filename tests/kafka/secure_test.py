"""TLS and SASL towards a real Apache Kafka, by settings alone: who gets in, and what a process says that does not.
Then two processes that find each other by mutual TLS, over that Kafka."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

from certificates import ENDED, Authority
from server import BIN, Server
from services import Kafka

PORT = 25000 + os.getpid() % 25 * 40  # below those that the system gives to connections
SKIPPED = 77
LONGEST_REFUSAL_S = 20
LONGEST_TAKEOVER_S = 30
USER, PASSWORD = "ccfa", "our-secret"


class Secure(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = pathlib.Path(tempfile.mkdtemp(prefix="ccfa-secure-"))
        cls.ours, cls.others = Authority(cls.scratch / "our"), Authority(cls.scratch / "other")
        cls.files = cls.scratch / "broker"
        cls.files.mkdir()
        cls.broker = cls.ours.certify("broker", names="IP:127.0.0.1")
        cls.give_broker(cls.broker)
        cls.client = cls.ours.certify("client")
        cls.kafka = Kafka(cls.scratch / "kafka")
        cls.plain, cls.tls = cls.kafka.do("start", "--port", PORT, "--tls", cls.files, "--sasl",
                                          f"{USER}:{PASSWORD}").splitlines()

    @classmethod
    def tearDownClass(cls):
        cls.kafka.do("stop", "--wipe")
        shutil.rmtree(cls.scratch)

    @classmethod
    def give_broker(cls, identity):
        """The certificate it has from its next start on."""
        for name, source in (("ca.pem", identity.ca), ("broker.pem", identity.cert), ("broker.key", identity.key)):
            shutil.copy(source, cls.files / name)

    def settings(self, name, **changes):
        """A file of settings that are right, but for the changes; None leaves one out."""
        right = {"security_protocol": "sasl_ssl", "sasl_mechanism": "SCRAM-SHA-256", "sasl_username": USER,
                 "sasl_password": PASSWORD, "ssl_ca_location": self.client.ca,
                 "ssl_certificate_location": self.client.cert, "ssl_key_location": self.client.key}
        file = self.scratch / (name + ".settings")
        file.write_text("".join(f"{setting.replace('_', '.')}={value}\n"
                                for setting, value in {**right, **changes}.items() if value is not None),
                        encoding="utf-8")
        return ["--kafka-settings-file", file]

    def check_refused(self, name, *said, brokers=None, **changes):
        """A process with these settings says so and ends; it never gets as far as a claim."""
        began = time.monotonic()
        run = subprocess.run([BIN / "ccfa-intake", "--data", self.scratch / name, "--listen", f"127.0.0.1:{PORT + 5}",
                              "--kafka", brokers or self.tls, "--replication", "1", *self.settings(name, **changes)],
                             capture_output=True, text=True, timeout=LONGEST_REFUSAL_S, check=False)
        took = time.monotonic() - began
        self.assertEqual(run.returncode, 1, run.stderr)
        end = run.stderr.splitlines()[-1]
        print(f"{name}, after {took:.1f} s: {end}")
        for words in ("--kafka", *said):
            self.assertIn(str(words), end)
        self.assertNotIn("partition_claimed", run.stderr)
        self.assertNotIn(PASSWORD, run.stderr)

    def test_settings_that_do_not_fit_are_named(self):
        stranger = self.others.certify("stranger")
        expired = self.ours.certify("expired-client", days=ENDED)
        protocol = "security.protocol must be that of the listener"
        for name, said, changes in (
                ("wrong-password", ("Authentication failed", "sasl.password"), {"sasl_password": "another"}),
                ("wrong-mechanism", ("SCRAM-SHA-512", "sasl.mechanism"), {"sasl_mechanism": "SCRAM-SHA-512"}),
                ("wrong-authority", ("certificate of the broker", "ssl.ca.location"), {"ssl_ca_location": stranger.ca}),
                ("expired-client", ("ssl.certificate.location", "expired"),
                 {"ssl_certificate_location": expired.cert, "ssl_key_location": expired.key}),
                ("client-of-another-authority", ("the authority of ssl.certificate.location",),
                 {"ssl_certificate_location": stranger.cert, "ssl_key_location": stranger.key}),
                ("another-key", ("ssl.key.location", "mismatch"), {"ssl_key_location": stranger.key}),
                ("no-such-file", ("ssl.ca.location", "cannot read", "/nowhere"), {"ssl_ca_location": "/nowhere"}),
                ("plain-text-to-tls", (protocol,), {"security_protocol": "plaintext"}),
                ("sasl-without-tls", (protocol,), {"security_protocol": "sasl_plaintext"}),
                ("tls-without-sasl", (protocol,), {"security_protocol": "ssl"}),
                ("tls-to-plain-text", (protocol,), {"brokers": self.plain}),
                ("wrong-name", ("localhost", "hostname mismatch", "advertised.listeners"),
                 {"brokers": self.tls.replace("127.0.0.1", "localhost")})):
            with self.subTest(name):
                self.check_refused(name, *said, **changes)

    def test_a_broker_whose_certificate_has_expired(self):
        self.addCleanup(self.kafka.do, "restart", 1)
        self.addCleanup(self.give_broker, self.broker)
        self.give_broker(self.ours.certify("expired-broker", names="IP:127.0.0.1", days=ENDED))
        self.kafka.do("restart", 1)
        self.check_refused("expired-broker", "certificate has expired", "must renew it")

    def test_a_broker_that_is_not_there_is_waited_for(self):
        server = Server(self.scratch / "waiting")
        with open(server.log, "w", encoding="utf-8") as log:
            server.process = subprocess.Popen(
                [BIN / "ccfa-intake", "--data", server.data, "--listen", f"127.0.0.1:{PORT + 5}",
                 "--kafka", f"127.0.0.1:{PORT + 8}", *self.settings("waiting")], stderr=log)
        self.addCleanup(lambda: server.process.poll() is not None or server.kill())
        self.await_in_log(server, "waiting_for_kafka")
        self.assertIn("Connection refused", server.log.read_text(encoding="utf-8"))
        self.assertIsNone(server.process.poll())
        self.assertEqual(server.stop(), 0)

    def start(self, name, number, settings):
        server = Server(self.scratch / f"{name}-{number}", port=PORT + 5 + number,
                        arguments=["--kafka", self.tls, "--replication", "1", "--partitions", "2",
                                   "--share", f"{number}/2", *settings, *self.client.flags],
                        client_arguments=self.client.flags)
        self.addCleanup(lambda: server.process.poll() is not None or server.kill())
        return server.start()

    def await_owners(self, client, owners):
        """Until every partition is with one of these, and every one of these has some: their epochs."""
        deadline = time.monotonic() + LONGEST_TAKEOVER_S
        while True:
            answer = client.ctl("cluster")
            rows = [row for row in answer.objects if "partition" in row]
            claimed = rows and all(int(row["epoch"]) > 0 for row in rows)
            if claimed and {row["owner"] for row in rows} == {server.address for server in owners}:
                return [(row["service"], row["partition"], row["epoch"]) for row in rows]
            self.assertLess(time.monotonic(), deadline, answer.out + answer.err)
            time.sleep(0.1)

    def log_a_call(self, client):
        return client.ctl("calls", "log", "--council", "E08900001", "--category", "litter", "--summary",
                          "Litter in the lane", "--source", "phone")

    def await_in_log(self, server, words):
        deadline = time.monotonic() + LONGEST_TAKEOVER_S
        while words not in server.log.read_text(encoding="utf-8"):
            self.assertLess(time.monotonic(), deadline, f"{words} is not in the log")
            time.sleep(0.1)

    def test_processes_share_take_over_and_take_up_new_files(self):
        both = self.scratch / "both.crt"
        both.write_bytes(self.ours.cert.read_bytes() + self.others.cert.read_bytes())
        files = self.client.copy(self.scratch / "rotating")
        shutil.copy(both, files.ca)
        settings = self.settings("rotating", ssl_ca_location=files.ca, ssl_certificate_location=files.cert,
                                 ssl_key_location=files.key)
        first, second = self.start("shared", 1, settings), self.start("shared", 2, settings)
        epochs = self.await_owners(first, (first, second))
        first.load_demo_places()
        # One that could not ask the other would take its partitions within two seconds.
        until = time.monotonic() + 4
        while time.monotonic() < until:
            self.assertEqual(self.await_owners(second, (first, second)), epochs)
        second.kill()
        self.await_owners(first, (first,))
        logged = self.log_a_call(first)
        self.assertEqual(logged.code, 0, logged.err)
        self.replace_files_without_a_restart(first, files, both)

    def replace_files_without_a_restart(self, server, files, both):
        # The broker does not know the new authority yet: the sessions that are there go on.
        new = self.others.certify("rotated-client")
        shutil.copy(both, new.ca)
        files.take(new)
        self.await_in_log(server, "kafka_files_refused")
        logged = self.log_a_call(server)
        self.assertEqual(logged.code, 0, logged.err)
        self.assertNotIn("kafka_files_taken_up", server.log.read_text(encoding="utf-8"))

        # It knows nothing but the new one: every session is cut, and only the new files make another.
        self.addCleanup(self.kafka.do, "restart", 1)
        self.addCleanup(self.give_broker, self.broker)
        self.give_broker(self.others.certify("rotated-broker", names="IP:127.0.0.1"))
        self.kafka.do("restart", 1)
        self.await_in_log(server, "kafka_files_taken_up")
        self.await_owners(server, (server,))
        logged = self.log_a_call(server)
        self.assertEqual(logged.code, 0, logged.err)
        self.assertEqual(server.ctl("verify").code, 0)
        self.assertIsNone(server.process.poll())
        self.assertNotIn("kafka_assign_failed", server.log.read_text(encoding="utf-8"))


if __name__ == "__main__":
    if shutil.which("java") is None or shutil.which("mvn") is None:
        print("skipped: Java or Maven is not installed", file=sys.stderr)
        sys.exit(SKIPPED)
    unittest.main()
