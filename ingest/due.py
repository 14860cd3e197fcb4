"""Which logical times of a source are due: a missed one is seen, and made good as its source declares."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from ingest.source import Source

# (source, after, until) -> its logical times in (after, until], oldest first
Ticks = Callable[[Source, datetime, datetime], Iterator[datetime]]
_BACK = timedelta(days=32)
_FIRST_LOOK = (timedelta(days=1), timedelta(days=32), timedelta(days=366))
_MOST = 100


@dataclass(frozen=True, kw_only=True)
class Due:
    """What to run now, oldest first, and what has been missed for good.

    *gap* is the first and the last of so many missed logical times that they are told together.
    """

    run: tuple[datetime, ...] = ()
    missed: tuple[datetime, ...] = ()
    gap: tuple[datetime, datetime] | None = None


def due(source: Source, last: datetime | None, now: datetime, ticks: Ticks) -> Due:
    """Return what is due at *now* when *last* was the newest logical time that has been dealt with.

    A source that never ran is due at once, for its newest logical time. Of a long absence the newest hundred
    logical times are looked at one by one: a growing file makes up for the rest by itself, and they are a gap.
    """
    if last is None:
        newest = _newest(source, now, ticks)
        return Due(run=(newest,)) if newest else Due()
    found = tuple(deque(ticks(source, max(last, now - _BACK), now), maxlen=_MOST))
    gap = _gap(source, last, found[0] if found else now, ticks)
    if source.makes_good == "all":
        return Due(run=found, gap=gap)
    return Due(run=found[-1:], missed=found[:-1], gap=gap)


def _gap(
    source: Source, last: datetime, first_found: datetime, ticks: Ticks
) -> tuple[datetime, datetime] | None:
    """Return the first and last logical time between *last* and *first_found*, both left out; None for none."""
    first = next(ticks(source, last, first_found - timedelta(microseconds=1)), None)
    return (
        (first, _newest(source, first_found - timedelta(microseconds=1), ticks) or first) if first else None
    )


def _newest(source: Source, now: datetime, ticks: Ticks) -> datetime | None:
    for back in _FIRST_LOOK:
        found = deque(ticks(source, now - back, now), maxlen=1)
        if found:
            return found[0]
    return None
