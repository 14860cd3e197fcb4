"""Sources: every source with its state, last and next run, what it brought and what is held back."""

from __future__ import annotations

from dashboards.panel import Page
from dashboards.panels import sources_health

PAGE = Page(
    id="sources",
    path="/sources",
    order=90,
    title="sources.title",
    lead="sources.lead_line",
    panels=(sources_health.SUMMARY, sources_health.LISTING, sources_health.QUARANTINE),
    shows_readings=True,
    rests_on=sources_health.mark,
    renews=sources_health.seconds,
)
