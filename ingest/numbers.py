"""Strict readings of a cell: a number, a count, a day; what is not declared is refused, never guessed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from ingest.errors import ShapeError

_PLAIN = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
# Full-width digits, sign, comma, point and per cent, and the typographic minus, to their ASCII forms.
_ASCII = str.maketrans(
    {0xFF10 + n: str(n) for n in range(10)}
    | {0xFF0B: "+", 0xFF0D: "-", 0x2212: "-", 0xFF0C: ",", 0xFF0E: ".", 0x3000: " ", 0xA0: " "}
)
TEN_THOUSANDS: Mapping[str, int] = {
    "\u842c": 10_000,
    "\u4e07": 10_000,
    "\u5104": 100_000_000,
    "\u4ebf": 100_000_000,
}
DASHES: frozenset[str] = frozenset({"", "-", "--", "..", "N/A"})


def number(
    text: str,
    *,
    absent: Collection[str] = (),
    suffixes: Mapping[str, int] | None = None,
) -> float | None:
    """Return the number that *text* states, or None where it is one of the declared *absent* marks.

    Thousands commas must stand in threes; *suffixes* (such as TEN_THOUSANDS) count only where declared.
    """
    plain = text.translate(_ASCII).strip()
    if plain in absent or text in absent:
        return None
    times = 1
    if suffixes and plain and plain[-1] in suffixes:
        times = suffixes[plain[-1]]
        plain = plain[:-1].rstrip()
    if not _PLAIN.fullmatch(plain):
        raise ShapeError(f"expected a number{_or(absent)}, found {text!r}", raw=text)
    return float(Decimal(plain.replace(",", "")) * times)


def count(text: str, *, absent: Collection[str] = ()) -> int | None:
    """Return the whole number that *text* states; refuses fractions. None where declared *absent*."""
    if text.isascii() and text.isdigit():
        return int(text)
    value = number(text, absent=absent)
    if value is None:
        return None
    if value != int(value):
        raise ShapeError(f"expected a whole number{_or(absent)}, found {text!r}", raw=text)
    return int(value)


@lru_cache(maxsize=8192)
def day(text: str, form: str) -> date:
    """Return the day that *text* states in the declared *form* (strptime), every digit of it present."""
    try:
        when = datetime.strptime(text, form)  # noqa: DTZ007  a calendar day has no zone
    except ValueError:
        when = None
    if when is None or when.strftime(form) != text:
        raise ShapeError(f"expected a day in the form {form}, found {text!r}", raw=text)
    return when.date()


def one_of(text: str, known: Collection[str]) -> str:
    """Return *text* if it is one of the *known* words."""
    if text not in known:
        raise ShapeError(f"expected one of {', '.join(known)}, found {text!r}", raw=text)
    return text


def excel_day(cell: object) -> date:
    """Return the day of a spreadsheet cell: a date, or a serial number of the 1900 system."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    # Serials up to 60 contain the 29 February 1900 that never was: no publisher of ours means them.
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 61 <= cell < 2_958_466:
        return date(1899, 12, 30) + timedelta(days=int(cell))
    raise ShapeError(f"expected a date cell, found {cell!r}", raw=str(cell))


def _or(absent: Collection[str]) -> str:
    return f" or one of {', '.join(map(repr, sorted(absent)))}" if absent else ""
