"""Serve the web application with gunicorn: one arbiter, forked workers, a clear word when the address is taken."""

from __future__ import annotations

import errno
import gc
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from flask import Flask
from gunicorn.app.base import BaseApplication

from dashboards.heads import HeadWorker
from dashboards.tidying import Tidying, one_heap

THREADS = 8
GARBAGE = 50_000  # new objects until the next look for rubbish: a page makes some hundred thousand
GRACE_SECONDS = 20


class AddressTakenError(OSError):
    """Another program listens there already; the message says what to do."""


class Application(BaseApplication):
    """Holds how to make the web application; each worker makes its own after the fork."""

    def __init__(self, create: Callable[[], Flask], options: dict[str, Any]) -> None:
        self._create = create
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Take the options over into gunicorn's settings."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Return the application of this worker."""
        pd.options.mode.string_storage = "python"  # frames are small here: Arrow costs more than it saves
        one_heap()
        made = self._create()
        if "answers" in made.extensions:
            made.extensions["answers"].after = Tidying().stir
        gc.collect()
        gc.freeze()  # what the application is made of stays: no later collection need look through it again
        gc.set_threshold(GARBAGE, 20, 20)
        return made


def check_free(host: str, port: int) -> None:
    """Raise AddressTakenError when something listens at *host*:*port* already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno in {errno.EADDRINUSE, errno.EACCES, errno.EADDRNOTAVAIL}:
                said = f"cannot listen on {host}:{port} ({error.strerror}); choose another with --port, or stop it"
                raise AddressTakenError(said) from error
            raise


def serve(
    create: Callable[[], Flask],
    *,
    host: str,
    port: int,
    workers: int,
    ready: Callable[[str], None],
    ended: Callable[[], None] = lambda: None,
    measures: Path | None = None,
) -> None:
    """Serve until a signal says stop; *ready* hears the address once it listens, *ended* is called at the end.

    *measures* is the folder in which the workers add up what they measure.

    Raises AddressTakenError before anything is started.
    """
    check_free(host, port)
    named = f"[{host}]" if ":" in host else host
    options = {
        "bind": f"{named}:{port}",
        "workers": workers,
        "threads": THREADS,
        "worker_class": HeadWorker,
        "graceful_timeout": GRACE_SECONDS,
        "timeout": 120,
        "keepalive": 30,
        "loglevel": "warning",
        "limit_request_line": 8190,
        "worker_tmp_dir": "/dev/shm",  # noqa: S108 - gunicorn's own heartbeat file; a slow disk must not kill workers
        "when_ready": lambda _arbiter: ready(f"http://{named}:{port}"),
        "on_exit": lambda _arbiter: ended(),
        "child_exit": lambda _arbiter, worker: _forget(worker.pid, measures),
    }
    Application(create, options).run()


def _forget(pid: int, measures: Path | None) -> None:
    """Take the gauges of a worker that is gone out of what is measured."""
    if measures is not None:
        from prometheus_client import multiprocess  # noqa: PLC0415 - reads its environment when imported

        multiprocess.mark_process_dead(pid, str(measures))
