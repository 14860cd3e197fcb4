"""How far figures may be relied on: how old, how complete, how comparable. Small values, no prose.

``reason_key`` and ``reason_args`` are what the reader's language makes a sentence of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pandas as pd

from metrics.indicators import Indicator
from metrics.warehouse.values import ABSENCES

CYCLE_DAYS = {"live": 0, "daily": 1, "monthly": 31, "quarterly": 92, "half_yearly": 184, "yearly": 366}
FRESHNESS = ("fresh", "on_last_data", "stale", "none")
NO_FIGURE = "no_figure"
_OUT_OF_COUNT = ("not_in_scope", "not_defined")
# A ranking or a line must not mix the first three; the others are said beside it.
_MUST_AGREE = ("counting_basis", "span", "unit")
_WORTH_SAYING = ("tier", "status", "qualifier")


@dataclass(frozen=True, kw_only=True)
class Freshness:
    """Whether a figure is young enough for its own cycle, and until when a status may rest on it."""

    state: str
    data_to: date | None = None
    age_days: int | None = None
    expires_on: date | None = None

    @property
    def reason_key(self) -> str:
        """Return the key of the sentence that says it."""
        return f"freshness.{self.state}"

    @property
    def reason_args(self) -> Mapping[str, Any]:
        """Return what the sentence is filled with: ``date`` of the data, ``age`` in days, ``expires``."""
        return {"date": self.data_to, "age": self.age_days, "expires": self.expires_on}


@dataclass(frozen=True, kw_only=True)
class Completeness:
    """Which of the places report, and why the others do not; *silent* is by kind of absence, then ``no_figure``.

    *of* counts the places that are asked at all: those out of scope, or for which the indicator is not defined,
    are not.
    """

    reported: tuple[str, ...]
    silent: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    of: int

    @property
    def n(self) -> int:
        """Return how many places report."""
        return len(self.reported)

    @property
    def reason_key(self) -> str:
        """Return the key of the sentence that says it: all, some or none of the places asked."""
        word = "nobody_asked" if not self.of else "all" if self.n == self.of else "some" if self.n else "none"
        return f"completeness.{word}"

    @property
    def reason_args(self) -> Mapping[str, Any]:
        """Return what the sentence is filled with: ``n`` of ``of``."""
        return {"n": self.n, "of": self.of}


@dataclass(frozen=True, kw_only=True)
class Comparability:
    """Whether rows may stand in one line or ranking; *mixed* holds the values of each aspect that differs."""

    mixed: Mapping[str, tuple[Any, ...]]

    @property
    def comparable(self) -> bool:
        """Say whether all rows share counting basis, kind and length of period, and unit."""
        return not set(self.mixed) & {*_MUST_AGREE, "length"}

    @property
    def reason_keys(self) -> tuple[str, ...]:
        """Return the key of a sentence for each aspect that differs, the gravest first."""
        return tuple(f"comparability.mixed_{aspect}" for aspect in self.mixed)


def freshness(figures: pd.DataFrame, indicator: Indicator, as_of: date) -> Freshness:
    """Return how fresh the newest of *figures* is on *as_of*, by the indicator's own cycle.

    ``fresh`` until a newer figure is due (one cycle and the usual lag after the period's end), ``on_last_data``
    until ``fresh_days`` after it, then ``stale``; ``none`` when there is no figure. An indicator published at no
    fixed time is never due, so it is fresh until it is stale. *figures* has period_end and value.
    """
    ends = figures.loc[figures["value"].notna(), "period_end"]
    if ends.empty:
        return Freshness(state="none")
    data_to = ends.max().date()
    age = max((as_of - data_to).days, 0)
    cycle = CYCLE_DAYS.get(indicator.frequency)
    due = indicator.fresh_days if cycle is None else min(cycle + indicator.lag_days, indicator.fresh_days)
    state = "stale" if age > indicator.fresh_days else "fresh" if age <= due else "on_last_data"
    return Freshness(
        state=state, data_to=data_to, age_days=age, expires_on=data_to + timedelta(days=indicator.fresh_days)
    )


def completeness(
    figures: pd.DataFrame, places: Sequence[str], absences: Mapping[str, str] | None = None
) -> Completeness:
    """Return which of *places* have a figure; *absences* says why others have none (a kind of ABSENCES by place).

    A figure of zero is a figure. A place that has a figure reports, whatever *absences* says of it. Raises
    ValueError for an unknown kind of absence.
    """
    absences = absences or {}
    if strange := sorted(set(absences.values()) - set(ABSENCES)):
        raise ValueError(f"absence {strange[0]!r} is not known; expected one of {', '.join(ABSENCES)}")
    present = set(figures.loc[figures["value"].notna(), "place_id"])
    reported = tuple(place for place in places if place in present)
    kinds = {place: absences.get(place, NO_FIGURE) for place in places if place not in present}
    silent = {
        kind: tuple(place for place, why in kinds.items() if why == kind)
        for kind in (*ABSENCES, NO_FIGURE)
        if kind in kinds.values()
    }
    return Completeness(
        reported=reported,
        silent=silent,
        of=len(places) - sum(len(silent.get(kind, ())) for kind in _OUT_OF_COUNT),
    )


def comparability(figures: pd.DataFrame) -> Comparability:
    """Return what differs among the rows of one indicator, in the order of its gravity.

    ``length`` (days) is told for stretches of no named span, ``dates`` (first, last) when periods end on
    different days: both would otherwise hide in one column.
    """
    rows = figures[figures["value"].notna()]
    mixed: dict[str, tuple[Any, ...]] = {key: _values(rows[key]) for key in _MUST_AGREE}
    loose = rows[rows["span"].isin(["other", "since"])]
    mixed["length"] = _values((loose["period_end"] - loose["period_start"]).dt.days + 1)
    ends = rows["period_end"]
    mixed["dates"] = (ends.min().date(), ends.max().date()) if ends.nunique() > 1 else ()
    mixed |= {key: _values(rows[key]) for key in _WORTH_SAYING}
    return Comparability(mixed={aspect: values for aspect, values in mixed.items() if len(values) > 1})


def _values(column: pd.Series) -> tuple[Any, ...]:
    return tuple(sorted(column.unique().tolist()))
