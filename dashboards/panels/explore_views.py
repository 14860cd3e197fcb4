"""Saved views: the way to those of a signed-in person, or to those that this browser keeps by itself."""

from __future__ import annotations

from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from dashboards.desk import Desk
from dashboards.panel import View
from dashboards.panels.explore_asked import PATH

SAVED = "/saved-views"
WORDS = ("name", "save", "open", "rename", "delete", "none", "saved", "deleted", "full")


def views(desk: Desk, view: View) -> Component:
    """Return links to save this view and to see those saved; where nobody signs in, a place for the browser's own."""
    if desk.accounts:
        query = view.here(PATH).partition("?")[2]
        save = f"{SAVED}?{urlencode({'lang': view.words.lang, 'view': query})}"
        links = [html.A(view.t("views.save_this"), href=save, className="chip")]
        links.append(html.A(view.t("views.mine"), href=f"{SAVED}?lang={view.words.lang}", className="chip"))
        return html.P(links, className="chips")
    words = {f"data-{word}": view.t(f"views.{word}") for word in WORDS}
    return html.Div(
        [html.P(view.t("views.in_browser"), className="note"), html.Div(id="own-views", **words)],
        className="own-views",
    )
