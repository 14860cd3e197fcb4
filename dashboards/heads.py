"""A worker whose threads are for answering: a request gets one when the whole of its head is there, and not before.

Browsers open connections ahead that say nothing for a while, and slow or ill-meaning callers send half a head. The
event loop holds them all, for ``HEAD_SECONDS`` at most; a body that stops coming is waited for ``BODY_SECONDS``.
"""

from __future__ import annotations

import errno
import time
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

HEAD_SECONDS = 10.0
BODY_SECONDS = 20.0
MOST_BYTES = 64 * 1024
END = b"\r\n\r\n"
BLANK = b"\r\n"  # empty lines before a request are none of it, and do not end its head
TOO_LARGE = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
PASSING = {errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK}


class Connection(TConn):
    """A connection and what came of the head of its next request."""

    head = b""


class HeadWorker(ThreadWorker):
    """Gathers the heads of requests in its event loop; threads only answer."""

    head_seconds = HEAD_SECONDS
    body_seconds = BODY_SECONDS

    def accept(self, listener: Any) -> None:
        """Take a new connection in and wait for its first head."""
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno not in PASSING:
                raise
            return
        self.nr_conns += 1
        self._gather(Connection(self.cfg, client, address, listener.getsockname()))

    def enqueue_req(self, conn: Connection) -> None:
        """Hand *conn* to a thread when its head is whole; else wait for the rest of it."""
        if conn.parser is not None:  # what came behind the request before this one
            conn.head += conn.parser.unreader.take_buffered().lstrip(BLANK)
        if END not in conn.head:
            self._gather(conn)
            return
        conn.data_ready = True
        conn.init()
        conn.parser.unreader.unread(conn.head)
        conn.head = b""
        super().enqueue_req(conn)

    def on_pending_socket_readable(self, conn: Connection, client: Any) -> None:
        """Take in what came of a head."""
        try:
            part = client.recv(MOST_BYTES)
        except BlockingIOError:
            return
        except OSError:
            part = b""
        conn.head = (conn.head + part).lstrip(BLANK)
        whole = END in conn.head
        if part and not whole and len(conn.head) < MOST_BYTES:
            return
        self.poller.unregister(client)
        self.pending_conns.remove(conn)
        if whole:
            self.enqueue_req(conn)
            return
        if part:
            with suppress(OSError):
                client.send(TOO_LARGE)
        self.nr_conns -= 1
        conn.close()

    def handle_request(self, req: Any, conn: Connection) -> Any:
        """Answer a request; whoever stops sending its body or taking its answer is not waited for without end."""
        conn.sock.settimeout(self.body_seconds)
        return super().handle_request(req, conn)

    def _gather(self, conn: Connection) -> None:
        conn.sock.setblocking(False)
        conn.timeout = time.monotonic() + self.head_seconds
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def _cap_keepalive(self, deadline: float) -> None:
        super()._cap_keepalive(deadline)
        for conn in self.pending_conns:
            conn.timeout = min(conn.timeout, deadline)
