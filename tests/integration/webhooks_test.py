"""Signed webhooks by the real binaries, to receivers that verify by themselves what they get: receivers who refuse, hang,
die and come back, a gateway that is killed, and what a receiver that checks does not take."""
import base64
import hashlib
import hmac
import http.server
import json
import os
import pathlib
import secrets
import shutil
import ssl
import subprocess
import tempfile
import threading
import time
import unittest

from certificates import Authority
from rest_test import CALL, COUNCIL, PASSWORD, Door, http_port, start_gateway
from server import BIN, Server

PATIENCE = 60
TOLERANCE_S = 300


def sign(secret, name, timestamp, body):
    """As https://www.standardwebhooks.com has it, written from its words."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return "v1," + base64.b64encode(hmac.new(key, f"{name}.{timestamp}.".encode() + body, hashlib.sha256).digest()).decode()


class Receiver:
    """An HTTP server that takes what is signed, once each, and answers as it is told."""

    def __init__(self, secret, context=None):
        self.secret = secret
        self.context = context
        self.port = 0
        self.answers = []  # statuses for what comes next; 200 where there is none
        self.delay_s = 0
        self.requests = []
        self.taken = []
        self.headers = {}
        self.server = None

    def check(self, headers, body, now=None):
        """What is wrong with a delivery; none where nothing is."""
        name, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
        if not timestamp.isdigit() or abs((now or time.time()) - int(timestamp)) > TOLERANCE_S:
            return "stale"
        expected = sign(self.secret, name, timestamp, body)
        if not any(hmac.compare_digest(expected, got) for got in headers.get("webhook-signature", "").split(" ")):
            return "not signed"
        return "had" if name in [taken for taken, _ in self.taken] else None

    def start(self):
        receiver = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.requests.append((self.path, dict(self.headers), body))
                time.sleep(receiver.delay_s)
                status = receiver.answers.pop(0) if receiver.answers else 200
                if status == 200:
                    wrong = receiver.check(self.headers, body)
                    if wrong is None:
                        receiver.taken.append((self.headers["webhook-id"], json.loads(body)))
                    status = 200 if wrong in (None, "had") else 400
                self.send_response(status)
                for header, value in receiver.headers.items():
                    self.send_header(header, value)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format, *args):  # pylint: disable=redefined-builtin
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.server.daemon_threads = True
        self.server.block_on_close = False
        if self.context:
            self.server.socket = self.context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def url(self, scheme="http"):
        return f"{scheme}://{'localhost' if self.context else '127.0.0.1'}:{self.port}/hooks"

    def ids(self):
        return [data["eventId"] for _, data in self.taken]


class Webhooks(unittest.TestCase):
    def setUp(self):
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="ccfa-webhooks-"))
        self.addCleanup(shutil.rmtree, self.scratch, ignore_errors=True)
        self.subscriptions = []

    def private(self, name, text):
        path = self.scratch / name
        path.write_text(text, encoding="utf-8")
        os.chmod(path, 0o600)
        return path

    def receiver(self, context=None):
        receiver = Receiver("whsec_" + base64.b64encode(secrets.token_bytes(32)).decode(), context).start()
        self.addCleanup(receiver.stop)
        return receiver

    def subscribe(self, name, receiver, scheme="http", **fields):
        """Adds it to the file, and gives the file."""
        self.private(name + ".secret", receiver.secret + "\n")
        fields = {"actor": "analyst:webhooks", **fields, "name": name, "url": receiver.url(scheme), "council": COUNCIL,
                  "secret_file": name + ".secret"}
        self.subscriptions.append(" ".join(f"{field}: {json.dumps(str(value))}" for field, value in fields.items() if value))
        path = self.scratch / "webhooks.txtpb"
        path.write_text("".join(f"subscriptions {{ {text} }}\n" for text in self.subscriptions), encoding="utf-8")
        return path

    def start(self, *arguments):
        server = Server(self.scratch / "data", arguments=["--identity", "trusted", "--http", "127.0.0.1:0", *arguments])
        server.start()
        self.addCleanup(server.kill)
        return server

    def log_calls(self, port, count=1, **headers):
        for _ in range(count):
            reply = Door(port, **(headers or {"Ccfa_Actor": "coordinator:lee"})).ask(
                "POST", f"/v1/councils/{COUNCIL}/calls", CALL)
            self.assertEqual(reply.status, 200, reply.body)

    def wait(self, what, is_so):
        deadline = time.monotonic() + PATIENCE
        while not is_so():
            self.assertLess(time.monotonic(), deadline, what)
            time.sleep(0.02)

    def said(self, log, event):
        return [line for line in map(json.loads, log.read_text(encoding="utf-8").splitlines()) if line["event"] == event]

    def begun(self, name):
        """Whether a subscription has a place from which on it is told everything."""
        return (self.scratch / "webhooks.txtpb.state" / (name + ".cursor")).exists()

    # F76
    def test_nothing_is_lost_when_receiver_and_gateway_die_and_come_back(self):
        server = Server(self.scratch / "data", identity=None).start()
        self.addCleanup(server.kill)
        subprocess.run([BIN / "ccfactl", "--server", server.address, "accounts", "bootstrap", "root", "--secret-file",
                        server.data / "identity" / "bootstrap-secret", "--password-file", "-"], input=PASSWORD + "\n",
                       text=True, check=True, capture_output=True, timeout=60)
        _, port = start_gateway(self, self.scratch / "front.log", "--server", server.address)

        def token(name):
            reply = Door(port).ask("POST", "/v1/accounts:signIn", {"name": "accounts/" + name, "password": PASSWORD})
            return "Bearer " + reply.json["token"]
        root = Door(port, Authorization=token("root"))
        for name, role in (("webhooks", "analyst"), ("lee", "coordinator")):
            self.assertEqual(root.ask("POST", "/v1/accounts", {
                "account": {"name": "accounts/" + name, "roles": [role], "councils": [COUNCIL]},
                "password": PASSWORD}).status, 200)
        council = {"name": f"councils/{COUNCIL}", "title": "Riverton"}
        reply = root.ask("PUT", f"/v1/councils/{COUNCIL}", council)
        self.assertEqual(reply.status, 200, reply.body)
        self.wait("settled", lambda: root.ask("GET", "/v1/journal/progress").json.get("settled"))
        self.private("password", PASSWORD + "\n")
        receiver = self.receiver()
        path = self.subscribe("police", receiver, actor="", account="accounts/webhooks", password_file="password")
        log = self.scratch / "gateway.log"

        def start():
            log.unlink(missing_ok=True)
            return start_gateway(self, log, "--server", server.address, "--webhooks", path)[0]

        gateway = start()
        self.wait("it begins", lambda: self.begun("police"))
        lee = {"Authorization": token("lee")}
        receiver.answers = [500, 302]
        self.log_calls(port, 3, **lee)
        self.wait("refused, then taken", lambda: len(receiver.taken) == 3)
        self.assertEqual(len(receiver.requests), 5)
        # The receiver dies in the middle, and the gateway while it waits for it.
        receiver.stop()
        self.log_calls(port, 2, **lee)
        self.wait("refused", lambda: self.said(log, "webhook_not_delivered"))
        gateway.kill()
        gateway.wait()
        self.log_calls(port, 2, **lee)
        gateway = start()
        receiver.start()
        self.wait("all that happened meanwhile", lambda: len(receiver.taken) == 7)
        # It is killed once the receiver has an event and before that is kept: which comes again, and is known by its id.
        receiver.delay_s = 3
        self.log_calls(port, 1, **lee)
        self.wait("under way", lambda: len(receiver.requests) and receiver.check(*receiver.requests[-1][1:]) is None)
        gateway.kill()
        gateway.wait()
        self.wait("had", lambda: len(receiver.taken) == 8)
        receiver.delay_s = 0
        before = len(receiver.requests)
        start()
        self.wait("again", lambda: len(receiver.requests) > before)
        self.assertEqual(receiver.requests[-1][1]["webhook-id"], receiver.taken[-1][0])
        self.log_calls(port, 1, **lee)
        self.wait("the last", lambda: len(receiver.taken) == 9)
        page = Door(port, **lee).ask("GET", f"/v1/councils/{COUNCIL}/events?pageSize=1000").json
        happened = [event["entry"] for event in page["events"]]
        self.assertEqual([data for _, data in receiver.taken], happened[-9:])
        said = log.read_text(encoding="utf-8")
        for secret in (PASSWORD, receiver.secret, "whsec_", "Bearer", receiver.url()):
            self.assertNotIn(secret, said)

    # F76
    def test_a_receiver_that_hangs_or_is_gone_holds_up_nobody_else(self):
        hangs, gone, moved, busy, well = (self.receiver() for _ in range(5))
        hangs.delay_s = 600
        busy.headers = {"Retry-After": "120"}
        busy.answers = [503]
        gone.answers = [410]
        moved.headers = {"Location": well.url() + "/elsewhere"}
        moved.answers = [307] * 100
        for name, receiver in (("hangs", hangs), ("gone", gone), ("moved", moved), ("busy", busy)):
            self.subscribe(name, receiver)
        path = self.subscribe("well", well, types="ccfa.intake.v1.CallLogged")
        server = self.start("--webhooks", path)
        self.wait("all begin", lambda: all(map(self.begun, ("hangs", "gone", "moved", "busy", "well"))))
        server.load_demo_places()
        self.log_calls(http_port(server.log), 3)
        self.wait("its three", lambda: len(well.taken) == 3)
        self.assertEqual({data["type"] for _, data in well.taken}, {"ccfa.intake.v1.CallLogged"})
        self.wait("the alarm", lambda: self.said(server.log, "webhook_stopped"))
        alarm = self.said(server.log, "webhook_stopped")[0]
        self.assertEqual((alarm["subscription"], alarm["level"]), ("gone", "error"))
        self.wait("refused", lambda: len(moved.requests) > 1)
        waits = lambda: [line["next_in_s"] for line in self.said(server.log, "webhook_not_delivered")
                         if line["subscription"] == "busy"]
        self.wait("refused for a while", waits)
        self.assertEqual((waits(), len(busy.requests)), ([120], 1), "it is left alone for as long as it asks")
        self.assertEqual({path for path, _, _ in well.requests}, {"/hooks"})
        self.assertEqual((len(gone.requests), hangs.taken), (1, []))
        # Whoever is being sent to does not keep the process from ending.
        began = time.monotonic()
        self.assertEqual(server.stop(), 0)
        self.assertLess(time.monotonic() - began, 9)

    # F76
    def test_what_is_altered_or_replayed_is_known_by_its_receiver(self):
        receiver = self.receiver()
        server = self.start("--webhooks", self.subscribe("police", receiver))
        self.wait("it begins", lambda: self.begun("police"))
        server.load_demo_places()
        self.wait("something", lambda: receiver.taken)
        _, headers, body = receiver.requests[0]
        self.assertEqual(receiver.check(headers, body), "had")
        receiver.taken.clear()
        self.assertIsNone(receiver.check(headers, body))
        self.assertEqual(receiver.check(headers, body.replace(b"councils", b"Councils")), "not signed")
        self.assertEqual(receiver.check({**headers, "webhook-id": "another"}, body), "not signed")
        later = str(int(headers["webhook-timestamp"]) + 1)
        self.assertEqual(receiver.check({**headers, "webhook-timestamp": later}, body), "not signed")
        self.assertEqual(receiver.check(headers, body, now=time.time() + 3600), "stale")
        self.assertEqual(Receiver(self.receiver().secret).check(headers, body), "not signed")

    def test_a_certificate_is_verified(self):
        ours, theirs = Authority(self.scratch / "our"), Authority(self.scratch / "their")
        receivers = []
        for authority in (ours, theirs):
            certificate = authority.certify("server")
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate.cert, certificate.key)
            receivers.append(self.receiver(context))
        self.subscribe("known", receivers[0], scheme="https", ca_file=ours.cert)
        path = self.subscribe("stranger", receivers[1], scheme="https", ca_file=ours.cert)
        server = self.start("--webhooks", path)
        self.wait("both begin", lambda: self.begun("known") and self.begun("stranger"))
        server.load_demo_places()
        self.wait("by a known authority", lambda: receivers[0].taken)
        self.wait("refused", lambda: self.said(server.log, "webhook_not_delivered"))
        self.assertEqual({line["subscription"] for line in self.said(server.log, "webhook_not_delivered")}, {"stranger"})
        self.assertEqual(receivers[1].requests, [])

    def test_a_broken_file_is_refused_by_subscription_and_field_and_a_folder_has_one_process(self):
        receiver = self.receiver()
        path = self.subscribe("police", receiver)
        server = self.start("--webhooks", path)
        gateway = [BIN / "ccfa-gateway", "--http", "127.0.0.1:0", "--server", server.address, "--webhooks"]
        second = subprocess.run([*gateway, path], capture_output=True, text=True, timeout=30, check=False)
        self.assertEqual(second.returncode, 1)
        self.assertIn("another process delivers from", second.stderr)
        broken = self.scratch / "broken"
        for text, fault in (("subscriptions { name: 'x'", "line 1"), ("", "subscriptions: expected 1 to 100"),
                            ("subscriptions { name: 'x' }", "subscription x: url: expected a URL"),
                            (path.read_text(encoding="utf-8").replace("police.secret", "nothing"),
                             "subscription police: secret_file: ")):
            with self.subTest(fault=fault):
                broken.write_text(text, encoding="utf-8")
                refused = subprocess.run([*gateway, broken], capture_output=True, text=True, timeout=30, check=False)
                self.assertEqual(refused.returncode, 1)
                self.assertIn(fault, refused.stderr)
        os.chmod(self.scratch / "police.secret", 0o644)
        open_to_all = subprocess.run([*gateway, path, "--webhooks-state", self.scratch / "other"], capture_output=True,
                                     text=True, timeout=30, check=False)
        self.assertIn("chmod 600", open_to_all.stderr)
        self.assertNotIn(receiver.secret, open_to_all.stderr)


if __name__ == "__main__":
    unittest.main()
