"""5G base stations by city: the map, and the ranking beside it."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.desk import Desk, Filters
from dashboards.figures import maps, ranking
from dashboards.panel import Panel, View
from dashboards.panels import marking
from dashboards.panels.switches import near

STATIONS = "fiveg_base_stations"


def stations(desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return the 11 cities with their newest figure, or why there is none in ``absence``."""
    frame = desk.metrics.cities(STATIONS, filters.as_of)
    found = frame.assign(absence=frame["state"].where(frame["state"].ne("figure"), ""))
    found.attrs["view"] = filters.option("view")
    return found


def _switches(_frame: pd.DataFrame, view: View) -> Component:
    return html.Div([near(view, "/"), marking.bar(view, view.style.cities())], className="switches")


SWITCHES = Panel(
    id="map-switches",
    title="marking.label",
    query=lambda desk, _filters: desk.metrics.nothing(),
    body=_switches,
    size="full",
    framed=False,
    draws_empty=True,
    speaks=False,
)


MAP = Panel(
    id="map",
    title="overview.map",
    unit="overview.map_unit",
    note="overview.map_note",
    query=stations,
    figure=maps.cities,
    alt=lambda frame, view: maps.choropleth_alt(frame, view.style),
    body=marking.as_list,
    indicators=(STATIONS,),
    draws_empty=True,
)
RANKING = Panel(
    id="ranking",
    title="overview.ranking",
    unit="overview.map_unit",
    query=stations,
    figure=ranking.bars,
    alt=lambda frame, view: ranking.alt(frame, view.style),
    indicators=(STATIONS,),
    draws_empty=True,
)
