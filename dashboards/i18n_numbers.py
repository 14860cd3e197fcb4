"""Numbers as each language writes them; a qualifier is part of the number."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

Lookup = Callable[..., str]

MINUS = "\u2212"
HEADLINE_DIGITS = 4
_ROUNDED_DOWN = frozenset({"over", "at_least"})
_ROUNDED_UP = frozenset({"under", "at_most"})


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitForm:
    """How a number of a unit is said: *pattern* holds ``{n}``, *singular* that of 1; numbers are times *factor*."""

    pattern: str = "{n}"
    factor: float = 1.0
    singular: str = ""

    def said(self, text: str) -> str:
        """Return a written number with its unit."""
        return (self.singular if text == "1" and self.singular else self.pattern).replace("{n}", text)


BARE = UnitForm()


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
    t: Lookup,
    value: float | None,
    qualifier: str = "exact",
    decimals: int | None = None,
    unit: UnitForm = BARE,
) -> str:
    """Return *value* in full, with unit and qualifier; no value is the word for it, never a zero."""
    if value is None or math.isnan(value):
        return t("ui.no_figure")
    return _qualified(t, unit.said(digits(value * unit.factor, decimals)), qualifier)


def compact(
    t: Lookup,
    value: float | None,
    qualifier: str = "exact",
    decimals: int | None = None,
    unit: UnitForm = BARE,
) -> str:
    """Return *value* in headline form, never rounded to the wrong side of its qualifier."""
    if value is None or math.isnan(value):
        return t("ui.no_figure")
    return _qualified(t, unit.said(_headline(t, value * unit.factor, qualifier, decimals)), qualifier)


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


def _qualified(t: Lookup, text: str, qualifier: str) -> str:
    return text if qualifier == "exact" else t(f"qualifier.{qualifier}_pattern", n=text)
