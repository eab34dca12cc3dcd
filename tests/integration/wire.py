"""Speaks gRPC to a server by hand, in python's standard library alone: what no well-behaved client sends."""
import re
import socket
import struct
import urllib.parse

from server import DEMO

PROTO = DEMO.parent / "proto" / "ccfa"
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, RST_STREAM, SETTINGS, PING, GOAWAY, CONTINUATION = 0, 1, 3, 4, 6, 7, 9
END_STREAM, ACK, END_HEADERS = 1, 1, 4
NO_DYNAMIC_TABLE = struct.pack(">HI", 1, 0)

OK, INVALID_ARGUMENT, INTERNAL = 0, 3, 13


def varint(number):
    number &= (1 << 64) - 1
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def encode(service, message, **fields):
    """A message of a service's API by the names in its .proto. A number stands for an enum's value, known or
    not; a pair (message's name, fields) for a message."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted((PROTO / service / "v1").glob("*.proto")))
    body = re.search(rf"^message {message} {{(.*?)^}}", text, re.MULTILINE | re.DOTALL).group(1)
    out = b""
    for name, value in fields.items():
        number = int(re.search(rf"\b{name} = (\d+);", body).group(1))
        if isinstance(value, float):
            out += varint(number << 3 | 1) + struct.pack("<d", value)
        elif isinstance(value, int):
            out += varint(number << 3) + varint(value)
        else:
            if isinstance(value, tuple):
                value = encode(service, value[0], **value[1])
            value = value.encode() if isinstance(value, str) else value
            out += varint(number << 3 | 2) + varint(len(value)) + value
    return out


def frame(kind, flags, stream, payload=b""):
    return struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload


def literal(name, value):
    """A header that goes into no table, its name and value as they are."""
    name, value = name.encode(), value.encode()
    assert len(name) < 127 and len(value) < 127
    return bytes([0, len(name)]) + name + bytes([len(value)]) + value


def number_at(block, at, bits):
    """An HPACK integer, and where it ends."""
    mask = (1 << bits) - 1
    number, at = block[at] & mask, at + 1
    if number < mask:
        return number, at
    shift = 0
    while True:
        byte, at = block[at], at + 1
        number += (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return number, at


def text_at(block, at):
    huffman = block[at] & 0x80
    length, at = number_at(block, at, 7)
    return None if huffman else block[at:at + length].decode("latin-1"), at + length


def headers_in(block):
    """Those headers that came in full; what stands in HPACK's static table or in Huffman's code is left out."""
    headers, at = {}, 0
    while at < len(block):
        first = block[at]
        if first & 0x80:
            _, at = number_at(block, at, 7)
        elif first & 0xE0 == 0x20:
            _, at = number_at(block, at, 5)
        else:
            index, at = number_at(block, at, 6 if first & 0x40 else 4)
            name = None
            if index == 0:
                name, at = text_at(block, at)
            value, at = text_at(block, at)
            if name is not None and value is not None:
                headers[name] = value
    return headers


def receive(connection, size):
    out = b""
    while len(out) < size:
        part = connection.recv(size - len(out))
        if not part:
            raise ConnectionError("the server closed the connection")
        out += part
    return out


def call(address, method, message, actor="administrator:test", timeout=30, headers=()):
    """The code, the words and the reply's bytes of one RPC: method as "ccfa.intake.v1.IntakeService/LogCall"; with
    more headers, by name."""
    host, port = address.split(":")
    with socket.create_connection((host, int(port)), timeout=timeout) as connection:
        more = b"".join(literal(name, value) for name, value in dict(headers).items())
        headers = (literal(":method", "POST") + literal(":scheme", "http") + literal(":path", "/" + method)
                   + literal(":authority", address) + literal("te", "trailers")
                   + literal("content-type", "application/grpc") + literal("ccfa-actor", actor) + more)
        body = b"\0" + struct.pack(">I", len(message)) + message
        connection.sendall(PREFACE + frame(SETTINGS, 0, 0, NO_DYNAMIC_TABLE)
                           + frame(HEADERS, END_HEADERS, 1, headers) + frame(DATA, END_STREAM, 1, body))
        reply, block, told = b"", b"", {}
        while True:
            head = receive(connection, 9)
            size, kind, flags = int.from_bytes(head[:3], "big"), head[3], head[4]
            payload = receive(connection, size)
            if kind == SETTINGS and not flags & ACK:
                connection.sendall(frame(SETTINGS, ACK, 0))
            elif kind == PING and not flags & ACK:
                connection.sendall(frame(PING, ACK, 0, payload))
            elif kind == DATA:
                reply += payload
            elif kind in (HEADERS, CONTINUATION):
                block += payload
                if flags & END_HEADERS:
                    told.update(headers_in(block))
                    block = b""
            elif kind in (RST_STREAM, GOAWAY):
                raise ConnectionError(f"the server ended the stream: {payload!r}")
            if "grpc-status" in told:
                return int(told["grpc-status"]), urllib.parse.unquote(told.get("grpc-message", "")), reply[5:]


def is_serving(address):
    """What grpc.health.v1 says of the whole server."""
    code, words, reply = call(address, "grpc.health.v1.Health/Check", b"")
    assert code == OK, words
    return reply == b"\x08\x01"
