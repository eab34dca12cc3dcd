"""The five services as processes of their own over a real Apache Kafka, two of each: each has a part of the
partitions, and takes the other's when that one is gone."""
import collections
import json
import os
import pathlib
import signal
import subprocess
import time

from server import Server

ROOT = pathlib.Path(os.environ["CCFA_SOURCE"])
SERVICES = ("intake", "routing", "sara", "scrutiny", "insight")


class Kafka:
    """Brokers by tools/kafka."""

    def __init__(self, folder):
        self.folder = folder

    def do(self, *words):
        run = subprocess.run([ROOT / "tools/kafka", *map(str, words), "--dir", self.folder],
                             capture_output=True, text=True, timeout=180, check=False)
        assert run.returncode == 0, run.stderr
        return run.stdout.strip()

    def forget_topics(self):
        """Deletes our topics, and waits until they are gone."""
        self.do("topic", "delete", "--if-exists", "--topic", r"ccfa\..*")
        deadline = time.monotonic() + 60
        while any(topic.startswith("ccfa.") for topic in self.do("topic", "list").split()):
            assert time.monotonic() < deadline, "topics are not deleted"


class Services:
    """A process of every service for each of `servers`, the brokers as it reaches them; and a client."""

    def __init__(self, folder, servers, port, arguments=()):
        self.processes = collections.defaultdict(list)
        each = len(servers)
        for number in range(each):
            for index, service in enumerate(SERVICES):
                process = Server(folder / f"{service}{number + 1}", port=port + index * each + number,
                                 program=f"ccfa-{service}",
                                 arguments=["--kafka", servers[number], "--share", f"{number + 1}/{each}", *arguments])
                self.processes[service].append(process)
        self.client = Server(folder / "nowhere")

    def start(self):
        for process in self.all():
            process.start()
        self.client.address = ",".join(process.address for process in self.all())
        self.await_owners()

    def all(self):
        return [process for processes in self.processes.values() for process in processes]

    def cluster(self):
        """The rows of `ccfactl cluster`: processes, then partitions."""
        answer = self.client.ctl("cluster")
        assert answer.code == 0, answer.err
        return answer.objects

    def owners(self, service):
        """Who owns each partition of a service, by address."""
        return {int(row["partition"]): row["owner"] for row in self.cluster() if row.get("service") == service}

    def await_owners(self):
        """Until every process is known and every partition has an owner that answers."""
        deadline = time.monotonic() + 60
        addresses = {process.address for process in self.all()}
        while time.monotonic() < deadline:
            told = self.cluster()
            rows = [row for row in told if "partition" in row]
            all_known = addresses <= {row.get("process") for row in told}
            if all_known and rows and all(row["owner"] in addresses and row["behind"] != "?" for row in rows):
                return
            time.sleep(0.1)
        raise AssertionError("not every partition has an owner: " + json.dumps(self.cluster()))

    def owner_of(self, service, partition):
        address = self.owners(service)[partition]
        return next(process for process in self.processes[service] if process.address == address)

    def end(self):
        for process in self.all():
            if process.process is not None and process.process.poll() is None:
                process.process.send_signal(signal.SIGCONT)
                process.kill()
