"""Published transport figures: by span, so that a half-year, a year and a running total stay different figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.figures.rows import Row, figure_words, period_words, rows
from dashboards.panel import View
from dashboards.panels.chronicle import bar

NORTHBOUND = (
    "northbound_vehicles_participated", "northbound_permits_issued", "northbound_permits_valid",
    "northbound_vehicles_registered", "northbound_drivers_registered", "northbound_bookings_daily_avg",
    "northbound_bookings_daily_peak", "northbound_vehicles_daily", "northbound_share_of_hzmb",
    "northbound_daily_application_quota",
)  # fmt: skip
SOUTHBOUND = (
    "southbound_gd_applications", "southbound_gd_approved", "southbound_gd_bookings", "southbound_gd_daily_quota",
    "southbound_gd_vehicles_registered", "southbound_gd_parkfly_accounts", "southbound_gd_parkfly_users",
    "southbound_gd_parkfly_trips", "southbound_gd_gb_chargers", "southbound_gd_mainland_pay_sites",
)  # fmt: skip
BRIDGE = (
    "bcp_vehicles",
    "bcp_vehicles_single_plate",
    "bcp_vehicles_daily_peak",
    "bcp_vehicles_single_plate_cumulative",
)
RAIL = ("hsr_patronage", "hsr_daily_peak", "hsr_hk_resident_share", "hsr_direct_destinations", "intercity_rail_km",
        "intercity_rail_daily", "intercity_rail_stations")  # fmt: skip
VISITORS = ("hk_visitor_arrivals", "hk_mainland_visitor_arrivals", "visitor_arrivals", "mo_visitors_from_mainland",
            "mo_visitors_from_gba9", "mo_visitors_from_hk")  # fmt: skip
MACAO = ("mo_crossborder_vehicles", "mo_crossborder_light_cars", "mo_hengqin_single_plate_trips",
         "mo_northbound_vehicle_trips")  # fmt: skip
LINK = ("szlink_vehicles", "szlink_vehicles_daily_avg", "szlink_vehicles_daily", "szlink_vehicles_daily_peak")
AIRPORTS = "airport_passengers"
CROSSERS = ("bcp_passengers", "bcp_passengers_cumulative")
ALL = (*NORTHBOUND, *SOUTHBOUND, *BRIDGE, *RAIL, *VISITORS, *MACAO, *LINK, AIRPORTS, *CROSSERS)

SPANS: Mapping[str, str] = {
    "year": "transport.span_year",
    "half": "transport.span_half",
    "quarter": "transport.span_quarter",
    "month": "transport.span_month",
    "year_to_date": "transport.span_year_to_date",
    "since": "transport.span_since",
    "other": "transport.span_other",
    "week": "transport.span_week",
    "day": "transport.span_day",
    "point": "transport.span_day",
}
"""Spans in the order they are told, each with its name."""

HEAD = ("transport.what", "transport.period", "transport.figure")
ONE = ["indicator_id", "place_id", "counting_basis", "span"]


class Published:
    """Holds one answer's published figures, asked for once and shared by the panels."""

    def __init__(self, desk: Desk, filters: Filters) -> None:
        self._desk, self._filters = desk, filters

    @cached_property
    def frame(self) -> pd.DataFrame:
        """Return every period of every figure as known then, within the period asked for."""
        metrics, asked = self._desk.metrics, self._filters
        seen = [indicator for indicator in ALL if metrics.may_see(indicator)]
        frame = metrics.history(seen, asked.as_of, start=asked.start, end=asked.end)
        return frame[frame["breakdown"].eq("")]

    def of(self, *indicators: str, spans: Sequence[str] = (), places: Sequence[str] = ()) -> pd.DataFrame:
        """Return the figures of *indicators*, newest last, narrowed to *spans* and *places* where given."""
        frame = self.frame
        frame = frame[frame["indicator_id"].isin(indicators)]
        if spans:
            frame = frame[frame["span"].isin(spans)]
        if places:
            frame = frame[frame["place_id"].isin(places)]
        return frame.reset_index(drop=True)


