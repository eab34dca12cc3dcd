"""Holds what headers in one folder cannot hold: who may include whom, where a clock may be read, and how
long a file may be."""
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(sys.argv.pop() if len(sys.argv) > 1 else ".")
COMMON = ["core", "proof", "telemetry", "identity", "calendar", "geo", "privacy", "state", "config", "journal", "engine",
          "rpc", "client", "http", "host"]
SERVICES = ["intake", "routing", "sara", "scrutiny", "insight"]
LONGEST_FILE = 400
CLOCKS_AND_CHANCE = re.compile(
    r"absl::Now\(|system_clock::now|steady_clock::now|\btime\(nullptr\)|\brand\(|random_device|mt19937")


def sources(*folders):
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".h", ".cc") and "node_modules" not in path.parts:
                yield path, path.read_text(encoding="utf-8")


def included(text):
    return re.findall(r'^#include ["<]([^">]+)[">]', text, re.MULTILINE)


def is_test(path):
    return path.name.endswith("_test.cc") or path.name in ("given.h", "contract.h") or "testing" in path.parts


class Layers(unittest.TestCase):
    def test_a_lower_folder_of_common_never_includes_a_higher_one_or_a_service(self):
        for path, text in sources("common"):
            if is_test(path):
                continue
            layer = COMMON.index(path.relative_to(ROOT).parts[1])
            for include in included(text):
                self.assertFalse(include.startswith("services/"), (path, include))
                if include.startswith("common/"):
                    self.assertLessEqual(COMMON.index(include.split("/")[1]), layer, (path, include))

    def test_services_never_include_each_other(self):
        for path, text in sources(*(f"services/{name}" for name in SERVICES + ["gateway"])):
            own = "/".join(path.relative_to(ROOT).parts[:2]) + "/"
            for include in included(text):
                self.assertTrue(not include.startswith("services/") or include.startswith(own), (path, include))

    def test_rules_do_no_io_and_know_no_server_disk_or_thread(self):
        allowed = re.compile(r"ccfa/|absl/|services/|google/protobuf/"
                             r"|common/(core|calendar|config|geo|state/(table|rows|name_set|numbering|counter|tally)\.h"
                             r"|engine/(command|clocks|service_rules)\.h)|(c?mutex|memory|map|[a-z_]+)$")
        for name in SERVICES:
            for path, text in sources(f"services/{name}/domain"):
                if is_test(path):
                    continue
                for include in included(text):
                    self.assertRegex(include, allowed, path)

    def test_rules_never_see_who_called_in_clear(self):
        for path, text in sources(*(f"services/{name}/domain" for name in SERVICES)):
            self.assertNotRegex(text, r"CallerDetails|NewCaller|MarkedText|privacy/", path)

    def test_time_and_chance_come_in_as_arguments(self):
        for path, text in sources("common/state", "common/journal", "common/engine", "services"):
            if not is_test(path) and path.name != "main.cc":
                self.assertIsNone(CLOCKS_AND_CHANCE.search(text), path)

    def test_whatever_serves_an_rpc_asks_first_whether_it_is_let_in(self):
        serves = re.compile(r"DefaultReactor\(\)|^grpc::ServerWriteReactor<|^grpc::Status \w+Service::", re.MULTILINE)
        found = 0
        for path, text in sources("common", "services"):
            # Whom to ask is for anyone: see the table.
            if is_test(path) or path.name == "cluster_service.cc" or not serves.search(text):
                continue
            found += 1
            # NewCommand asks, and yields no command to whoever is not let in.
            self.assertRegex(text, r"RefusalOf\(|rpc::NewCommand\(", path)
        self.assertGreater(found, 3)

    def test_files_stay_short(self):
        for path, text in sources("common", "services", "tools", "tests"):
            self.assertLessEqual(text.count("\n"), LONGEST_FILE, path)

    def test_every_service_says_what_it_owns(self):
        for name in SERVICES + ["gateway", "all"]:
            self.assertTrue((ROOT / "services" / name / "README.md").is_file(), name)


if __name__ == "__main__":
    unittest.main()
