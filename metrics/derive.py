"""Figures worked out from figures: frame -> frame, by name.

Every function keeps one row per row it was given, in their order, with the columns of the warehouse's frames.
``derived`` (bool) is true, and ``reason`` (str) is empty where there is a figure; else it is one of REASONS, value
is NaN and qualifier empty. Qualifiers follow ``metrics.qualifiers``: what cannot be proved is not stated.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pandas as pd

from metrics.breaks import breaks_in, era, eras
from metrics.indicators import Indicator
from metrics.qualifiers import over_positive
from metrics.units import Unit
from metrics.warehouse.values import TIERS

REASONS = (
    *("no_denominator", "series_break", "zero_base", "not_provable", "no_base"),
    *("no_earlier", "no_newer", "not_comparable"),
)
DERIVED = "derived"  # the counting basis of a figure that nobody published
PER_CAPITA_TIMES = 10_000.0
# A denominator older than this says too little about its place; the censuses of the area are years apart.
MAX_AGE = pd.Timedelta(days=3 * 366)
YEAR = pd.Timedelta(days=366)
_SURENESS = ("final", "revised", "provisional", "estimated")
_SHAREABLE = ("count", "rate", "money", "length", "mass", "data", "computing")


def stated(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a derived frame that state a figure."""
    return frame[frame["reason"].eq("")]


def shareable(unit: Unit) -> bool:
    """Say whether a figure in *unit* may be shared out per person or per km²: a percentage may not."""
    return unit.kind in _SHAREABLE


def per_capita(figures: pd.DataFrame, population: pd.DataFrame) -> pd.DataFrame:
    """Return *figures* per 10,000 residents, by the newest population whose date is not after the figure's."""
    return ratio(figures, population, times=PER_CAPITA_TIMES, unit="per 10,000 people")


def per_km2(figures: pd.DataFrame, area: pd.DataFrame) -> pd.DataFrame:
    """Return *figures* per km² of published land area; an area of any age will do, land does not move."""
    return ratio(figures, area, unit="per km²", max_age=None)


