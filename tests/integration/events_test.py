"""What happens in a council, as it happens: server-sent events over HTTP and ccfactl events, by the real binaries, when
the server is killed in between, and with readers who may not, may no longer, or mean no good."""
import base64
import json
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time
import unittest

from rest_test import CALL, COUNCIL, PASSWORD, Door, http_port, start_gateway
from server import BIN, Server

PATIENCE = 30
EVENTS = f"/v1/councils/{COUNCIL}/events"


class Reader:
    """One stream of server-sent events, read with a deadline; every event as (cursor, type, data)."""

    def __init__(self, port, path=EVENTS, **headers):
        self.wire = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        sent = {"Host": "localhost", "Accept": "text/event-stream", "Ccfa-Actor": "coordinator:lee"}
        sent.update((name.replace("_", "-"), value) for name, value in headers.items())
        self.wire.sendall(f"GET {path} HTTP/1.1\r\n".encode() +
                          b"".join(f"{name}: {value}\r\n".encode("latin-1") for name, value in sent.items() if value) +
                          b"\r\n")
        self.file = self.wire.makefile("rb")
        self.status = int(self.file.readline().split(b" ")[1])
        self.headers = {}
        while line := self.file.readline().strip():
            name, _, value = line.decode().partition(": ")
            self.headers[name.lower()] = value
        self.text = b""

    def body(self):
        """Of an answer that is no stream."""
        return json.loads(self.file.read(int(self.headers["content-length"])))

    def more(self):
        """Whether another chunk came; False at the end."""
        try:
            size = int(self.file.readline() or b"0", 16)
            self.text += self.file.read(size)
            self.file.readline()
        except ConnectionError:
            return False
        return size > 0

    def block(self):
        """The next block of lines; none at the end."""
        while b"\n\n" not in self.text:
            if not self.more():
                return None
        block, self.text = self.text.split(b"\n\n", 1)
        return block.decode()

    def next(self):
        """The next event; none at the end."""
        while (block := self.block()) is not None:
            fields = dict(line.split(": ", 1) for line in block.split("\n") if ": " in line)
            if "data" in fields:
                return fields.get("id"), fields["event"], json.loads(fields["data"])
        return None

    def close(self):
        self.file.close()
        self.wire.close()


def ids(events):
    return [data["eventId"] for _, _, data in events]