def by_span(frame: pd.DataFrame) -> pd.DataFrame:
    """Return *frame* ordered by span, years first, then newest first, then largest first."""
    order = {span: at for at, span in enumerate(SPANS)}
    ranked = frame.assign(order=frame["span"].map(order))
    ranked = ranked.sort_values(
        ["order", "period_end", "value"], ascending=[True, False, False], kind="stable"
    )
    return ranked.drop(columns="order").reset_index(drop=True)


def spans_tables(frame: pd.DataFrame, view: View, caption: str, home: Sequence[str] = ()) -> list[Component]:
    """Return the newest figure of each series, a table for each span; earlier ones can be unfolded.

    Places in *home* are not named: title or indicator say them.
    """
    ordered = by_span(frame)
    newest = ~ordered.duplicated(ONE)
    made = _tables(ordered[newest], view, caption, home)
    earlier = ordered[~newest]
    if len(earlier):
        summary = html.Summary(view.t("transport.more_figures", n=len(earlier)))
        more = view.t("format.pair", a=caption, b=view.t("transport.earlier"))
        made.append(html.Details([summary, *_tables(earlier, view, more, home)], className="unfold"))
    return made


def _tables(frame: pd.DataFrame, view: View, caption: str, home: Sequence[str]) -> list[Component]:
    """Return one table whose rows stand in a group for each span, so that its columns keep their places."""
    numeric = (None, None, "number")
    head = [
        html.Th(view.t(key), scope="col", className=look) for key, look in zip(HEAD, numeric, strict=True)
    ]
    groups: list[Component] = []
    for span, group in frame.groupby("span", sort=False):
        told = zip(rows(group, view.style), group.to_dict("records"), strict=True)
        name = html.Th(view.t(SPANS[str(span)]), scope="rowgroup", colSpan=len(HEAD), className="span-name")
        lines = [_line(row, cells, view, home) for row, cells in told]
        groups.append(html.Tbody([html.Tr(name), *(html.Tr(line) for line in lines)]))
    table = html.Table(
        [html.Caption(caption, className="unseen"), html.Thead(html.Tr(head)), *groups],
        className="table by-span",
    )
    return [html.Div(table, className="table-wrap", role="group", tabIndex=0, **{"aria-label": caption})]


def _line(row: Row, told: Mapping[str, Any], view: View, home: Sequence[str]) -> list[Component]:
    soft = [] if row.place_id in home else [view.style.place(row.place_id)]
    soft += counted(told, view)
    name = html.Span(view.t(f"indicator.{told['indicator_id']}"))
    aside = html.Span(view.words.listing(soft), className="line-aside")
    what: parts.Content = [name, aside] if soft else name
    return [
        html.Th(html.Div(what, className="what"), scope="row"),
        html.Td(period_words(row, view.style)),
        html.Td(figure_words(row, view.style), className="number"),
    ]


def counted(told: Mapping[str, Any], view: View) -> list[str]:
    """Return who counted a figure where its basis says it, and its tier where that is not official."""
    basis, tier = str(told["counting_basis"]), str(told["tier"])
    said = (
        [] if basis == "as_published" or not view.words.has(f"basis.{basis}") else [view.t(f"basis.{basis}")]
    )
    return said if tier == "official" else [*said, view.t(f"tier.{tier}")]


def bar_list(items: Sequence[tuple[str, Row, str]], view: View, *, decimals: int | None = None) -> Component:
    """Return rows of name, bar, figure and a soft aside, in their order, on one scale."""
    most = max((row.value for _, row, _ in items), default=0.0)
    return html.Ul([_bar_line(*item, most, view, decimals) for item in items], className="bar-list")


def _bar_line(name: str, row: Row, aside: str, most: float, view: View, decimals: int | None) -> Component:
    figure = view.style.number(row.value, row.qualifier, decimals=decimals)
    return html.Li(
        [
            html.Span(name, className="bar-name"),
            bar(row, most),
            html.Strong(figure, className="bar-figure"),
            html.Span(aside, className="bar-aside"),
        ]
    )
