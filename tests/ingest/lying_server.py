"""A web server on 127.0.0.1 that lies in every way a publisher's server can."""

from __future__ import annotations

import gzip
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

CSV = b"a,b\r\n1,2\r\n"
PAGE = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>Who are you?</body></html>"


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """Return a whole HTTP answer; a header's underscores are hyphens; Content-Length unless given."""
    lines = {name.replace("_", "-"): value for name, value in headers.items()}
    lines.setdefault("Content-Length", str(len(body)))
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status}\r\n{head}Connection: close\r\n\r\n".encode() + body


class LyingServer:
    """Hold the port, what each path answers, and what was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.answers: dict[str, list[bytes]] = {}
        self.stop = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.05)
        self.port = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._serve, daemon=True)]
        self._threads[0].start()

    def url(self, path: str, host: str = "127.0.0.1", scheme: str = "http") -> str:
        """Return the address of *path* on this server."""
        return f"{scheme}://{host}:{self.port}{path}"

    def says(self, path: str, *answers: bytes) -> str:
        """Let *path* give these answers in turn, the last one for ever; returns its address."""
        self.answers[path] = list(answers)
        return self.url(path)

    def times_asked(self, path: str) -> int:
        """Return how often *path* was asked for."""
        return sum(asked == path for asked, _ in self.asked)

    def close(self) -> None:
        """Stop answering."""
        self.stop.set()
        self._listener.close()
        for thread in self._threads:
            thread.join(timeout=5)

    def _serve(self) -> None:
        while not self.stop.is_set():
            try:
                connection, _ = self._listener.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            thread = threading.Thread(target=self._talk, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _talk(self, connection: socket.socket) -> None:
        with connection:
            connection.settimeout(5)
            try:
                head = b""
                while b"\r\n\r\n" not in head:
                    piece = connection.recv(4096)
                    if not piece:
                        return
                    head += piece
                    if head[:1] == b"\x16":  # a TLS hello: never answered
                        self.stop.wait(20)
                        return
                first, *lines = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
                headers = {n.lower(): v.strip() for n, _, v in (line.partition(":") for line in lines)}
                path = first.split(" ")[1]
                self.asked.append((path, headers))
                self._lie(connection, path, headers)
            except OSError:
                return

    def _lie(self, connection: socket.socket, path: str, headers: dict[str, str]) -> None:
        lie = LIES.get(path)
        if lie is not None:
            for piece in lie(self, connection, headers):
                connection.sendall(piece)
                if self.stop.is_set():
                    return
            return
        waiting = self.answers.get(path) or [answer(b"", "404 Not Found")]
        connection.sendall(waiting.pop(0) if len(waiting) > 1 else waiting[0])


Lie = Callable[[LyingServer, socket.socket, dict[str, str]], Iterator[bytes]]


def _no_header(server: LyingServer, _connection: socket.socket, _headers: dict[str, str]) -> Iterator[bytes]:
    server.stop.wait(20)
    yield b""


def _slow_header(
    server: LyingServer, _connection: socket.socket, _headers: dict[str, str]
) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    for number in range(200):
        yield f"X-{number}: 1\r\n".encode()
        server.stop.wait(0.1)


def _no_body(server: LyingServer, _connection: socket.socket, _headers: dict[str, str]) -> Iterator[bytes]:
    yield answer(CSV, Content_Length="1000")
    server.stop.wait(20)


def _drip(server: LyingServer, _connection: socket.socket, _headers: dict[str, str]) -> Iterator[bytes]:
    yield answer(Content_Length="100000")
    while not server.stop.is_set():
        yield b"1"
        server.stop.wait(0.1)


def _reset(_server: LyingServer, connection: socket.socket, _headers: dict[str, str]) -> Iterator[bytes]:
    yield answer(b"a,b\r\n1,", Content_Length="1000")
    time.sleep(0.05)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def _short(_server: LyingServer, _connection: socket.socket, _headers: dict[str, str]) -> Iterator[bytes]:
    yield answer(CSV, Content_Length="1000")


def _cut_gzip(_server: LyingServer, _connection: socket.socket, _headers: dict[str, str]) -> Iterator[bytes]:
    yield answer(gzip.compress(CSV * 1000)[:-20], Content_Encoding="gzip")


def _bomb(_server: LyingServer, _connection: socket.socket, _headers: dict[str, str]) -> Iterator[bytes]:
    yield answer(gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")


def _flood(server: LyingServer, _connection: socket.socket, _headers: dict[str, str]) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
    while not server.stop.is_set():
        yield bytes(65536)


def _tagged(_server: LyingServer, _connection: socket.socket, headers: dict[str, str]) -> Iterator[bytes]:
    if headers.get("if-none-match") == '"one"':
        yield answer(b"", "304 Not Modified", ETag='"one"')
    else:
        yield answer(CSV, ETag='"one"', Last_Modified="Wed, 01 Oct 2025 00:00:00 GMT")


LIES: dict[str, Lie] = {
    "/no-header": _no_header,
    "/slow-header": _slow_header,
    "/no-body": _no_body,
    "/drip": _drip,
    "/reset": _reset,
    "/short": _short,
    "/cut-gzip": _cut_gzip,
    "/bomb": _bomb,
    "/flood": _flood,
    "/tagged": _tagged,
}


@contextmanager
def lying_server() -> Iterator[LyingServer]:
    """Yield a server, and close it."""
    server = LyingServer()
    try:
        yield server
    finally:
        server.close()
