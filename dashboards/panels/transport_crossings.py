"""Control points of Hong Kong: on the map, ranked, both ways, and year by year."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.figures import crossings, flows, ranking
from dashboards.figures.rows import figure_words
from dashboards.panel import Panel, View
from dashboards.panels import marking
from dashboards.panels.transport_passengers import DAILY, GROUPS, KEYS, MONTHLY, Passengers, Span
from dashboards.panels.transport_tables import balance_table, years_table

BY_LAND = ("land", "rail")
NEWEST_YEAR = 12


def feed_note(held: Passengers) -> Callable[[View], str]:
    """Return the note that says which of the two counts a panel shows."""

    def said(view: View) -> str:
        notes = {DAILY: "transport.from_daily", MONTHLY: "transport.from_monthly"}
        return view.t(notes[held.feed]) if held.feed else ""

    return said


def immigration(_frame: pd.DataFrame, view: View) -> list[str]:
    """Return who counts: both counts are the Immigration Department's."""
    return [view.t("organisation.immd")]


def span_said(span: Span, view: View) -> str:
    """Return a stretch of days in words; empty for none."""
    if span.start is None or span.end is None:
        return ""
    return view.words.period(span.start, span.end, span.kind)


def dated(key: str, span: Callable[[], Span]) -> Callable[[View], str]:
    """Return what is counted with the period it speaks of, where there is one."""

    def said(view: View) -> str:
        period = span_said(span(), view)
        return view.t("format.pair", a=view.t(key), b=period) if period else view.t(key)

    return said


def map_panel(held: Passengers) -> Panel:
    """Return the map of control points: half circles for those leaving and those arriving."""

    def query(desk: Desk, _filters: Filters) -> pd.DataFrame:
        points = {one.id: (one.lon, one.lat) for one in desk.atlas.crossings}
        frame = held.named(held.sums(held.newest(1), ("place_id", "direction")))
        at = [points[place] for place in frame["place_id"]]
        return frame.assign(lon=[lon for lon, _ in at], lat=[lat for _, lat in at])

    return Panel(
        id="crossings",
        title="transport.map",
        unit=dated("transport.map_unit", lambda: held.newest(1)),
        query=query,
        figure=crossings.crossings,
        body=_map_body,
        alt=lambda frame, view: crossings.alt(frame, view.style),
        note=feed_note(held),
        size="wide",
        sources=immigration,
        indicators=(DAILY, MONTHLY),
    )


def _map_body(frame: pd.DataFrame, view: View) -> list[Component]:
    return [total_line(frame, view), as_list(frame, view)]


def as_list(frame: pd.DataFrame, view: View) -> Component:
    """Return the map as a list for those who cannot see it: every control point, the busiest first, both ways."""
    items = []
    for one in crossings.gather(frame, view.style):
        ways = [
            html.Span(
                view.t(
                    "figure.named",
                    name=view.t(crossings.DIRECTIONS[way]),
                    figure=figure_words(row, view.style),
                ),
                className="soft",
            )
            for way, row in one.figures.items()
            if way
        ]
        name = marking.named(one.place_id, view, one.label)
        items.append(html.Li([name, html.Strong(view.words.number(one.total)), *ways]))
    return html.Details(
        [html.Summary(view.t("marking.as_list")), html.Ul(items, className="map-list")], className="as-list"
    )


def total_line(frame: pd.DataFrame, view: View) -> Component:
    """Return the sum of *frame* in words: one count on one basis, so it may be added."""
    total = view.words.number(float(frame["value"].sum()))
    places = view.words.listing(sorted({str(label) for label in frame["label"]}))
    whole = "transport.all_points" if not view.filters.places else "transport.these_points"
    return html.P([html.Span(view.t(whole, places=places)), html.Strong(total)], className="sum-line")


def ranking_panel(held: Passengers) -> Panel:
    """Return the control points by passengers of the newest twelve full months, or of the period asked for."""

    def span() -> Span:
        return held.newest(NEWEST_YEAR)

    def query(_desk: Desk, _filters: Filters) -> pd.DataFrame:
        frame = held.named(held.sums(span(), ("place_id",)))
        return frame.sort_values("value", ascending=False, kind="stable")

    return Panel(
        id="control-points",
        indicators=(DAILY, MONTHLY),
        title="transport.ranking",
        unit=dated("unit.person-trips", span),
        query=query,
        figure=ranking.bars,
        body=total_line,
        alt=lambda frame, view: ranking.alt(frame, view.style),
        size="third",
        sources=immigration,
        note="transport.ranking_note",
    )


