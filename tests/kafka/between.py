"""What stands between a process and its brokers: passes on, delays, cuts both ways or one, or says everything
twice on a second connection."""
import select
import socket
import threading
import time

BLOCK = 1 << 16


class Between:
    """Takes connections on one port for another; `delay_s`, `cut_to`, `cut_from` and `twice` hold from now on."""

    def __init__(self, port, to):
        self.to = to
        self.delay_s = 0
        self.cut_to = self.cut_from = self.twice = False
        self.listener = socket.create_server(("127.0.0.1", port))
        self.ending = False
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while not self.ending:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.carry, args=(client,), daemon=True).start()

    def carry(self, client):
        brokers = []
        try:
            brokers = [socket.create_connection(("127.0.0.1", self.to)) for _ in range(2 if self.twice else 1)]
            for connection in (client, *brokers):
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while not self.ending:
                ready, _, _ = select.select([client, *brokers], [], [], 0.2)
                for connection in ready:
                    data = connection.recv(BLOCK)
                    if not data:
                        return
                    self.pass_on(connection, data, client, brokers)
        except OSError:
            pass
        finally:
            for connection in (client, *brokers):
                connection.close()

    def pass_on(self, connection, data, client, brokers):
        if self.delay_s:
            time.sleep(self.delay_s)
        if connection is client and not self.cut_to:
            for broker in brokers:
                broker.sendall(data)
        elif connection is brokers[0] and not self.cut_from:
            client.sendall(data)

    def end(self):
        self.ending = True
        # Wakes whoever waits in accept, which would keep the port.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
