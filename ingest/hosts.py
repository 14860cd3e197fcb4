"""How often a host is asked: one request at a time, a breath between, and a rest once it fails again and again."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from secrets import SystemRandom
from urllib.parse import urlsplit

from ingest.errors import BusyError, FetchError


@dataclass(frozen=True, kw_only=True)
class Manners:
    """Seconds: *breath* lies between two requests, *rest* is the first after *patience* failures in a row.

    Each further failure doubles the rest, up to *longest*; *jitter* is the part by which it varies, so that
    several offices don't come back at the same instant.
    """

    breath: float = 0.2
    patience: int = 2
    rest: float = 30.0
    longest: float = 900.0
    jitter: float = 0.25


@dataclass(kw_only=True)
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    failures: int = 0
    free_at: float = 0.0
    resting_until: float = 0.0


class Hosts:
    """Hold of each host how it has answered of late; shared by the threads of one process."""

    def __init__(
        self,
        manners: Manners | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] | None = None,
    ) -> None:
        self.manners = manners or Manners()
        self._clock = clock
        self._sleep = sleep
        self._chance = chance or SystemRandom().random
        self._lock = threading.Lock()
        self._hosts: dict[str, _Host] = defaultdict(_Host)

    @contextmanager
    def turn(self, url: str) -> Iterator[None]:
        """Have the host of *url* to oneself meanwhile; a transient FetchError inside counts as its failure.

        Raises BusyError, without asking, while the host is given a rest.
        """
        name = urlsplit(url).netloc.rpartition("@")[2].lower()
        with self._lock:
            host = self._hosts[name]
        with host.lock:
            self._wait(name, host)
            try:
                yield
            except FetchError as error:
                self._failed(host, error)
                raise
            else:
                host.failures, host.resting_until = 0, 0.0
            finally:
                host.free_at = self._clock() + self.manners.breath

    def _wait(self, name: str, host: _Host) -> None:
        left = host.resting_until - self._clock()
        if left > 0:
            times = f"{host.failures} failures in a row" if host.failures > 1 else "it asked for that"
            raise BusyError(f"{name}: not asked, it is given a rest of {left:.0f} s more ({times})", left)
        breath = host.free_at - self._clock()
        if breath > 0:
            self._sleep(breath)

    def _failed(self, host: _Host, error: FetchError) -> None:
        if not error.transient:
            host.failures = 0  # it answered
            return
        host.failures += 1
        manners = self.manners
        asked = getattr(error, "retry_after", None) or 0.0
        again = host.failures - manners.patience
        rest = manners.rest * 2 ** min(again, 16) if again >= 0 else 0.0
        varied = min(rest, manners.longest) * (1 + manners.jitter * (2 * self._chance() - 1))
        host.resting_until = self._clock() + max(varied, min(asked, manners.longest))
