"""Which of the eleven cities report an indicator: the newest figure of each by counting basis, absences by kind."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.figures.rows import absence_words
from dashboards.panel import Panel, View
from dashboards.panels.figure_list import place_name
from dashboards.panels.indicator_told import Told
from dashboards.panels.indicator_words import PLAIN_BASIS, basis_name, period, short_figure
from dashboards.panels.work_item_words import with_tier


def coverage_panel(told: Told) -> Panel:
    """Return the panel of the eleven cities: the newest figure of each, or why there is none."""
    return Panel(
        id="coverage",
        title="indicator_page.coverage",
        query=partial(coverage_frame, told),
        body=partial(coverage_body, told),
        note="indicator_page.coverage_note",
        size="full",
        corrected=False,
        indicators=(told.id,),
        empty="indicator_page.no_figure",
    )


def coverage_frame(told: Told, desk: Desk, _filters: Filters) -> pd.DataFrame:
    """Return one row for each counting basis and kind of period and each city: the warehouse's columns of its newest
    figure, ``state`` (figure, or the kind of absence) and ``why``; a single row of cities where none reports."""
    cities = [city.id for city in desk.atlas.cities]
    absent = desk.metrics.absences(told.id, told.as_of)
    frame = told.latest
    frame = frame[frame["place_id"].isin(cities) & frame["breakdown"].eq("")]
    kinds = frame[["counting_basis", "span"]].drop_duplicates().itertuples(index=False)
    found = [
        _by_city(rows.drop_duplicates("place_id"), cities, absent).assign(counting_basis=basis, span=span)
        for basis, span in kinds
        if len(rows := frame[frame["counting_basis"].eq(basis) & frame["span"].eq(span)])
    ]
    if not found:
        found = [_by_city(frame, cities, absent).assign(counting_basis="", span="")]
    return pd.concat(found, ignore_index=True).assign(indicator_id=told.id)


def _by_city(rows: pd.DataFrame, cities: Sequence[str], absent: dict[str, tuple[str, str]]) -> pd.DataFrame:
    placed = rows.set_index("place_id").reindex(cities)
    has = placed["value"].notna()
    told = [absent.get(city, ("no_figure", "")) for city in cities]
    states = ["figure" if one else kind for one, (kind, _) in zip(has, told, strict=True)]
    whys = ["" if one else why for one, (_, why) in zip(has, told, strict=True)]
    return placed.assign(state=states, why=whys).rename_axis("place_id").reset_index()


def coverage_body(told: Told, frame: pd.DataFrame, view: View) -> list[Component]:
    """Write the cities as cells, or as a matrix where there are several counting bases or kinds of period; then why
    cities have no figure, and the other places that have."""
    kinds = frame[["counting_basis", "span"]].drop_duplicates()
    found = [_cells(frame, view)] if len(kinds) == 1 else [_matrix(frame, view)]
    found += [parts.note(line) for line in _whys(frame, view)]
    cities = {city.id for city in told.desk.atlas.cities}
    others = [place for place in told.latest["place_id"].unique() if place not in cities]
    if others:
        names = view.words.listing(place_name(place, view.style) for place in others)
        found.append(parts.note(view.t("indicator_page.elsewhere", names=names)))
    return found


def _cells(rows: pd.DataFrame, view: View) -> Component:
    cells = [
        html.Li(_cell(row, view), className=f"city cell-{row['state']}") for row in rows.to_dict("records")
    ]
    return html.Ul(cells, className="cities")


def _cell(row: dict[str, Any], view: View) -> list[Component]:
    name = html.Span(view.t(f"place.{row['place_id']}"), className="city-name")
    return [name, *_said(row, view)]


def _said(row: dict[str, Any], view: View) -> list[Component]:
    if row["state"] != "figure":
        return [html.Span(absence_words(row["state"], view.style), className="city-absence")]
    when = with_tier(period(row, view), row["tier"], view)
    return [html.B(short_figure(row, view)), html.Span(parts.in_cell(when), className="soft")]


def _matrix(frame: pd.DataFrame, view: View) -> Component:
    """Write a row for each counting basis and kind of period; a city that has none on one basis but has on another is
    left blank there, a city that has none at all says why."""
    cities = list(dict.fromkeys(frame["place_id"]))
    with_any = set(frame.loc[frame["value"].notna(), "place_id"])
    head = [html.Th(view.t("indicator_page.counted"), scope="col")]
    head += [html.Th(view.t(f"place.{city}"), scope="col") for city in cities]
    rows = []
    for (basis, span), mine in frame.groupby(["counting_basis", "span"], sort=False):
        name = html.Th([html.Span(_basis(str(basis), view)), html.Span(view.t(f"span.{span}"), className="soft")],
                       scope="row")  # fmt: skip
        rows.append(html.Tr([name, *(_matrix_cell(row, with_any, view) for row in mine.to_dict("records"))]))
    caption = view.t("indicator_page.coverage")
    table = html.Table(
        [html.Caption(caption, className="unseen"), html.Thead(html.Tr(head)), html.Tbody(rows)],
        className="matrix by-basis",
    )
    return html.Div(table, className="table-wrap", role="group", tabIndex=0, **{"aria-label": caption})


def _basis(basis: str, view: View) -> str:
    return view.t("indicator_page.plain_basis") if basis == PLAIN_BASIS else basis_name(basis, view)


def _matrix_cell(row: dict[str, Any], with_any: set[str], view: View) -> Component:
    named = {"data-label": view.t(f"place.{row['place_id']}")}
    if row["state"] == "figure":
        return html.Td(_said(row, view), className="cell cell-reported", **named)
    if row["place_id"] in with_any:
        said = html.Span(view.t("indicator_page.not_on_basis"), className="unseen")
        return html.Td(said, className="cell cell-elsewhere", **named)
    return html.Td(absence_words(row["state"], view.style), className=f"cell cell-{row['state']}", **named)


def _whys(frame: pd.DataFrame, view: View) -> list[str]:
    """Return the reasons why cities have no figure, each with its cities."""
    with_any = set(frame.loc[frame["value"].notna(), "place_id"])
    without = frame[~frame["place_id"].isin(with_any) & frame["why"].ne("")].drop_duplicates("place_id")
    return [
        view.t(
            "indicator_page.why_none",
            names=view.words.listing(view.t(f"place.{place}") for place in rows["place_id"]),
            why=view.t(f"reason.{why}"),
        )
        for why, rows in without.groupby("why", sort=False)
    ]
