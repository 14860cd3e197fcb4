"""What the sections of the about page are made of: panels of words, and paragraphs of terms."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.desk import Desk, Filters
from dashboards.panel import Panel, Size, View

Body = Callable[[pd.DataFrame, View], Component | list[Component]]


def _nothing(desk: Desk, _filters: Filters) -> pd.DataFrame:
    return desk.metrics.nothing()


def _ours(_frame: pd.DataFrame, view: View) -> list[str]:
    return [view.t("ui.product_name")]


def section(panel_id: str, title: str, body: Body, *, size: Size = "half") -> Panel:
    """Return a panel of words that asks nothing of the warehouse."""
    return Panel(
        id=panel_id,
        title=title,
        query=_nothing,
        body=body,
        size=size,
        draws_empty=True,
        speaks=False,
        sources=_ours,
    )


def paragraphs(keys: Sequence[str], view: View, **values: object) -> list[Component]:
    """Write terms as paragraphs, filled with *values*."""
    return [html.P(view.t(key, **values)) for key in keys]


def bullets(texts: Sequence[Component | str | list], *, ordered: bool = False) -> Component:
    """Write *texts* as a list."""
    kind = html.Ol if ordered else html.Ul
    return kind([html.Li(text) for text in texts], className="said-list")


def rows(pairs: Sequence[tuple[Component | str, Component | str | list]]) -> Component:
    """Write pairs of a mark and what it means."""
    return html.Dl([html.Div([html.Dt(mark), html.Dd(said)]) for mark, said in pairs], className="meanings")
