"""Licences and attributions: every source that is fetched, everyone whose publications are cited, the boundaries."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.panel import Panel, View
from dashboards.panels.about_parts import paragraphs
from dashboards.panels.indicator_sources import LICENCES, in_words

SHOWN = 12
TERMS = "https://data.gov.hk/en/terms-and-conditions"


def licences_panel(desk: Desk) -> Panel:
    """Return the panel of the licences."""
    return Panel(
        id="licences",
        title="about.licences",
        query=sources_frame,
        body=partial(licences_body, desk),
        size="full",
        draws_empty=True,
        sources=lambda _frame, view: [view.t("ui.product_name")],
        table=partial(in_words, desk),
    )


def sources_frame(desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return one row a source: source_id, publisher (organisation id), title, url, licence (key), by publisher."""
    found = [one.source for one in desk.health()]
    rows = [
        {
            "source_id": one.id,
            "publisher": one.publisher,
            "title": one.title[filters.lang],
            "url": one.page_url,
            "licence": one.licence,
        }
        for one in found
    ]
    columns = ["source_id", "publisher", "title", "url", "licence"]
    return pd.DataFrame(rows, columns=columns).sort_values(["publisher", "source_id"], kind="stable")


def licences_body(desk: Desk, frame: pd.DataFrame, view: View) -> list[Component]:
    """Write the sources with their licence, then who is cited, then whose boundaries are drawn."""
    found: list[Component] = []
    if len(frame):
        head = [view.t(key) for key in ("about.col_publisher", "about.col_source", "about.col_licence")]
        lines = [_line(row, view) for row in frame.to_dict("records")]
        found.append(parts.table(head, lines, caption=view.t("about.licences"), cards=True))
    found += [
        html.P(
            [view.t("about.licence_data_gov_hk"), " ", html.A(TERMS, href=TERMS, rel="noopener noreferrer")]
        ),
        html.H3(view.t("about.cited"), className="group-title"),
        *paragraphs(("about.cited_said",), view),
        _cited(desk, view),
        html.H3(view.t("about.boundaries"), className="group-title"),
    ]
    if desk.boundaries is not None:
        found.append(html.P(desk.boundaries.caption[view.words.lang]))
    return [*found, *paragraphs(("about.boundaries_said",), view)]


def _line(row: dict[str, Any], view: View) -> list[Any]:
    link = html.A(row["title"], href=row["url"], rel="noopener noreferrer external")
    licence = view.t(LICENCES.get(row["licence"], "sources.licence_not_stated"))
    return [view.t(f"organisation.{row['publisher']}"), link, licence]


def _cited(desk: Desk, view: View) -> Component:
    """Write everyone whose publications the figures cite, by how many they are; the longer tail folded."""
    names: dict[str, int] = {}
    for one in desk.metrics.citations().values():
        name = desk.catalogue.organisations.name(one["publisher"], view.words.lang)
        names[name] = names.get(name, 0) + 1
    ordered = sorted(names, key=lambda name: (-names[name], name))
    if not ordered:
        return parts.note(view.t("indicator_page.no_source"))
    summary = html.Summary(view.t("about.cited_count", n=view.words.number(float(len(ordered)))))
    first = html.P(view.words.listing(ordered[:SHOWN]))
    rest = html.P(view.words.listing(ordered[SHOWN:]))
    return html.Div(
        [first, html.Details([summary, rest], className="explain")] if ordered[SHOWN:] else [first]
    )
