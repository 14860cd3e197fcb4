"""The explorer's search: indicators by words of any of the three languages, each with what there is of it."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk
from dashboards.i18n import LANGUAGES
from dashboards.panel import View
from dashboards.panels.explore_asked import (
    MOST_INDICATORS,
    MOST_WORDS,
    PATH,
    changed,
    listed,
    toggled,
)
from metrics.indicators import Indicator
from metrics.search import Finder

MOST_SHOWN = 24


def found(desk: Desk, words: str) -> list[Indicator]:
    """Return the indicators that *words* find, the best first, of those the viewer may see."""
    about = {
        one.id: [desk.words[lang].t(f"work_item.{one.work_item}") for lang in LANGUAGES if one.work_item]
        for one in desk.catalogue
    }
    return Finder([one for one in desk.catalogue if desk.metrics.may_see(one.id)], about).find(words)


def search(desk: Desk, view: View) -> list[Component]:
    """Return the search box and, once there are words, what they find; else the five work items to look into."""
    filters = view.filters
    words = filters.option("q")
    keep = changed(filters, options={"q": ""}).partition("?")[2]
    box = parts.field("q", "search", label=view.t("explore.find"), value=words)
    form = parts.asking(PATH, [box], keep=keep, label=view.t("explore.find"))
    form.className += " explore-find"
    return [form, _results(desk, view, words) if words else _work_items(view)]


def _work_items(view: View) -> Component:
    links = []
    for number in range(1, 6):
        name = view.t(f"work_item.{number}")
        href = changed(view.filters, options={"q": name[:MOST_WORDS]})
        links.append(html.Li(html.A([html.B(str(number)), f" {name}"], href=href)))
    summary = html.Summary(view.t("explore.by_work_item"))
    return html.Details([summary, html.Ul(links, className="plain-list")], **{"data-stay": "work-items"})


def _results(desk: Desk, view: View, words: str) -> Component:
    hits = found(desk, words)
    counts = desk.metrics.figure_counts(view.filters.as_of)
    said = view.t("explore.found", n=len(hits)) if hits else view.t("explore.found_none")
    away = html.A(view.t("explore.close_search"), href=changed(view.filters, options={"q": ""}))
    head = html.P([html.Span(said, role="status"), away], className="found-head")
    items = [_hit(one, view, counts) for one in hits[:MOST_SHOWN]]
    shown = [head, html.Ul(items, className="found")]
    if len(hits) > MOST_SHOWN:
        shown.append(parts.note(view.t("explore.found_more", n=len(hits) - MOST_SHOWN)))
    return html.Div(shown)


def _hit(one: Indicator, view: View, counts: Mapping[str, int]) -> Component:
    held = listed(view.filters, "indicators")
    name = view.t(f"indicator.{one.id}")
    count = counts.get(one.id, 0)
    facts = [
        view.t(f"unit.{one.unit}"),
        view.t(f"frequency.{one.frequency}"),
        view.t("explore.figures", n=view.words.number(count)) if count else view.t("explore.no_figures_yet"),
    ]
    if one.work_item:
        facts.insert(0, view.t("explore.work_item_n", n=one.work_item))
    full = len(held) >= MOST_INDICATORS and one.id not in held
    line: list[Component] = [
        html.Span(name, className="found-name"),
        html.Span(" · ".join(facts), className="soft"),
    ]
    look = "" if count else " found-none"
    if full:
        return html.Li(line, className=f"found-full{look}", title=view.t("explore.full", n=MOST_INDICATORS))
    href = with_indicators(view, toggled(held, one.id))
    chosen = {"aria-current": "true"} if one.id in held else {}
    return html.Li(html.A(line, href=href, **chosen), className=look.strip() or None)


def with_indicators(view: View, indicators: tuple[str, ...]) -> str:
    """Return the address of this view with other indicators."""
    return changed(view.filters, options={"indicators": ",".join(indicators), "basis": ""})
