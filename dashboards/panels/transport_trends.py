"""Passengers over time: by control point, by traveller group, day by day; with the openings that changed them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.desk import Desk, Filters
from dashboards.figures import calendar, trend
from dashboards.i18n import Words
from dashboards.panel import Panel, View
from dashboards.panels.transport_crossings import GROUPS, feed_note, immigration
from dashboards.panels.transport_passengers import DAILY, MONTHLY, Passengers
from dashboards.panels.transport_tables import groups_table, openings_table

MOST_LINES = 5
MONTHS = 12
WHOLE_DAY = len("2018-10-24")


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A crossing that opened on *day*; *later* says that it opened to passengers only then."""

    day: date
    place_id: str
    later: bool

    def said(self, words: Words) -> str:
        """Return what opened, in words."""
        key = "transport.opened_to_passengers" if self.later else "transport.opened"
        return words.t(key, place=words.t(f"place.{self.place_id}"))


def openings(desk: Desk, until: date) -> list[Opening]:
    """Return what opened by *until*, oldest first: openings known to the day, of two sides of one crossing one."""
    found: list[Opening] = []
    told: set[tuple[date, str]] = set()
    for one in desk.atlas.crossings:
        for text, later in ((one.opened, False), (one.opened_to_passengers, True)):
            day = date.fromisoformat(text) if len(text) == WHOLE_DAY else None
            if day is None or day > until or (day, one.id) in told:
                continue
            found.append(Opening(day=day, place_id=one.id, later=later))
            told |= {(day, other) for other in (one.id, *one.counterparts)}
    return sorted(found, key=lambda opening: opening.day)


def marked(
    frame: pd.DataFrame, desk: Desk, filters: Filters, places: Sequence[str] | None = None
) -> pd.DataFrame:
    """Return *frame* with the openings known then, all or those of *places*, as the events of a chart."""
    words = desk.words[filters.lang]
    known = openings(desk, filters.as_of.day)
    known = [one for one in known if places is None or one.place_id in places]
    frame.attrs["events"] = [(opening.day, opening.said(words)) for opening in known]
    return frame


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


def openings_panel(held: Passengers) -> Panel:
    """Return the openings as a list, newest first, each with the passengers of the months before and after."""

    def query(desk: Desk, filters: Filters) -> pd.DataFrame:
        known = openings(desk, filters.as_of.day)[::-1]
        return pd.DataFrame(
            {
                "place_id": [one.place_id for one in known],
                "opened": [pd.Timestamp(one.day) for one in known],
                "later": [one.later for one in known],
                "first_year": [_first_year(held, one) for one in known],
            }
        )

    return Panel(
        id="openings",
        title="transport.openings",
        query=query,
        body=_openings_body,
        table=openings_table,
        note="transport.openings_note",
        sources=lambda _frame, view: [view.t("transport.atlas")],
    )


def _first_year(held: Passengers, one: Opening) -> float | None:
    """Return the passengers of the twelve full months after an opening, where all of them are counted."""
    first = pd.Timestamp(one.day) + pd.offsets.MonthBegin(1 if one.day.day > 1 else 0)
    last = first + pd.DateOffset(months=MONTHS) - pd.Timedelta(days=1)
    mine = held.full[held.full["place_id"].eq(one.place_id) & held.full["period_start"].between(first, last)]
    return float(mine["value"].sum()) if mine["period_start"].nunique() == MONTHS else None


def _openings_body(frame: pd.DataFrame, view: View) -> Component:
    items = []
    for row in frame.itertuples():
        key = "transport.opened_to_passengers" if row.later else "transport.opened"
        lines = [html.Span(view.t(key, place=view.style.place(row.place_id)))]
        if pd.notna(row.first_year):
            figure = view.words.compact(float(row.first_year))
            lines.append(html.Span(view.t("transport.first_year", figure=figure), className="soft"))
        items.append(html.Li([html.B(view.words.day(row.opened.date())), html.Div(lines)]))
    return html.Ul(items, className="events")
