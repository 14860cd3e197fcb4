"""When a live figure was true: naive local times of Hong Kong and Macao, told strictly, and the reading of then."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from ingest.errors import ShapeError
from ingest.source import Payload, Record

HONG_KONG = ZoneInfo("Asia/Hong_Kong")  # Macao keeps the same time
_CLOCKS_DIFFER = timedelta(minutes=10)


@lru_cache(maxsize=8192)
def moment(text: str, form: str) -> datetime:
    """Return the instant that *text* states in the declared *form* (strptime), Hong Kong time, no digit missing."""
    try:
        when = datetime.strptime(text, form)  # noqa: DTZ007  its zone is given below
    except ValueError:
        when = None
    if when is None or when.strftime(form) != text:
        raise ShapeError(f"expected a time in the form {form}, found {text!r}", raw=text)
    return when.replace(tzinfo=HONG_KONG)


def past_moment(text: str, form: str, payload: Payload) -> datetime:
    """Return the instant that *text* states, refused where it lies ahead of the payload's fetch."""
    when = moment(text, form)
    if when > payload.fetched_at + _CLOCKS_DIFFER:
        fetched = f"{payload.fetched_at.astimezone(HONG_KONG):%Y-%m-%d %H:%M}"
        raise ShapeError(f"expected a time up to the fetch ({fetched}), found {text!r}", raw=text)
    return when


def dated_moment(day: str, time: str, payload: Payload) -> datetime:
    """Return the instant of a date and a time that stand apart, the first minute of a day put right.

    The Transport Department's road feeds give the minute after midnight the date of the day that has just
    ended. That minute belongs to the day after the stated one, unless that lies ahead of the fetch.
    """
    when = moment(f"{day} {time}", "%Y-%m-%d %H:%M:%S")
    if (when.hour, when.minute) == (0, 0):
        after = when + timedelta(days=1)
        if after <= payload.fetched_at + _CLOCKS_DIFFER:
            return after
    return past_moment(f"{day} {time}", "%Y-%m-%d %H:%M:%S", payload)


def slot_start(when: datetime) -> datetime:
    """Return the start of the quarter of an hour that *when* lies in.

    A reading stamped with it counts once a slot: what is not to be averaged, such as a level, stays as it is.
    """
    utc = when.astimezone(UTC)
    return utc.replace(minute=utc.minute - utc.minute % 15, second=0, microsecond=0)


def day_of(when: datetime) -> date:
    """Return the day in Hong Kong of an instant."""
    return when.astimezone(HONG_KONG).date()


def reading(at: datetime, **facts: Any) -> Record:
    """Return the record of a high-frequency reading at the instant *at*; *facts* are the record's other fields."""
    day = day_of(at)
    return Record(at=at.astimezone(UTC), start=day, end=day, span="point", **facts)
