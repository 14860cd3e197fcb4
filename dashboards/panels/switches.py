"""Quiet switches: links that change one thing of the address and keep the rest."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.desk import Desk, Filters
from dashboards.panel import Panel, View

Choice = tuple[str, str, bool]
VIEWS = ("estuary", "tiles")
"""What the maps of a page show beside the whole."""


def option_href(view: View, path: str, name: str, value: str) -> str:
    """Return the address of *path* with the page's own parameter *name* set to *value*, "" for none."""
    kept = {key: held for key, held in view.filters.options if key != name}
    return view.here(path, options=tuple((kept | ({name: value} if value else {})).items()))


def switch(label: str, choices: Sequence[Choice], *, look: str = "plain") -> Component:
    """Return *choices* (text, address, chosen) after their *label*; an empty address is said, not linked.

    *look* is plain, or rail for points along a line of time.
    """
    items = [_item(text, href, chosen) for text, href, chosen in choices]
    return html.Nav(
        [html.Span(label, className="switch-label"), html.Span(items, className="switch-items")],
        className=f"switch switch-{look}",
        **{"aria-label": label},
    )


def near(view: View, path: str) -> Component:
    """Return the choice between the whole map, the estuary close up and a tile of one size for each city."""
    asked = view.filters.option("view")
    names = {"": "marking.whole", "estuary": "marking.estuary", "tiles": "marking.tiles"}
    choices = [
        (view.t(name), option_href(view, path, "view", value), asked == value)
        for value, name in names.items()
    ]
    return switch(view.t("marking.map"), choices)


def _item(text: str, href: str, chosen: bool) -> Component:
    if not href:
        return html.Span(text, className="switch-none")
    return html.A(text, href=href, className="switch-item", **({"aria-current": "true"} if chosen else {}))


def _nothing(desk: Desk, _filters: Filters) -> pd.DataFrame:
    return desk.metrics.nothing()


def heading(panel_id: str, title: str) -> Panel:
    """Return the heading of a group of panels, *title* being a term key."""

    def body(_frame: pd.DataFrame, view: View) -> Component:
        return html.H2(view.t(title), className="topic-title")

    return Panel(
        id=panel_id,
        title=title,
        query=_nothing,
        body=body,
        size="full",
        framed=False,
        draws_empty=True,
        speaks=False,
    )
