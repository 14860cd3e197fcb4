"""Dates and periods as each language writes them; a date is never shown more precisely than it is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from metrics.asof import HONG_KONG

Lookup = Callable[..., str]


def _parts(t: Lookup, day: date) -> dict[str, str]:
    return {
        "d": str(day.day),
        "dd": f"{day.day:02d}",
        "m": str(day.month),
        "mm": f"{day.month:02d}",
        "mon": t(f"format.mon_{day.month}"),
        "month": t(f"format.month_{day.month}"),
        "yyyy": f"{day.year:04d}",
    }


def day(t: Lookup, day: date, precision: str = "day", *, long: bool = False) -> str:
    """Return *day* at its *precision*: day, month, year, estimated ("about") or reported (a month)."""
    if precision == "year":
        return t("format.year", **_parts(t, day))
    if precision in {"month", "reported"}:
        return t("format.month", **_parts(t, day))
    text = t("format.date_long" if long else "format.date_short", **_parts(t, day))
    return t("qualifier.approx_pattern", n=text) if precision == "estimated" else text


def instant(t: Lookup, instant: datetime) -> str:
    """Return an aware instant as Hong Kong clock time."""
    local = instant.astimezone(HONG_KONG)
    return t("format.datetime", HH=f"{local:%H}", MM=f"{local:%M}", **_parts(t, local.date()))


def period(t: Lookup, start: date, end: date, span: str) -> str:
    """Return the period from *start* to *end* (both included) of a figure with that *span*."""
    writer = _WRITERS.get(span, _range)
    return writer(t, start, end)


def _range(t: Lookup, start: date, end: date) -> str:
    if start == end:
        return day(t, end)
    return t("format.date_range", **{"from": day(t, start), "to": day(t, end)})


def _point(t: Lookup, start: date, end: date) -> str:  # noqa: ARG001  (one signature for all writers)
    if (end + timedelta(days=1)).day != 1:
        return day(t, end)
    return t("format.year_end" if end.month == 12 else "format.month_end", **_parts(t, end))


def _month(t: Lookup, start: date, end: date) -> str:
    same = (start.year, start.month) == (end.year, end.month)
    return t("format.month", **_parts(t, end)) if same else _range(t, start, end)


def _quarter(t: Lookup, start: date, end: date) -> str:  # noqa: ARG001
    return t("format.quarter", q=(end.month + 2) // 3, **_parts(t, end))


def _half(t: Lookup, start: date, end: date) -> str:  # noqa: ARG001
    return t("format.half_year_1" if end.month <= 6 else "format.half_year_2", **_parts(t, end))


def _year(t: Lookup, start: date, end: date) -> str:
    if (start.month, start.day, end.month, end.day, end.year - start.year) == (4, 1, 3, 31, 1):
        return t("format.financial_year", yyyy=f"{start.year:04d}", yy=f"{end.year % 100:02d}")
    whole = start.year == end.year and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    return t("format.year", **_parts(t, end)) if whole else _range(t, start, end)


def _year_to_date(t: Lookup, start: date, end: date) -> str:
    whole_months = (start.month, start.day) == (1, 1) and (end + timedelta(days=1)).day == 1
    if not whole_months or start.year != end.year:
        return _range(t, start, end)
    return t("format.first_months", n=end.month, yyyy=f"{end.year:04d}")


_WRITERS: dict[str, Callable[[Lookup, date, date], str]] = {
    "point": _point,
    "month": _month,
    "quarter": _quarter,
    "half": _half,
    "year": _year,
    "year_to_date": _year_to_date,
}
