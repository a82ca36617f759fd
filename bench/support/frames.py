"""WebSocket frames, as little of them as a load generator needs."""

import base64
import secrets
import socket

TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
NO_MASK = bytes(4)  # a mask of zeros is valid and leaves the bytes as they are
ENGINE_PING, ENGINE_PONG = b"2", b"3"
START_SECONDS = 30


def frame(payload: bytes, kind: int = TEXT) -> bytes:
    """As a client sends it."""
    size, head = len(payload), bytes([0x80 | kind])
    if size < 126:
        head += bytes([0x80 | size])
    elif size < 1 << 16:
        head += b"\xfe" + size.to_bytes(2, "big")
    else:
        head += b"\xff" + size.to_bytes(8, "big")
    return head + NO_MASK + payload


def upgrade_request(host: str, path: str) -> bytes:
    key = base64.b64encode(secrets.token_bytes(16)).decode()
    lines = [
        *(f"GET {path} HTTP/1.1", f"Host: {host}", "Upgrade: websocket", "Connection: Upgrade"),
        *(f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13", "", ""),
    ]
    return "\r\n".join(lines).encode()


def extent(data: bytes, at: int) -> tuple[int, int]:
    """Where the payload of the frame at this place begins and ends; ends at -1 if unknown yet."""
    if len(data) < at + 2:
        return 0, -1
    size, start = data[at + 1], at + 2
    if size < 126:
        return start, start + size
    width = 2 if size == 126 else 8
    if len(data) < start + width:
        return 0, -1
    return start + width, start + width + int.from_bytes(data[start : start + width], "big")


def walk(data: bytes) -> tuple[int, bytes]:
    """How much of the data is whole frames, and what pings in them have to be answered with."""
    at, size, answers = 0, len(data), b""
    while at < size:
        start, end = extent(data, at)
        if not 0 <= end <= size:
            break
        kind = data[at] & 15
        if kind == PING:
            answers += frame(data[start:end], PONG)
        elif kind == TEXT and end - start == 1 and data[start:end] == ENGINE_PING:
            answers += frame(ENGINE_PONG)
        elif kind == CLOSE:
            raise ConnectionError(f"the server closed a socket: {data[start:end]!r}")
        at = end
    return at, answers


class Tab:
    """A socket that is set up step by step, then handed to the crowd."""

    def __init__(self, port: int, path: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), START_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.rest = b""
        self.socket.sendall(upgrade_request(f"127.0.0.1:{port}", path))
        while b"\r\n\r\n" not in self.rest:
            self._read()
        head, self.rest = self.rest.split(b"\r\n\r\n", 1)
        if b" 101 " not in head.split(b"\r\n", 1)[0]:
            raise ConnectionError(f"no socket: {head[:200]!r}")

    def send(self, payload: bytes, kind: int = TEXT) -> None:
        self.socket.sendall(frame(payload, kind))

    def receive(self) -> bytes:
        """The next message that is not a ping."""
        while True:
            start, end = extent(self.rest, 0)
            if not 0 <= end <= len(self.rest):
                self._read()
                continue
            _, answers = walk(self.rest[:end])
            payload, self.rest = self.rest[start:end], self.rest[end:]
            if not answers:
                return payload
            self.socket.sendall(answers)

    def receive_until(self, beginning: bytes) -> bytes:
        while not (message := self.receive()).startswith(beginning):
            pass
        return message

    def _read(self) -> None:
        chunk = self.socket.recv(1 << 16)
        if not chunk:
            raise ConnectionError("the server closed a socket")
        self.rest += chunk
