"""Passengers over time: by control point, by traveller group, day by day; with the openings that changed them."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.desk import Desk, Filters
from dashboards.figures import calendar, trend
from dashboards.panel import Panel, View
from dashboards.panels.transport_crossings import GROUPS, feed_note, immigration
from dashboards.panels.transport_openings import marked
from dashboards.panels.transport_passengers import DAILY, MONTHLY, Passengers
from dashboards.panels.transport_tables import groups_table

MOST_LINES = 6
MONTHS = 12


def points_panel(held: Passengers) -> Panel:
    """Return the months of the busiest control points, or of those asked for."""

    def query(desk: Desk, filters: Filters) -> pd.DataFrame:
        frame = held.monthly(("place_id",))
        busiest = held.sums(held.newest(MONTHS), ("place_id",)).nlargest(MOST_LINES, "value")["place_id"]
        shown = frame[frame["place_id"].isin(set(busiest))].reset_index(drop=True)
        return marked(held.named(shown), desk, filters)

    return Panel(
        id="points-over-time",
        indicators=(DAILY, MONTHLY),
        title="transport.points_over_time",
        unit="transport.unit_month",
        query=query,
        figure=trend.lines,
        alt=lambda frame, view: trend.alt(frame, view.style),
        note=feed_note(held),
        sources=immigration,
    )


def groups_panel(held: Passengers) -> Panel:
    """Return the months of each traveller group, all control points (or those asked for) together."""

    def query(desk: Desk, filters: Filters) -> pd.DataFrame:
        words = desk.words[filters.lang]
        names: Mapping[str, str] = {group: words.t(name) for group, name in GROUPS.items()}
        frame = held.monthly(("group",))
        return marked(frame.assign(label=frame["group"].map(names)), desk, filters)

    return Panel(
        id="groups-over-time",
        indicators=(DAILY, MONTHLY),
        title="transport.groups_over_time",
        unit="transport.unit_month",
        query=query,
        figure=trend.lines,
        alt=lambda frame, view: trend.alt(frame, view.style),
        table=groups_table(held),
        note=feed_note(held),
        sources=immigration,
    )


def calendar_panel(held: Passengers) -> Panel:
    """Return a calendar of the days; without the daily file it says that only months are known."""

    def query(_desk: Desk, _filters: Filters) -> pd.DataFrame:
        return held.days.assign(place_id="hong_kong")

    def title(view: View) -> str:
        if not view.filters.places:
            return view.t("transport.calendar")
        names = view.words.listing(view.style.place(place) for place in view.filters.places)
        return view.t("format.pair", a=view.t("transport.calendar"), b=names)

    return Panel(
        id="calendar",
        title=title,
        unit="unit.person-trips/day",
        query=query,
        figure=calendar.heat,
        body=_ends,
        alt=lambda frame, view: calendar.alt(frame, view.style),
        empty="transport.no_days",
        size="wide",
        sources=immigration,
        indicators=(DAILY,),
    )


def _ends(frame: pd.DataFrame, view: View) -> Component:
    """Return the busiest and the quietest day, and the weekdays' means."""
    most = frame.loc[frame["value"].idxmax()]
    least = frame.loc[frame["value"].idxmin()]
    week = frame.groupby(frame["period_end"].dt.day_of_week >= 5)["value"].mean()
    told = [
        (view.t("transport.busiest_day"), _day_said(most, view)),
        (view.t("transport.quietest_day"), _day_said(least, view)),
    ]
    for weekend, key in ((False, "transport.mean_weekday"), (True, "transport.mean_weekend")):
        if weekend in week.index:
            told.append((view.t(key), view.words.number(float(week[weekend]), decimals=0)))
    return html.Dl([html.Div([html.Dt(term), html.Dd(said)]) for term, said in told], className="day-facts")


def _day_said(row: pd.Series, view: View) -> str:
    figure = view.words.number(float(row["value"]))
    return view.t("format.pair", a=figure, b=view.words.day(row["period_end"].date()))
