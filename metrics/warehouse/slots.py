"""Add up readings: slots of fifteen minutes, and days and months of slots. Pure; instants are microseconds."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from metrics.warehouse.columns import day_number, day_of, microseconds
from metrics.warehouse.values import Reading, start_of_day

DAY = 86_400_000_000
_OFFSET = timedelta(hours=8) // timedelta(microseconds=1)  # Hong Kong has kept UTC+8 since 1979


# Tuples rather than dataclasses: thousands are made for every hour of readings.
class Slot(NamedTuple):
    """What is stored of one quarter of an hour."""

    sum: float
    weight: float
    n: int
    minutes: int


class Total(NamedTuple):
    """What is stored of a day or a month of slots; min, max and last are of slot means."""

    n: int
    sum: float
    weight: float
    min: float
    max: float
    last: float
    last_at: int


Change = tuple[int, Slot | None, Slot]  # instant, as stored, as it becomes


def hong_kong_day(at: int) -> int:
    """Return the Hong Kong day of an instant, as days since 1970."""
    return (at + _OFFSET) // DAY


def day_bounds(day: int) -> tuple[int, int]:
    """Return the first instant of a Hong Kong day and of the next one."""
    first = microseconds(start_of_day(day_of(day)))
    return first, first + DAY


def month_first(day: int) -> int:
    """Return the first day of the month of *day*."""
    return day_number(day_of(day).replace(day=1))


def merged(stored: Slot | None, slot: Slot) -> Slot | None:
    """Return the slot with the new minutes in it, or None when they bring nothing.

    Minutes not seen yet are added. A slot whose minutes are all known is a replay. One that knows all minutes
    stored and more replaces them. Of two that overlap otherwise, the one with more minutes counts.
    """
    if stored is None:
        return slot
    common = stored.minutes & slot.minutes
    if not common:
        return Slot(
            sum=stored.sum + slot.sum,
            weight=stored.weight + slot.weight,
            n=stored.n + slot.n,
            minutes=stored.minutes | slot.minutes,
        )
    if common == slot.minutes:
        return None
    size, other = slot.minutes.bit_count(), stored.minutes.bit_count()
    return slot if (size, slot.minutes) > (other, stored.minutes) else None


def gathered(readings: Iterable[Reading]) -> dict[tuple[int, int], tuple[Slot, int]]:
    """Return the slots that *readings* make, by series and instant, each with how many readings are in it."""
    slots: dict[tuple[int, int], tuple[Slot, int]] = {}
    numbers: dict[int, int] = {}  # of the series objects met, which outlive this call
    for reading in readings:
        series = reading.series
        number = numbers.get(id(series))
        if number is None:
            number = numbers[id(series)] = series.id
        key = (number, microseconds(reading.at))
        slot = Slot(reading.sum, reading.weight, reading.n, reading.minutes)
        stored, count = slots.get(key, (None, 0))
        after = merged(stored, slot)
        slots[key] = (stored, count) if after is None else (after, count + 1)
    return slots


def total_of(slots: Iterable[tuple[int, Slot]]) -> Total:
    """Return the total of slots by instant, in any order; there must be one at least."""
    total = after_changes(None, [(at, None, slot) for at, slot in slots])
    if total is None:
        raise ValueError("a total needs one slot at least; ask only for days that have readings")
    return total


def joined(totals: Iterable[Total]) -> Total:
    """Return the total of totals, such as a month's of its days."""
    ordered = sorted(totals, key=lambda total: total.last_at)
    return Total(
        n=sum(total.n for total in ordered),
        sum=sum(total.sum for total in ordered),
        weight=sum(total.weight for total in ordered),
        min=min(total.min for total in ordered),
        max=max(total.max for total in ordered),
        last=ordered[-1].last,
        last_at=ordered[-1].last_at,
    )


_NOTHING = Total(0, 0.0, 0.0, math.inf, -math.inf, 0.0, -(1 << 62))


def after_changes(total: Total | None, changes: Iterable[Change]) -> Total | None:
    """Return a day's or month's total after its slots changed, or None when it must be counted anew.

    That is when the slot that may have been its lowest or highest has moved inwards, or nothing is left.
    """
    n, added, weight, low, high, last, last_at = total or _NOTHING
    for at, old, new in changes:
        mean = new.sum / new.weight
        if old is not None:
            before = old.sum / old.weight
            if total is None or (before <= low and mean > before) or (before >= high and mean < before):
                return None
            n, added, weight = n - old.n, added - old.sum, weight - old.weight
        n, added, weight = n + new.n, added + new.sum, weight + new.weight
        low = min(mean, low)
        high = max(mean, high)
        if at >= last_at:
            last, last_at = mean, at
    return Total(n, added, weight, low, high, last, last_at) if n else None


def kept_from(newest: int, keep_days: int) -> int:
    """Return the instant from which readings are kept: the start of a Hong Kong day, *keep_days* back."""
    return day_bounds(hong_kong_day(newest) - keep_days)[0]
