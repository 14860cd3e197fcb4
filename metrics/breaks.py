"""Breaks in series: the days from which figures of an indicator no longer compare with those before.

The catalogue says them (``breaks``); here they become *eras*, so that nothing is set against a figure of another era.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from metrics.indicators import Break, catalogue


def breaks_in(figures: pd.DataFrame) -> tuple[Break, ...]:
    """Return the breaks of all indicators that *figures* holds (column indicator_id)."""
    known = catalogue()
    return tuple(
        one for key in figures["indicator_id"].unique() if key in known for one in known.get(key).breaks
    )


def era(places: pd.Series, days: pd.Series, breaks: Sequence[Break]) -> pd.Series:
    """Return how many of *breaks* lie behind each day at its place (int64)."""
    passed = pd.Series(0, index=places.index, dtype="int64")
    for one in breaks:
        here = places.isin(one.places) if one.places else pd.Series(True, index=places.index)
        passed += (here & days.ge(pd.Timestamp(one.on))).astype("int64")
    return passed


def eras(figures: pd.DataFrame) -> pd.Series:
    """Return the era of each figure in its own series, by the end of its period (int64).

    A figure worked out from another lies in the eras of both: *figures* may have ``per_era``.
    """
    zero = pd.Series(0, index=figures.index, dtype="int64")
    result = figures["per_era"].astype("int64") if "per_era" in figures else zero
    for _key, rows in figures.groupby("indicator_id"):
        if breaks := breaks_in(rows):
            result.loc[rows.index] += era(rows["place_id"], rows["period_end"], breaks)
    return result
