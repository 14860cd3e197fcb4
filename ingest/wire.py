"""The wire under a fetch: resolve once, connect only to what was checked, keep one deadline over all."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import certifi
import httpcore

from ingest.addresses import public_addresses


class Deadline:
    """Hold the instant (monotonic seconds) at which patience ends."""

    def __init__(self, seconds: float) -> None:
        self.at = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left, never below zero."""
        return max(0.0, self.at - time.monotonic())


class GuardedBackend(httpcore.NetworkBackend):
    """Connect to checked addresses only; *trusted* names the office's own proxy, which may be private."""

    def __init__(self, deadline: Deadline, allowed: Collection[str], trusted: str | None = None) -> None:
        self._plain = httpcore.SyncBackend()
        self._deadline = deadline
        self._allowed = allowed
        self._trusted = trusted

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Resolve, check every address, and connect to the first that answers."""
        if host == self._trusted:
            addresses = [host]
        else:
            addresses = public_addresses(host, port, seconds=self._wait(timeout), allowed=self._allowed)
        for left, address in reversed(list(enumerate(reversed(addresses)))):
            try:
                stream = self._plain.connect_tcp(
                    address, port, self._wait(timeout), local_address, socket_options or ()
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if not left:
                    raise
            else:
                return _TimedStream(stream, self._deadline)
        raise httpcore.ConnectError(f"{host} has no address")

    def _wait(self, timeout: float | None) -> float:
        left = self._deadline.left()
        if not left:
            raise httpcore.ConnectTimeout("patience is at its end")
        return left if timeout is None else min(timeout, left)


class _TimedStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._wait(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._wait(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        # A handshake that drips restarts the socket's own timer with every byte: hang up when time is over.
        wait = self._wait(timeout, httpcore.ConnectTimeout)
        alarm = threading.Timer(wait, _hang_up, [self._stream.get_extra_info("socket")])
        alarm.daemon = True
        alarm.start()
        try:
            inner = self._stream.start_tls(ssl_context, server_hostname, wait)
        finally:
            alarm.cancel()
        return _TimedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def _wait(self, timeout: float | None, error: type[Exception]) -> float:
        left = self._deadline.left()
        if not left:
            raise error("patience is at its end")
        return left if timeout is None else min(timeout, left)


def trusted(ca_file: Path | None) -> ssl.SSLContext:
    """Return whose certificates are trusted: the usual authorities, and the office's own in *ca_file*."""
    trust = ssl.create_default_context(cafile=certifi.where())
    if ca_file is not None:
        trust.load_verify_locations(cafile=str(ca_file))
    return trust


def _hang_up(sock: socket.socket) -> None:
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it had gone by itself
