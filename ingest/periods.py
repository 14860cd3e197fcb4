"""Which year, quarter or month a text tells: in declared forms, and no others."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from ingest.errors import ShapeError

Period = tuple[date, date]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_YEAR = re.compile(r"(19|20)\d\d")
_MONTH_FIRST = re.compile(r"([A-Za-z]+)\.?[ /-]((?:19|20)\d\d)")
_YEAR_FIRST = re.compile(r"((?:19|20)\d\d)[-/]?(0[1-9]|1[0-2])")
_QUARTERS = (
    re.compile(r"(?P<year>(?:19|20)\d\d)[ /-]?Q(?P<n>[1-4])", re.IGNORECASE),
    re.compile(r"Q(?P<n>[1-4])[ /-]?(?P<year>(?:19|20)\d\d)", re.IGNORECASE),
    re.compile(r"(?P<n>[1-4])Q[ /-]?(?P<year>(?:19|20)\d\d)", re.IGNORECASE),
)
_SPANNED = re.compile(r"([A-Za-z]+)\.? ?[-–] ?([A-Za-z]+)\.?[ /-]((?:19|20)\d\d)")


def year_of(text: str) -> Period:
    """Return the first and last day of the calendar year that *text* tells (``2024``)."""
    if not _YEAR.fullmatch(text.strip()):
        raise ShapeError(f"expected a year such as 2024, found {text!r}", raw=text)
    year = int(text)
    return date(year, 1, 1), date(year, 12, 31)


def month_of(text: str) -> Period:
    """Return the first and last day of a month told as 2024-09, 202409, Sep 2024, Sep./2024 or September 2024."""
    plain = text.strip()
    if numbered := _YEAR_FIRST.fullmatch(plain):
        return _months(int(numbered[1]), int(numbered[2]), 1)
    named = _MONTH_FIRST.fullmatch(plain)
    month = _month_named(named[1]) if named else None
    if not named or not month:
        raise ShapeError(f"expected a month such as 2024-09 or Sep 2024, found {text!r}", raw=text)
    return _months(int(named[2]), month, 1)


def quarter_of(text: str) -> Period:
    """Return the first and last day of a quarter told as 2024Q3, Q3 2024, 3Q2024 or Jul-Sep 2024."""
    plain = text.strip()
    for form in _QUARTERS:
        if told := form.fullmatch(plain):
            return _months(int(told["year"]), 3 * int(told["n"]) - 2, 3)
    if told := _SPANNED.fullmatch(plain):
        first, last = _month_named(told[1]), _month_named(told[2])
        if first and last and first % 3 == 1 and last == first + 2:
            return _months(int(told[3]), first, 3)
    raise ShapeError(f"expected a quarter such as 2024Q3 or Jul-Sep 2024, found {text!r}", raw=text)


def month_end(day: date) -> date:
    """Return the last day of the month of *day*."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def _months(year: int, first: int, how_many: int) -> Period:
    return date(year, first, 1), month_end(date(year, first + how_many - 1, 1))


def _month_named(word: str) -> int | None:
    low = word.lower()
    if low in _FULL:
        return _FULL.index(low) + 1
    low = "sep" if low == "sept" else low
    return MONTHS.index(low) + 1 if low in MONTHS else None