def balance_panel(held: Passengers, desk: Desk) -> Panel:
    """Return both ways across the land boundary, and by traveller group how many more went which way."""
    land = {one.id for one in desk.atlas.crossings if one.mode in BY_LAND and one.city_id == "hong_kong"}

    def span() -> Span:
        return held.newest(NEWEST_YEAR)

    def query(_desk: Desk, _filters: Filters) -> pd.DataFrame:
        frame = held.sums(span(), KEYS)
        return held.named(frame[frame["place_id"].isin(land)].reset_index(drop=True))

    return Panel(
        id="balance",
        indicators=(DAILY, MONTHLY),
        title="transport.balance",
        unit=dated("unit.person-trips", span),
        query=query,
        figure=lambda frame, style: flows.balance(_by_place(frame), style),
        body=_by_group,
        table=balance_table,
        alt=lambda frame, view: flows.alt(_by_place(frame), view.style),
        sources=immigration,
        note="transport.balance_note",
    )


def _by_place(frame: pd.DataFrame) -> pd.DataFrame:
    said = ["label", "unit", "counting_basis", "qualifier", "status", "period_start", "period_end", "span"]
    return frame.groupby(["place_id", "direction", *said], as_index=False, sort=False)["value"].sum()


def _by_group(frame: pd.DataFrame, view: View) -> Component:
    sums = frame.pivot_table(
        index="group", columns="direction", values="value", aggfunc="sum", fill_value=0.0
    )
    rows = []
    for group, name in GROUPS.items():
        if group not in sums.index:
            continue
        north, south = (float(sums.loc[group].get(way, 0.0)) for way in ("departure", "arrival"))
        net = north - south
        rows.append([
            view.t(name),
            view.words.number(north),
            view.words.number(south),
            _net(net, view),
        ])  # fmt: skip
    keys = ("transport.group", "transport.northbound", "transport.southbound", "transport.net")
    head = [view.t(key) for key in keys]
    return parts.table(head, rows, caption=view.t("transport.balance_caption"), numeric=[1, 2, 3], late=True)


def _net(net: float, view: View) -> str:
    if net == 0:
        return view.t("figure.even")
    way = view.t("transport.more_north" if net > 0 else "transport.more_south")
    return view.t("format.pair", a=view.words.number(abs(net)), b=way)


def years_panel(held: Passengers) -> Panel:
    """Return the totals of the years shown; a year not over stays a year to date, of so many days."""

    def query(_desk: Desk, _filters: Filters) -> pd.DataFrame:
        frames = [held.sums(span, ("direction",), whole=False) for span in year_spans(held)]
        return pd.concat(frames, ignore_index=True) if frames else held.told(held.months.head(0))

    return Panel(
        id="years",
        indicators=(DAILY, MONTHLY),
        title="transport.years",
        unit="unit.person-trips",
        query=query,
        body=_years_body,
        table=years_table(held),
        size="third",
        sources=immigration,
        note=feed_note(held),
    )


def year_spans(held: Passengers) -> list[Span]:
    """Return the calendar years of the period known, the newest first, cut where the count begins or ends."""
    known = held.known
    if known.start is None or known.end is None:
        return []
    return [
        Span(start=max(known.start, date(year, 1, 1)), end=min(known.end, date(year, 12, 31)))
        for year in range(known.end.year, known.start.year - 1, -1)
    ]


def _years_body(frame: pd.DataFrame, view: View) -> Component:
    spans = frame[["period_start", "period_end", "span"]].drop_duplicates()
    rows: list[Sequence[str]] = []
    for start, end, _kind in spans.itertuples(index=False):
        mine = frame[frame["period_start"].eq(start) & frame["period_end"].eq(end)]
        days = (end - start).days + 1
        total = float(mine["value"].sum())
        rows.append([
            span_said(Span(start=start.date(), end=end.date()), view),
            view.words.number(total),
            view.words.number(total / days, decimals=0),
        ])  # fmt: skip
    head = [view.t("transport.period"), view.t("transport.passengers"), view.t("transport.a_day")]
    return parts.table(head, rows, caption=view.t("transport.years"), numeric=[1, 2])
