"""The periods of returned figures: which are due, whether two days make a period of their kind."""

from __future__ import annotations

from datetime import date, timedelta

from ingest.periods import month_end

STEPS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_OF_FREQUENCY = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}
Due = tuple[date | None, date | None]


def due_periods(start: date, end: date, *, span: str, frequency: str, today: date, most: int) -> list[Due]:
    """Return the periods after the newest known one that have ended by *today*, the newest *most*, oldest first.

    Where none has ended, the next one; where the indicator has no rhythm, one period that is left open.
    """
    step = _OF_FREQUENCY.get(frequency) if span == "point" else STEPS.get(span)
    if not step:
        return [(None, None)]
    found: list[Due] = []
    number = 1
    while True:
        one = _later(start, end, span, step * number)
        if one[1] > today and found:
            return found[-most:]
        found.append(one)
        if one[1] > today:
            return found
        number += 1


def _later(start: date, end: date, span: str, months: int) -> tuple[date, date]:
    last = _shifted(end, months)
    return (last, last) if span == "point" else (_shifted(start, months), last)


def _shifted(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    first = date(count // 12, count % 12 + 1, 1)
    end = month_end(first)
    return end if day == month_end(day) else first.replace(day=min(day.day, end.day))


def is_span(span: str, start: date, end: date) -> bool:
    """Say whether the days from *start* to *end* make one period of the kind *span*."""
    if span in {"point", "day"}:
        return start == end
    if span == "week":
        return end - start == timedelta(days=6)
    if span in STEPS:
        months = STEPS[span]
        begins = (start.month - 1) % months == 0 if months < 12 else True
        return start.day == 1 and begins and end == month_end(_shifted(start, months - 1))
    if span == "year_to_date":
        return (start.month, start.day) == (1, 1) and start.year == end.year and end == month_end(end)
    return True


def span_of(start: date, end: date, *, stock: bool) -> str:
    """Return the kind of a period that somebody chose freely; *stock* is a level at its end."""
    if stock:
        return "point"
    return next(
        (one for one in ("day", *STEPS, "year_to_date") if is_span(one, start, end)),
        "other",
    )
