"""Slides as markup for the screen: one region a slide, its second language beside the first where there are two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.briefings.making import ROWS
from dashboards.briefings.values import Line, Slide
from dashboards.exports.columns import Column
from dashboards.fragments import markup
from dashboards.i18n import HTML_LANG, Words
from dashboards.panels.work_item_words import STEP_SHAPES
from dashboards.style import STATUSES

# What of a table is read from a distance; the rest leaves with the files.
TOLD = (
    "place",
    "indicator",
    "label",
    "direction",
    "period",
    "figure",
    "unit",
    "basis",
    "status_words",
    "source",
)
MOST_COLUMNS = 6
FEW = 7  # lines that stand in one column
_SIDE = frozenset({"figure", "label", "detail"})
Pair = tuple[Line, Line | None, str]
"""A line, the same in the second language where there is one, and which that is."""


def deck(slides: Sequence[Slide], seconds: Sequence[Slide] | None, words: Words) -> list[str]:
    """Return the markup of each slide; *seconds* are the same slides in the second language."""
    others: Sequence[Slide | None] = seconds or [None] * len(slides)
    total = len(slides)
    return [
        markup(_slide(one, other, number, total, words)) or ""
        for number, (one, other) in enumerate(zip(slides, others, strict=True), 1)
    ]


def _slide(slide: Slide, second: Slide | None, number: int, total: int, words: Words) -> Component:
    heading = f"slide-{number}-{slide.lang}"
    few = " slide-few" if slide.kind in {"changed", "late"} and len(slide.lines) <= FEW else ""
    return html.Section(
        [_head(slide, second, heading), html.Div(_body(slide, second), className="slide-body"),
         _foot(slide, number, total, words)],
        className=f"slide slide-{slide.kind}{few}",
        tabIndex=-1,
        lang=HTML_LANG[slide.lang],
        **{"aria-labelledby": heading, "data-number": str(number), "data-slide": slide.id},
    )  # fmt: skip


def _head(slide: Slide, second: Slide | None, heading: str) -> Component:
    found: list[Component] = []
    if slide.kicker:
        found.append(html.P(slide.kicker, className="slide-kicker"))
    title = slide.title
    if slide.parts > 1:
        title = f"{title} ({slide.part + 1}/{slide.parts})"
    found.append(html.H2(title, id=heading))
    if second is not None and second.title != slide.title:
        found.append(html.P(second.title, className="slide-second", lang=HTML_LANG[second.lang]))
    return html.Header(found, className="slide-head")


def _foot(slide: Slide, number: int, total: int, words: Words) -> Component:
    said = [html.P(slide.foot, className="slide-source")]
    said.append(
        html.P(
            words.t("present.number", n=number, total=total),
            className="slide-number",
            **{"aria-hidden": "true"},
        )
    )
    return html.Footer(said, className="slide-foot")


def _body(slide: Slide, second: Slide | None) -> list[Component]:
    pairs = list(_pairs(slide, second))
    if slide.kind == "work_item":
        return _item(slide, pairs)
    if slide.kind in {"chart", "table"}:
        return _panel(slide, pairs)
    return _groups(pairs)


def _pairs(slide: Slide, second: Slide | None) -> Iterator[Pair]:
    others: Sequence[Line | None] = second.lines if second is not None else [None] * len(slide.lines)
    tag = HTML_LANG[second.lang] if second is not None else ""
    return ((line, other, tag) for line, other in zip(slide.lines, others, strict=True))


def _item(slide: Slide, pairs: list[Pair]) -> list[Component]:
    side = [_line(pair) for pair in pairs if pair[0].role in _SIDE]
    if slide.telling is not None:
        side.append(_chart(slide))
    rest = [pair for pair in pairs if pair[0].role not in _SIDE]
    return [html.Div(_groups(rest), className="slide-main"), html.Div(side, className="slide-side")]


def _panel(slide: Slide, pairs: list[Pair]) -> list[Component]:
    telling = slide.telling
    found = [_line(pair) for pair in pairs if pair[0].role != "detail"]
    if telling is not None and slide.kind == "chart":
        found.append(_chart(slide))
    elif telling is not None and len(telling.rows):
        found.append(table(telling.columns, telling.rows, slide))
    return [*found, *(_line(pair) for pair in pairs if pair[0].role == "detail")]


def _chart(slide: Slide) -> Component:
    alt = slide.telling.alt if slide.telling is not None else ""
    return html.Div(
        html.Div(className="slide-plot", role="img", **{"aria-label": alt}), className="slide-box"
    )


def _groups(pairs: Sequence[Pair]) -> list[Component]:
    """Return lines, those under one heading together."""
    found: list[Component] = []
    group: list[Component] = []
    items: list[Component] = []
    for pair in pairs:
        line = pair[0]
        if line.role == "heading":
            group, items = [_line(pair)], []
            found.append(html.Div(group, className="slide-group"))
        elif line.role == "item" and group:
            if not items:
                group.append(html.Ul(items))
            items.append(_line(pair))
        elif group and line.role in {"text", "detail"}:
            group.append(_line(pair))
        else:
            found.append(_line(pair))
    return found


def _line(pair: Pair) -> Component:
    line, second, tag = pair
    inside: list[Any] = []
    if line.mark:
        look = f"shape shape-{shape(line.mark)} {colour(line.mark)}"
        inside.append(html.Span(className=look, **{"aria-hidden": "true"}))
    inside.append(html.Span(line.text, className="say-text"))
    if line.detail:
        inside += [" ", html.Span(line.detail, className="say-detail")]
    if second is not None and (second.text, second.detail) != (line.text, line.detail):
        said = f"{second.text} {second.detail}".strip() if line.role != "heading" else second.text
        inside += [" ", html.Span(said, className="slide-second", lang=tag)]
    kind = {"heading": html.H3, "item": html.Li}.get(line.role, html.P)
    mark = f" {colour(line.mark)}" if line.role == "status" else ""
    return kind(inside, className=f"say say-{line.role}{mark}")


def shape(mark: str) -> str:
    """Return the name of the shape that stands for a status or a milestone's state."""
    return STEP_SHAPES.get(mark, mark)


