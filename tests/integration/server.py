"""Runs the real binaries: a server on a folder of its own and the client against it."""
import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time

BIN = pathlib.Path(os.environ["CCFA_BIN"])
DEMO = pathlib.Path(os.environ["CCFA_DEMO"])
DATA = pathlib.Path(os.environ.get("CCFA_TEST_DATA", os.environ.get("CCFA_DEFAULT_TEST_DATA", "")))


class Answer:
    """What a run of ccfactl came to: exit code, lines, and the error object under --json."""

    def __init__(self, run):
        self.code = run.returncode
        self.out = run.stdout
        self.err = run.stderr

    @property
    def objects(self):
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def error(self):
        for line in reversed(self.err.splitlines()):
            if line.startswith("{"):
                return json.loads(line)
        return {}


class Server:
    """A process on a folder; `start` again after `kill` or `stop` goes on with what is there."""

    def __init__(self, data, port=0, arguments=(), program="ccfa-all", client_arguments=(),
                 host="127.0.0.1", identity="trusted"):
        self.program = program
        self.port = port
        self.host = host
        self.arguments = list(arguments)
        self.identity = identity  # where the arguments do not say it; None: the program's own default
        self.client_arguments = list(client_arguments)
        self.data = pathlib.Path(data)
        self.log = self.data.parent / (self.data.name + ".log")
        self.process = None
        self.address = ""

    def start(self):
        offset = self.log.stat().st_size if self.log.exists() else 0
        with open(self.log, "a", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                [BIN / self.program, "--data", self.data, "--listen", f"{self.host}:{self.port}",
                 *(["--identity", self.identity] if self.identity and "--identity" not in self.arguments else []),
                 *self.arguments], stderr=log)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            said = self.log.read_text(encoding="utf-8")[offset:]
            started = re.search(r'"event":"started","port":(\d+)', said)
            if started:
                self.address = "127.0.0.1:" + started.group(1)
                return self
            if self.process.poll() is not None:
                raise RuntimeError(self.program + " ended: " + said)
            time.sleep(0.01)
        raise RuntimeError(self.program + " did not start: " + said)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        """SIGTERM; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)

    def command(self, *words, actor="administrator:test"):
        return [str(BIN / "ccfactl"), "--server", self.address, "--as", actor, "--json",
                *map(str, self.client_arguments), *map(str, words)]

    def ctl(self, *words, actor="administrator:test"):
        run = subprocess.run(self.command(*words, actor=actor), capture_output=True, text=True,
                             timeout=300, check=False)
        return Answer(run)

    def export(self, council):
        """Every call of a council, by the row of the file it came from."""
        calls = [call for call in self.ctl("calls", "export", "--council", council).objects]
        return [(call["details"]["imported_from"]["file"], int(call["details"]["imported_from"]["row"]), call)
                for call in calls if call["details"].get("imported_from")]

    def load_demo_places(self):
        for words in (("wards", "import", DEMO / "wards.geojson"), ("teams", "create", "--one-per-ward")):
            answer = self.ctl(*words)
            assert answer.code == 0, answer.err


class Folder(tempfile.TemporaryDirectory):
    def __enter__(self):
        return pathlib.Path(super().__enter__())
