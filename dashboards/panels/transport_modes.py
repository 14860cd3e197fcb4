"""The bridge, the schemes for cars, rail, airports, the link, visitors and Macao: what has been published."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.desk import Desk, Filters
from dashboards.figures import ranking, trend
from dashboards.figures.rows import period_words, rows
from dashboards.panel import Panel, View
from dashboards.panels import transport_published as told
from dashboards.panels.figure_list import by_indicator, listed
from dashboards.panels.transport_published import Published, bar_list, spans_tables
from dashboards.panels.transport_trends import marked
from dashboards.style import Style

BRIDGE_PLACES = ("zh_hzmb", "hk_hzmb", "mo_hzmb")
BRIDGE_OPENINGS = ("hk_hzmb", "link_sz_zs")
AIR = "air"


def bridge_panel(published: Published) -> Panel:
    """Return the vehicles at the bridge: years as lines, each basis by itself; every other span in the table."""

    def query(desk: Desk, filters: Filters) -> pd.DataFrame:
        frame = published.of(*told.BRIDGE[:2], spans=["year"], places=BRIDGE_PLACES)
        return marked(frame, desk, filters, BRIDGE_OPENINGS)

    def figure(frame: pd.DataFrame, style: Style):
        return trend.lines(_named(frame, style), style)

    return Panel(
        id="bridge",
        title="transport.bridge",
        unit="transport.bridge_unit",
        query=query,
        figure=figure,
        alt=lambda frame, view: trend.alt(_named(frame, view.style), view.style),
        note="transport.bridge_note",
        indicators=told.BRIDGE[:2],
    )


def _named(frame: pd.DataFrame, style: Style) -> pd.DataFrame:
    """Return *frame* named by what is counted; a chart loses no events by it."""
    labels = [style.t(f"indicator.{one}") for one in frame["indicator_id"]]
    return frame.assign(label=pd.Series(labels, index=frame.index, dtype="str"))


def airports_panel(published: Published) -> Panel:
    """Return the airports by passengers of their newest full year; those without a published year say so."""

    def query(desk: Desk, filters: Filters) -> pd.DataFrame:
        airports = [one.id for one in desk.atlas.crossings if one.mode == AIR]
        years = published.of(told.AIRPORTS, spans=["year"], places=airports)
        if years.empty:
            return years
        newest = years.sort_values("period_end", kind="stable").drop_duplicates("place_id", keep="last")
        missing = [place for place in airports if place not in set(newest["place_id"])]
        none = pd.DataFrame({"place_id": missing, "absence": "no_figure"})
        frame = pd.concat([newest.assign(absence=""), none], ignore_index=True)
        words = desk.words[filters.lang]
        cities = {one.id: words.t(f"place.{one.city_id}") for one in desk.atlas.crossings}
        return frame.assign(label=frame["place_id"].map(cities))

    return Panel(
        id="airports",
        title="indicator.airport_passengers",
        unit="unit.passengers",
        query=query,
        figure=ranking.bars,
        alt=lambda frame, view: ranking.alt(frame, view.style),
        note="transport.airports_note",
        indicators=(told.AIRPORTS,),
    )


def table_panel(
    panel_id: str, title: str, published: Published, indicators: tuple[str, ...], *, note: str = "",
    home: tuple[str, ...] = (), places: tuple[str, ...] = (),
) -> Panel:  # fmt: skip
    """Return figures of several spans as one table, in which each span stays what it is."""

    def query(_desk: Desk, _filters: Filters) -> pd.DataFrame:
        return published.of(*indicators, places=places)

    def body(frame: pd.DataFrame, view: View) -> list[Component]:
        return spans_tables(frame, view, view.t(title), home)

    return Panel(id=panel_id, title=title, query=query, body=body, note=note, indicators=indicators)


def list_panel(
    panel_id: str,
    title: str,
    published: Published,
    indicators: tuple[str, ...],
    *,
    note: str = "",
    home: str = "",
) -> Panel:
    """Return the newest figure of each of *indicators*; places other than *home* are named."""

    def query(_desk: Desk, _filters: Filters) -> pd.DataFrame:
        return published.of(*indicators)

    def body(frame: pd.DataFrame, view: View) -> Component | None:
        return by_indicator(frame, view, indicators, home=home)

    return Panel(
        id=panel_id, title=title, query=query, body=body, table=listed, note=note, indicators=indicators
    )


def macao_panel(published: Published) -> Panel:
    """Return Macao's checkpoints by passengers of the newest year, as Macao counts them."""

    def query(desk: Desk, _filters: Filters) -> pd.DataFrame:
        checkpoints = [one.id for one in desk.atlas.crossings if one.city_id == "macao"]
        years = published.of("bcp_passengers", spans=["year"], places=checkpoints)
        newest = years[years["period_end"].eq(years["period_end"].max())]
        return newest.sort_values("value", ascending=False, kind="stable")

    def body(frame: pd.DataFrame, view: View) -> Component:
        found = rows(frame, view.style)
        whole = view.words.listing(dict.fromkeys(period_words(row, view.style) for row in found))
        named = [(view.style.place(row.place_id), row, "") for row in found]
        return html.Div([html.P(whole, className="taken"), bar_list(named, view)])

    return Panel(
        id="macao-checkpoints",
        title="transport.macao",
        unit="unit.person-trips",
        query=query,
        body=body,
        note="transport.macao_note",
        indicators=("bcp_passengers",),
    )


def mode_panels(published: Published) -> tuple[Panel, ...]:
    """Return the panels of this file in their order on the page."""
    return (
        bridge_panel(published),
        airports_panel(published),
        table_panel("bridge-figures", "transport.bridge_spans", published, told.BRIDGE, places=BRIDGE_PLACES),
        table_panel("link", "transport.link", published, told.LINK, note="transport.link_note",
                    home=("link_sz_zs",)),
        table_panel("macao-vehicles", "transport.macao_vehicles", published, told.MACAO, home=("macao",)),
        list_panel("northbound", "transport.northbound_scheme", published, told.NORTHBOUND, home="hk_hzmb",
                   note="transport.northbound_note"),
        list_panel("southbound", "transport.southbound_scheme", published, told.SOUTHBOUND, home="hk_hzmb"),
        table_panel("visitors", "transport.visitors", published, told.VISITORS, note="transport.visitors_note",
                    home=("hong_kong", "macao")),
        list_panel("rail", "transport.rail", published, told.RAIL, note="transport.rail_note"),
        macao_panel(published),
    )  # fmt: skip