def colour(mark: str) -> str:
    """Return the class that colours a status or a milestone's state."""
    return f"status-{mark}" if mark in STATUSES else f"step-{mark}"


def table(columns: Sequence[Column], rows: pd.DataFrame, slide: Slide) -> Component:
    """Return the part of a telling's table that *slide* shows, its most telling columns."""
    shown = shown_columns(columns, rows)
    mine = rows.iloc[slide.part * ROWS : (slide.part + 1) * ROWS]
    head = html.Thead(html.Tr([html.Th(one.label, scope="col", className=_side(one)) for one in shown]))
    cells = [[_cell(row[one.id]) for one in shown] for row in mine.to_dict("records")]
    body = [
        html.Tr(
            [
                html.Td(text, className=_side(column)) if at else html.Th(text, scope="row")
                for at, (text, column) in enumerate(zip(row, shown, strict=True))
            ]
        )
        for row in cells
    ]
    return html.Div(html.Table([head, html.Tbody(body)]), className="slide-rows")


def shown_columns(columns: Sequence[Column], rows: pd.DataFrame) -> list[Column]:
    """Return the columns for a slide: a table's own first, then the telling ones; those that never differ are left
    out where others do."""
    own = [one for one in columns if one.kind != "code" and one.id not in _KNOWN]
    known = {one.id: one for one in columns}
    told = [known[name] for name in TOLD if name in known]
    useful = [one for one in (*own, *told) if one.id == "figure" or rows[one.id].nunique(dropna=False) > 1]
    return (useful or [*own, *told])[:MOST_COLUMNS]


_KNOWN = frozenset(TOLD) | {
    "value", "qualifier_words", "divided_by", "divided_by_value", "divided_by_on", "absence_reason", "source_title",
    "source_url", "tier_words", "published_on", "known_at", "period_start", "period_end",
}  # fmt: skip


def _side(column: Column) -> str | None:
    return "number" if column.kind == "number" or column.id == "figure" else None


def _cell(cell: Any) -> str:
    if pd.isna(cell):
        return ""
    return f"{cell:,.10g}" if isinstance(cell, float) else str(cell)
