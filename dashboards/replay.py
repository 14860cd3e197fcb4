"""The slider of the as-of band: replays how the picture came to be known, stop by stop, meetings marked."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk
from dashboards.meeting_names import short_name
from dashboards.panel import View
from dashboards.sliders import Slide, Tick, apart, day_stops, share, slider
from metrics.asof import HONG_KONG
from metrics.meetings import Gathering

FEWEST = 2


def stops_of(desk: Desk, held: Sequence[Gathering]) -> list[date]:
    """Return the days before today on which something became known, and those of the meetings *held*, ascending."""
    today = desk.clock().astimezone(HONG_KONG).date()
    days = {*desk.known_days(), *(meeting.as_of for meeting in held)}
    return sorted(day for day in days if day < today)


def replay(path: str, desk: Desk, view: View, held: Sequence[Gathering]) -> Component | None:
    """Return the slider for the page at *path*, the meetings *held* marked; None while there is nothing to replay.

    A script holds it below the band, so that it is not taken from under the reader's hand when the page changes.
    """
    days = stops_of(desk, held)
    if len(days) < FEWEST:
        return None
    as_of = view.filters.as_of
    slide = Slide(
        name="as_of",
        label=view.t("slider.replay"),
        value="" if as_of.current else as_of.day.isoformat(),
        stops=day_stops(days, view.t("ui.today", date=view.words.day(view.today))),
        ticks=_ticks(days, held),
        said=view.t("ui.today", date=view.words.day(view.today))
        if as_of.current
        else view.words.day(as_of.day),
        look="days",
        data={"data-marks": json.dumps(_marks(held, view), ensure_ascii=False), "data-beat": "month"},
    )
    keep = view.here(path, as_of=None).partition("?")[2]
    form = parts.asking(path, [slider(slide, view.words)], keep=keep, label=view.t("slider.replay_long"))
    look = "replay" if as_of.current else "replay replay-past"
    return html.Div(html.Div(form, className=look), hidden=True, **{"data-hold": "replay"})


def _marks(held: Sequence[Gathering], view: View) -> dict[str, str]:
    """Return what the days of the meetings are called."""
    return {meeting.as_of.isoformat(): short_name(meeting, view) for meeting in held}


def _ticks(days: Sequence[date], held: Sequence[Gathering]) -> list[Tick]:
    """Return the ticks: the first stop of each year, and the meetings above the line."""
    many = len(days) + 1
    years = [
        Tick(place=share(at, many), text=str(day.year), kind="year")
        for at, day in enumerate(days)
        if at == 0 or days[at - 1].year != day.year
    ]
    meetings = [
        Tick(place=share(bisect_right(days, meeting.as_of) - 1, many), kind="meeting")
        for meeting in held
        if meeting.as_of in days
    ]
    return [*apart(years), *meetings]
