"""The site itself: accessibility, privacy, and who answers for it."""

from __future__ import annotations

import re
from functools import partial

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.desk import Desk
from dashboards.panel import Panel, View
from dashboards.panels.about_parts import bullets, paragraphs, section

_ACCESS = (
    "about.access_aim",
    "about.access_keyboard",
    "about.access_charts",
    "about.access_colour",
    "about.access_small",
    "about.access_tested",
)
_PRIVACY = ("about.privacy_cookies", "about.privacy_hosts", "about.privacy_browser", "about.privacy_journal")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def access_body(_frame: pd.DataFrame, view: View) -> list[Component]:
    """Write the statement of accessibility, with the way to the pages that need no script."""
    plain = html.A(view.t("about.access_plain_link"), href=view.href("/plain"))
    return [
        bullets([view.t(key) for key in _ACCESS]),
        html.P([view.t("about.access_plain"), " ", plain]),
        *paragraphs(("about.access_limits",), view),
    ]


def privacy_body(_frame: pd.DataFrame, view: View) -> Component:
    """Write what is kept of visitors: next to nothing."""
    return bullets([view.t(key) for key in _PRIVACY])


def contact_panel(desk: Desk) -> Panel:
    """Return the panel of who answers for the site."""
    return section("contact", "about.contact", partial(contact_body, desk), size="third")


def contact_body(desk: Desk, _frame: pd.DataFrame, view: View) -> list[Component]:
    """Write the contact that the operator has set, as a link where it is an address."""
    said = contact_said(desk.contact.strip(), view)
    return [*paragraphs(("about.contact_said",), view), said]


def contact_said(contact: str, view: View) -> Component:
    """Write *contact*: an e-mail address or a web address as a link, anything else as it stands."""
    if not contact:
        return html.P(view.t("about.contact_none"))
    if _MAIL.fullmatch(contact):
        return html.P(html.A(contact, href=f"mailto:{contact}"))
    if contact.startswith(("https://", "http://")):
        return html.P(html.A(contact, href=contact, rel="noopener noreferrer"))
    return html.P(contact)


ACCESS = section("accessibility", "about.access", access_body, size="third")
PRIVACY = section("privacy", "about.privacy", privacy_body, size="third")