def by_rule(indicator: Indicator, frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the figures of *indicator* worked out by its ``derive``, from the frames by indicator id.

    Raises ValueError when the catalogue gives the indicator no rule.
    """
    if (rule := indicator.derive) is None:
        raise ValueError(
            f"{indicator.id} has no derive in the catalogue; add one, or ask for published figures"
        )
    result = ratio(
        frames[rule.of],
        frames[rule.per],
        times=rule.times,
        unit=indicator.unit,
        same_period=rule.match == "same_period",
        max_age=None if rule.per == "land_area_km2" else MAX_AGE,
    )
    return result.assign(indicator_id=indicator.id)


def ratio(
    figures: pd.DataFrame,
    per: pd.DataFrame,
    *,
    unit: str,
    times: float = 1.0,
    same_period: bool = False,
    max_age: pd.Timedelta | None = MAX_AGE,
) -> pd.DataFrame:
    """Return *figures* over *per* of the same place, times *times*, in *unit*.

    The denominator is the newest whose period ends no later than the figure's and at most *max_age* before,
    or with *same_period* the one of the very same period. Of several, the best tier wins, then an exact figure.
    A denominator of before a break in its series never divides a figure of after it: the first one after the
    break does, if it ends within a year of the figure; else the reason is ``series_break``.
    The result's counting_basis is ``derived``; ``of_basis`` is that of the figure, and ``per_value``,
    ``per_qualifier``, ``per_period_end`` and ``per_era`` say what it was divided by. known_at is the later of the
    two, tier and status the weaker.
    """
    matched = _with_denominator(figures, per, same_period=same_period, max_age=max_age)
    base = matched["per_value"]
    reason = np.select(
        [base.isna() & matched["broken"], base.isna(), base.le(0)],
        ["series_break", "no_denominator", "zero_base"],
        "",
    )
    result = matched.assign(
        value=matched["value"] / base.where(base.gt(0)) * times,
        qualifier=ratio_qualifiers(matched["value"], matched["qualifier"], matched["per_qualifier"]),
        unit=unit,
        of_basis=matched["counting_basis"],
        counting_basis=DERIVED,
        tier=_weaker(matched["tier"], matched["per_tier"], TIERS),
        status=_weaker(matched["status"], matched["per_status"], _SURENESS),
        known_at=matched[["known_at", "per_known_at"]].max(axis=1),
    )
    return sound_figures(result.drop(columns=["per_tier", "per_status", "per_known_at", "broken"]), reason)


def index(figures: pd.DataFrame, base: pd.Timestamp) -> pd.DataFrame:
    """Return each series with its figure of the base period as 100.

    The base period is the one that holds the day *base*, else the newest that ended before it. The base itself
    is exactly 100, whatever its qualifier: a number over itself. ``base_value`` and ``base_period_end`` say what
    was divided by. A base of 0 or less gives no index, nor does one on the other side of a break in the series.
    """
    rows = figures.reset_index(drop=True).assign(era=eras)
    holds = rows["period_start"].le(base) & rows["period_end"].ge(base)
    candidates = rows[holds | rows["period_end"].lt(base)].assign(holds=holds)
    bases = candidates.sort_values(["holds", "period_end", "period_start"]).groupby("series_id").tail(1)
    names = {"value": "base_value", "qualifier": "base_qualifier", "period_end": "base_period_end"}
    names |= {"period_start": "base_start", "era": "base_era"}
    bases = bases[["series_id", *names]].rename(columns=names)
    rows = rows.merge(bases, on="series_id", how="left")
    value = rows["base_value"]
    own = rows["period_end"].eq(rows["base_period_end"]) & rows["period_start"].eq(rows["base_start"])
    said = ratio_qualifiers(rows["value"], rows["qualifier"], rows["base_qualifier"]).mask(own, "exact")
    reason = np.select(
        [value.isna(), rows["era"].ne(rows["base_era"]), value.le(0)],
        ["no_base", "series_break", "zero_base"],
        "",
    )
    result = rows.assign(value=rows["value"] / value.where(value.gt(0)) * 100, qualifier=said, unit="index")
    return sound_figures(result.drop(columns=["base_qualifier", "base_start", "base_era", "era"]), reason)


def share_of_target(figures: pd.DataFrame, targets: pd.DataFrame) -> pd.DataFrame:
    """Return each figure as a percentage of each target of its indicator and place: one row per pair.

    *targets* has indicator_id, place_id, due_on, value and qualifier. A target is a mark that was set, not a
    measurement: "over 220,000" is the mark 220,000, so only "about" makes the share "about". A figure without a
    target has no row. Adds ``due_on``, ``target_value`` and ``target_qualifier``.
    """
    marks = targets[["indicator_id", "place_id", "due_on", "value", "qualifier"]]
    marks = marks.rename(columns={"value": "target_value", "qualifier": "target_qualifier"})
    rows = figures.merge(marks, on=["indicator_id", "place_id"], how="inner")
    mark = rows["target_value"]
    softness = rows["target_qualifier"].where(rows["target_qualifier"].eq("approx"), "exact")
    result = rows.assign(
        value=rows["value"] / mark.where(mark.gt(0)) * 100,
        qualifier=ratio_qualifiers(rows["value"], rows["qualifier"], softness),
        unit="%",
    )
    return sound_figures(result, np.select([mark.le(0)], ["zero_base"], ""))


def ratio_qualifiers(values: pd.Series, above: pd.Series, below: pd.Series) -> pd.Series:
    """Return the qualifier of each ratio of *values* to something above 0, empty where none is sound."""
    pairs = zip(values, above, below.where(below.notna(), "exact"), strict=True)
    return pd.Series([over_positive(*pair) or "" for pair in pairs], index=values.index, dtype="str")


def sound_figures(frame: pd.DataFrame, reason: np.ndarray) -> pd.DataFrame:
    """Return *frame* with ``derived`` and ``reason``, and no figure where there is a reason to state none."""
    unproved = frame["qualifier"].eq("") & (reason == "")
    reasons = pd.Series(reason, index=frame.index, dtype="str").mask(unproved, "not_provable")
    silent = reasons.ne("")
    return frame.assign(
        value=frame["value"].mask(silent),
        qualifier=frame["qualifier"].mask(silent, ""),
        derived=True,
        reason=reasons,
    )


def _with_denominator(
    figures: pd.DataFrame, per: pd.DataFrame, *, same_period: bool, max_age: pd.Timedelta | None
) -> pd.DataFrame:
    keys = ["place_id", "period_start", "period_end"] if same_period else ["place_id", "period_end"]
    best = per[per["breakdown"].eq("")].assign(
        rank=lambda rows: rows["tier"].map(TIERS.index), soft=lambda rows: rows["qualifier"].ne("exact")
    )
    best = best.sort_values(["rank", "soft", "known_at"], ascending=[True, True, False]).drop_duplicates(keys)
    names = {key: f"per_{key}" for key in ("value", "qualifier", "tier", "status", "known_at")}
    best = best[[*keys, *names]].rename(columns=names).assign(per_period_end=best["period_end"])
    if same_period:
        return figures.merge(best, on=keys, how="left").assign(broken=False, per_era=0)
    rows = figures.reset_index(drop=True)
    if not (breaks := breaks_in(per)):
        return _nearest(rows, best, by=["place_id"], tolerance=max_age).assign(broken=False, per_era=0)
    own = rows.assign(era=era(rows["place_id"], rows["period_end"], breaks))
    best = best.assign(era=era(best["place_id"], best["period_end"], breaks))
    by = ["place_id", "era"]
    before = _nearest(own, best, by=by, tolerance=max_age)
    any_era = _nearest(rows, best.drop(columns="era"), by=["place_id"], tolerance=max_age)
    after = _nearest(own, best, by=by, tolerance=YEAR, direction="forward")
    broken = before["per_value"].isna() & any_era["per_value"].notna()
    return before.where(~broken, after).assign(broken=broken).rename(columns={"era": "per_era"})


def _nearest(
    rows: pd.DataFrame,
    best: pd.DataFrame,
    *,
    by: list[str],
    tolerance: pd.Timedelta | None,
    direction: Literal["backward", "forward"] = "backward",
) -> pd.DataFrame:
    ordered = rows.assign(turn=range(len(rows))).sort_values("period_end", kind="stable")
    matched = pd.merge_asof(
        ordered,
        best.sort_values("period_end"),
        on="period_end",
        by=by,
        tolerance=tolerance,
        direction=direction,
    )
    return matched.sort_values("turn").drop(columns="turn").reset_index(drop=True)


def _weaker(first: pd.Series, second: pd.Series, order: tuple[str, ...]) -> pd.Series:
    second = second.where(second.notna(), first)
    ranks = pd.concat([first.map(order.index), second.map(order.index)], axis=1).max(axis=1)
    return ranks.map(dict(enumerate(order))).astype("str")
