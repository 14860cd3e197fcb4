"""The one figure that leads a work item, with the line of its past."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from metrics.asof import AsOf
from metrics.queries import Metrics


@dataclass(frozen=True, kw_only=True)
class Headline:
    """What leads: a figure's *row* (by warehouse column) of *indicator_id*, or the count of meetings held.

    *past* is its own series up to it, (day, value) oldest first; for meetings, one point a meeting.
    """

    indicator_id: str
    place_id: str
    value: float
    qualifier: str
    unit: str
    on: date
    row: dict[str, Any] | None
    past: tuple[tuple[date, float], ...]


def headline(metrics: Metrics, work_item: int, as_of: AsOf) -> Headline | None:
    """Return the newest known of the figures that may lead *work_item*; None while none is known."""
    found = [
        one for said in metrics.agenda.work_items[work_item].headline if (one := _led(metrics, said, as_of))
    ]
    return max(found, key=lambda one: one.on, default=None)


def _led(metrics: Metrics, said: str, as_of: AsOf) -> Headline | None:
    if said == "meetings":
        return _meetings(metrics, as_of)
    indicator, _, place = said.partition("@")
    if not metrics.may_see(indicator):
        return None
    newest = metrics.one_each(indicator, as_of, places=[place])
    if newest.empty:
        return None
    row = newest.iloc[0].to_dict()
    history = metrics.history(indicator, as_of, places=[place], breakdown="", spans=[row["span"]])
    return Headline(
        indicator_id=indicator,
        place_id=place,
        value=row["value"],
        qualifier=row["qualifier"],
        unit=row["unit"],
        on=row["period_end"].date(),
        row=row,
        past=_points(history[history["series_id"].eq(row["series_id"])]),
    )


def _points(history: pd.DataFrame) -> tuple[tuple[date, float], ...]:
    ends = history["period_end"].dt.date
    return tuple(zip(ends.tolist(), history["value"].tolist(), strict=True))


def _meetings(metrics: Metrics, as_of: AsOf) -> Headline | None:
    held = [meeting for meeting in metrics.agenda.meetings if meeting.as_of <= as_of.day]
    if not held:
        return None
    return Headline(
        indicator_id="meetings",
        place_id="",
        value=float(len(held)),
        qualifier="exact",
        unit="",
        on=held[-1].date,
        row=None,
        past=tuple((meeting.date, float(count)) for count, meeting in enumerate(held, start=1)),
    )
