"""About: the method, the rules of truth, what the marks mean, licences, glossary, addresses for programs, contact."""

from __future__ import annotations

from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.panel import Page, Panel, View, said
from dashboards.panels.about_api import API
from dashboards.panels.about_glossary import glossary_panel
from dashboards.panels.about_method import ITEM, METHOD
from dashboards.panels.about_site import ACCESS, PRIVACY, contact_panel
from dashboards.panels.about_sources import licences_panel
from dashboards.panels.about_truth import AS_OF, CHANGES, MARKS, TRUTH

PATH = "/about"


def panels(desk: Desk, _filters: Filters) -> tuple[Panel, ...]:
    """Return the sections in their order."""
    return (
        METHOD,
        ITEM,
        TRUTH,
        AS_OF,
        CHANGES,
        MARKS,
        licences_panel(desk),
        glossary_panel(desk),
        API,
        ACCESS,
        PRIVACY,
        contact_panel(desk),
    )


def intro(desk: Desk, view: View) -> Component:
    """Write the ways to the sections."""
    here = view.href(PATH)
    links = [(said(one.title, view), f"{here}#panel-{one.id}", False) for one in panels(desk, view.filters)]
    return parts.chips(links, label=view.t("about.sections"))


PAGE = Page(
    id="about",
    path=PATH,
    order=95,
    title="about.title",
    lead="about.lead",
    intro=intro,
    panels=panels,
    nav=False,
)
