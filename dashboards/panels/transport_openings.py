"""Openings of crossings: marked on the lines, and listed with the passengers of the twelve months before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.desk import Desk, Filters
from dashboards.i18n import Words
from dashboards.panel import Panel, View
from dashboards.panels.transport_passengers import Passengers
from dashboards.panels.transport_tables import openings_table

MONTHS = 12
NEARLY_ALL = 11
"""So many of the twelve months without a passenger, and a control point was all but closed."""

WHOLE_DAY = len("2018-10-24")
BY_LAND = ("land", "rail")
SUMS = {"before": "transport.land_before", "after": "transport.land_after"}
WHY = {
    "not_counted": "transport.opening_not_counted",
    "no_passengers": "transport.opening_no_passengers",
    "not_reached": "transport.opening_not_reached",
    "not_over": "transport.opening_not_over",
}


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


@dataclass(frozen=True, kw_only=True)
class Around:
    """The twelve whole months before an opening and the twelve after, first and last days."""

    before: tuple[pd.Timestamp, pd.Timestamp]
    after: tuple[pd.Timestamp, pd.Timestamp]


def around(day: date) -> Around:
    """Return the months around *day*; the month of the opening belongs to neither, unless it opened on its first."""
    month = pd.Timestamp(day).replace(day=1)
    first = month + pd.DateOffset(months=1 if day.day > 1 else 0)
    year, one = pd.DateOffset(months=MONTHS), pd.Timedelta(days=1)
    return Around(before=(month - year, month - one), after=(first, first + year - one))


def openings_panel(held: Passengers) -> Panel:
    """Return the openings as a list, newest first, each with the passengers of the months before and after."""

    def query(desk: Desk, filters: Filters) -> pd.DataFrame:
        known = openings(desk, filters.as_of.day)[::-1]
        return pd.DataFrame(_compared(held, desk, known), columns=list(COLUMNS))

    return Panel(
        id="openings",
        title="transport.openings",
        query=query,
        body=_body,
        table=openings_table,
        note="transport.openings_note",
        sources=_sources,
    )


COLUMNS = (
    *("place_id", "opened", "later", "why", "first_year", "before", "after", "quiet", "others"),
    *("before_start", "before_end", "after_start", "after_end"),
)


def _compared(held: Passengers, desk: Desk, known: Sequence[Opening]) -> list[dict[str, object]]:
    counted = {one.id: one for one in desk.atlas.crossings if one.city_id == "hong_kong"}
    land = {place for place, one in counted.items() if one.mode in BY_LAND}
    spans = [around(one.day) for one in known if one.place_id in counted]
    months = held.by_place(min(s.before[0] for s in spans), max(s.after[1] for s in spans)) if spans else None
    passengers = {one.place_id for one in known if one.later}
    rows = []
    for one in known:
        found: dict[str, object] = {
            "place_id": one.place_id,
            "opened": pd.Timestamp(one.day),
            "later": one.later,
        }
        if months is None or one.place_id not in counted:
            found["why"] = "not_counted"
        elif one.place_id in passengers and not one.later:
            found["why"] = "no_passengers"
        else:
            found |= _told(months, land, one)
        rows.append(found)
    return rows


def _told(months: pd.DataFrame, land: set[str], one: Opening) -> dict[str, object]:
    """Return the sums around one opening, or why there is none; *months* are whole months by control point."""
    span = around(one.day)
    after = months[months["period_start"].between(*span.after)]
    mine = after[after["place_id"].eq(one.place_id)]
    found: dict[str, object] = {
        "before_start": span.before[0], "before_end": span.before[1],
        "after_start": span.after[0], "after_end": span.after[1], "why": "",
    }  # fmt: skip
    if mine["period_start"].nunique() < MONTHS:
        reached = months["period_start"].min() <= span.after[0] if len(months) else False
        return found | {"why": "not_over" if reached else "not_reached"}
    found["first_year"] = float(mine["value"].sum())
    before = months[months["period_start"].between(*span.before) & months["place_id"].isin(land)]
    if before["period_start"].nunique() < MONTHS:
        return found | {"why": "not_reached"}
    elsewhere = before[before["place_id"].ne(one.place_id)]
    empty = elsewhere[elsewhere["value"].eq(0)].groupby("place_id").size()
    return found | {
        "before": float(before["value"].sum()),
        "after": float(after.loc[after["place_id"].isin(land), "value"].sum()),
        "quiet": int((empty >= NEARLY_ALL).sum()),
        "others": int(elsewhere["place_id"].nunique()),
    }


def _sources(frame: pd.DataFrame, view: View) -> list[str]:
    counts = [view.t("organisation.immd")] if frame["first_year"].notna().any() else []
    return [view.t("transport.atlas"), *counts]


def _body(frame: pd.DataFrame, view: View) -> Component:
    items = []
    for row in frame.itertuples():
        key = "transport.opened_to_passengers" if row.later else "transport.opened"
        lines = [html.Span(view.t(key, place=view.style.place(row.place_id)))]
        lines += [html.Span(text, className="soft") for text in said_of(row, view)]
        items.append(html.Li([html.B(view.words.day(row.opened.date())), html.Div(lines)]))
    return html.Ul(items, className="events")


def said_of(row: object, view: View) -> list[str]:
    """Write what is counted around one opening, a sentence each, or why nothing is compared."""
    said = []
    if pd.notna(row.first_year):
        said.append(view.t("transport.first_year", figure=view.words.compact(float(row.first_year))))
    if pd.notna(row.before):
        for key, name in SUMS.items():
            start, end = getattr(row, f"{key}_start"), getattr(row, f"{key}_end")
            period = view.words.period(start.date(), end.date(), "other")
            figure = view.words.compact(float(getattr(row, key)))
            said.append(view.t(name, period=period, figure=figure))
        if row.quiet:
            said.append(view.t("transport.land_closed", n=int(row.quiet), all=int(row.others)))
    if row.why:
        month = view.words.day(row.before_start.date(), "month") if pd.notna(row.before_start) else ""
        said.append(view.t(WHY[row.why], month=month))
    return said
