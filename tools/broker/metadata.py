"""Asks brokers on the loopback for cluster metadata, in milliseconds: Kafka's own tools take a JVM.

    metadata.py brokers PORT                    the ids that this broker knows to be alive
    metadata.py leader TOPIC PARTITION PORT...  who leads, by the latest word of these brokers
"""

import socket
import struct
import sys

METADATA, VERSION = 3, 7  # 7 is the first with leader epochs
UNKNOWN_TOPIC = 3


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, layout):
        (value,) = struct.unpack_from(layout, self.data, self.at)
        self.at += struct.calcsize(layout)
        return value

    def int16(self):
        return self.take(">h")

    def int32(self):
        return self.take(">i")

    def string(self):
        size = self.int16()
        return None if size < 0 else self.take(f">{size}s").decode()

    def array(self, element):
        return [element() for _ in range(self.int32())]


def ask(port, topics):
    """Returns the ids alive and {(topic, partition): (leader epoch, leader)}, {topic: error}."""
    body = struct.pack(">hhih", METADATA, VERSION, 1, -1) + struct.pack(">i", len(topics))
    for topic in topics:
        body += struct.pack(">h", len(topic.encode())) + topic.encode()
    body += b"\0"  # do not create them
    with socket.create_connection(("127.0.0.1", port), timeout=1) as broker:
        broker.sendall(struct.pack(">i", len(body)) + body)
        with broker.makefile("rb") as stream:
            (size,) = struct.unpack(">i", stream.read(4))
            reply = Reader(stream.read(size))
    reply.int32(), reply.int32()  # correlation, throttling

    def node():
        node_id = reply.int32()
        reply.string(), reply.int32(), reply.string()  # host, port, rack
        return node_id

    alive = set(reply.array(node))
    reply.string(), reply.int32()  # cluster, controller
    leaders, errors = {}, {}

    def topic():
        error, name = reply.int16(), reply.string()
        errors[name] = error
        reply.take(">?")  # internal

        def partition():
            reply.int16()
            index, leader, epoch = reply.int32(), reply.int32(), reply.int32()
            for _ in range(3):  # replicas, in sync, offline
                reply.array(reply.int32)
            leaders[name, index] = (epoch, leader)

        reply.array(partition)

    reply.array(topic)
    return alive, leaders, errors


def leader(topic, partition, ports):
    answers = []
    for port in ports:
        try:
            answers.append(ask(port, [topic]))
        except (OSError, struct.error):
            continue
    if not answers:
        return "no broker answers"
    known = [leaders[topic, partition] for _, leaders, _ in answers if (topic, partition) in leaders]
    if not known:
        unknown = all(errors.get(topic) == UNKNOWN_TOPIC for _, _, errors in answers)
        return f"no topic {topic}" if unknown else f"topic {topic} has no partition {partition}"
    _, who = max(known)
    if who < 0:
        return f"partition {partition} of {topic} has no leader"
    print(who)
    return None


def main(command, *args):
    if command == "leader":
        topic, partition, *ports = args
        return leader(topic, int(partition), [int(port) for port in ports])
    try:
        alive, _, _ = ask(int(args[0]), [])
    except (OSError, struct.error) as error:
        return f"port {args[0]}: {error}"
    print(*sorted(alive))
    return None


if __name__ == "__main__":
    problem = main(*sys.argv[1:])
    sys.exit(problem and f"tools/kafka: {problem}")
