"""The front door as its users meet it: REST by the real binaries, in one process and beside it, with and without
tokens, and what a hostile visitor gets."""
import base64
import contextlib
import http.client
import itertools
import json
import os
import pathlib
import re
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import unittest
import urllib.parse

from certificates import Authority
from server import BIN, Server

COUNCIL = "E08900001"
PASSWORD = "correct horse battery"
CALL = {"details": {"category": "noise", "summary": "Every night until two", "source": "SOURCE_PHONE",
                    "place": {"point": {"lat": 52.631314, "lon": 2.170547}}}}


class Reply:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def reason(self):
        return self.json.get("reason", "")


class Door:
    """An HTTP client of one address, as somebody."""

    def __init__(self, port, context=None, **headers):
        self.port = port
        self.context = context
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def ask(self, method, path, body=None, **headers):
        connection = (http.client.HTTPSConnection("localhost", self.port, timeout=30, context=self.context)
                      if self.context else http.client.HTTPConnection("127.0.0.1", self.port, timeout=30))
        sent = dict(self.headers, **{name.replace("_", "-"): value for name, value in headers.items()})
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        connection.request(method, path, body, sent)
        reply = Reply(connection.getresponse())
        connection.close()
        return reply

    def raw(self, sent, patience=10):
        """What comes back for these bytes until the server closes, or says no more."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=patience) as wire:
            wire.sendall(sent)
            wire.shutdown(socket.SHUT_WR)
            came = b""
            while part := wire.recv(65536):
                came += part
            return came


def http_port(log):
    return int(re.findall(r'"event":"http_started","port":(\d+)', log.read_text(encoding="utf-8"))[-1])


def start_gateway(test, log, *arguments):
    """A gateway as a process of its own, and the port at which it answers."""
    with open(log, "w", encoding="utf-8") as said:
        gateway = subprocess.Popen([BIN / "ccfa-gateway", "--http", "127.0.0.1:0", *arguments], stderr=said)
    test.addCleanup(gateway.wait)
    test.addCleanup(gateway.kill)
    while "http_started" not in log.read_text(encoding="utf-8"):
        test.assertIsNone(gateway.poll())
        time.sleep(0.01)
    return gateway, http_port(log)


class Rest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = pathlib.Path(tempfile.mkdtemp(prefix="ccfa-rest-"))
        cls.addClassCleanup(shutil.rmtree, cls.scratch)
        cls.server = Server(cls.scratch / "data", arguments=["--identity", "trusted", "--http", "127.0.0.1:0"]).start()
        cls.addClassCleanup(cls.server.kill)
        cls.server.load_demo_places()
        cls.port = http_port(cls.server.log)

    def door(self, actor="coordinator:lee"):
        return Door(self.port, Ccfa_Actor=actor)

    def log(self, door=None, **headers):
        reply = (door or self.door()).ask("POST", f"/v1/councils/{COUNCIL}/calls", CALL, **headers)
        self.assertEqual(reply.status, 200, reply.body)
        return reply.json

    def test_a_call_is_logged_read_changed_and_told_over_http(self):
        lee = self.door()
        receipt = self.log()
        name = receipt["name"]
        read = lee.ask("GET", f"/v1/{name}")
        self.assertEqual((read.status, read.json["state"]), (200, "CALL_STATE_LOGGED"))
        self.assertEqual(read.headers["Content-Type"], "application/json")
        self.assertEqual(read.headers["ETag"], '"%s"' % read.json["etag"])
        self.assertEqual(lee.ask("GET", f"/v1/{name}", If_None_Match=read.headers["ETag"]).status, 304)
        acknowledge = {"message": "Received; we will say by Friday what happens"}
        moved = lee.ask("POST", f"/v1/{name}:acknowledge", acknowledge, If_Match='"999999"')
        self.assertEqual((moved.status, moved.reason), (412, "ETAG_MOVED"))
        done = lee.ask("POST", f"/v1/{name}:acknowledge", acknowledge, If_Match=read.headers["ETag"])
        self.assertEqual(done.status, 200, done.body)
        history = lee.ask("GET", f"/v1/{name}:history").json["entries"]
        self.assertEqual([entry["type"].rsplit(".", 1)[1] for entry in history][:2], ["CallLogged", "CallAcknowledged"])
        before = lee.ask("GET", f"/v1/{name}", Ccfa_As_At=history[0]["time"]).json
        self.assertEqual(before["etag"], read.json["etag"])

    def test_repeated_with_the_same_key_a_command_has_no_second_effect(self):
        first = self.log(Idempotency_Key="key-of-a-retry")
        again = self.log(Idempotency_Key="key-of-a-retry")
        self.assertEqual(again["name"], first["name"])
        self.assertTrue(again["repeated"])

    def test_lists_are_asked_by_query_and_streams_come_line_by_line(self):
        self.log()
        self.log()
        lee = self.door()
        page = lee.ask("GET", f"/v1/councils/{COUNCIL}/calls?pageSize=1").json
        self.assertEqual(len(page["calls"]), 1)
        other = lee.ask("GET", f"/v1/councils/{COUNCIL}/calls?page_size=1&pageToken={page['nextPageToken']}").json
        self.assertNotEqual(page["calls"][0]["name"], other["calls"][0]["name"])
        self.lists_are_narrowed_by_time(lee)
        self.assertEqual(lee.ask("GET", f"/v1/councils/{COUNCIL}/calls:export").reason, "EXPORT_NOT_RECORDED")
        self.assertEqual(lee.ask("POST", f"/v1/councils/{COUNCIL}/exports", {"purpose": "the annual report"}).status, 200)
        exported = lee.ask("GET", f"/v1/councils/{COUNCIL}/calls:export")
        self.assertEqual(exported.headers["Content-Type"], "application/x-ndjson")
        names = [json.loads(line)["name"] for line in exported.body.splitlines()]
        self.assertIn(page["calls"][0]["name"], names)
        refused = self.door("public:x").ask("GET", f"/v1/councils/{COUNCIL}/calls:export")
        self.assertEqual((refused.status, refused.reason), (403, "ROLE_MAY_NOT"))

    def lists_are_narrowed_by_time(self, lee):
        listed = lambda **query: lee.ask("GET", f"/v1/councils/{COUNCIL}/calls?" + urllib.parse.urlencode(query)).json
        calls = listed(pageSize=1000)["calls"]
        second = calls[1]["logTime"]
        names = lambda page: [call["name"] for call in page.get("calls", [])]
        self.assertEqual(names(listed(loggedFrom=second, pageSize=1000)), names({"calls": calls[1:]}))
        self.assertEqual(names(listed(loggedBefore=second)), names({"calls": calls[:1]}))
        self.assertEqual(listed(updatedFrom="2100-01-01T00:00:00Z"), {})
        self.assertEqual(listed(loggedFrom="2100-01-01T00:00:00Z"), {})
        # A page goes on in the list that it is of.
        token = listed(loggedFrom="2020-01-01T00:00:00Z", pageSize=1)["nextPageToken"]
        self.assertEqual(names(listed(loggedFrom="2020-01-01T00:00:00Z", pageSize=1, pageToken=token)), [calls[1]["name"]])
        self.assertEqual(listed(pageSize=1, pageToken=token)["reason"], "INVALID_FIELD")

    def test_a_refusal_is_a_problem_that_names_the_field(self):
        lee = self.door()
        refused = lee.ask("POST", f"/v1/councils/{COUNCIL}/calls", {"details": {"summary": "x", "source": "SOURCE_WEB"}})
        self.assertEqual(refused.status, 400)
        self.assertEqual(refused.headers["Content-Type"], "application/problem+json")
        self.assertEqual(refused.json["reason"], "INVALID_FIELD")
        self.assertEqual(refused.json["fields"][0]["field"], "details.category")
        for method, path, body, status, reason in [
                ("GET", "/v1/nothing", None, 404, "NO_SUCH_PATH"),
                ("DELETE", f"/v1/councils/{COUNCIL}/calls", None, 405, "METHOD_NOT_ALLOWED"),
                ("GET", f"/v1/councils/{COUNCIL}/calls/2026-999999", None, 404, "NOT_FOUND"),
                ("GET", f"/v1/councils/{COUNCIL}/calls?nonsense=1", None, 400, "INVALID_FIELD"),
                ("GET", f"/v1/councils/{COUNCIL}/calls?pageSize=many", None, 400, "INVALID_FIELD"),
                ("POST", f"/v1/councils/{COUNCIL}/calls", b"{", 415, "NOT_JSON"),
                ("POST", f"/v1/councils/{COUNCIL}/calls", {"nonsense": 1}, 400, "INVALID_FIELD"),
                ("POST", f"/v1/councils/{COUNCIL}/calls", {"parent": "councils/E07900001"}, 400, "INVALID_FIELD")]:
            with self.subTest(path=path, body=body):
                reply = lee.ask(method, path, body)
                self.assertEqual((reply.status, reply.reason), (status, reason), reply.body)
        nobody = Door(self.port).ask("POST", f"/v1/councils/{COUNCIL}/calls", CALL)
        self.assertEqual(nobody.status, 400, nobody.body)
        whole = self.door("administrator:x").ask("GET", "/v1/journal:verify").body.splitlines()
        self.assertTrue(all(json.loads(line)["whole"] for line in whole if json.loads(line).get("done")))

    def test_the_contract_is_served_for_other_tools(self):
        document = Door(self.port).ask("GET", "/v1/openapi.json").json
        self.assertEqual(document["openapi"], "3.1.0")
        self.assertIn("post", document["paths"]["/v1/councils/{council}/calls"])
        self.assertEqual(Door(self.port).ask("GET", "/healthz").body, b"ok\n")
        self.assertEqual(Door(self.port).ask("HEAD", "/healthz").body, b"")

    # F22, F79
    def test_whoever_knows_a_calls_number_may_ask_where_it_stands_and_learns_no_more(self):
        name = self.log()["name"]
        visitor = Door(self.port)
        read = visitor.ask("GET", f"/v1/{name}/public")
        self.assertEqual(read.status, 200, read.body)
        month = read.json["logMonth"]
        self.assertEqual(read.json, {
            "name": name, "reference": name.rsplit("/", 1)[1], "state": "PUBLIC_STATE_RECEIVED", "with": "the council",
            "standing": "The call was received, and the council looks at whether it takes it on.",
            "next": "the call is accepted, declined or passed on, and whoever called is told why",
            "within": "10 working days of being logged", "logMonth": month, "updateMonth": month,
            "outcome": "OUTCOME_OPEN"})
        self.assertEqual(visitor.ask("GET", f"/v1/councils/{COUNCIL}/calls/2026-999999/public").status, 404)
        past = visitor.ask("GET", f"/v1/{name}/public", Ccfa_As_At="2026-11-01T00:00:00Z")
        self.assertEqual((past.status, past.json["fields"][0]["field"]), (400, "ccfa-as-at"))

    def test_a_server_ends_in_peace_while_many_ask(self):
        for _ in range(4):
            server = Server(self.scratch / "busy", arguments=["--identity", "trusted", "--http", "127.0.0.1:0"]).start()
            self.addCleanup(server.kill)
            port, ended, answered = http_port(server.log), threading.Event(), threading.Barrier(41, timeout=60)

            def ask(port=port, ended=ended, answered=answered):
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
                with contextlib.suppress(OSError, http.client.HTTPException):
                    for number in itertools.count():
                        connection.request("GET", "/v1/councils", headers={"Ccfa-Actor": "coordinator:lee"})
                        connection.getresponse().read()
                        if number == 0:
                            answered.wait()
                        if ended.is_set():
                            return

            asking = [threading.Thread(target=ask) for _ in range(40)]
            for thread in asking:
                thread.start()
            answered.wait()
            self.assertEqual(server.stop(), 0)
            ended.set()
            for thread in asking:
                thread.join()

    def test_a_hostile_visitor_gets_a_clear_no_and_the_server_goes_on(self):
        door = self.door()
        head = b"Host: localhost\r\nCcfa-Actor: coordinator:lee\r\nConnection: close\r\n"
        for sent, status in [
                (b"nonsense\r\n\r\n", b"400"),
                (b"GET http://elsewhere/ HTTP/1.1\r\n" + head + b"\r\n", b"400"),
                (b"GET /v1/councils/..%2f..%2fetc HTTP/1.1\r\n" + head + b"\r\n", b"400"),
                (b"GET /v1/../../etc/passwd HTTP/1.1\r\n" + head + b"\r\n", b"400"),
                (b"GET /v1/councils/%0d%0aSet-Cookie:x HTTP/1.1\r\n" + head + b"\r\n", b"400"),
                (b"GET / HTTP/1.1\r\n" + head + b"X: " + b"a" * 20_000 + b"\r\n\r\n", b"431"),
                (b"POST / HTTP/1.1\r\n" + head + b"Content-Length: 99999999\r\n\r\n", b"413"),
                (b"POST / HTTP/1.1\r\n" + head + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"400"),
                (b"GET /v1/councils HTTP/1.1\r\nHost: evil.example\r\nCcfa-Actor: administrator:x\r\n\r\n", b"400"),
                (b"GET /v1/councils HTTP/1.1\r\nHost: localhost\r\nCcfa-Actor: administrator:\x01\r\n\r\n", b"400"),
                (bytes(range(256)) * 64, b"400")]:
            with self.subTest(sent=sent[:60]):
                self.assertEqual(door.raw(sent).split(b" ", 2)[1], status)
        # HTTP/1.0, which may say keep-alive and still waits for the end of the connection.
        for path, status in ((b"/healthz", b"200"), (b"/v1/journal:verify", b"505")):
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as wire:
                wire.sendall(b"GET " + path + b" HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n"
                             b"Ccfa-Actor: administrator:x\r\n\r\n")
                came = b""
                while part := wire.recv(65536):
                    came += part
            self.assertEqual(came.split(b" ", 2)[1], status)
            self.assertIn(b"Connection: close", came)
        deep = b'{"details":' * 5_000 + b"1" + b"}" * 5_000
        reply = door.ask("POST", f"/v1/councils/{COUNCIL}/calls", deep, Content_Type="application/json")
        self.assertEqual((reply.status, reply.reason), (400, "INVALID_FIELD"))
        # Many who begin a request and never end it keep nobody out.
        slow = [socket.create_connection(("127.0.0.1", self.port)) for _ in range(200)]
        for wire in slow:
            wire.sendall(b"POST /v1/councils HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n")
        self.assertEqual(door.ask("GET", "/v1/councils").status, 200)
        for wire in slow:
            wire.close()
        scripts = "<script>alert(1)</script>"
        told = door.ask("GET", f"/v1/councils/{scripts.replace('/', '%2F')}")
        self.assertNotIn("text/html", told.headers["Content-Type"])


class WithTokens(unittest.TestCase):
    def setUp(self):
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="ccfa-rest-"))
        self.addCleanup(shutil.rmtree, self.scratch)

    def test_beyond_the_machine_only_a_token_says_who_asks(self):
        ours = Authority(self.scratch / "our")
        good = ours.certify("server")
        server = Server(self.scratch / "data", host="0.0.0.0", arguments=[
            "--identity", "accounts", "--tls-cert", good.cert, "--tls-key", good.key, "--http", "0.0.0.0:0"]).start()
        self.addCleanup(server.kill)
        context = ssl.create_default_context(cafile=str(ours.cert))
        door = Door(http_port(server.log), context)
        secret = server.data / "identity" / "bootstrap-secret"
        subprocess.run([BIN / "ccfactl", "--server", server.address, "--tls-ca", ours.cert, "accounts", "bootstrap", "root",
                        "--secret-file", secret, "--password-file", "-"], input=PASSWORD + "\n", text=True, check=True,
                       capture_output=True, timeout=60)
        self.assertIn("max-age", door.ask("GET", "/healthz").headers["Strict-Transport-Security"])
        root = Door(door.port, context, Authorization="Bearer " + self.sign_in(door, "root"))
        self.assertEqual(root.ask("POST", "/v1/accounts", {
            "account": {"name": "accounts/lee", "roles": ["coordinator"], "councils": [COUNCIL]},
            "password": PASSWORD}).status, 200)
        lee = Door(door.port, context, Authorization="Bearer " + self.sign_in(door, "lee"))
        self.assertEqual(lee.ask("GET", f"/v1/councils/{COUNCIL}/calls").status, 200)
        foreign = lee.ask("GET", "/v1/councils/E07900001/calls")
        self.assertEqual((foreign.status, foreign.reason), (403, "NOT_YOUR_COUNCIL"))
        # Where a call stands whoever knows its number may ask, and nothing else.
        self.assertEqual(door.ask("GET", f"/v1/councils/{COUNCIL}/calls/2026-000001/public").status, 404)
        # A name alone is nobody, whatever it says, and a token of no key neither.
        for headers in ({"Ccfa_Actor": "administrator:root"}, {"Authorization": "Bearer " + self.unsigned()},
                        {"Authorization": "Basic cm9vdDpyb290"}, {"Authorization": "Bearer " + "a" * 9_000}):
            reply = door.ask("GET", f"/v1/councils/{COUNCIL}/calls", **headers)
            self.assertEqual(reply.status, 401, (headers, reply.body))
            self.assertEqual(reply.headers["WWW-Authenticate"], "Bearer")
        with self.assertRaises(OSError):
            Door(door.port).ask("GET", "/healthz")

    def test_a_gateway_of_its_own_finds_the_services_and_shares_their_refusals(self):
        server = Server(self.scratch / "data", arguments=["--identity", "trusted"]).start()
        self.addCleanup(server.kill)
        gateway, port = start_gateway(self, self.scratch / "gateway.log", "--server", server.address,
                                      "--requests-a-second", "1")
        door = Door(port, Ccfa_Actor="administrator:test")
        self.assertEqual(door.ask("GET", "/v1/councils").status, 200)
        for _ in range(30):
            reply = door.ask("GET", "/v1/councils")
        self.assertEqual((reply.status, reply.reason), (429, "TOO_MANY_REQUESTS"))
        self.assertGreaterEqual(int(reply.headers["Retry-After"]), 1)
        # Tokens are not made up faster than an address may ask.
        made_up = [door.ask("GET", "/v1/councils", Authorization=f"Bearer {number}").status for number in range(300)]
        self.assertEqual((made_up[0], set(made_up)), (200, {200, 429}), made_up)
        self.assertEqual(Door(port).ask("GET", "/healthz").status, 200)
        gateway.terminate()
        self.assertEqual(gateway.wait(timeout=30), 0)
        alone = subprocess.run([BIN / "ccfa-gateway", "--http", "0.0.0.0:0"], capture_output=True, text=True,
                               timeout=30, check=False)
        self.assertEqual(alone.returncode, 1)
        self.assertIn("loopback", alone.stderr)

    def sign_in(self, door, name):
        reply = door.ask("POST", "/v1/accounts:signIn", {"name": "accounts/" + name, "password": PASSWORD})
        self.assertEqual(reply.status, 200, reply.body)
        return reply.json["token"]

    def unsigned(self):
        part = lambda value: base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()
        claims = {"iss": "ccfa", "aud": "ccfa", "sub": "root", "roles": ["administrator"], "councils": ["*"],
                  "iat": int(time.time()), "exp": int(time.time()) + 600}
        return part({"alg": "none", "typ": "JWT"}) + "." + part(claims) + "."


if __name__ == "__main__":
    unittest.main()
