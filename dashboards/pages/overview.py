"""The overview: where the five work items stand, 5G by city, what changed, what is new."""

from __future__ import annotations

from dashboards.desk import Desk, Filters
from dashboards.panel import Page, Panel, made
from dashboards.panels.overview_cards import cards_panel
from dashboards.panels.overview_changes import changes_panel
from dashboards.panels.overview_newest import NEWEST
from dashboards.panels.overview_stations import MAP, RANKING, SWITCHES
from dashboards.panels.switches import VIEWS
from dashboards.panels.work_item_told import told_for


def panels(desk: Desk, filters: Filters) -> tuple[Panel, ...]:
    """Return the panels, which share what they find out about the work items."""
    told = told_for(desk, filters)
    return (*made([cards_panel(told)]), SWITCHES, MAP, RANKING, *made([changes_panel(told)]), NEWEST)


PAGE = Page(
    id="overview",
    path="/",
    order=0,
    title="ui.overview",
    lead="overview.lead",
    panels=panels,
    options={"view": VIEWS},
)
