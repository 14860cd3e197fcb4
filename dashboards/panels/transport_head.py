"""What leads the transport page: the switches of period, control point and count, and the headline figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.panel import Panel, View
from dashboards.panels import marking
from dashboards.panels.switches import Choice, option_href, switch
from dashboards.panels.transport_crossings import BY_LAND, immigration, span_said
from dashboards.panels.transport_passengers import DAILY, FEEDS, KEYS, MONTHLY, Passengers, Span
from dashboards.panels.transport_tables import where

PATH = "/transport"
POINTS = marking.Marks(parameter="mark", help="transport.mark_help", cleared="transport.mark_cleared")
FEED_NAMES = {DAILY: "transport.feed_daily", MONTHLY: "transport.feed_monthly"}
YEAR = 12
RESIDENTS = "hong_kong_residents"
NORTH, SOUTH = "departure", "arrival"


def controls_panel(held: Passengers, desk: Desk) -> Panel:
    """Return the switches; they only write the address."""

    def query(_desk: Desk, _filters: Filters) -> pd.DataFrame:
        return desk.metrics.nothing()

    def body(_frame: pd.DataFrame, view: View) -> Component:
        made = [_periods(view), _feeds(held, view), _form(desk, view), _marks(held, view)]
        return html.Div([part for part in made if part is not None], className="switches")

    return Panel(
        id="transport-controls", title="transport.controls", query=query, body=body, size="full", framed=False,
        draws_empty=True, speaks=False,
    )  # fmt: skip


def _periods(view: View) -> Component:
    """Return links to the newest figures and to the last whole years."""
    asked = (view.filters.start, view.filters.end)
    choices: list[Choice] = [
        (view.t("transport.newest"), view.here(PATH, start=None, end=None), asked == (None, None))
    ]
    for year in range(view.filters.as_of.day.year, view.filters.as_of.day.year - 4, -1):
        first, last = date(year, 1, 1), date(year, 12, 31)
        choices.append((str(year), view.here(PATH, start=first, end=last), asked == (first, last)))
    return switch(view.t("transport.period"), choices)


def _feeds(held: Passengers, view: View) -> Component | None:
    """Return the choice between the two counts, where there is one."""
    if not held.feed:
        return None
    choices: list[Choice] = [
        (view.t(FEED_NAMES[feed]), option_href(view, PATH, "feed", name), held.feed == feed)
        for name, feed in FEEDS.items()
    ]
    return switch(view.t("transport.feed"), choices)


def _form(desk: Desk, view: View) -> Component:
    filters = view.filters
    points = [one for one in desk.atlas.crossings if one.city_id == "hong_kong"]
    known = [("", view.t("transport.all")), *((one.id, one.short[view.words.lang]) for one in points)]
    chosen = ",".join(filters.places)
    if chosen not in {place for place, _ in known}:
        known.append((chosen, view.words.listing(view.style.place(place) for place in filters.places)))
    fields = [
        parts.choice("places", known, label=view.t("transport.control_point"), value=chosen),
        _day(view, "from", view.t("transport.from"), filters.start),
        _day(view, "to", view.t("transport.to"), filters.end),
    ]
    keep = view.here(PATH, places=(), start=None, end=None).partition("?")[2]
    return parts.asking(PATH, fields, keep=keep, label=view.t("transport.controls"))


def _day(view: View, name: str, label: str, day: date | None) -> Component:
    said = view.words.day(day) if day else ""
    return parts.field(name, "date", label=label, value=_iso(day), said=said)


def markable(desk: Desk) -> Callable[[str], str]:
    """Return the reader of what the address marks: control points of Hong Kong, in the order chosen."""
    known = {one.id for one in desk.atlas.crossings if one.city_id == "hong_kong"}

    def reader(text: str) -> str:
        asked = tuple(dict.fromkeys(part for part in text.split(",") if part))
        if not asked or not known.issuperset(asked):
            raise ValueError(text)
        return ",".join(asked)

    return reader


def _marks(held: Passengers, view: View) -> Component | None:
    """Return the bar that marks control points, the busiest first, where more than one is shown."""
    frame = held.named(held.sums(held.newest(YEAR), ("place_id",)))
    crossed = frame[frame["value"] > 0].sort_values("value", ascending=False, kind="stable")
    if len(crossed) < 2:
        return None
    names = dict(zip(crossed["place_id"], crossed["label"], strict=True))
    return marking.bar(view, list(names), POINTS, names)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def leads_panel(held: Passengers, desk: Desk) -> Panel:
    """Return the headline figures: newest month, twelve months, busiest day, residents gone north."""

    def query(_desk: Desk, _filters: Filters) -> pd.DataFrame:
        return held.monthly(())

    def body(_frame: pd.DataFrame, view: View) -> Component:
        return parts.cards([_card(one, view) for one in leads(held, desk, view)])

    def table(_frame: pd.DataFrame, view: View) -> pd.DataFrame:
        told = [_row(one, held, view) for one in leads(held, desk, view)]
        return pd.DataFrame(told)

    return Panel(
        id="transport-leads", title="transport.leads", query=query, body=body, table=table, size="full",
        framed=False, sources=immigration, indicators=(DAILY, MONTHLY),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Lead:
    """A headline figure: its *label* and *value*, in headline form where *short*, when, and a *detail*."""

    label: str
    value: float
    short: bool = False
    period: str = ""
    detail: str = ""

    def figure(self, view: View) -> str:
        """Write the figure."""
        return view.words.compact(self.value) if self.short else view.words.number(self.value)


def leads(held: Passengers, desk: Desk, view: View) -> list[Lead]:
    """Return the headline figures that are known."""
    found = [_month(held, view), _year(held, view), _busiest(held, view), _north(held, desk, view)]
    return [one for one in found if one is not None]


def _card(lead: Lead, view: View) -> Component:
    said = [html.Span(detail) for detail in (lead.period, lead.detail) if detail]
    return parts.card(parts.big_number(lead.figure(view), lead.label, detail=said))


def _row(lead: Lead, held: Passengers, view: View) -> dict[str, object]:
    figure = view.words.number(lead.value)
    told = {"label": lead.label, "value": lead.value, "figure": figure, "period": lead.period}
    sums = held.told(pd.DataFrame({"value": [lead.value]})).to_dict("records")[0]
    return sums | told | {"detail": lead.detail, "place": where(held, view)}


def _change(held: Passengers, span: Span, view: View) -> str:
    """Return how much more or fewer than a year before, "" where that year is not fully known."""
    if span.start is None or span.end is None:
        return ""
    before = Span(
        start=(pd.Timestamp(span.start) - pd.DateOffset(years=1)).date(),
        end=(pd.Timestamp(span.end) - pd.DateOffset(years=1) + pd.offsets.MonthEnd(0)).date(),
    )
    months = held.within(span)["period_start"].nunique()
    earlier = held.within(before)
    now, then = held.total(span), float(earlier["value"].sum())
    if now is None or not then or earlier["period_start"].nunique() != months or held.asked:
        return ""
    share = view.words.percent((now / then - 1) * 100, 1)
    sign = "+" if now > then else ""
    return view.t("transport.on_year_before", change=sign + share)


def _month(held: Passengers, view: View) -> Lead | None:
    span = held.newest(1)
    total = held.total(span)
    if total is None:
        return None
    return Lead(label=view.t("transport.passengers_lead"), value=total, short=True, period=span_said(span, view),
                detail=_change(held, span, view))  # fmt: skip


def _year(held: Passengers, view: View) -> Lead | None:
    span = held.newest(YEAR)
    total = held.total(span)
    if total is None or held.asked or span == held.newest(1):
        return None
    return Lead(label=view.t("transport.passengers_lead"), value=total, short=True, period=span_said(span, view),
                detail=_change(held, span, view))  # fmt: skip


def _busiest(held: Passengers, view: View) -> Lead | None:
    days = held.days
    if days.empty:
        return None
    busiest = days.loc[days["value"].idxmax()]
    first, last = days["period_start"].min().date(), days["period_end"].max().date()
    period = span_said(Span(start=first, end=last), view)
    return Lead(label=view.t("transport.busiest_day"), value=float(busiest["value"]),
                period=view.words.day(busiest["period_end"].date()),
                detail=view.t("transport.between", period=period))  # fmt: skip


def _north(held: Passengers, desk: Desk, view: View) -> Lead:
    land = {one.id for one in desk.atlas.crossings if one.mode in BY_LAND and one.city_id == "hong_kong"}
    span = held.newest(YEAR)
    sums = held.sums(span, KEYS)
    mine = sums[sums["place_id"].isin(land) & sums["group"].eq(RESIDENTS)]
    ways = mine.groupby("direction")["value"].sum()
    net = float(ways.get(NORTH, 0.0) - ways.get(SOUTH, 0.0))
    key = "transport.residents_north" if net >= 0 else "transport.residents_south"
    return Lead(label=view.t(key), value=abs(net), period=span_said(span, view))
