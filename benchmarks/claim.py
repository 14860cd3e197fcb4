"""A claim of the README, what was measured for it, and what it is measured against."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter


@dataclass(frozen=True, kw_only=True)
class Result:
    """One measured figure beside its budget and a yardstick of the same run.

    ``ratio`` is the figure over the yardstick (or the other way round where more is better); ``within`` is None
    where no budget applies, such as at a small scale.
    """

    where: str
    what: str
    measured: float
    unit: str
    budget: str = ""
    within: bool | None = None
    yardstick: str = ""
    yardstick_measured: float | None = None
    ratio: float | None = None


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Where and how large a benchmark runs: *urls* of empty databases by engine, a folder of its own.

    *minutes* is for how long a crowd looks on, where somebody wants it otherwise than the claim says.
    """

    scale: str
    folder: Path
    urls: dict[str, str]
    minutes: float | None = None

    def size(self, full: int) -> int:
        """Return a number of rows: *full*, or a fiftieth of it at the small scale."""
        return full if self.scale == "full" else max(full // 50, 1)

    @property
    def judged(self) -> bool:
        """Say whether budgets apply at this scale."""
        return self.scale == "full"


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What a file of benchmarks states: its name, its budget in words, and how to measure it."""

    id: str
    what: str
    measure: Callable[[Setting], Iterator[Result]]


@contextmanager
def clock(times: list[float]) -> Iterator[None]:
    """Add the seconds that the block takes to *times*."""
    start = perf_counter()
    yield
    times.append(perf_counter() - start)


def share(times: Sequence[float], part: float) -> float:
    """Return the time that *part* (0 to 1) of *times* stay within."""
    ordered = sorted(times)
    return ordered[min(int(len(ordered) * part), len(ordered) - 1)]
