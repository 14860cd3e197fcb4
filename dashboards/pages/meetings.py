"""The meetings: the next one, those held with how things stood then, and the actions that are open."""

from __future__ import annotations

from dashboards.panel import Page
from dashboards.panels.meeting_list import list_panel, next_panel
from dashboards.panels.meeting_record import actions_panel

PAGE = Page(
    id="meetings",
    path="/meetings",
    order=70,
    title="meeting_page.title",
    lead="meeting_page.lead",
    panels=(next_panel(), list_panel(), actions_panel(None, only_open=True, panel_id="open-actions")),
)
