"""What a run changed: how many figures are new, changed and gone, and the first of each, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.panel import View

KINDS = {"new": "sources.diff_new", "changed": "sources.diff_changed", "gone": "sources.diff_gone"}
HEAD = (
    "sources.diff_kind",
    "sources.diff_figure",
    "sources.diff_period",
    "sources.diff_before",
    "sources.diff_after",
)
SHORT = {
    "new": "sources.diff_kind_new",
    "changed": "sources.diff_kind_changed",
    "gone": "sources.diff_kind_gone",
}


def change_said(found: Any, view: View, visible: Any) -> list[Component]:
    """Return a difference as a line of counts and a fold of examples; *visible* says of an indicator whether the
    viewer may see its figures."""
    if found is None:
        return []
    counts = {kind: getattr(found, kind) for kind in KINDS}
    told = [view.t(KINDS[kind], n=view.words.number(float(count))) for kind, count in counts.items() if count]
    line = html.P(view.words.listing(told) if told else view.t("sources.diff_none"), className="run-line")
    rows = [
        _row(kind, one, view)
        for kind in KINDS
        for one in found.examples.get(kind, ())
        if visible(one.indicator)
    ]
    return [line, *([_fold(rows, view)] if rows else [])]


def _fold(rows: Sequence[Sequence[Any]], view: View) -> Component:
    head = [view.t(key) for key in HEAD]
    table = parts.table(head, rows, caption=view.t("sources.diff_examples"), numeric=[3, 4])
    return html.Details([html.Summary(view.t("sources.diff_examples")), table], className="unfold")


def _row(kind: str, one: Any, view: View) -> list[Any]:
    return [
        view.t(SHORT[kind]),
        named(one, view),
        view.words.period(date.fromisoformat(one.start), date.fromisoformat(one.end), one.span or "other"),
        _figure(one.before, one.unit, one.before_qualifier, view),
        _figure(one.after, one.unit, one.after_qualifier, view),
    ]


def named(one: Any, view: View) -> str:
    """Return the names of a figure: its indicator, place, and how it is broken down or counted."""
    words = view.words

    def name(kind: str, known: str) -> str:
        return words.t(f"{kind}.{known}") if words.has(f"{kind}.{known}") else known

    said = [name("indicator", one.indicator), name("place", one.place)]
    for part in filter(None, one.breakdown.split(";")):
        key, _, value = part.partition("=")
        term = f"explore.{key}_{value}"
        said.append(words.t(term) if words.has(term) else value)
    if one.counting_basis not in {"", "as_published"}:
        said.append(name("basis", one.counting_basis))
    return words.listing(said)


def _figure(value: float | None, unit: str, qualifier: str, view: View) -> str:
    if value is None:
        return view.t("sources.diff_nothing")
    return view.words.number(value, unit, qualifier)
