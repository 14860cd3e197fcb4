"""Connectivity: 5G base stations by city and by counting basis, who uses them, networks, industry applications."""

from __future__ import annotations

from dashboards.panel import Page
from dashboards.panels import connectivity_cities, connectivity_industry, connectivity_uptake
from dashboards.panels.connectivity_stations import BASES, PATH, STATIONS, years
from dashboards.panels.headlines import Lead, lead_panel
from dashboards.panels.switches import VIEWS

LEADS = (
    Lead(indicator=STATIONS, place="guangdong"),
    Lead(indicator="fiveg_pop_coverage_pct", place="hong_kong", unit=True),
    Lead(indicator="fiveg_share_of_mobile_pct", place="macao", unit=True),
    Lead(indicator="ftth_hh_penetration_pct", place="hong_kong", unit=True),
)

PAGE = Page(
    id="connectivity",
    path=PATH,
    order=30,
    title="connectivity.title",
    lead="connectivity.lead",
    panels=(
        lead_panel("connectivity-leads", "connectivity.leads", LEADS),
        *connectivity_cities.PANELS,
        *connectivity_uptake.UPTAKE,
        *connectivity_uptake.NETWORKS,
        *connectivity_industry.PANELS,
    ),
    options={"year": years, "basis": BASES, "view": VIEWS},
)
