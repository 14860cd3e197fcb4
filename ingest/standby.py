"""The scheduler as a process of its own beside the web pages: started, kept alive, stopped."""

from __future__ import annotations

import signal
import subprocess
import threading
from collections.abc import Callable, Sequence

GRACE_SECONDS = 20.0
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0


class Standby:
    """Hold a child process running *command*; one that ends by itself is started again, ever more patiently."""

    def __init__(
        self, command: Sequence[str], say: Callable[[str], None], *, first_pause: float = FIRST_PAUSE
    ) -> None:
        self._command = list(command)
        self._say = say
        self._pause = first_pause
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._keeper: threading.Thread | None = None

    def start(self) -> None:
        """Start the process and the thread that keeps it."""
        self._spawn()
        self._keeper = threading.Thread(target=self._keep, name="standby", daemon=True)
        self._keeper.start()

    @property
    def process_id(self) -> int | None:
        """Return the number of the process, None when there is none."""
        with self._lock:
            return self._child.pid if self._child and self._child.poll() is None else None

    def stop(self) -> None:
        """Ask the process to end and wait for it; a second call does nothing."""
        if self._stopping.is_set():
            return
        self._stopping.set()
        with self._lock:
            child = self._child
        if child is None or child.poll() is not None:
            return
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()

    def _spawn(self) -> None:
        with self._lock:
            if not self._stopping.is_set():
                # Its own session: Ctrl-C reaches the parent alone, which then ends the child in good order.
                self._child = subprocess.Popen(self._command, start_new_session=True)  # noqa: S603 - our own command

    def _keep(self) -> None:
        while not self._stopping.is_set():
            with self._lock:
                child = self._child
            code = child.wait() if child else 0
            if self._stopping.wait(self._pause):
                return
            self._say(f"scheduler: its process ended with {code}; starting it again")
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
            self._spawn()


def until_signal() -> threading.Event:
    """Return an event that SIGTERM or Ctrl-C sets; call it in the main thread."""
    stop = threading.Event()
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, lambda *_: stop.set())
    return stop
