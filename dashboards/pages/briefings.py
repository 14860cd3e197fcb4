"""Briefings: those made ready for each meeting and those that people saved, to present or to compose further."""

from __future__ import annotations

from dashboards.panel import Page
from dashboards.panels.briefing_list import READY, SAVED, begin

PAGE = Page(
    id="briefings",
    path="/briefings",
    order=75,
    title="briefing.title",
    lead="briefing.lead",
    intro=begin,
    panels=(READY, SAVED),
    nav=False,
)
