"""Where the figures of an indicator come from: every source with its tier, citation and licence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.desk import Desk, Filters
from dashboards.panel import Panel, View
from dashboards.panels.indicator_told import Told
from metrics.queries import TIER_ORDER

SHOWN = 8
LICENCES: Mapping[str, str] = {
    "data_gov_hk": "sources.licence_data_gov_hk",
    "not_stated": "sources.licence_not_stated",
}


def sources_panel(told: Told) -> Panel:
    """Return the panel of the sources."""
    return Panel(
        id="indicator-sources",
        title="indicator_page.sources",
        query=partial(sources_frame, told),
        body=partial(sources_body, told),
        note="work_item_page.evidence_note",
        size="half",
        empty="indicator_page.no_source",
        table=partial(in_words, told.desk),
    )


def in_words(desk: Desk, frame: pd.DataFrame, view: View) -> pd.DataFrame:
    """Return the table of sources: their publisher by name, and their licence in words beside its code."""
    named = desk.catalogue.organisations.name
    return frame.assign(
        publisher=[named(one, view.words.lang) if one else "" for one in frame["publisher"]],
        licence_words=[view.t(LICENCES.get(one, "indicator_page.licence_cited")) for one in frame["licence"]],
    )


def sources_frame(told: Told, _desk: Desk, _filters: Filters) -> pd.DataFrame:
    """Return one row a source of figures known then: publisher, title, url, published_on (ISO text), precision, tier,
    licence (key, "" for a cited publication) and ``n``, how many figures (of series, where there is too much of
    them); sources that feed it and brought none yet come last with 0."""
    words = told.latest if told.narrow else told.vintages
    pairs = words.groupby(["source_id", "figure_ref", "tier"], sort=False).size()
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for (source, ref, tier), n in pairs.items():
        row = _source(told, str(source), str(ref)) | {"tier": str(tier)}
        held = found.setdefault((row["publisher"], row["title"], row["tier"]), row | {"n": 0})
        held["n"] += int(n)
    brought = set(words["source_id"])
    for source_id, source in told.feeds.items():
        if told.id in source.feeds and source_id not in brought:
            row = _source(told, source_id, "") | {"tier": source.tier, "n": 0}
            found.setdefault((row["publisher"], row["title"], row["tier"]), row)
    rows = sorted(
        found.values(), key=lambda row: (not row["n"], TIER_ORDER[row["tier"]], -row["n"], row["title"])
    )
    return pd.DataFrame(rows)


def _source(told: Told, source_id: str, ref: str) -> dict[str, Any]:
    cited = told.citations.get(ref) if ref else None
    if cited:
        known = {name: cited[name] for name in ("publisher", "title", "url", "published_on", "precision")}
        return known | {"licence": ""}
    source = told.feeds.get(source_id)
    lang = told.filters.lang
    if source is None:
        words = told.desk.words[lang]
        title = words.t(f"source.{source_id}") if words.has(f"source.{source_id}") else source_id
        return _uncited("", title, "", "")
    return _uncited(source.publisher, source.title[lang], source.page_url, source.licence)


def _uncited(publisher: str, title: str, url: str, licence: str) -> dict[str, Any]:
    return {
        "publisher": publisher,
        "title": title,
        "url": url,
        "published_on": "",
        "precision": "",
        "licence": licence,
    }


def sources_body(told: Told, frame: pd.DataFrame, view: View) -> list[Component]:
    """Write the sources as a list, the longer tail folded."""
    items = [_item(row, told, view) for row in frame.to_dict("records")]
    found: list[Component] = [html.Ul(items[:SHOWN], className="evidence")]
    if len(items) > SHOWN:
        more = html.Summary(view.t("change.more", n=len(items) - SHOWN))
        found.append(html.Details([more, html.Ul(items[SHOWN:], className="evidence")], className="explain"))
    return found


def _item(row: Mapping[str, Any], told: Told, view: View) -> Component:
    title = (
        html.A(row["title"], href=row["url"], rel="noopener noreferrer external")
        if row["url"]
        else html.Cite(row["title"])
    )
    said: list[Any] = [title]
    if row["publisher"]:
        publisher = told.desk.catalogue.organisations.name(row["publisher"], view.words.lang)
        said = [html.B(publisher), " ", title]
    return html.Li(
        [
            html.Span(view.t(f"tier.{row['tier']}"), className=f"flag tier-{row['tier']}"),
            html.Div(said),
            html.Span(" · ".join(_aside(row, view, many=told.narrow)), className="soft"),
        ]
    )


def _aside(row: Mapping[str, Any], view: View, *, many: bool) -> Iterable[str]:
    if row["published_on"]:
        day = pd.Timestamp(row["published_on"]).date()
        yield view.t("indicator_page.published", date=view.words.day(day, row["precision"]))
    n = view.words.number(float(row["n"]))
    if row["n"]:
        yield view.t("indicator_page.n_series" if many else "indicator_page.n_figures", n=n)
    else:
        yield view.t("indicator_page.brought_none")
    yield view.t(LICENCES.get(row["licence"], "indicator_page.licence_cited"))
