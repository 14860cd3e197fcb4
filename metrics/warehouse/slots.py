"""Add up readings: slots of fifteen minutes, and days and months of slots. Pure; instants are microseconds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from metrics.warehouse.columns import day_number, day_of, microseconds
from metrics.warehouse.values import Reading, start_of_day

DAY = 86_400_000_000
_OFFSET = timedelta(hours=8) // timedelta(microseconds=1)  # Hong Kong has kept UTC+8 since 1979


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """What is stored of one quarter of an hour."""

    sum: float
    weight: float
    n: int
    minutes: int

    @property
    def mean(self) -> float:
        """Return the slot's value."""
        return self.sum / self.weight


@dataclass(frozen=True, kw_only=True, slots=True)
class Total:
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
    for reading in readings:
        key = (reading.series.id, microseconds(reading.at))
        slot = Slot(sum=reading.sum, weight=reading.weight, n=reading.n, minutes=reading.minutes)
        stored, count = slots.get(key, (None, 0))
        after = merged(stored, slot)
        slots[key] = (stored, count) if after is None else (after, count + 1)
    return slots


def total_of(slots: Iterable[tuple[int, Slot]]) -> Total:
    """Return the total of slots by instant, in any order; there must be one at least."""
    ordered = sorted(slots, key=lambda pair: pair[0])
    means = [slot.mean for _, slot in ordered]
    return Total(
        n=sum(slot.n for _, slot in ordered),
        sum=sum(slot.sum for _, slot in ordered),
        weight=sum(slot.weight for _, slot in ordered),
        min=min(means),
        max=max(means),
        last=means[-1],
        last_at=ordered[-1][0],
    )


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


def after_changes(total: Total | None, changes: Iterable[Change]) -> Total | None:
    """Return a day's or month's total after its slots changed, or None when it must be counted anew."""
    fresh = []
    for at, old, new in changes:
        if old is None:
            fresh.append((at, new))
        else:
            total = None if total is None else _corrected(total, at, old, new)
            if total is None:
                return None
    parts = [] if total is None else [total]
    return joined([*parts, total_of(fresh)] if fresh else parts)


def _corrected(total: Total, at: int, old: Slot, new: Slot) -> Total | None:
    """Return the total with one slot changed, or None when that slot may have been its lowest or highest."""
    before, after = old.mean, new.mean
    if (before <= total.min and after > before) or (before >= total.max and after < before):
        return None
    return Total(
        n=total.n + new.n - old.n,
        sum=total.sum + new.sum - old.sum,
        weight=total.weight + new.weight - old.weight,
        min=min(total.min, after),
        max=max(total.max, after),
        last=after if at == total.last_at else total.last,
        last_at=total.last_at,
    )


def kept_from(newest: int, keep_days: int) -> int:
    """Return the instant from which readings are kept: the start of a Hong Kong day, *keep_days* back."""
    return day_bounds(hong_kong_day(newest) - keep_days)[0]
