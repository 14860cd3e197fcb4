"""The menu of a panel: every form it can be taken away in, its link, its citation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def file_href(panel_id: str, path: str, form: str, view: View) -> str:
    """Return the address of what a panel of the page at *path* says, in a form, in the state at hand."""
    state = view.here(path).partition("?")[2]
    asked = urlencode({"page": path, "format": form}, safe="/")
    return f"{FILES}{panel_id}?{asked}{'&' if state else ''}{state}"


def menu_items(
    panel: Panel, frame: pd.DataFrame, title: str, view: View, *, path: str, formats: Mapping[str, Any]
) -> Sequence[Component]:
    """Return the lines of the menu of *panel*; one that cannot be made now is left out."""
    if not panel.speaks:
        return ()
    chart = panel.figure is not None and (len(frame) > 0 or panel.draws_empty)
    links = [
        _link(form, file_href(panel.id, path, form.by_browser if form.available() else form.id, view))
        for form in formats.values()
        if form.listed and form.fits(has_chart=chart) and (form.available() is None or form.by_browser)
    ]
    if not links:
        return ()
    cite = html.Button(
        view.t("download.copy_citation"),
        type="button",
        className="menu-item",
        **{"data-copy-text": cited(panel, frame, title, path, view), "data-copied": view.t("ui.copied")},
    )
    return [html.Div(links, className="menu-forms"), cite, brief_item(panel, path, view)]


def _link(form: Any, href: str) -> Component:
    """Return the link to a file; one the server cannot make now is drawn by the browser, from what *href* answers."""
    if form.available():
        return html.Button(
            form.name, type="button", className="menu-item", **{"data-draws": href, "data-form": form.id}
        )
    kept = {} if form.id in AS_PAGE else {"download": ""}
    return html.A(form.name, href=href, className="menu-item", **kept)


def brief_item(panel: Panel, path: str, view: View) -> Component:
    """Return the button that puts *panel* in the state at hand into the briefing under way in this browser."""
    state = view.here(path, lang=DEFAULT_LANGUAGE, as_of=None)
    return html.Button(
        view.t("ui.add_to_briefing"),
        type="button",
        className="menu-item",
        **{
            "data-brief": f"{state}#{panel.id}",
            "data-briefed": view.t("ui.added_to_briefing"),
            "data-open": view.t("ui.open_briefing"),
            "data-compose": f"/briefings/compose?lang={view.words.lang}",
        },
    )


def cited(panel: Panel, frame: pd.DataFrame, title: str, path: str, view: View) -> str:
    """Return the citation of *panel*, which the browser completes with the address of the product."""
    return citation(
        view.words,
        title=title,
        unit=said(panel.unit, view),
        as_of=as_of_said(view),
        sources=source_names(panel, frame, view),
        address=ORIGIN + frozen_href(panel.id, path, view),
    )


def frozen_href(panel_id: str, path: str, view: View) -> str:
    """Return the address of a panel in the state at hand, as known on its day."""
    options = view.filters.options
    if view.filters.as_of.current:
        options = (("as_of", view.filters.as_of.day.isoformat()), *options)
    return f"{view.here(path, options=options)}#panel-{panel_id}"
