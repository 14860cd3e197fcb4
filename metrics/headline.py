"""The one figure that leads a work item, with the line of its past."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from metrics.asof import AsOf
from metrics.meetings import held
from metrics.queries import Metrics

MEETINGS = "meetings"


@dataclass(frozen=True, kw_only=True)
class Headline:
    """What leads: a figure's *row* (by warehouse column) of *indicator_id*, or the count of meetings held.

    *figures* is its own series up to it, oldest first (warehouse columns; empty for meetings); *past* the same as
    (day, value), for meetings one point a meeting. *precision* is that of *on*. *elsewhere* is the newest earlier
    figure of the same indicator at another place that may lead: it tells where things stood, but no line joins
    two places.
    """

    indicator_id: str
    place_id: str
    value: float
    qualifier: str
    unit: str
    on: date
    precision: str = "day"
    row: dict[str, Any] | None
    figures: pd.DataFrame
    past: tuple[tuple[date, float], ...]
    elsewhere: dict[str, Any] | None = None


def headline(metrics: Metrics, work_item: int, as_of: AsOf) -> Headline | None:
    """Return the newest known of the figures that may lead *work_item*; None while none is known."""
    return headlines(metrics, as_of)[work_item]


def headlines(metrics: Metrics, as_of: AsOf) -> Mapping[int, Headline | None]:
    """Return the headline of every work item by number, from two questions to the warehouse."""
    said = {number: _led(metrics, item.headline) for number, item in metrics.agenda.work_items.items()}
    pairs = {pair for led in said.values() for pair in led}
    newest = metrics.one_each(
        sorted({indicator for indicator, _ in pairs}), as_of, places=sorted({place for _, place in pairs})
    )
    known = {(row["indicator_id"], row["place_id"]): row for row in newest.to_dict("records")}
    chosen = {
        number: max(
            (known[pair] for pair in led if pair in known), key=lambda row: row["period_end"], default=None
        )
        for number, led in said.items()
    }
    rows = [row for row in chosen.values() if row]
    history = metrics.history(
        sorted({row["indicator_id"] for row in rows}),
        as_of,
        places=sorted({row["place_id"] for row in rows}),
        breakdown="",
    )
    found: dict[int, Headline | None] = {}
    for number, item in metrics.agenda.work_items.items():
        row = chosen[number]
        if row:
            mine = history[history["series_id"].eq(row["series_id"])]
            found[number] = replace(
                _figure(row, mine),
                elsewhere=_elsewhere(row, [known[one] for one in said[number] if one in known]),
            )
        else:
            found[number] = _meetings(metrics, as_of) if MEETINGS in item.headline else None
    return found


def _led(metrics: Metrics, said: tuple[str, ...]) -> list[tuple[str, str]]:
    pairs = [(indicator, place) for indicator, _, place in (one.partition("@") for one in said)]
    return [(indicator, place) for indicator, place in pairs if place and metrics.may_see(indicator)]


def _elsewhere(row: dict[str, Any], others: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the newest of *others* that tells the same of another place, earlier than *row*."""
    earlier = [
        one
        for one in others
        if one["indicator_id"] == row["indicator_id"] and one["period_end"] < row["period_end"]
    ]
    return max(earlier, key=lambda one: one["period_end"], default=None)


def _figure(row: dict[str, Any], history: pd.DataFrame) -> Headline:
    figures = history.sort_values("period_end").reset_index(drop=True)
    return Headline(
        indicator_id=row["indicator_id"],
        place_id=row["place_id"],
        value=row["value"],
        qualifier=row["qualifier"],
        unit=row["unit"],
        on=row["period_end"].date(),
        row=row,
        figures=figures,
        past=tuple(zip(figures["period_end"].dt.date.tolist(), figures["value"].tolist(), strict=True)),
    )


def _meetings(metrics: Metrics, as_of: AsOf) -> Headline | None:
    met = [meeting for meeting in held(metrics, as_of) if meeting.number]
    if not met:
        return None
    return Headline(
        indicator_id=MEETINGS,
        place_id="",
        value=float(len(met)),
        qualifier="exact",
        unit="",
        on=met[-1].date,
        precision=met[-1].precision,
        row=None,
        figures=metrics.nothing(),
        past=tuple((meeting.date, float(count)) for count, meeting in enumerate(met, start=1)),
    )
