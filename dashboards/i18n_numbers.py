"""Numbers as each language writes them; a qualifier is part of the number."""

from __future__ import annotations

import math
from collections.abc import Callable

Lookup = Callable[..., str]

MINUS = "\u2212"
PERCENT_UNITS = frozenset({"pct", "percent"})
HEADLINE_DIGITS = 4
_ROUNDED_DOWN = frozenset({"over", "at_least"})
_ROUNDED_UP = frozenset({"under", "at_most"})


def digits(value: float, decimals: int | None = None) -> str:
    """Return *value* with groups of three; without *decimals*, as many as it has, up to four."""
    text = f"{abs(value):,.{4 if decimals is None else decimals}f}"
    if decimals is None:
        text = text.rstrip("0").rstrip(".")
    return MINUS + text if value < 0 and text.strip("0.,") else text


def change(value: float, decimals: int | None = None) -> str:
    """Return a difference with its sign; zero has none."""
    text = digits(value, decimals)
    return f"+{text}" if value > 0 and text.strip("0.,") else text


def number(
    t: Lookup, value: float | None, unit: str = "", qualifier: str = "exact", decimals: int | None = None
) -> str:
    """Return *value* in full, with unit and qualifier; no value is the word for it, never a zero."""
    if value is None or math.isnan(value):
        return t("ui.no_figure")
    return _qualified(t, _with_unit(t, digits(value, decimals), unit), qualifier)


def compact(
    t: Lookup, value: float | None, unit: str = "", qualifier: str = "exact", decimals: int | None = None
) -> str:
    """Return *value* in headline form, never rounded to the wrong side of its qualifier."""
    if value is None or math.isnan(value):
        return t("ui.no_figure")
    return _qualified(t, _with_unit(t, _headline(t, value, qualifier, decimals), unit), qualifier)


def _headline(t: Lookup, value: float, qualifier: str, decimals: int | None) -> str:
    size = abs(value)
    if size < 1e4 or (size < 1e6 and size % 100):
        return digits(value, decimals)
    key = next(
        name
        for least, name in (
            (1e9, "number_1e9"),
            (1e8, "number_1e8"),
            (1e6, "number_1e6"),
            (1e4, "number_1e4"),
        )
        if size >= least
    )
    rounded = _significant(value, qualifier)
    shares = {"n": 1e4, "m": 1e6, "y": 1e8, "b": 1e9}
    return t(f"format.{key}", full=digits(value), **{k: digits(rounded / by) for k, by in shares.items()})


def _significant(value: float, qualifier: str) -> float:
    """Return *value* to four significant digits; "over" goes down, "under" up, so that both stay true."""
    step = 10.0 ** (math.floor(math.log10(abs(value))) + 1 - HEADLINE_DIGITS)
    steps = round(value / step, 6)
    if qualifier in _ROUNDED_DOWN:
        return math.floor(steps) * step
    if qualifier in _ROUNDED_UP:
        return math.ceil(steps) * step
    return round(steps) * step


def _with_unit(t: Lookup, text: str, unit: str) -> str:
    if not unit:
        return text
    if unit in PERCENT_UNITS:
        return t("format.percent", n=text)
    name = t(f"unit.{unit}")
    return text + name if name.startswith("%") else t("format.with_unit", n=text, unit=name)


def _qualified(t: Lookup, text: str, qualifier: str) -> str:
    return text if qualifier == "exact" else t(f"qualifier.{qualifier}_pattern", n=text)
