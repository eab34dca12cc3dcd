"""The demonstration as a person sees it: the councils load, and one call goes its whole road."""
import os
import subprocess
import unittest

from server import BIN, DEMO, Folder, Server


def walk(test, server):
    """Loads the demonstration and walks a call's whole road by ccfactl."""
    surroundings = {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", "CCFA_SERVER": server.address}
    for script in ("load", "road"):
        run = subprocess.run([DEMO / script], env=surroundings, capture_output=True, text=True,
                             timeout=120, check=False)
        test.assertEqual(run.returncode, 0, run.stdout[-2000:] + run.stderr[-2000:])
    calls = server.ctl("calls", "list", "--council", "E08900001", "--state", "resolved").objects
    test.assertEqual(len(calls), 1)
    history = [entry["what"] for entry in server.ctl("history", calls[0]["name"]).objects]
    milestones = ["call logged", "call accepted", "call routed", "problem opened", "problem taken up",
                  "action proposed", "action declined", "problem raised: tasking group",
                  "problem raised: scrutiny", "referral received", "referral decided",
                  "recommendation made", "recommendation answered", "recommendation completed",
                  "referral closed", "problem closed", "call closed"]
    test.assertEqual([what for what in milestones if what in history], milestones)
    test.assertEqual(sorted(milestones, key=history.index), milestones)
    test.assertEqual(server.ctl("verify").code, 0)


class Tour(unittest.TestCase):
    def test_the_demo_loads_and_one_call_goes_its_whole_road(self):
        with Folder() as folder:
            server = Server(folder / "data").start()
            self.addCleanup(server.process.kill)
            walk(self, server)
            self.assertEqual(server.stop(), 0)


class SignedIn(unittest.TestCase):
    # F70
    def test_the_demos_people_sign_in_and_walk_the_road_by_their_own_tokens(self):
        with Folder() as folder:
            server = Server(folder / "data", identity=None).start()
            self.addCleanup(server.process.kill)
            people = folder / "data-people"
            surroundings = {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", "CCFA_SERVER": server.address,
                            "CCFA_PEOPLE": str(people), "XDG_RUNTIME_DIR": str(people / "demo")}

            def run(*words):
                done = subprocess.run(words, env=surroundings, capture_output=True, text=True, timeout=120, check=False)
                self.assertEqual(done.returncode, 0, done.stdout[-2000:] + done.stderr[-2000:])
                return done.stdout

            run(DEMO / "people", server.data)
            run(BIN / "ccfactl", "settle")
            for script in ("load", "road"):
                run(DEMO / script)
            history = run(BIN / "ccfactl", "history", "councils/E08900001/calls/2026-000001")
            calls = run(BIN / "ccfactl", "--json", "calls", "list", "--council", "E08900001", "--state", "resolved")
            self.assertEqual(len(calls.splitlines()), 1, history)
            # Whoever was there before signs in again.
            run(DEMO / "people", server.data)
            self.assertEqual(server.stop(), 0)


class Partitions(unittest.TestCase):
    def test_an_embedded_journal_keeps_their_number(self):
        with Folder() as folder:
            server = Server(folder / "data", arguments=["--partitions", "3"]).start()
            server.load_demo_places()
            self.assertEqual(server.stop(), 0)
            server.arguments = ["--partitions", "4"]
            with self.assertRaisesRegex(RuntimeError, "have 3, and their number never changes"):
                server.start()
            server.arguments = []
            server.start()
            self.addCleanup(server.process.kill)
            rows = [row for row in server.ctl("cluster").objects if row.get("service") == "routing"]
            self.assertEqual(len(rows), 3)
            self.assertGreater(sum(int(row["records"]) for row in rows), 0)
            self.assertEqual(server.ctl("verify").code, 0)
            self.assertEqual(server.stop(), 0)


if __name__ == "__main__":
    unittest.main()