class Events(unittest.TestCase):
    def setUp(self):
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix="ccfa-events-"))
        self.addCleanup(shutil.rmtree, self.scratch)

    def start(self, *arguments):
        server = Server(self.scratch / "data", arguments=["--identity", "trusted", "--http", "127.0.0.1:0", *arguments])
        server.start()
        self.addCleanup(server.kill)
        server.load_demo_places()
        self.assertEqual(server.ctl("settle").code, 0)
        return server

    def read(self, port, path=EVENTS, **headers):
        reader = Reader(port, path, **headers)
        self.addCleanup(reader.close)
        return reader

    def log(self, server, count=1):
        for _ in range(count):
            reply = Door(http_port(server.log), Ccfa_Actor="coordinator:lee").ask(
                "POST", f"/v1/councils/{COUNCIL}/calls", CALL)
            self.assertEqual(reply.status, 200, reply.body)

    def everything(self, server):
        """As one page after the other has it."""
        door, after, events = Door(http_port(server.log), Ccfa_Actor="coordinator:lee"), "", []
        while True:
            page = door.ask("GET", f"{EVENTS}?pageSize=7&after={after}").json
            if not page.get("events"):
                return events
            events += [event["entry"]["eventId"] for event in page["events"]]
            after = page["next"]

    # F76
    def test_a_reader_who_comes_back_after_the_server_was_killed_misses_nothing_and_gets_nothing_twice(self):
        server = self.start()
        self.log(server)
        reader = self.read(http_port(server.log))
        self.assertEqual((reader.status, reader.headers["content-type"]), (200, "text/event-stream"))
        # Cut off before anything happened, a reader has a cursor all the same.
        here = dict(line.split(": ") for line in reader.block().split("\n"))
        self.assertEqual(sorted(here), ["id", "retry"])
        reader.close()
        self.log(server)
        reader = self.read(http_port(server.log), Last_Event_ID=here["id"])
        seen = [reader.next()]
        self.assertEqual(seen[0][1], "ccfa.intake.v1.CallLogged")
        for round_ in range(3):
            self.log(server, 3)
            # Some are read before the end, others stand in the journal only.
            for _ in range(2 if round_ else 1):
                seen.append(reader.next())
            server.kill()
            reader.close()
            server.start()
            if round_ == 1:
                self.assertEqual(server.ctl("rebuild", "--service", "insight").code, 0)
            reader = self.read(http_port(server.log), Last_Event_ID=seen[-1][0])
            self.assertEqual(reader.status, 200)
        self.log(server)
        last = self.everything(server)[-1]
        while seen[-1][2]["eventId"] != last:
            seen.append(reader.next())
        cursor, kind, data = seen[0]
        self.assertTrue(kind.startswith("ccfa."), kind)
        self.assertEqual(data["type"], kind)
        first = self.everything(server).index(data["eventId"])
        self.assertCountEqual(ids(seen), self.everything(server)[first:])
        for topic in {name.split("/")[0] for name in ids(seen)}:
            seqs = [int(name.rsplit("/", 1)[1]) for name in ids(seen) if name.startswith(topic + "/")]
            self.assertEqual(seqs, sorted(seqs))
        # From the beginning, for whoever asks for that; an address with a cursor in it is as good as a header.
        self.assertEqual(self.read(http_port(server.log), EVENTS + "?after=").next()[2]["eventId"], self.everything(server)[0])
        self.assertEqual(self.read(http_port(server.log), f"{EVENTS}?after={cursor}").next(), seen[1])

    # F76
    def test_a_hundred_read_at_once_and_hold_nobody_up(self):
        server = self.start()
        readers = [self.read(http_port(server.log)) for _ in range(100)]
        self.assertEqual({reader.status for reader in readers}, {200})
        began = time.monotonic()
        self.log(server, 10)
        self.assertLess(time.monotonic() - began, 10)
        for reader in readers:
            got = [reader.next() for _ in range(10)]
            self.assertEqual([kind for _, kind, _ in got], ["ccfa.intake.v1.CallLogged"] * 10)
        # Whoever reads nothing costs a socket; a server that is asked to end does not wait for them.
        self.log(server)
        self.assertEqual(server.stop(), 0)
        for reader in readers:
            while reader.block() is not None:
                pass

    # F76
    def test_a_server_ends_in_peace_while_many_ask(self):
        server = self.start()
        for _ in range(6):
            readers = [self.read(http_port(server.log)) for _ in range(60)]
            self.log(server)
            self.assertEqual({reader.next()[1] for reader in readers}, {"ccfa.intake.v1.CallLogged"})
            self.assertEqual(server.stop(), 0)
            server.start()

    # F76
    def test_whoever_may_not_is_refused_and_a_cursor_that_is_none_does_no_harm(self):
        server = self.start()
        self.log(server)
        port = http_port(server.log)
        mine = self.read(port, EVENTS + "?after=").next()[0]
        for path, headers, status, reason in [
                (EVENTS, {"Ccfa_Actor": "public:x"}, 403, "ROLE_MAY_NOT"),
                (EVENTS, {"Last_Event_ID": "nonsense"}, 400, "INVALID_FIELD"),
                (EVENTS, {"Last_Event_ID": "A" * 9_000}, 400, "INVALID_FIELD"),
                (EVENTS, {"Last_Event_ID": "\xff\xfe"}, 400, "INVALID_FIELD"),
                (EVENTS, {"Last_Event_ID": "../../etc/passwd%00"}, 400, "INVALID_FIELD"),
                (EVENTS + "?after=%0d%0aid:1", {}, 400, "INVALID_FIELD"),
                ("/v1/councils/E07900001/events", {"Last_Event_ID": mine}, 400, "INVALID_FIELD"),
                (EVENTS, {"Ccfa_As_At": "2026-11-20T09:00:00Z"}, 400, "INVALID_FIELD")]:
            with self.subTest(path=path, headers=headers):
                reader = self.read(port, path, **headers)
                problem = reader.body()
                self.assertEqual((reader.status, problem["reason"]), (status, reason), problem)
        # Every bit of a cursor turned round: refused, or a place in the same council.
        raw = base64.urlsafe_b64decode(mine + "=" * (-len(mine) % 4))
        for bit in range(8 * len(raw)):
            turned = bytearray(raw)
            turned[bit // 8] ^= 1 << bit % 8
            reply = Door(port, Ccfa_Actor="coordinator:lee").ask(
                "GET", EVENTS + "?after=" + base64.urlsafe_b64encode(turned).decode().rstrip("="))
            self.assertIn(reply.status, (200, 400), reply.body)
            self.assertIn(reply.json.get("reason"), (None, "INVALID_FIELD", "CURSOR_AHEAD"))
        self.assertTrue(server.log.read_text(encoding="utf-8").count('"level":"error"') == 0)

    # F76
    def test_ccfactl_lists_and_follows(self):
        server = self.start()
        self.log(server, 2)
        listed = server.ctl("events", "--council", COUNCIL, "--limit", "0").objects
        self.assertEqual([event["entry"]["event_id"] for event in listed], self.everything(server))
        listed = listed[-2:]
        self.assertEqual([event["entry"]["what"] for event in listed], ["call logged"] * 2)
        behind = server.ctl("events", "--council", COUNCIL, "--after", listed[0]["cursor"]).objects
        self.assertEqual(behind, listed[1:])
        with subprocess.Popen(server.command("events", "--council", COUNCIL, "--follow", "--after", listed[0]["cursor"]),
                              stdout=subprocess.PIPE, text=True) as following:
            self.addCleanup(following.kill)
            self.assertEqual(json.loads(following.stdout.readline()), listed[1])
            self.log(server)
            self.assertEqual(json.loads(following.stdout.readline())["entry"]["type"], "ccfa.intake.v1.CallLogged")
            following.terminate()
        wrong = server.ctl("events", "--council", COUNCIL, "--after", "nonsense")
        self.assertEqual((wrong.code, wrong.error["field"]), (4, "after"))
        past = server.ctl("--as-at", "2026-11-20T09:00:00Z", "events", "--council", COUNCIL)
        self.assertEqual((past.code, past.objects), (0, []))
        self.assertEqual(server.ctl("--as-at", "2026-11-20T09:00:00Z", "events", "--council", COUNCIL, "--follow").code, 4)

    # F70, F76
    def test_a_token_that_counts_no_more_ends_its_stream(self):
        server = Server(self.scratch / "data", identity=None).start()
        self.addCleanup(server.kill)
        _, port = start_gateway(self, self.scratch / "gateway.log", "--server", server.address)
        subprocess.run([BIN / "ccfactl", "--server", server.address, "accounts", "bootstrap", "root", "--secret-file",
                        server.data / "identity" / "bootstrap-secret", "--password-file", "-"], input=PASSWORD + "\n",
                       text=True, check=True, capture_output=True, timeout=60)

        def sign_in(name):
            reply = Door(port).ask("POST", "/v1/accounts:signIn", {"name": "accounts/" + name, "password": PASSWORD})
            return "Bearer " + reply.json["token"]
        root = Door(port, Authorization=sign_in("root"))
        self.assertEqual(root.ask("POST", "/v1/accounts", {
            "account": {"name": "accounts/lee", "roles": ["coordinator"], "councils": [COUNCIL]},
            "password": PASSWORD}).status, 200)
        lee = {"Authorization": sign_in("lee"), "Ccfa_Actor": ""}
        foreign = self.read(port, "/v1/councils/E07900001/events", **lee)
        self.assertEqual((foreign.status, foreign.body()["reason"]), (403, "NOT_YOUR_COUNCIL"))
        nobody = self.read(port, Ccfa_Actor="administrator:root")
        self.assertEqual((nobody.status, nobody.body()["reason"]), (401, "TOKEN_MISSING"))
        reader = self.read(port, **lee)
        self.assertEqual(reader.status, 200)
        self.assertEqual(root.ask("POST", "/v1/accounts/lee:disable", {}).status, 200)
        while (event := reader.next())[1] != "problem":
            pass
        self.assertTrue(event[2]["reason"].startswith("TOKEN_"), event)
        self.assertIsNone(reader.next())


if __name__ == "__main__":
    unittest.main()
