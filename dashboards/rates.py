"""How much one viewer may ask for at a time: a bucket of tokens for each kind of costly request."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

MOST_HELD = 20_000
COSTLY = frozenset({"png", "svg", "pdf", "pptx", "html", "xlsx", "parquet"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """*per_minute* requests in the long run, *burst* at once, under any of *prefixes*.

    *formats* narrows it to answers in one of these, *methods* to some methods (empty: all).
    """

    name: str
    prefixes: tuple[str, ...]
    per_minute: float
    burst: int
    formats: frozenset[str] = frozenset()
    methods: frozenset[str] = frozenset()

    def covers(self, method: str, path: str, query: Mapping[str, str]) -> bool:
        """Say whether a request counts under this rate."""
        return (
            path.startswith(self.prefixes)
            and (not self.methods or method in self.methods)
            and (not self.formats or query.get("format", "") in self.formats)
        )


RATES = (
    Rate(name="sign_in", prefixes=("/sign-in",), per_minute=30, burst=20, methods=frozenset({"POST"})),
    Rate(name="provider", prefixes=("/sign-in/start", "/sign-in/done"), per_minute=30, burst=20),
    Rate(name="exports", prefixes=("/api/v1/",), per_minute=60, burst=40, formats=COSTLY),
    Rate(name="api", prefixes=("/api/",), per_minute=1200, burst=400),
)


@dataclass(kw_only=True)
class Buckets:
    """Holds how many tokens each viewer has left; one per web process, so that *n* workers allow *n* times as much."""

    rates: Sequence[Rate] = RATES
    now: Callable[[], float] = time.monotonic
    _left: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, who: str, method: str, path: str, query: Mapping[str, str]) -> int:
        """Take a token for a request and return 0; or return in how many seconds there will be one."""
        waits = [self._take(rate, who) for rate in self.rates if rate.covers(method, path, query)]
        return max(waits, default=0)

    def _take(self, rate: Rate, who: str) -> int:
        key, now = (rate.name, who), self.now()
        with self._lock:
            if len(self._left) >= MOST_HELD:
                self._forget(now)
            left, at = self._left.get(key, (float(rate.burst), now))
            left = min(float(rate.burst), left + max(0.0, now - at) * rate.per_minute / 60)
            if left < 1:
                self._left[key] = (left, now)
                return math.ceil((1 - left) * 60 / rate.per_minute)
            self._left[key] = (left - 1, now)
            return 0

    def _forget(self, now: float) -> None:
        """Drop the buckets that are full again, or all: those who ask most come back first."""
        rates = {rate.name: rate for rate in self.rates}
        kept = {
            key: (left, at)
            for key, (left, at) in self._left.items()
            if left + (now - at) * rates[key[0]].per_minute / 60 < rates[key[0]].burst
        }
        self._left = kept if len(kept) < MOST_HELD else {}
