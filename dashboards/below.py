"""The words below a chart on a page: its keys and notes as text, which runs as wide as the panel is."""

from __future__ import annotations

from itertools import groupby

import plotly.graph_objects as go
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.figures import swatch
from dashboards.figures.canvas import Canvas
from dashboards.figures.legend import Key
from dashboards.style import Style


def taken(figure: go.Figure, style: Style) -> list[Component]:
    """Take the keys and notes out of the drawing *figure* and return them as components, in their order.

    What leaves the page keeps them in the drawing. Keys are for the eye alone: the chart's alternative text says
    what its marks say.
    """
    told = figure.leave_below() if isinstance(figure, Canvas) else ()
    found: list[Component] = []
    for kind, group in groupby(told, key=type):
        if kind is Key:
            keys = [html.Li([*_sample(key, style), html.Span(key.text)]) for key in group]
            found.append(html.Ul(keys, className="chart-keys", **{"aria-hidden": "true"}))
        else:
            found += [html.P(note, className="chart-note") for note in group]
    return found


def _sample(key: Key, style: Style) -> list[Component]:
    picture = swatch.svg(key, style.palette)
    if picture:
        return [parts.drawing(picture, "", class_name="drawing key-sample")]
    colour = {"style": {"color": key.colour}} if key.colour else {}
    return [html.Span(key.look, className="key-sign", **colour)]
