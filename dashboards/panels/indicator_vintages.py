"""Every word ever said of an indicator's figures: when it was known and recorded, by whom, in which payload."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.panel import Panel, View
from dashboards.panels.indicator_figures import places_choice
from dashboards.panels.indicator_told import Told
from dashboards.panels.indicator_words import full_figure, known_day, period, series_name
from dashboards.panels.switches import option_href
from dashboards.panels.work_item_words import with_tier
from metrics.asof import HONG_KONG

PAGE_ROWS = 40
MOST_PAGES = 9999


def asked_leaf(text: str) -> str:
    """Read the number of a page of the table, from 2 on; raise ValueError for anything else."""
    if not (text.isascii() and text.isdigit() and 1 < int(text) <= MOST_PAGES):
        raise ValueError(text)
    return str(int(text))


def vintages_panel(told: Told) -> Panel:
    """Return the panel of all words."""
    return Panel(
        id="vintages",
        title="indicator_page.vintages",
        query=partial(vintages_frame, told),
        body=partial(vintages_body, told),
        note="indicator_page.vintages_note",
        size="full",
        corrected=False,
        empty="indicator_page.live_elsewhere" if told.live else "indicator_page.no_figure",
        table=lambda frame, _view: frame,
    )


def vintages_frame(told: Told, _desk: Desk, _filters: Filters) -> pd.DataFrame:
    """Return every word known then (warehouse columns), the newest periods first."""
    return told.vintages


def vintages_body(told: Told, frame: pd.DataFrame, view: View) -> list[Component]:
    """Write one page of the table, and the ways to the others."""
    pages = -(-len(frame) // PAGE_ROWS)
    page = min(int(view.filters.option("leaf", "1")), pages)
    rows = frame.iloc[(page - 1) * PAGE_ROWS : page * PAGE_ROWS].to_dict("records")
    head = [
        view.t(key)
        for key in (
            "indicator_page.col_period",
            "indicator_page.col_where",
            "indicator_page.col_figure",
            "indicator_page.col_status",
            "indicator_page.col_known",
            "indicator_page.col_recorded",
            "indicator_page.col_source",
            "indicator_page.col_payload",
        )
    ]
    links = {sha: _payload_href(told, sha) for sha in {row["payload_sha256"] for row in rows}}
    lines = [_line(row, links, told, view) for row in rows]
    found: list[Component] = (
        [places_choice(told, view, of="indicator_page.vintages")]
        if told.narrow and len(told.places_known) > 1
        else []
    )
    found.append(parts.table(head, lines, caption=view.t("indicator_page.vintages"), numeric=[2], cards=True))
    return [*found, _pager(told, page, pages, view)] if pages > 1 else found


def _line(row: dict[str, Any], links: dict[str, str], told: Told, view: View) -> list[Any]:
    status = row["status"]
    figure = view.t("correction.gone") if status == "withdrawn" else full_figure(row, view)
    if status in parts.FLAGS:
        flag: Component | str = parts.flag_chip(status, view.words)
    else:
        flag = view.t("indicator_page.final") if status == "final" else view.t(f"revision.{status}")
    return [
        period(row, view),
        series_name(row, view),
        figure,
        flag,
        known_day(row, view),
        view.words.instant(row["recorded_at"].tz_convert(HONG_KONG)),
        _publisher(row, told, view),
        _payload(row["payload_sha256"], links, view),
    ]


def _publisher(row: dict[str, Any], told: Told, view: View) -> str:
    cited = told.citations.get(row["figure_ref"]) if row["figure_ref"] else None
    if cited:
        name = told.desk.catalogue.organisations.name(cited["publisher"], view.words.lang)
    else:
        key = f"source.{row['source_id']}"
        name = view.t(key) if view.words.has(key) else row["source_id"]
    return with_tier(name, row["tier"], view)


def _payload_href(told: Told, sha256: str) -> str:
    """Return where the payload can be had, "" where the archive does not offer it."""
    feeds = told.desk.feeds
    return f"/sources/payload/{sha256}" if sha256 and feeds and feeds.payload(sha256) else ""


def _payload(sha256: str, links: dict[str, str], view: View) -> Component | str:
    if not sha256:
        return ""
    short = html.Code(f"{sha256[:12]}…", title=sha256)
    if not links[sha256]:
        return short
    label = view.t("indicator_page.download_payload", sha=sha256[:12])
    return html.A(short, href=links[sha256], download="", **{"aria-label": label})


def _pager(told: Told, page: int, pages: int, view: View) -> Component:
    path = f"/indicators/{told.id}"
    said = html.Span(view.t("indicator_page.page_of", n=page, m=pages), **{"aria-current": "page"})

    def way(text: str, number: int) -> Component:
        inside = 1 <= number <= pages
        if not inside:
            return html.Span(view.t(text), className="switch-none")
        href = option_href(view, path, "leaf", "" if number == 1 else str(number))
        return html.A(view.t(text), href=f"{href}#panel-vintages", className="switch-item")

    links = [way("indicator_page.newer", page - 1), said, way("indicator_page.older", page + 1)]
    return html.Nav(links, className="pager", **{"aria-label": view.t("indicator_page.pages")})
