"""Figures added up: days to months and years, and the parts of a breakdown to their whole. Never what is incomplete."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from metrics.asof import AsOf
from metrics.queries import Metrics
from metrics.warehouse.values import Series, breakdown, breakdown_parts

if TYPE_CHECKING:
    from metrics.explore import Question

WHOLE = ("direction", "group")
"""The keys of breakdowns whose parts make up the whole; any other breakdown is shown part by part."""

DAYS_SHOWN = 400
"""How many days of day figures there are where no period is asked for."""

_LANE = ["indicator_id", "place_id", "counting_basis", "unit", "span"]
_PERIOD = ["period_start", "period_end"]
_A_DAY = "/day"


def day_sums(
    metrics: Metrics, indicator: str, asked: Question, as_of: AsOf, series: pd.DataFrame
) -> pd.DataFrame:
    """Return the day figures of *indicator* by day, month or year, their parts added up unless split.

    A period that lacks a day or a part states nothing (``incomplete``). *series* are the series there are.
    """
    newest = metrics.latest(indicator, as_of, places=list(asked.places) or None, spans=("day",))
    mine = series[series["indicator_id"].eq(indicator) & series["span"].eq("day")]
    if newest.empty or mine.empty:
        return metrics.nothing()
    keys = [key for key in WHOLE if key in {*asked.split, *dict(asked.parts)} and _has(mine, key)]
    every = asked.every or "day"
    by = ("place_id", "counting_basis", "unit", *keys)
    sums = metrics.totals(indicator, as_of, every=every, by=by, **_bounds(asked, every, newest))
    sums = _narrowed(sums[sums["place_id"].isin(set(mine["place_id"]))], asked, keys)
    split = [key for key in keys if key in asked.split]
    sums = sums.assign(breakdown=_texts(sums, split))
    lane = ["place_id", "counting_basis", "unit", "breakdown"]
    sums = sums.groupby([*lane, *_PERIOD], as_index=False, sort=False).agg(
        {"value": "sum", "n": "sum", "known_at": "max"}
    )
    parts = _narrowed(_with_keys(mine, [*keys]), asked, keys)
    parts = parts.assign(breakdown=_texts(parts, split)).groupby(lane).size().rename("parts")
    sums = sums.merge(parts.reset_index(), on=lane, how="left")
    days = (sums["period_end"] - sums["period_start"]).dt.days + 1
    unsound = np.full(len(sums), newest["qualifier"].ne("exact").any())
    reason = np.select([sums["n"].lt(days * sums["parts"]), unsound], ["incomplete", "not_provable"], "")
    return _as_figures(sums, indicator, every, newest, reason, metrics)


def _bounds(asked: Question, every: str, newest: pd.DataFrame) -> dict[str, date]:
    """Return the days to be read: all for months and years, which must be whole; else what is asked for."""
    if every != "day":
        return {}
    back = {"": 0, "previous": 1, "year": 367, "index": 0}[asked.change]
    first = asked.start or newest["period_end"].max().date() - timedelta(days=DAYS_SHOWN)
    if asked.change == "index" and asked.base is not None:
        first = min(first, asked.base)
    room = timedelta(days=back)
    first = first - room if first - date.min > room else date.min
    return {"start": first} | ({"end": asked.end} if asked.end else {})


def _as_figures(
    sums: pd.DataFrame, indicator: str, every: str, newest: pd.DataFrame, reason: np.ndarray, metrics: Metrics
) -> pd.DataFrame:
    told = newest.iloc[0]
    silent = reason != ""
    whole = {unit: _summed_unit(unit, every, metrics) for unit in sums["unit"].unique()}
    frame = sums.assign(
        indicator_id=indicator,
        span=every,
        unit=sums["unit"].map(whole),
        value=sums["value"].mask(silent),
        qualifier=np.where(silent, "", "exact"),
        status=told["status"],
        tier=told["tier"],
        source_id=told["source_id"],
        figure_ref="",
        known_precision=told["known_precision"],
        recorded_at=newest["recorded_at"].max(),
        run_id=told["run_id"],
        payload_sha256="",
        reason=reason,
        derived=every != "day",
    )
    return _numbered(frame)


def _summed_unit(unit: str, every: str, metrics: Metrics) -> str:
    """Return the unit of a sum: trips a day, added up over a month, are trips."""
    stem = unit.removesuffix(_A_DAY)
    return stem if every != "day" and stem in metrics.catalogue.unit_table else unit


def _numbered(frame: pd.DataFrame) -> pd.DataFrame:
    """Return *frame* with the series_id that each lane would have if it were stored."""
    names = [*_LANE, "breakdown"]
    lanes = list(zip(*(frame[name] for name in names), strict=True))
    ids = {lane: Series(**dict(zip(names, lane, strict=True))).id for lane in set(lanes)}
    return frame.assign(series_id=pd.Series([ids[lane] for lane in lanes], index=frame.index, dtype="int64"))


def parts_added(frame: pd.DataFrame, asked: Question) -> pd.DataFrame:
    """Return *frame* with the parts of its breakdowns added up to their whole, but for the keys that stay split.

    A whole that was published stands in place of its sum. A sum that lacks a part states nothing.
    """
    frame = frame.assign(reason="", derived=False)
    addable = frame["breakdown"].map(_addable).astype(bool)
    if not addable.any():
        return frame[frame["breakdown"].eq("")] if asked.parts else frame
    keys = list(WHOLE)
    parts = _narrowed(_with_keys(frame[addable], keys), asked, keys)
    split = [key for key in keys if key in asked.split]
    parts = parts.assign(breakdown=_texts(parts, split))
    added = _added(parts.drop(columns=keys))
    if asked.parts:
        return added
    rest = frame[~addable]
    both = pd.Index(rest[_LANE]).intersection(pd.Index(added[_LANE])) if len(rest) else pd.Index([])
    if len(both):
        drop_from = rest if split else added
        kept = drop_from[~pd.Index(drop_from[_LANE]).isin(both)]
        rest, added = (kept, added) if split else (rest, kept)
    return pd.concat([one for one in (rest, added) if len(one)], ignore_index=True)


def _added(parts: pd.DataFrame) -> pd.DataFrame:
    lane = [*_LANE, "breakdown"]
    parts_there = parts.groupby(lane)["series_id"].nunique().rename("parts").reset_index()
    exact = parts["qualifier"].eq("exact")
    first = {
        name: (name, "first") for name in ("qualifier", "status", "tier", "source_id", "figure_ref", "run_id")
    }
    sums = (
        parts.assign(exact=exact)
        .groupby([*lane, *_PERIOD], as_index=False, sort=False)
        .agg(
            value=("value", "sum"), n=("value", "count"), exact=("exact", "all"), known_at=("known_at", "max"),
            recorded_at=("recorded_at", "max"), known_precision=("known_precision", "first"), **first,
        )
        .merge(parts_there, on=lane)
    )  # fmt: skip
    single = sums["parts"].eq(1)
    reason = np.select(
        [sums["n"].lt(sums["parts"]), ~sums["exact"] & ~single], ["incomplete", "not_provable"], ""
    )
    silent = reason != ""
    sums = sums.assign(
        reason=reason,
        value=sums["value"].mask(silent),
        qualifier=sums["qualifier"].where(single, "exact").mask(silent, ""),
        payload_sha256="",
        derived=~single,
    )
    return _numbered(sums.drop(columns=["exact", "parts", "n"]))


def _addable(text: str) -> bool:
    parts = breakdown_parts(text)
    return bool(parts) and set(parts) <= set(WHOLE)


def _has(series: pd.DataFrame, key: str) -> bool:
    return any(key in breakdown_parts(text) for text in series["breakdown"].unique())


def _with_keys(frame: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    told = {text: breakdown_parts(text) for text in frame["breakdown"].unique()}
    return frame.assign(
        **{key: frame["breakdown"].map({t: p.get(key, "") for t, p in told.items()}) for key in keys}
    )


def _narrowed(frame: pd.DataFrame, asked: Question, keys: Sequence[str]) -> pd.DataFrame:
    for key, value in asked.parts:
        if key in keys:
            frame = frame[frame[key].eq(value)]
    return frame


def _texts(frame: pd.DataFrame, keys: Sequence[str]) -> list[str]:
    rows = frame[list(keys)].to_dict("records") if keys else [{}] * len(frame)
    return [breakdown(**{str(k): v for k, v in row.items() if v}) for row in rows]
