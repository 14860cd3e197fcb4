"""Marking places: chosen in a map, a ranking, a trend or a table, one stands out in all of them, and in the address.

A script does it where the reader is; the bar says the places, so that the keyboard reaches each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.figures.rows import figure_words, period_words, rows
from dashboards.panel import View


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What is marked: the *parameter* of the address that says it, and the term keys of its words."""

    parameter: str = "places"
    help: str = "marking.help"
    cleared: str = "marking.cleared"


CITIES = Marks()


def bar(
    view: View, places: list[str], marks: Marks = CITIES, short: Mapping[str, str] | None = None
) -> Component:
    """Return the buttons that mark *places*, by their *short* names where given, and the one that clears the marks."""
    names = short or {}
    buttons = [
        html.Button(
            names.get(place) or view.style.place(place),
            type="button",
            className="mark",
            **{"data-mark": place, "aria-pressed": "false"},
        )
        for place in places
    ]
    clear = html.Button(
        view.t("marking.clear"), type="button", className="mark-clear", hidden=True, **{"data-mark": ""}
    )
    label = view.t("marking.label")
    return html.Div(
        [html.Span(label, className="switch-label"), html.Span([*buttons, clear], className="marks")],
        className="switch marking",
        role="group",
        title=view.t(marks.help),
        **{
            "aria-label": label,
            "data-marking": marks.parameter,
            "data-marked": view.t("marking.marked", places="{places}"),
            "data-cleared": view.t(marks.cleared),
            "data-join": view.t("format.list_separator"),
        },
    )


def named(place: str, view: View, name: str = "") -> Component:
    """Return the *name* of *place*; the line of the table or list it stands in is marked with it."""
    return html.Span(name or view.style.place(place), **{"data-place": place})


def as_list(frame: pd.DataFrame, view: View) -> Component:
    """Return the map as a list for those who cannot see it: every place with its figure, or why it has none."""
    told = [row for row in rows(frame, view.style) if row.place_id]
    told.sort(key=lambda row: (not row.known, -row.value if row.known else 0.0))
    items = [
        html.Li(
            [
                named(row.place_id, view),
                html.Strong(figure_words(row, view.style)),
                html.Span(period_words(row, view.style) if row.known else "", className="soft"),
            ]
        )
        for row in told
    ]
    return html.Details(
        [html.Summary(view.t("marking.as_list")), html.Ul(items, className="map-list")], className="as-list"
    )
