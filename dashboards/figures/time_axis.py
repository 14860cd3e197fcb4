"""Axes of time and amount: few ticks, in the reader's language, at dates and numbers that people name."""

import math
from collections.abc import Sequence
from datetime import date, timedelta

from dashboards.style import Style

MOST_TICKS = 4
ROUND_ONE_DAY = timedelta(days=1)
"""How far an axis reaches on either side of a single day."""


def middle(start: date, end: date) -> date:
    """Return the day in the middle of a period, where its figure is drawn."""
    return start + (end - start) // 2


def _years(first: date, last: date) -> list[tuple[date, str]]:
    years = range(first.year, last.year + 2)
    step = next(s for s in (1, 2, 4, 5, 10, 20, 50, 100) if len(years) / s <= MOST_TICKS + 0.5)
    return [(date(year, 1, 1), str(year)) for year in years if year % step == 0]


def _months(first: date, last: date, style: Style) -> list[tuple[date, str]]:
    count = (last.year - first.year) * 12 + last.month - first.month + 2
    step = next(s for s in (1, 2, 3, 6, 12) if count / s <= MOST_TICKS + 1 or s == 12)
    ticks = []
    for n in range(first.month - 1, first.month - 1 + count + 1):
        day = date(first.year + n // 12, n % 12 + 1, 1)
        if (day.month - 1) % step == 0:
            month = style.t(f"format.mon_{day.month}")
            ticks.append((day, f"{month}<br>{day.year}" if day.month == 1 or not ticks else month))
    return ticks


def _days(first: date, last: date, style: Style) -> list[tuple[date, str]]:
    span = max((last - first).days, 1)
    step = math.ceil(span / (MOST_TICKS - 1))
    days = [first + timedelta(days=n) for n in range(0, span + 1, step)]
    return [(day, _day(day, style)) for day in days]


def _day(day: date, style: Style) -> str:
    """Write day and month in two lines, in the order in which the language says them."""
    said = style.t("figure.day_tick", day=day.day, month=style.t(f"format.mon_{day.month}"))
    return said.replace("\n", "<br>")


def time_ticks(first: date, last: date, style: Style) -> tuple[list[date], list[str]]:
    """Return the days and texts of the ticks of an axis from *first* to *last*: years, months or days.

    An axis around one day alone has one tick, with the whole date.
    """
    days = (last - first).days
    if days <= 2 * ROUND_ONE_DAY.days:
        only = middle(first, last)
        return [only], [style.words.day(only)]
    if days > 3 * 366:
        ticks = _years(first, last)
    elif days > 62:
        ticks = _months(first, last, style)
    else:
        ticks = _days(first, last, style)
    inside = [(day, text) for day, text in ticks if first <= day <= last]
    if not inside:
        inside = [(first, style.words.day(first))]
    return [day for day, _ in inside], [text for _, text in inside]


def nice_step(reach: float, parts: int = 4) -> float:
    """Return 1, 2, 2.5 or 5 times a power of ten, such that about *parts* of it make up *reach*."""
    if reach <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(reach / parts))
    return next((m * power for m in (1.0, 2.0, 2.5, 5.0) if m * power * parts >= reach), 10.0 * power)


def amount_ticks(values: Sequence[float]) -> list[float]:
    """Return the ticks of an axis that holds *values*, from zero unless all of them lie far above it."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    if low >= 0 and low < 0.75 * high:
        low = 0.0
    if low == high:
        low, high = min(low, 0.0), max(high, 0.0) or 1.0
    step = nice_step(high - low)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(n * step, 10) for n in range(first, last + 1)]
