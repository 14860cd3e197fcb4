"""The panels on 5G base stations: switches, map, ranking, the table behind them, Guangdong, counts that differ."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.figures import maps, ranking
from dashboards.panel import Panel, View
from dashboards.panels import marking
from dashboards.panels.chronicle import chronicle
from dashboards.panels.connectivity_stations import (
    BASES,
    DENSITIES,
    PATH,
    STATIONS,
    basis_words,
    by_city,
    count_words,
    counted_as,
    density_words,
    divided_by,
    known_years,
    not_divided,
    reported,
    same_month,
    twin,
)
from dashboards.panels.figure_list import Remark, list_panel
from dashboards.panels.switches import Choice, near, option_href, switch
from dashboards.panels.trends import trend_panel
from dashboards.sliders import Slide, Tick, named_stops, share, slider
from dashboards.style import Style


def _measure(view: View) -> str:
    return view.t(f"indicator.{DENSITIES.get(view.filters.per, STATIONS)}")


def _unit(view: View) -> str:
    unit = {"capita": "unit.stations/10k pop", "km2": "unit.stations/km2"}.get(
        view.filters.per, "unit.stations"
    )
    text = view.t(unit)
    if view.filters.per:
        text = view.t("format.pair", a=text, b=view.t("flag.derived"))
    year = view.filters.option("year")
    when = view.t("connectivity.of_year", year=year) if year else view.t("connectivity.latest_each")
    return view.t("format.pair", a=text, b=when)


def _switches(frame: pd.DataFrame, view: View) -> Component:
    per = view.filters.per
    measures = [
        (view.t("connectivity.absolute"), view.here(PATH, per=""), not per),
        (view.t("connectivity.per_capita"), view.here(PATH, per="capita"), per == "capita"),
        (view.t("connectivity.per_km2"), view.here(PATH, per="km2"), per == "km2"),
    ]
    return html.Div(
        [
            switch(view.t("connectivity.measure"), measures),
            switch(view.t("connectivity.basis"), _bases(view)),
            near(view, PATH),
            marking.bar(view, view.style.cities()),
            _years(frame, view),
        ],
        className="switches",
    )


def _bases(view: View) -> list[Choice]:
    asked = view.filters.option("basis")
    every = [(view.t("connectivity.any_basis"), option_href(view, PATH, "basis", ""), not asked)]
    return every + [
        (basis_words(basis, view.style), option_href(view, PATH, "basis", basis), asked == basis)
        for basis in BASES
    ]


def _years(frame: pd.DataFrame, view: View) -> Component:
    """Return the slider over the years with a count of some city, and the newest of each city at its end."""
    asked = view.filters.option("year")
    years = sorted(known_years(frame) | ({asked} if asked else set()))
    stops = [*((year, year) for year in years), ("", view.t("connectivity.latest"))]
    ticks = [Tick(place=share(at, len(stops)), text=text, kind="stop") for at, (_, text) in enumerate(stops)]
    slide = Slide(
        name="year",
        label=view.t("connectivity.period"),
        value=asked,
        stops=named_stops(stops),
        ticks=ticks,
        said=asked or view.t("connectivity.latest"),
        look="stops",
    )
    keep = option_href(view, PATH, "year", "").partition("?")[2]
    return parts.asking(PATH, [slider(slide, view.words)], keep=keep, label=view.t("connectivity.period"))


def _behind(frame: pd.DataFrame, view: View) -> list[Component]:
    """Say below the ranking what the figures rest on: bases and dates, denominators, why a city has none."""
    notes = []
    if said := counted_as(frame, view):
        notes.append(("connectivity.counted_as", said))
    if said := divided_by(frame, view):
        notes.append((f"indicator.{_DENOMINATORS[view.filters.per]}", said))
    if said := not_divided(frame, view):
        notes.append(("connectivity.not_derived", said))
    for why in dict.fromkeys(why for why in frame["why"] if why):
        cities = [view.style.place(place) for place in frame.loc[frame["why"].eq(why), "place_id"]]
        notes.append((f"reason.{why}", cities))
    facts = parts.facts([(view.t(key), _listed(said, view)) for key, said in notes])
    return [html.Div(facts, className="behind")] if notes else []


_DENOMINATORS = {"capita": "resident_population", "km2": "land_area_km2"}


def _listed(said: list[str], view: View) -> str:
    return view.t("figure.sentence_join").join(said)


def _map(frame: pd.DataFrame, style: Style):
    return maps.cities(frame, style)


def _map_alt(frame: pd.DataFrame, view: View) -> str:
    return maps.choropleth_alt(frame, view.style)


def _ranking_alt(frame: pd.DataFrame, view: View) -> str:
    return ranking.alt(frame, view.style)


def _table(frame: pd.DataFrame, view: View) -> Component:
    head = [
        view.t("connectivity.city"),
        view.t(f"indicator.{STATIONS}"),
        view.t("connectivity.as_at"),
        view.t("connectivity.basis"),
        view.t("connectivity.per_capita"),
        view.t("connectivity.residents"),
        view.t("connectivity.per_km2"),
        view.t("connectivity.area"),
    ]
    lines = [
        _table_row(row, count, view)
        for (_, row), count in zip(frame.iterrows(), count_words(frame, view), strict=True)
    ]
    table = parts.table(head, lines, caption=view.t("connectivity.table_title"), numeric=(1, 4, 5, 6, 7))
    return html.Div(table, className="spaced")


def _table_row(row: pd.Series, count: str, view: View) -> list[str | Component]:
    name = marking.named(row["place_id"], view)
    if pd.isna(row["value"]):
        return [name, html.Span(count, className="soft"), *["–"] * 6]
    end = row["period_end"]
    return [
        name,
        count,
        view.words.period(end, end, "point"),
        basis_words(row["counting_basis"], view.style),
        density_words(row, "capita", view),
        _denominator(row, "capita", view),
        density_words(row, "km2", view),
        _denominator(row, "km2", view),
    ]


def _denominator(row: pd.Series, per: str, view: View) -> str:
    if pd.isna(row[f"{per}_per_value"]):
        return "–"
    end = row[f"{per}_per_period_end"]
    amount = view.words.number(row[f"{per}_per_value"], qualifier=row[f"{per}_per_qualifier"])
    return view.t("figure.aside", text=amount, aside=view.words.period(end, end, "point"))


def _apart(frame: pd.DataFrame, view: View) -> list[Component]:
    """Write one group for each city and month, its counts below one another with their bases."""
    most = float(frame["value"].max())
    groups = []
    for (place, month), group in frame.groupby(
        ["place_id", frame["period_end"].dt.to_period("M")], sort=False
    ):
        when = view.words.day(month.to_timestamp(), "month")
        names = [basis_words(basis, view.style) for basis in group["counting_basis"]]
        title = view.t("format.pair", a=view.style.place(str(place)), b=when)
        groups.append(
            html.Div(
                [html.H3(title), chronicle(group, view, most=most, names=names)], className="counts-apart"
            )
        )
    return groups


SWITCHES = Panel(
    id="fiveg-switches", title="connectivity.measure", query=reported, body=_switches, size="full",
    framed=False, draws_empty=True, speaks=False, indicators=(STATIONS,),
)  # fmt: skip
MAP = Panel(
    id="fiveg-map", title=_measure, unit=_unit, query=by_city, figure=_map, alt=_map_alt,
    body=marking.as_list, note="marking.no_districts", size="wide", draws_empty=True,
    indicators=(STATIONS, *DENSITIES.values()),
)  # fmt: skip
RANKING = Panel(
    id="fiveg-ranking", title="connectivity.by_city", unit=_unit, query=by_city, figure=ranking.bars,
    alt=_ranking_alt, body=_behind, size="third", draws_empty=True, indicators=(STATIONS, *DENSITIES.values()),
)  # fmt: skip
TABLE = Panel(
    id="fiveg-table", title="connectivity.table_title", query=twin, body=_table, size="full",
    note="connectivity.table_note", indicators=(STATIONS, *DENSITIES.values()),
)  # fmt: skip
GUANGDONG = trend_panel(
    "fiveg-guangdong", "connectivity.guangdong_title", (STATIONS,), places=("guangdong",), unit="unit.stations",
    note="connectivity.guangdong_note",
)  # fmt: skip
APART = Panel(
    id="fiveg-counts-apart", title="connectivity.apart_title", unit="unit.stations", query=same_month,
    body=_apart, note="connectivity.apart_note", empty="connectivity.apart_empty", indicators=(STATIONS,),
)  # fmt: skip
ALSO = (
    list_panel(
        "fiveg-densities-published",
        "connectivity.densities_published",
        (*DENSITIES.values(), "fiveg_bs_tower_share_pct"),
    ),
    list_panel(
        "fiveg-new",
        "indicator.fiveg_base_stations_new",
        ("fiveg_base_stations_new", "industrial_park_bs_new"),
        remarks=(
            Remark(key="connectivity.province_note", indicator="fiveg_base_stations_new", place="guangdong"),
        ),
    ),
)
PANELS = (SWITCHES, MAP, RANKING, TABLE, GUANGDONG, APART, *ALSO)
