"""The instant a question is asked for: what the world could know, and what we had recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HONG_KONG = ZoneInfo("Asia/Hong_Kong")


@dataclass(frozen=True, kw_only=True)
class AsOf:
    """An as-of: *instant* (aware, UTC) bounds ``known_at``; *stamp*, if set, bounds ``recorded_at``.

    *day* is the Hong Kong calendar day of the instant; *current* says that today is meant.
    """

    instant: datetime
    day: date
    current: bool = False
    stamp: int | None = None


def now_as_of(clock: datetime | None = None) -> AsOf:
    """Return the as-of of this moment, or of *clock* (aware)."""
    instant = (clock or datetime.now(UTC)).astimezone(UTC)
    return AsOf(instant=instant, day=instant.astimezone(HONG_KONG).date(), current=True)


def day_as_of(day: date, *, clock: datetime | None = None) -> AsOf:
    """Return the as-of of the end of *day* in Hong Kong; a day not over yet, or ahead, means now."""
    end = datetime.combine(day + timedelta(days=1), time.min, tzinfo=HONG_KONG) - timedelta(microseconds=1)
    return instant_as_of(end, clock=clock)


def instant_as_of(instant: datetime, *, clock: datetime | None = None) -> AsOf:
    """Return the as-of of *instant* (aware); one in the future is clamped to now."""
    now = (clock or datetime.now(UTC)).astimezone(UTC)
    instant = instant.astimezone(UTC)
    if instant >= now:
        return now_as_of(now)
    return AsOf(instant=instant, day=instant.astimezone(HONG_KONG).date())


def parse_as_of(text: str, *, clock: datetime | None = None) -> AsOf:
    """Read ``YYYY-MM-DD`` (end of that day in Hong Kong) or an ISO instant; raise ValueError otherwise.

    An instant without a zone is Hong Kong time.
    """
    if len(text) == 10:
        return day_as_of(date.fromisoformat(text), clock=clock)
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=HONG_KONG)
    return instant_as_of(instant, clock=clock)
