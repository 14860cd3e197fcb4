"""Figures in the order they were reported, each with its date, its words and a bar that shows its qualifier."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.figures.rows import Row, figure_words, period_words, rows
from dashboards.panel import View

_BARS = {"over": "open", "at_least": "open", "under": "hollow", "at_most": "hollow", "approx": "pale"}


def bar(row: Row, most: float) -> Component:
    """Return the bar of a figure on a scale up to *most*: open-ended for "over", pale-ended for "about"."""
    share = row.value / most * 100 if most > 0 and math.isfinite(row.value) else 0.0
    look = _BARS.get(row.qualifier, "firm")
    return html.Span(
        html.Span(className=f"bar bar-{look}", style={"width": f"{share:.1f}%"}),
        className="bar-way",
        **{"aria-hidden": "true"},
    )


def chronicle(
    frame: pd.DataFrame, view: View, *, most: float, names: Sequence[str] | None = None
) -> Component:
    """Return the figures of *frame* (warehouse columns) newest first; *names* says each row's words, in its order.

    *most* is where the scale of the bars ends, so that several chronicles can share one.
    """
    told = list(zip(rows(frame, view.style), frame["tier"], names or [""] * len(frame), strict=True))
    told.sort(key=lambda one: (one[0].end or pd.Timestamp.min.date(), one[0].value), reverse=True)
    return html.Ul([_line(row, str(tier), name, most, view) for row, tier, name in told], className="chron")


def _line(row: Row, tier: str, name: str, most: float, view: View) -> Component:
    soft = [part for part in (name, "" if tier == "official" else view.t(f"tier.{tier}")) if part]
    return html.Li(
        [
            html.Span(period_words(row, view.style), className="chron-when"),
            bar(row, most),
            html.Strong(figure_words(row, view.style), className="chron-figure"),
            html.Span(" · ".join(soft), className="chron-aside"),
        ]
    )
