"""Which of the 11 cities report what: a matrix of indicators and cities, absences by their kind."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.figures.rows import ABSENCES, absence_words
from dashboards.panel import Panel, View
from dashboards.panels.work_item_figure_tables import coverage_table
from dashboards.panels.work_item_told import Told
from dashboards.panels.work_item_words import period_said, row_said, with_tier
from metrics.queries import ABSENT

_FIGURES = {"reported", "stale"}
_NOT_ASKED = {"not_in_scope", "not_defined"}


def coverage_panel(told: Told, number: int) -> Panel:
    """Return the panel of the coverage of the 11 cities by the indicators of work item *number*."""
    return Panel(
        id="coverage",
        title="work_item_page.coverage",
        query=partial(coverage_frame, number),
        body=partial(coverage_body, told, number),
        table=coverage_table,
        note="work_item_page.coverage_note",
        empty="work_item_page.no_coverage",
        size="full",
    )


def asked_about(number: int, desk: Desk) -> list[str]:
    """Return the indicators that lead the work item or belong to its initiatives, in the order of the catalogue."""
    named = {one for each in desk.agenda.initiatives_of(number) for one in each.indicators}
    return [
        one.id
        for one in desk.catalogue
        if desk.metrics.may_see(one.id) and (one.id in named or (one.leads and one.work_item == number))
    ]


def coverage_frame(number: int, desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return one row for each indicator that is told by city and each city: the warehouse's columns of its newest
    figure, ``state`` (reported, stale, or the kind of absence) and ``why`` (a reason key, "" where none).

    An indicator of which no city has a figure or a word of why not is left out: it is not counted by city.
    """
    asked = asked_about(number, desk)
    cities = [city.id for city in desk.atlas.cities]
    figures = desk.metrics.one_each(asked, filters.as_of, places=cities)
    absent = desk.metrics.absences_of(asked, filters.as_of)
    by_city = {one for one in asked if set(absent[one]) & set(cities)} | set(figures["indicator_id"])
    pairs = [(one, city) for one in asked if one in by_city for city in cities]
    rows = figures.set_index(["indicator_id", "place_id"]).reindex(
        pd.MultiIndex.from_tuples(pairs, names=["indicator_id", "place_id"])
    )
    words = [
        _state(one, city, row, absent, desk, filters)
        for (one, city), row in zip(pairs, rows[["value", "period_end"]].to_dict("records"), strict=True)
    ]
    return rows.assign(state=[word for word, _ in words], why=[why for _, why in words]).reset_index()


def _state(
    indicator: str, city: str, row: dict[str, Any], absent: dict[str, Any], desk: Desk, filters: Filters
) -> tuple[str, str]:
    if pd.isna(row["value"]):
        return absent[indicator].get(city, (ABSENT, ""))
    age = (filters.as_of.day - row["period_end"].date()).days
    return ("stale", "") if age > desk.catalogue.get(indicator).fresh_days else ("reported", "")


def coverage_body(told: Told, number: int, frame: pd.DataFrame, view: View) -> list[Component]:
    """Write the matrix; its first column stays in view when it is wider than the screen."""
    cities = [city.id for city in told.desk.atlas.cities]
    head = [html.Th(view.t("work_item_page.col_indicator"), scope="col")]
    head += [html.Th(view.t(f"place.{city}"), scope="col") for city in cities]
    head.append(html.Th(view.t("work_item_page.col_reported"), scope="col"))
    rows = [_row(indicator, mine, view) for indicator, mine in frame.groupby("indicator_id", sort=False)]
    caption = view.t("work_item_page.coverage")
    matrix = html.Table(
        [html.Caption(caption, className="unseen"), html.Thead(html.Tr(head)), html.Tbody(rows)],
        className="matrix",
    )
    wrapped = html.Div(matrix, className="table-wrap", role="group", tabIndex=0, **{"aria-label": caption})
    rest = [one for one in asked_about(number, told.desk) if one not in set(frame["indicator_id"])]
    if not rest:
        return [wrapped, _legend(view)]
    names = view.words.listing(view.t(f"indicator.{one}") for one in rest)
    return [
        wrapped,
        _legend(view),
        html.P(view.t("work_item_page.not_by_city", names=names), className="note"),
    ]


def _legend(view: View) -> Component:
    """Write what each look of a cell means: a figure, one out of date, and the five kinds of none."""
    looks = [("reported", view.t("work_item_page.reported")), ("stale", view.t("flag.stale"))]
    looks += [(state, absence_words(state, view.style)) for state in ABSENCES]
    return html.Ul(
        [
            html.Li([html.Span(className=f"swatch cell-{look}", **{"aria-hidden": "true"}), words])
            for look, words in looks
        ],
        className="looks",
        **{"aria-label": view.t("work_item_page.looks")},
    )


def _row(indicator: str, mine: pd.DataFrame, view: View) -> Component:
    states = mine["state"].tolist()
    reported = sum(state in _FIGURES for state in states)
    asked = sum(state not in _NOT_ASKED for state in states)
    units = mine["unit"].dropna().unique()
    cells = [_cell(row, view, own_unit=len(units) > 1) for row in mine.to_dict("records")]
    count = view.t("work_item_page.n_of_m", n=reported, m=asked)
    name = [html.Span(view.t(f"indicator.{indicator}"))]
    if len(units) == 1:
        name.append(html.Span(view.t(f"unit.{units[0]}"), className="soft"))
    return html.Tr([html.Th(name, scope="row"), *cells, html.Td(count, className="count")])


def _cell(row: dict[str, Any], view: View, *, own_unit: bool) -> Component:
    """Write a cell; with *own_unit* the cities of its row count in different units, so each figure says its own."""
    state = row["state"]
    if state not in _FIGURES:
        why = view.t(f"reason.{row['why']}") if row["why"] else ""
        return html.Td(
            absence_words(state, view.style),
            className=f"cell cell-{state}",
            **({"title": why} if why else {}),
        )
    number = row_said(row, view) if own_unit else view.words.compact(row["value"], qualifier=row["qualifier"])
    said = [html.B(number), html.Span(parts.in_cell(with_tier(period_said(row, view), row["tier"], view)))]
    said += [html.Em(view.t("flag.stale"))] if state == "stale" else []
    return html.Td(said, className=f"cell cell-{state}")
