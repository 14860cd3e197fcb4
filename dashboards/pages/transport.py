"""Transport: passengers at the control points, the crossings counted by each side, what comes in by itself."""

from __future__ import annotations

from dashboards.desk import Desk, Filters
from dashboards.panel import Page, Panel, made
from dashboards.panels import transport_crossings as crossings
from dashboards.panels import transport_openings as openings
from dashboards.panels import transport_speeds
from dashboards.panels import transport_trends as trends
from dashboards.panels.switches import heading
from dashboards.panels.transport_head import PATH, controls_panel, leads_panel, markable
from dashboards.panels.transport_live import live_panels
from dashboards.panels.transport_modes import mode_panels
from dashboards.panels.transport_passengers import FEEDS, Passengers
from dashboards.panels.transport_published import Published
from dashboards.panels.transport_sides import Sums, sides_panel


def panels(desk: Desk, filters: Filters) -> tuple[Panel, ...]:
    """Return the panels of one answer; those that show the same figures read them once, together."""
    held, published = Passengers(desk, filters), Published(desk, filters)
    period = (filters.start, filters.end)
    passengers = (
        controls_panel(held, desk),
        leads_panel(held, desk),
        crossings.map_panel(held),
        crossings.ranking_panel(held),
        trends.points_panel(held),
        trends.groups_panel(held),
        trends.calendar_panel(held),
        crossings.years_panel(held),
        crossings.balance_panel(held, desk),
        openings.openings_panel(held),
        sides_panel(published, Sums(desk, filters), held),
    )
    return (
        *made(passengers, period, filters.places, filters.option("feed")),
        *made((heading("live", "transport.live"), *live_panels(transport_speeds.PANEL))),
        *made((heading("modes", "transport.modes"), *mode_panels(published)), period),
    )


PAGE = Page(
    id="transport",
    path=PATH,
    order=40,
    title="transport.title",
    lead="transport.lead_line",
    panels=panels,
    options={"feed": tuple(FEEDS), "mark": markable},
    shows_readings=True,
)
