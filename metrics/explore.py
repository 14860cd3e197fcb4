"""Figures as an analyst asks for them: any indicators at any places, added up, shared out, set against one another.

Frames have the warehouse's columns and beside them ``reason`` (str: one of REASONS where a row states no figure,
else empty), ``derived`` (bool), ``series_break`` (bool: counted differently from here on), ``of_unit`` (str: the unit
before anything was worked out), ``absence`` and ``why`` (str: the kind of a missing figure, the key of its reason).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from metrics import changes, derive
from metrics.asof import AsOf
from metrics.breaks import eras
from metrics.explore_sums import day_sums, parts_added
from metrics.queries import Metrics
from metrics.warehouse.values import SPANS

EVERY = ("day", "month", "year")
CHANGES = ("previous", "year", "index")
PER = {"capita": "resident_population", "km2": "land_area_km2"}
POINTS = "percentage points"
REASONS = (*derive.REASONS, "incomplete", "not_shareable")
_ADDED = {"reason": "", "absence": "", "why": ""}
_FLAGS = ("derived", "series_break")
_DOWN, _UP = ("over", "at_least"), ("under", "at_most")


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked: *indicators* at *places* (empty: wherever there are figures), whose periods end from *start*
    to *end*, both included.

    *every* day, month or year takes what is published so and adds up day figures; *per* shares out by residents or
    land, *change* sets figures against the previous period, the year before, or the one that holds *base* (100).
    *split* are the breakdown keys kept apart, *parts* narrows to (key, value), *bases* to counting bases.
    """

    indicators: tuple[str, ...]
    places: tuple[str, ...] = ()
    start: date | None = None
    end: date | None = None
    every: str = ""
    per: str = ""
    change: str = ""
    base: date | None = None
    split: tuple[str, ...] = ()
    parts: tuple[tuple[str, str], ...] = ()
    bases: tuple[str, ...] = ()


def explored(metrics: Metrics, asked: Question, as_of: AsOf) -> pd.DataFrame:
    """Return the answer: one row a figure, and one for each asked place and indicator that has none.

    Raises NotForViewer for an indicator of another audience, KeyError for one that is unknown.
    """
    found = gathered(metrics, asked, as_of)
    if asked.bases:
        found = found[found["counting_basis"].isin(asked.bases)]
    found = found.assign(of_unit=found["unit"], derived=found["derived"].eq(True), series_break=broken(found))
    if asked.per:
        found = _apart(found, lambda rows: shared_out(metrics, rows, asked.per, as_of))
    if asked.change:
        found = _apart(found, lambda rows: moved(metrics, rows, asked))
    ends = found["period_end"]
    if asked.start is not None:
        found = found[ends.ge(pd.Timestamp(asked.start))]
    if asked.end is not None:
        found = found[found["period_end"].le(pd.Timestamp(asked.end))]
    silent = found["reason"].ne("")
    found = found.assign(
        absence=found["absence"].mask(silent, "not_defined"), why=found["why"].mask(silent, found["reason"])
    )
    return ordered(with_absences(metrics, found, asked, as_of), asked, metrics)


def gathered(metrics: Metrics, asked: Question, as_of: AsOf) -> pd.DataFrame:
    """Return the figures asked for as published, day figures and breakdowns added up; nothing worked out yet."""
    indicators = metrics.allowed(list(asked.indicators))
    places = list(asked.places) or None
    series = metrics.warehouse.series(indicators, places=places)
    daily = list(dict.fromkeys(series.loc[series["span"].eq("day"), "indicator_id"]))
    frames = [day_sums(metrics, one, asked, as_of, series) for one in daily]
    if spans := _spans(asked.every):
        plain = metrics.history(indicators, as_of, places=places, spans=spans)
        frames.insert(0, parts_added(plain, asked))
    frames = [frame for frame in frames if len(frame)]
    if not frames:
        return metrics.nothing().assign(**_ADDED, derived=False)
    return pd.concat(frames, ignore_index=True).assign(absence="", why="").fillna({"reason": ""})


def broken(figures: pd.DataFrame) -> pd.Series:
    """Say of each figure whether its series was counted differently before it."""
    order = figures.sort_values(["period_end", "period_start"], kind="stable")
    era = eras(order)
    before = era.groupby(order["series_id"]).shift(1)
    return (before.notna() & before.ne(era)).reindex(figures.index)


def _spans(every: str) -> tuple[str, ...]:
    if not every:
        return tuple(span for span in SPANS if span != "day")
    return () if every == "day" else (every,)


def _apart(frame: pd.DataFrame, work) -> pd.DataFrame:
    """Return *frame* with *work* done on the rows that state a figure; the others stay as they are."""
    silent = frame[frame["reason"].ne("")]
    told = frame[frame["reason"].eq("")]
    if told.empty:
        return frame
    worked = work(told)
    return pd.concat([worked, silent], ignore_index=True) if len(silent) else worked


