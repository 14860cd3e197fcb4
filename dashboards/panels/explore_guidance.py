"""Why an answer of the explorer is empty, or holds less than was asked for, and what can be done about it."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.desk import Desk, Filters
from dashboards.panel import Panel, View
from dashboards.panels.explore_asked import changed
from dashboards.panels.explore_read import Explored, place_said

MOST_PLACES = 12


def guidance_panels(held: Explored) -> tuple[Panel, ...]:
    """Return the panel that says why there is nothing, or what the answer leaves out; none where all is told."""
    frame = held.frame
    if len(held.figures) and frame["value"].notna().all() and not left_out(held):
        return ()

    def query(_desk: Desk, _filters: Filters) -> pd.DataFrame:
        return frame[frame["value"].isna()]

    def body(_frame: pd.DataFrame, view: View) -> Component:
        return guidance(held, view)

    empty = held.figures.empty
    return (
        Panel(
            id="explore-guidance",
            title="explore.nothing" if empty else "explore.left_out",
            query=query,
            body=body,
            size="full",
            framed=empty,
            draws_empty=True,
            speaks=False,
            indicators=held.question.indicators,
        ),
    )


def left_out(held: Explored) -> list[str]:
    """Return the indicators asked for of which there is no row at all."""
    there = set(held.frame["indicator_id"])
    return [one for one in held.question.indicators if one not in there]


def guidance(held: Explored, view: View) -> Component:
    """Return what is missing and why, and the links that change it."""
    said = [html.Li(text) for text in [*_unfound(held, view), *_unstated(held, view), *_absent(held, view)]]
    links = ways_out(held, view) if held.figures.empty else []
    parts: list[Component] = [html.Ul(said, className="reasons")] if said else []
    if links:
        items = [html.Li(html.A(text, href=href, className="chip")) for text, href in links]
        parts.append(html.Ul(items, className="chips ways-out"))
    if not held.figures.empty:
        summary = html.Summary(view.t("explore.left_out"))
        return html.Details([summary, *parts], className="left-out", **{"data-stay": "left-out"})
    return html.Div(parts)


def _unfound(held: Explored, view: View) -> list[str]:
    counts = held.desk.metrics.figure_counts(held.filters.as_of)
    said = []
    for one in left_out(held):
        key = "explore.none_here" if counts.get(one) else "explore.none_yet"
        said.append(view.t("figure.named", name=view.t(f"indicator.{one}"), figure=view.t(key)))
    return said


def _unstated(held: Explored, view: View) -> list[str]:
    """Write how many figures each reason keeps from being stated."""
    silent = held.frame[held.frame["reason"].ne("")]
    return [
        view.t("figure.named", name=view.t(f"reason.{reason}"), figure=view.t("explore.figures", n=count))
        for reason, count in silent["reason"].value_counts(sort=True).items()
    ]


def _absent(held: Explored, view: View) -> list[str]:
    """Write the places without any figure, by indicator and kind of absence."""
    rows = held.frame[held.frame["absence"].ne("") & held.frame["reason"].eq("")]
    said = []
    for (indicator, absence), group in rows.groupby(["indicator_id", "absence"], sort=False):
        told = tuple(group["place_id"])
        places = [place_said(place, view.style, told) for place in told]
        listed = view.words.listing(places[:MOST_PLACES])
        if len(places) > MOST_PLACES:
            listed = view.t("explore.and_more", listed=listed, n=len(places) - MOST_PLACES)
        why = view.t(_ABSENT[str(absence)])
        name = view.t("format.pair", a=view.t(f"indicator.{indicator}"), b=why)
        said.append(view.t("figure.named", name=name, figure=listed))
    return said


_ABSENT = {
    "no_figure": "figure.no_figure", "not_published": "figure.not_published", "withheld": "flag.withheld",
    "not_in_scope": "flag.not_in_scope", "not_defined": "flag.not_applicable",
}  # fmt: skip


def ways_out(held: Explored, view: View) -> list[tuple[str, str]]:
    """Return the links that take away what narrows an empty answer, each with its address."""
    filters, asked = held.filters, held.question
    option = filters.option
    ways = [
        (asked.places, "explore.all_places", {"places": ()}, {"group": ""}),
        (asked.start or asked.end, "explore.all_time", {"start": None, "end": None}, {}),
        (option("every"), "explore.as_published", {}, {"every": ""}),
        (asked.per, "explore.not_shared", {"per": ""}, {}),
        (option("change"), "explore.no_change", {}, {"change": "", "base": ""}),
        (option("basis"), "explore.any_basis", {}, {"basis": ""}),
        (option("parts"), "explore.all_parts", {}, {"parts": ""}),
        (option("chart") in {"map", "tiles", "calendar"}, "explore.other_chart", {}, {"chart": ""}),
        (not filters.as_of.current, "ui.back_to_today", {"as_of": None}, {}),
    ]
    return [
        (view.t(key), changed(filters, options=options, **changes))
        for narrows, key, changes, options in ways
        if narrows
    ]
