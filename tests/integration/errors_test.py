"""No error message, log line, trace or file says what was marked as personal in a request, whichever RPC it was sent
to and in whichever field."""
import re
import unittest

import wire
from server import Folder, Server

COUNCIL = "councils/E08900001"
MARK = "Quillfeather"
# What a request is about; a name in it is no free text, and an answer may repeat it to whoever sent it.
ABOUT = {"parent": COUNCIL, "name": f"{COUNCIL}/calls/2026-000001", "call": f"{COUNCIL}/calls/2026-000001"}


class Protos:
    """The contract as its files say it."""

    def __init__(self):
        self.messages, self.rpcs = {}, []
        for path in sorted(wire.PROTO.glob("*/v1/*.proto")):
            text = re.sub(r"//.*", "", path.read_text(encoding="utf-8"))
            package = re.search(r"^package (.*);", text, re.MULTILINE).group(1)
            for name, body in re.findall(r"^message (\w+) \{(.*?)^\}", text, re.MULTILINE | re.DOTALL):
                self.messages[f"{package}.{name}"] = [
                    (kind, field, int(number))
                    for kind, field, number in re.findall(r"([\w.]+) (\w+) = (\d+)(?: \[.*?\])?;", body)]
            for service, body in re.findall(r"^service (\w+) \{(.*?)^\}", text, re.MULTILINE | re.DOTALL):
                self.rpcs += [(f"{package}.{service}/{rpc}", f"{package}.{request}") for rpc, request in
                              re.findall(r"rpc (\w+)\((\w+)\)", body)]

    def type_of(self, kind, within):
        """A message by the name that a message of some package has for it; None for anything else."""
        return next((name for name in (kind, f"{within.rsplit('.', 1)[0]}.{kind}") if name in self.messages), None)

    def texts(self, message, depth=4):
        """The path of each text that a message can carry, as (field, number) from outside in."""
        for kind, field, number in self.messages[message]:
            inner = self.type_of(kind, message)
            if kind == "string":
                yield [(field, number)]
            elif inner and depth:
                yield from ([(field, number), *path] for path in self.texts(inner, depth - 1))


def encoded(path, text):
    """A message with one text in it; a lone surrogate stands for a byte that is no UTF-8."""
    value = text.encode("utf-8", "surrogateescape")
    for _, number in reversed(path):
        value = wire.varint(number << 3 | 2) + wire.varint(len(value)) + value
    return value


class Errors(unittest.TestCase):
    def setUp(self):
        holder = Folder()
        self.folder = holder.__enter__()
        self.addCleanup(holder.cleanup)
        master = self.folder / "master"
        master.write_text("a1" * 32 + "\n", encoding="ascii")
        master.chmod(0o600)
        self.server = Server(self.folder / "data", arguments=["--master-key", master, "--identity", "trusted"]).start()
        self.addCleanup(self.server.kill)
        self.server.load_demo_places()

    def answers(self, method, message, **more):
        code, words, reply = wire.call(self.server.address, method, message, **more)
        return code, words + reply.decode("latin-1")

    def find_mark(self):
        return [path for path in self.folder.rglob("*") if path.is_file() and MARK.encode() in path.read_bytes()]

    # F57
    def test_a_name_that_is_marked_in_any_text_of_any_request_is_repeated_nowhere(self):
        protos = Protos()
        sent = 0
        for method, request in protos.rpcs:
            if method.startswith("ccfa.identity."):
                continue  # accounts are not served here
            about = {field: (number, ABOUT[field]) for kind, field, number in protos.messages[request]
                     if kind == "string" and field in ABOUT}
            for path in protos.texts(request):
                if path[0][0] in about or path[-1][0] == "name":
                    continue
                message = b"".join(encoded([(field, number)], name) for field, (number, name) in about.items())
                for text in (f"[[{MARK}]] of number 4", f"[[{MARK}"):
                    code, said = self.answers(method, message + encoded(path, text))
                    self.assertNotIn(MARK, said, (method, path, code))
                    sent += 1
        self.assertGreater(sent, 1000)
        self.server.stop()
        self.assertEqual(self.find_mark(), [])

    # F57
    def test_what_a_caller_is_written_down_with_is_repeated_nowhere(self):
        protos = Protos()
        fields = {field: number for _, field, number in protos.messages["ccfa.intake.v1.CallerDetails"]}
        at = {"ccfa.intake.v1.IntakeService/LogCall": ("ccfa.intake.v1.LogCallRequest", ["caller", "details"]),
              "ccfa.intake.v1.CallerService/ChangeCaller": ("ccfa.intake.v1.ChangeCallerRequest", ["details"])}
        for method, (request, path) in at.items():
            steps, message = [], request
            for step in path:
                kind, _, number = next(field for field in protos.messages[message] if field[1] == step)
                steps.append((step, number))
                message = protos.type_of(kind, message)
            for field, number in fields.items():
                for text in (MARK, f"{MARK} " * 500, f"{MARK}\n\0", f"[[{MARK}", f"\udcff{MARK}"):
                    message = encoded([("", 1)], COUNCIL) + encoded([*steps, (field, number)], text)
                    _, said = self.answers(method, message)
                    self.assertNotIn(MARK, said, (method, field, text[:20]))
        self.server.stop()
        self.assertEqual(self.find_mark(), [])

    # F57
    def test_a_trace_is_kept_in_its_one_form_and_carries_nothing_else(self):
        log = wire.encode("intake", "LogCallRequest", parent=COUNCIL, details=("CallDetails", {
            "category": "noise", "summary": f"[[{MARK}]] hears it", "source": 2}))
        trace = "4bf92f3577b34da6a3ce929d0e0e4736"
        for traceparent in (f"00-{trace}-00f067aa0ba902b7-01", MARK, f"00-{trace}-00f067aa0ba902b7-01-{MARK}"):
            code, said = self.answers("ccfa.intake.v1.IntakeService/LogCall", log, actor="coordinator:lee",
                                      headers={"traceparent": traceparent, "tracestate": f"ccfa={MARK}",
                                               "baggage": f"caller={MARK}"})
            self.assertEqual(code, wire.OK, said)
        self.server.stop()
        journal = b"".join(path.read_bytes() for path in (self.folder / "data" / "journals").iterdir() if path.is_file())
        self.assertIn(trace.encode(), journal)
        self.assertEqual(self.find_mark(), [])


if __name__ == "__main__":
    unittest.main()
