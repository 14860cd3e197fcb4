"""The explorer: any figures, anywhere, for any period, worked out and drawn as the reader asks."""

from __future__ import annotations

from dashboards.desk import Desk, Filters
from dashboards.panel import Page, Panel
from dashboards.panels.explore_asked import OPTIONS, PATH
from dashboards.panels.explore_charts import chart_panels
from dashboards.panels.explore_desk import desk_of
from dashboards.panels.explore_guidance import guidance_panels
from dashboards.panels.explore_read import Explored
from dashboards.panels.explore_revised import revised_panels
from dashboards.panels.explore_table import table_panel


def panels(desk: Desk, filters: Filters) -> tuple[Panel, ...]:
    """Return the panels of one answer; the question is asked once for all of them."""
    held = Explored(desk, filters)
    if held.figures.empty:
        return (*guidance_panels(held), *revised_panels(held))
    return (*chart_panels(held), *revised_panels(held), *guidance_panels(held), table_panel(held))


PAGE = Page(
    id="explore",
    path=PATH,
    order=60,
    title="explore.title",
    lead="explore.lead",
    panels=panels,
    intro=desk_of,
    options=OPTIONS,
)