def shared_out(metrics: Metrics, figures: pd.DataFrame, per: str, as_of: AsOf) -> pd.DataFrame:
    """Return *figures* per 10,000 residents (``capita``) or per km² of published land (``km2``), what can be."""
    below = metrics.history(PER[per], as_of, places=sorted(set(figures["place_id"])), breakdown="")
    units = {unit: _shareable(metrics, unit) for unit in figures["unit"].unique()}
    fit = figures["unit"].map(units).astype(bool)
    work = derive.per_capita if per == "capita" else derive.per_km2
    frames = []
    if fit.any():
        shared = work(figures[fit].reset_index(drop=True), below)
        frames.append(cut(shared.assign(counting_basis=shared["of_basis"])))
    if not fit.all():
        frames.append(_silenced(figures[~fit], "not_shareable"))
    return pd.concat(frames, ignore_index=True)


def _shareable(metrics: Metrics, unit: str) -> bool:
    return unit in metrics.catalogue.unit_table and derive.shareable(metrics.catalogue.unit(unit))


def _silenced(figures: pd.DataFrame, reason: str) -> pd.DataFrame:
    return figures.assign(value=np.nan, qualifier="", reason=reason, derived=True)


def moved(metrics: Metrics, figures: pd.DataFrame, asked: Question) -> pd.DataFrame:
    """Return each figure as its change in per cent (of percentages: in points), or as an index of a base period."""
    if asked.change == "index":
        return cut(derive.index(figures, pd.Timestamp(asked.base or common_base(figures))))
    work = changes.from_previous if asked.change == "previous" else changes.from_year_before
    percent = figures["unit"].map({unit: _percent(metrics, unit) for unit in figures["unit"].unique()})
    percent = percent.astype(bool)
    frames = []
    if (~percent).any():
        frames.append(work(figures[~percent], form="percent"))
    if percent.any():
        frames.append(work(figures[percent], form="absolute").assign(unit=POINTS))
    return cut(pd.concat(frames, ignore_index=True))


def _percent(metrics: Metrics, unit: str) -> bool:
    return unit in metrics.catalogue.unit_table and metrics.catalogue.unit(unit).kind == "percent"


def common_base(figures: pd.DataFrame) -> date:
    """Return the end of the first period by which every series has begun."""
    return figures.groupby("series_id")["period_end"].min().max().date()


def cut(frame: pd.DataFrame) -> pd.DataFrame:
    """Return worked-out *frame* with as many decimals as say something; "over" goes down and "under" up.

    One decimal from 10 on, two from 1 on, below that three figures that count.
    """
    size = frame["value"].abs()
    with np.errstate(divide="ignore", invalid="ignore"):
        small = np.clip(2 - np.floor(np.log10(size.where(size.gt(0), 1))), 0, 9)
    step = 10.0 ** np.select([size >= 10, size >= 1], [1.0, 2.0], small)
    steps = (frame["value"] * step).round(6)
    down, up = frame["qualifier"].isin(_DOWN), frame["qualifier"].isin(_UP)
    whole = np.select([down, up], [np.floor(steps), np.ceil(steps)], np.round(steps))
    return frame.assign(value=whole / step)


def with_absences(metrics: Metrics, frame: pd.DataFrame, asked: Question, as_of: AsOf) -> pd.DataFrame:
    """Return *frame* with a row for each indicator and asked place that it has no row of, and why."""
    if not asked.places:
        return frame
    there = set(zip(frame["indicator_id"], frame["place_id"], strict=True))
    told = metrics.absences_of(list(asked.indicators), as_of)
    rows = [
        _absent(metrics, indicator, place, told[indicator].get(place, ("no_figure", "")))
        for indicator in asked.indicators
        for place in asked.places
        if (indicator, place) not in there
    ]
    if not rows:
        return frame
    more = pd.DataFrame(rows, columns=list(rows[0])).reindex(columns=frame.columns)
    kinds = {name: kind for name, kind in frame.dtypes.items() if name not in _FLAGS and kind != "int64"}
    more = more.assign(**dict.fromkeys(_FLAGS, False)).astype(kinds)
    return pd.concat([frame, more], ignore_index=True) if len(frame) else more


def _absent(metrics: Metrics, indicator: str, place: str, told: tuple[str, str]) -> dict[str, object]:
    unit = metrics.catalogue.get(indicator).unit
    text = dict.fromkeys(
        ("breakdown", "counting_basis", "span", "qualifier", "status", "tier", "source_id", "figure_ref"), ""
    )
    return text | {
        "indicator_id": indicator, "place_id": place, "unit": unit, "of_unit": unit, "value": np.nan,
        "reason": "", "absence": told[0], "why": told[1], "series_id": 0, "derived": False,
        "series_break": False,
    }  # fmt: skip


def ordered(frame: pd.DataFrame, asked: Question, metrics: Metrics) -> pd.DataFrame:
    """Return *frame* in the order of what was asked, each series oldest first."""
    indicators = _ranks(asked.indicators)
    places = _ranks(asked.places or [place.id for place in metrics.atlas])
    keys = {
        "_i": frame["indicator_id"].map(indicators),
        "_p": frame["place_id"].map(places).fillna(len(places)),
    }
    by = ["_i", "_p", "place_id", "counting_basis", "breakdown", "span", "period_end", "period_start"]
    return frame.assign(**keys).sort_values(by, kind="stable").drop(columns=list(keys)).reset_index(drop=True)


def _ranks(names: Sequence[str]) -> dict[str, int]:
    return {name: rank for rank, name in enumerate(names)}
