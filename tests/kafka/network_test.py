"""One of two processes of each service reaches Kafka only through what stands between. Whatever that does, nothing
acknowledged is lost, nothing takes effect twice, and somebody serves."""
import os
import sys
import time

import failover_test
import wire
from between import Between
from services import Services

PORT = 30000 + os.getpid() % 16 * 60
PARTITIONS = 4
LONGEST_TAKEOVER_S = 8


class Network(failover_test.Checked):
    port = PORT
    broker_arguments = ("--between",)

    def new_services(self):
        self.between = [Between(PORT + 40 + broker, PORT + 30 + broker) for broker in range(3)]
        for one in self.between:
            self.addCleanup(one.end)
        around = ",".join(f"127.0.0.1:{PORT + 40 + broker}" for broker in range(3))
        return Services(self.folder, [around, self.brokers], PORT + 50, arguments=["--partitions", str(PARTITIONS)])

    def setUp(self):
        super().setUp()
        # Until the one behind the wire has the council's partition: the other gives it up.
        self.behind = self.services.processes["intake"][0]
        other = self.services.processes["intake"][1]
        if self.council_owner() is other:
            other.stop()
            self.seconds_until_served()
            other.start()
            self.services.await_owners()
        self.assertIs(self.council_owner(), self.behind)

    def set(self, **what):
        for one in self.between:
            for name, value in what.items():
                setattr(one, name, value)

    def test_an_owner_that_is_cut_off_loses_its_partition_though_it_answers(self):
        importing = self.run_import()
        time.sleep(0.4)
        self.set(cut_to=True, cut_from=True)
        took = self.seconds_until_served()
        print(f"served again {took:.1f} s after the owner was cut off", file=sys.stderr)
        self.assertLess(took, LONGEST_TAKEOVER_S)
        message = wire.encode("intake", "ListClocksRequest", parent=f"councils/{failover_test.COUNCIL}")
        code, words, _ = wire.call(self.behind.address, "ccfa.intake.v1.IntakeService/ListClocks", message)
        self.assertEqual(code, failover_test.UNAVAILABLE, words)
        self.set(cut_to=False, cut_from=False)
        importing.communicate(timeout=120)
        self.check_everything_is_there_once()

    def test_answers_of_the_brokers_are_lost(self):
        importing = self.run_import()
        time.sleep(0.4)
        self.set(cut_from=True)
        self.seconds_until_served()
        self.set(cut_from=False)
        importing.communicate(timeout=120)
        self.check_everything_is_there_once()

    def test_everything_is_late(self):
        self.set(delay_s=0.02)
        importing = self.run_import()
        importing.communicate(timeout=240)
        self.check_everything_is_there_once()

    def test_everything_is_said_twice(self):
        self.set(twice=True)
        self.behind.kill()
        self.behind.start()
        self.services.await_owners()
        importing = self.run_import()
        importing.communicate(timeout=120)
        self.check_everything_is_there_once()


if __name__ == "__main__":
    failover_test.main()
