"""Totals of figures that a publisher gives in parts: a sum where every part of a period is known, else none.

A file that lists places of one kind says of every place what it has of that kind: a place that is not in it has
none. So a part counts as known in a period once its publisher stated it for any place, and a total is made of a
period only when all parts declared in the catalogue are. A total that the publisher states is left as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce

import pandas as pd

from metrics.qualifiers import together
from metrics.warehouse.values import PRECISIONS, TIERS, Series

_ONE = ["indicator_id", "counting_basis", "span", "unit", "source_id", "period_start", "period_end"]
# The worst of the parts speaks for the total.
_WORST: Mapping[str, Sequence[str]] = {"tier": TIERS, "known_precision": PRECISIONS}
_UNSURE = ("final", "revised", "provisional", "estimated")


def totals_of(frame: pd.DataFrame, parts: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Return the totals of *frame* (figures as known, in the warehouse's columns) by the same columns.

    *parts* names the breakdowns that make up an indicator. Rows of other breakdowns and withdrawn figures count
    for nothing; a total whose parts' qualifiers prove nothing together is left out.
    """
    pairs = zip(frame["indicator_id"], frame["breakdown"], strict=True)
    part = pd.Series([one in parts.get(name, ()) for name, one in pairs], index=frame.index, dtype=bool)
    wanted = frame[part]
    wanted = wanted[wanted["status"].isin(_UNSURE) & wanted["value"].notna()]
    rows = []
    for (indicator, *_), of_period in wanted.groupby(_ONE, sort=False):
        if set(of_period["breakdown"]) >= set(parts[indicator]):
            rows += [_total(of_place) for _, of_place in of_period.groupby("place_id", sort=True)]
    made = [row for row in rows if row is not None]
    if not made:
        return frame.iloc[0:0]
    return pd.DataFrame(made, columns=frame.columns).astype(frame.dtypes.to_dict())


def _total(rows: pd.DataFrame) -> dict[str, object] | None:
    """Return the total of one place and period as a row; None where nothing sound can be said."""
    qualifier = reduce(_both, rows["qualifier"], "exact")
    if qualifier is None:
        return None
    first = rows.iloc[0]
    series = Series(
        indicator_id=first["indicator_id"],
        place_id=first["place_id"],
        counting_basis=first["counting_basis"],
        span=first["span"],
        unit=first["unit"],
    )
    told = first.to_dict() | {
        "series_id": series.id,
        "breakdown": "",
        "value": float(rows["value"].sum()),
        "qualifier": qualifier,
        "status": max(rows["status"], key=_UNSURE.index),
        "figure_ref": "",
        "known_at": rows["known_at"].max(),
        "recorded_at": rows["recorded_at"].max(),
    }
    return told | {name: max(rows[name], key=order.index) for name, order in _WORST.items()}


def _both(first: str | None, second: str) -> str | None:
    return None if first is None else together(first, second)


def beside(stated: pd.DataFrame, made: pd.DataFrame) -> pd.DataFrame:
    """Return the *stated* figures with those totals *made* whose period has none stated, in the warehouse's order."""
    if made.empty:
        return stated
    key = ["series_id", "period_start", "period_end"]
    known = set(stated[key].itertuples(index=False, name=None))
    new = [row not in known for row in made[key].itertuples(index=False, name=None)]
    both = pd.concat([stated, made[new]]) if len(stated) else made[new]
    order = ["indicator_id", "place_id", "breakdown", "counting_basis", "span", "period_end", "period_start"]
    return both.sort_values(order, kind="stable").reset_index(drop=True)


def newest(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the newest figure of each series of *frame*."""
    ordered = frame.sort_values(["period_end", "period_start"], kind="stable")
    kept = ordered.drop_duplicates("series_id", keep="last")
    return frame.loc[sorted(kept.index)].reset_index(drop=True)
