"""Mutual TLS between servers and their callers: who is let in, who is not, and what both are told."""
import pathlib
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
import unittest
import warnings

from certificates import ENDED, Authority
from server import BIN, Server

LONGEST_ROTATION_S = 20
REFUSED = 4


def say_hello(server, identity=None, version=None):
    """What a server says first to a caller that believes everybody: nothing, when it hangs up instead."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_alpn_protocols(["h2"])
    if version is not None:
        context.set_ciphers("ALL:@SECLEVEL=0")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # that it is old is the point
            context.minimum_version = context.maximum_version = version
    if identity is not None:
        context.load_cert_chain(identity.cert, identity.key)
    host, port = server.address.split(":")
    with socket.create_connection((host, int(port)), timeout=10) as raw:
        try:
            with context.wrap_socket(raw) as connection:
                return connection.recv(100)
        except (ssl.SSLError, ConnectionError):
            return b""


class MutualTls(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = pathlib.Path(tempfile.mkdtemp(prefix="ccfa-tls-"))
        cls.ours, cls.others = Authority(cls.scratch / "our"), Authority(cls.scratch / "other")
        cls.good = cls.ours.certify("server")
        cls.client = cls.ours.certify("client", names="DNS:ccfactl")
        cls.server = Server(cls.scratch / "data", arguments=cls.good.flags, client_arguments=cls.client.flags).start()

    @classmethod
    def tearDownClass(cls):
        cls.server.kill()
        shutil.rmtree(cls.scratch)

    def ask(self, identity, server=None, flags=None):
        """One command by a caller with this certificate."""
        server = server or self.server
        caller = Server(self.scratch / "nowhere", client_arguments=flags if flags is not None else identity.flags)
        caller.address = server.address
        return caller.ctl("health")

    def check_refused(self, answer, reason, *said):
        self.assertEqual(answer.code, REFUSED, answer.err)
        self.assertEqual(answer.error["reason"], reason, answer.error)
        for words in said:
            self.assertIn(str(words), answer.error["message"])
        print(f"{self.id().rsplit('.', 1)[-1]}: {answer.error['message']}")

    def start(self, identity, name):
        """A server on files of its own, which a test may replace."""
        files = identity.copy(self.scratch / name)
        server = Server(self.scratch / (name + "-data"), arguments=files.flags,
                        client_arguments=self.client.flags).start()
        self.addCleanup(server.kill)
        self.await_answer(lambda: server.ctl("health"), lambda answer: answer.code == 0)
        return server, files

    def await_answer(self, ask, wanted):
        """Asks until the answer is as wanted: replaced files count a moment later."""
        deadline = time.monotonic() + LONGEST_ROTATION_S
        while not wanted(answer := ask()):
            self.assertLess(time.monotonic(), deadline, f"still {answer.code} {answer.err}")
        return answer

    def test_callers_with_a_certificate_of_the_authority_are_served(self):
        self.assertEqual(self.server.ctl("health").code, 0)
        self.server.load_demo_places()
        logged = self.server.ctl("calls", "log", "--council", "E08900001", "--category", "litter", "--summary",
                                 "Litter in the lane", "--source", "phone")
        self.assertEqual(logged.code, 0, logged.err)
        self.assertTrue(say_hello(self.server, self.client))

    def test_a_caller_without_a_certificate(self):
        self.assertEqual(say_hello(self.server), b"")
        self.check_refused(self.ask(None, flags=[]), "TLS_WANTED", "--tls-cert")
        self.assertIn("peer did not return a certificate", self.server.log.read_text(encoding="utf-8"))

    def test_a_caller_whose_certificate_has_expired(self):
        expired = self.ours.certify("expired-client", days=ENDED)
        self.assertEqual(say_hello(self.server, expired), b"")
        self.check_refused(self.ask(expired), "INVALID_FIELD", "--tls-cert", expired.cert, "expired on")

    def test_a_caller_of_another_authority(self):
        other = self.others.certify("client", believes=self.ours)
        self.assertEqual(say_hello(self.server, other), b"")
        self.check_refused(self.ask(other), "CLIENT_REFUSED", other.cert, "CN = other authority", "--tls-ca")

    def test_a_server_of_another_authority(self):
        self.check_refused(self.ask(self.ours.certify("mistrusting", believes=self.others)), "SERVER_AUTHORITY",
                           "CN = our authority", "--tls-ca")

    def test_a_server_whose_certificate_has_expired(self):
        server, files = self.start(self.good, "expiring")
        files.take(self.ours.certify("expired-server", days=ENDED))
        answer = self.await_answer(lambda: server.ctl("health"), lambda answer: answer.code != 0)
        self.check_refused(answer, "SERVER_EXPIRED", server.address, "expired on")

    def test_a_server_whose_certificate_has_another_name(self):
        server, files = self.start(self.good, "misnamed")
        files.take(self.ours.certify("elsewhere", names="DNS:elsewhere.example"))
        answer = self.await_answer(lambda: server.ctl("health"), lambda answer: answer.code != 0)
        self.check_refused(answer, "SERVER_NAME", "DNS:elsewhere.example", "127.0.0.1")

    def test_a_caller_with_tls_and_a_server_without(self):
        server = Server(self.scratch / "plain-data").start()
        self.addCleanup(server.kill)
        self.check_refused(self.ask(self.client, server), "PLAIN_TEXT", server.address, "speaks plain text")

    def test_tls_before_1_2_is_refused(self):
        self.assertTrue(say_hello(self.server, self.client, ssl.TLSVersion.TLSv1_2))
        self.assertTrue(say_hello(self.server, self.client, ssl.TLSVersion.TLSv1_3))
        self.assertEqual(say_hello(self.server, self.client, ssl.TLSVersion.TLSv1_1), b"")
        self.assertIn("unsupported protocol", self.server.log.read_text(encoding="utf-8"))

    def test_files_are_replaced_without_a_restart(self):
        server, files = self.start(self.good, "rotating")
        process = server.process.pid
        new_client = self.others.certify("new-client")
        self.assertEqual(self.ask(new_client, server).code, REFUSED)
        files.take(self.others.certify("new-server"))
        self.await_answer(lambda: self.ask(new_client, server), lambda answer: answer.code == 0)
        old_client = self.ours.certify("old-client", believes=self.others)
        self.check_refused(self.ask(old_client, server), "CLIENT_REFUSED", "CN = our authority")
        self.assertEqual(say_hello(server, self.client), b"")
        self.assertIsNone(server.process.poll())
        self.assertEqual(server.process.pid, process)

    def test_files_that_do_not_belong_together_are_refused_at_the_start(self):
        good, other = self.good, self.client
        folder = self.scratch / "broken"
        folder.mkdir()
        (folder / "empty").touch()
        (folder / "text").write_text("no certificate", encoding="utf-8")
        expired = self.ours.certify("expired-at-start", days=ENDED)
        for flags, said in (
                (["--tls-cert", good.cert], ("--tls-key", "is missing")),
                (["--tls-ca", good.ca, "--tls-key", good.key], ("--tls-cert", "is missing")),
                (["--tls-cert", good.cert, "--tls-key", other.key, "--tls-ca", good.ca],
                 ("--tls-key", other.key, "is not the key of", good.cert)),
                (["--tls-cert", folder / "none", "--tls-key", good.key, "--tls-ca", good.ca],
                 ("--tls-cert", folder / "none", "cannot read")),
                (["--tls-cert", good.cert, "--tls-key", folder / "empty", "--tls-ca", good.ca],
                 ("--tls-key", folder / "empty", "cannot read")),
                (["--tls-cert", folder / "text", "--tls-key", good.key, "--tls-ca", good.ca],
                 ("--tls-cert", folder / "text", "no certificate chain in PEM")),
                (["--tls-cert", good.cert, "--tls-key", good.key, "--tls-ca", folder / "text"],
                 ("--tls-ca", folder / "text", "no certificate in PEM")),
                (expired.flags, ("--tls-cert", expired.cert, "expired on"))):
            run = subprocess.run([BIN / "ccfa-all", "--data", folder / "data", "--listen", "127.0.0.1:0",
                                  "--identity", "trusted", *flags],
                                 capture_output=True, text=True, timeout=30, check=False)
            self.assertEqual(run.returncode, 1, run.stderr)
            for words in said:
                self.assertIn(str(words), run.stderr)
            answer = self.ask(None, flags=flags)
            self.check_refused(answer, "INVALID_FIELD", *said)

    def test_beyond_the_loopback_only_with_certificates(self):
        run = subprocess.run([BIN / "ccfa-all", "--data", self.scratch / "open", "--listen", "0.0.0.0:0",
                              "--identity", "trusted"], capture_output=True, text=True, timeout=30, check=False)
        self.assertEqual(run.returncode, 1)
        self.assertIn("--tls-cert, --tls-key and --tls-ca", run.stderr)
        server = Server(self.scratch / "open", host="0.0.0.0", arguments=self.good.flags,
                        client_arguments=self.client.flags)
        server.start()
        self.addCleanup(server.kill)
        self.assertEqual(server.ctl("health").code, 0)
        self.assertEqual(say_hello(server), b"")

    def test_the_address_told_to_others_is_one_of_the_certificates_names(self):
        run = subprocess.run([BIN / "ccfa-all", "--data", self.scratch / "named", "--listen", "0.0.0.0:7400",
                              "--kafka", "127.0.0.1:9", *self.good.flags],
                             capture_output=True, text=True, timeout=30, check=False)
        self.assertEqual(run.returncode, 1)
        for words in ("--address", "0.0.0.0", "DNS:localhost, IP Address:127.0.0.1"):
            self.assertIn(words, run.stderr)


if __name__ == "__main__":
    unittest.main()
