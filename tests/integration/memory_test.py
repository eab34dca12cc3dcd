"""A process that holds personal data leaves no core file and shows its memory to nobody of its user: a real server is
aborted while it has marked names in its memory, and read by another process. One without a master key, which takes no
such data, shows that both would be found here."""
import json
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

from server import BIN, Server

NAME = b"Quillfeather"
# Reads a process as any other may try: by /proc, and by process_vm_readv at a place that is mapped.
READER = """
import ctypes, pathlib, re, sys
pid = int(sys.argv[1])
proc = pathlib.Path(f"/proc/{pid}")
def by_proc():
    with open(proc / "mem", "rb") as memory:
        memory.seek(start)
        return memory.read(16)
def by_call():
    class Part(ctypes.Structure):
        _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]
    into = ctypes.create_string_buffer(16)
    libc = ctypes.CDLL(None, use_errno=True)
    read = libc.process_vm_readv(pid, ctypes.byref(Part(ctypes.addressof(into), 16)), 1,
                                 ctypes.byref(Part(start, 16)), 1, 0)
    if read < 0:
        raise OSError(ctypes.get_errno(), "process_vm_readv")
    return into.raw
try:
    start = int((proc / "maps").read_text().split("-")[0], 16)
except OSError:
    start = int(sys.argv[2], 16)
for way in (by_proc, by_call):
    try:
        print(way.__name__, len(way()))
    except OSError as refused:
        print(way.__name__, type(refused).__name__)
"""


def is_root():
    return os.geteuid() == 0


class Memory(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="ccfa-memory-"))
        self.addCleanup(shutil.rmtree, self.folder)
        limit = resource.getrlimit(resource.RLIMIT_CORE)
        self.addCleanup(resource.setrlimit, resource.RLIMIT_CORE, limit)
        resource.setrlimit(resource.RLIMIT_CORE, (limit[1], limit[1]))
        # Root may read everything: so it is nobody who runs, and who reads.
        self.nobody = {"user": 65534, "group": 65534, "extra_groups": []} if is_root() else {}

    def start(self, name, *flags):
        """A server that may leave a core file, in a folder of its own."""
        folder = self.folder / name
        folder.mkdir()
        master = folder / "master"
        master.write_text("a1" * 32 + "\n", encoding="ascii")
        master.chmod(0o600)
        if is_root():
            self.folder.chmod(0o755)
            for path in (folder, master):
                os.chown(path, 65534, 65534)
        log = folder / "log"
        with open(log, "w", encoding="utf-8") as out:
            process = subprocess.Popen(
                [BIN / "ccfa-all", "--data", folder / "data", "--listen", "127.0.0.1:0", "--identity", "trusted",
                 *(str(flag).replace("MASTER", str(master)) for flag in flags)], stderr=out, cwd=folder,
                **self.nobody)
        self.addCleanup(process.kill)
        deadline = time.monotonic() + 30
        while '"event":"started"' not in log.read_text(encoding="utf-8"):
            self.assertIsNone(process.poll(), log.read_text(encoding="utf-8"))
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.01)
        started = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if "started" in line]
        server = Server(folder / "data")
        server.process, server.address = process, f"127.0.0.1:{started[-1]['port']}"
        return server

    def read_by_another(self, process):
        address = pathlib.Path(f"/proc/{process.pid}/maps").read_text(encoding="ascii").split("-")[0]
        run = subprocess.run([sys.executable, "-c", READER, str(process.pid), address], capture_output=True, text=True,
                             check=True, **self.nobody)
        return dict(line.split() for line in run.stdout.splitlines())

    def abort(self, process):
        process.send_signal(signal.SIGABRT)
        self.assertEqual(process.wait(timeout=60), -signal.SIGABRT)

    # F57
    def test_nothing_of_a_process_that_holds_names_is_left_or_shown(self):
        server = self.start("sealed", "--master-key", "MASTER")
        server.load_demo_places()
        caller = self.folder / "caller.json"
        caller.write_text(json.dumps({"details": {"name": NAME.decode()}}), encoding="utf-8")
        log = ("calls", "log", "--council", "E08900001", "--category", "noise", "--summary", "Every night", "--source",
               "phone", "--caller", caller)
        for _ in range(20):
            self.assertEqual(server.ctl(*log, actor="coordinator:lee").code, 0)
        caller.unlink()
        self.assertEqual(self.read_by_another(server.process),
                         {"by_proc": "PermissionError", "by_call": "PermissionError"})
        self.abort(server.process)
        files = [path for path in (self.folder / "sealed").rglob("*") if path.is_file()]
        self.assertEqual([path for path in files if path.name.startswith("core")], [])
        self.assertEqual([path for path in files if NAME in path.read_bytes()], [])

    def test_a_process_that_takes_no_names_shows_that_this_machine_would_tell(self):
        server = self.start("open")
        scope = pathlib.Path("/proc/sys/kernel/yama/ptrace_scope")
        if not scope.exists() or scope.read_text(encoding="ascii").strip() == "0":
            self.assertEqual(self.read_by_another(server.process), {"by_proc": "16", "by_call": "16"})
        self.abort(server.process)
        pattern = pathlib.Path("/proc/sys/kernel/core_pattern").read_text(encoding="ascii").strip()
        if pattern.startswith(("|", "/")) or resource.getrlimit(resource.RLIMIT_CORE)[1] == 0:
            self.skipTest(f"core files go to {pattern}, or nowhere")
        self.assertEqual(len(list((self.folder / "open").glob("core*"))), 1)


if __name__ == "__main__":
    unittest.main()
