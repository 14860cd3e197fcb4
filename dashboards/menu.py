"""The menu of a panel: every form it can be taken away in, its link, its citation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.exports.citation import ORIGIN, citation
from dashboards.frames import as_of_said, source_names
from dashboards.i18n import DEFAULT_LANGUAGE
from dashboards.panel import Panel, View, said

FILES = "/api/v1/panels/"
AS_PAGE = ("json",)
"""Forms that the browser shows instead of keeping."""


@dataclass(frozen=True, kw_only=True)
class State:
    """The state of a page as the menus of its panels need it, each as text of an address.

    *asked* is the query after other parameters ("" or beginning with &), *brief* the page without language and
    as-of, *frozen* the page as known on its day. An *open* one is left to the browser, which knows it.
    """

    asked: str
    brief: str
    frozen: str
    open: bool = False


OPEN = State(asked="", brief="", frozen="{page}", open=True)


def state_of(path: str, view: View) -> State:
    """Return the state at hand of the page at *path*."""
    options = view.filters.options
    if view.filters.as_of.current:
        options = (("as_of", view.filters.as_of.day.isoformat()), *options)
    asked = view.here(path).partition("?")[2]
    return State(
        asked=f"&{asked}" if asked else "",
        brief=view.here(path, lang=DEFAULT_LANGUAGE, as_of=None),
        frozen=view.here(path, options=options),
    )


def file_href(panel_id: str, path: str, form: str, state: State) -> str:
    """Return the address of what a panel of the page at *path* says, in a form, in that *state*."""
    asked = urlencode({"page": path, "format": form}, safe="/")
    return f"{FILES}{panel_id}?{asked}{state.asked}"


def menu_items(
    panel: Panel,
    frame: pd.DataFrame,
    title: str,
    view: View,
    *,
    path: str,
    formats: Mapping[str, Any],
    state: State | None = None,
) -> Sequence[Component]:
    """Return the lines of the menu of *panel*; one that cannot be made now is left out.

    Its addresses are of the state at hand unless *state* says another.
    """
    if not panel.speaks:
        return ()
    state = state or state_of(path, view)
    chart = panel.figure is not None and (len(frame) > 0 or panel.draws_empty)
    links = [
        _link(form, file_href(panel.id, path, form.by_browser if form.available() else form.id, state), state)
        for form in formats.values()
        if form.listed and form.fits(has_chart=chart) and (form.available() is None or form.by_browser)
    ]
    if not links:
        return ()
    cite = html.Button(
        view.t("download.copy_citation"),
        type="button",
        className="menu-item",
        **{"data-copy-text": cited(panel, frame, title, view, state), "data-copied": view.t("ui.copied")},
    )
    return [html.Div(links, className="menu-forms"), cite, brief_item(panel, view, state)]


def _link(form: Any, href: str, state: State) -> Component:
    """Return the link to a file; one the server cannot make now is drawn by the browser, from what *href* answers."""
    more = {"data-asks": href} if state.open else {}
    if form.available():
        drawn = {"data-draws": href, "data-form": form.id}
        return html.Button(form.name, type="button", className="menu-item", **drawn, **more)
    kept = {} if form.id in AS_PAGE else {"download": ""}
    return html.A(form.name, href=href, className="menu-item", **kept, **more)


def brief_item(panel: Panel, view: View, state: State) -> Component:
    """Return the button that puts *panel* in that *state* into the briefing under way in this browser."""
    return html.Button(
        view.t("ui.add_to_briefing"),
        type="button",
        className="menu-item",
        **{
            "data-brief": f"{state.brief}#{panel.id}",
            "data-briefed": view.t("ui.added_to_briefing"),
            "data-open": view.t("ui.open_briefing"),
            "data-compose": f"/briefings/compose?lang={view.words.lang}",
        },
    )


def cited(panel: Panel, frame: pd.DataFrame, title: str, view: View, state: State) -> str:
    """Return the citation of *panel*, which the browser completes with the address of the product."""
    return citation(
        view.words,
        title=title,
        unit=said(panel.unit, view),
        as_of=as_of_said(view),
        sources=source_names(panel, frame, view),
        address=f"{ORIGIN}{state.frozen}#panel-{panel.id}",
    )
