"""The way to the five work items: each with its statement, status and counts."""

from __future__ import annotations

from dashboards.desk import Desk, Filters
from dashboards.panel import Page, Panel, made
from dashboards.panels.work_item_index import index_panel
from dashboards.panels.work_item_told import told_for


def panels(desk: Desk, filters: Filters) -> tuple[Panel, ...]:
    """Return the one panel."""
    return made([index_panel(told_for(desk, filters))])


PAGE = Page(
    id="work_items",
    path="/work-items",
    order=1,
    title="work_item_page.title",
    lead="overview.lead",
    panels=panels,
)
