"""Kiosks and counters by city: the map, the matrix behind it, and what each side has set up on the other."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.figures import maps
from dashboards.figures.rows import absence_words, figure_words, period_words, rows
from dashboards.panel import Panel, View
from dashboards.panels import marking
from dashboards.panels.figure_list import list_panel
from dashboards.panels.switches import near, option_href, switch
from dashboards.style import Style

PATH = "/services"
PLACES, COVERED = "cbps_kiosk_locations", "cbps_kiosk_cities_mainland"
MEASURES = {
    "places": PLACES,
    "services": "cbps_services_kiosk_hk",
    "counters": "iam_smart_reg_points",
    "macao": "macao_kiosk_mainland_services",
}
# What is counted outside a side's own network says nothing of that side itself.
AT_HOME = {"iam_smart_reg_points": "hong_kong", "macao_kiosk_mainland_services": "macao"}


def measure(filters: Filters) -> str:
    """Return the indicator that the address asks for."""
    return MEASURES[filters.option("show", "places")]


def by_city(desk: Desk, filters: Filters, indicator: str) -> pd.DataFrame:
    """Return one row for each of the eleven cities: its figure of *indicator*, or its ``absence``."""
    frame = desk.metrics.cities(indicator, filters.as_of)
    home = frame["place_id"].eq(AT_HOME.get(indicator, "")) & frame["state"].ne("figure")
    absence = frame["state"].where(frame["state"].ne("figure"), "").mask(home, "not_defined")
    return frame.assign(absence=absence, indicator_id=indicator)


def shown(desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return ``by_city`` of the measure asked for."""
    frame = by_city(desk, filters, measure(filters))
    frame.attrs["view"] = filters.option("view")
    return frame


def every(desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return ``by_city`` of all measures, one below the other; nothing where no city has a figure."""
    frame = pd.concat([by_city(desk, filters, one) for one in MEASURES.values()], ignore_index=True)
    return frame if frame["value"].notna().any() else frame.iloc[:0]


def covered(desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return how many of the nine Mainland cities have a kiosk, as reported."""
    return desk.metrics.latest(COVERED, filters.as_of)


def _title(view: View) -> str:
    return view.t(f"indicator.{measure(view.filters)}")


def _switch(frame: pd.DataFrame, view: View) -> Component:
    asked = view.filters.option("show", "places")
    choices = [
        (view.t(_SHORT[key]), option_href(view, PATH, "show", "" if key == "places" else key), key == asked)
        for key in MEASURES
    ]
    children = [
        switch(view.t("services.measure"), choices),
        near(view, PATH),
        marking.bar(view, view.style.cities()),
    ]
    if len(frame):
        row = frame.sort_values("period_end").iloc[-1]
        text = view.t(
            "services.covered",
            n=view.words.number(row["value"], qualifier=row["qualifier"]),
            date=view.words.day(row["period_end"]),
        )
        children.append(html.P(text, className="switch-fact"))
    return html.Div(children, className="switches")


_SHORT = {
    "places": "services.short_places",
    "services": "services.short_services",
    "counters": "services.short_counters",
    "macao": "services.short_macao",
}


def _map(frame: pd.DataFrame, style: Style):
    return maps.cities(frame, style)


def _map_alt(frame: pd.DataFrame, view: View) -> str:
    return maps.choropleth_alt(frame, view.style)


def _map_note(frame: pd.DataFrame, view: View) -> list[Component]:
    """Say the map as a list, and what "at least" means where a figure is so."""
    noted = frame["qualifier"].eq("at_least").any()
    return [marking.as_list(frame, view), *([parts.note(view.t("services.map_note"))] if noted else [])]


def _matrix(frame: pd.DataFrame, view: View) -> Component:
    told = list(rows(frame, view.style))
    cells = {
        (place, indicator): row
        for place, indicator, row in zip(frame["place_id"], frame["indicator_id"], told, strict=True)
    }
    head = [view.t("services.city"), *(view.t(_SHORT[key]) for key in MEASURES)]
    lines = [
        [marking.named(place, view), *(_cell(cells[place, one], view) for one in MEASURES.values())]
        for place in dict.fromkeys(frame["place_id"])
    ]
    return parts.table(head, lines, caption=view.t("services.matrix_title"), late=True)


def _cell(row, view: View) -> Component:
    if not row.known:
        return html.Span(absence_words(row.absence, view.style), className="told-none")
    return html.Span(
        [
            html.Strong(figure_words(row, view.style)),
            html.Span(period_words(row, view.style), className="told-when"),
        ],
        className="told",
    )


SWITCH = Panel(
    id="kiosk-switch", title="services.measure", query=covered, body=_switch, size="full", framed=False,
    draws_empty=True, speaks=False, indicators=(COVERED,),
)  # fmt: skip
MAP = Panel(
    id="kiosk-map", title=_title, query=shown, figure=_map, alt=_map_alt, body=_map_note, note="marking.no_districts",
    draws_empty=True,
    indicators=tuple(MEASURES.values()),
)  # fmt: skip
MATRIX = Panel(
    id="kiosk-matrix", title="services.matrix_title", query=every, body=_matrix, note="services.matrix_note",
    indicators=tuple(MEASURES.values()),
)  # fmt: skip
OTHER_SIDE = (
    list_panel(
        "guangdong-elsewhere",
        "services.guangdong_elsewhere",
        (
            "gd_kiosks_in_hk", "yuezhizhu_services", "jiangmen_selfservice_points_hk", "jiangmen_zones_in_macao",
            "jiangmen_services_in_macao", "crossborder_services_city", "mgsc_crossboundary_selfservices",
        ),
    ),
    list_panel(
        "macao-hengqin",
        "services.macao_elsewhere",
        (
            "macao_hengqin_remote_services", "hengqin_services_in_macao", "macao_hengqin_remote_counters",
            "macao_one_account_hengqin_bookings", "macao_selfservice_centres", "macao_smart_locker_services",
        ),
    ),
)  # fmt: skip
