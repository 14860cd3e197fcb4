"""Briefings: those made ready for each meeting and those that people saved, to present or to compose further."""

from __future__ import annotations

from dashboards.panel import Page
from dashboards.panels.briefing_list import READY, SAVED, begin
from dashboards.panels.switches import heading

PAGE = Page(
    id="briefings",
    path="/briefings",
    order=75,
    title="briefing.title",
    lead="briefing.lead",
    intro=begin,
    panels=(
        heading("ready", "briefing.ready"),
        READY,
        heading("saved", "briefing.saved_title"),
        SAVED,
    ),
    nav=False,
)
