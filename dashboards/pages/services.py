"""Services: Cross-boundary Public Services of both sides, kiosks by city, identity platforms, e-government."""

from __future__ import annotations

from dashboards.panel import Page
from dashboards.panels import services_kiosks, services_online
from dashboards.panels.headlines import Lead, lead_panel
from dashboards.panels.switches import VIEWS, heading

LEADS = (
    Lead(indicator="cbps_departments_hk", place="hong_kong"),
    Lead(indicator="cbps_services_kiosk_hk"),
    Lead(indicator="cbps_kiosk_cities_mainland", place="gba"),
    Lead(indicator="iam_smart_users", place="hong_kong"),
)

PAGE = Page(
    id="services",
    path=services_kiosks.PATH,
    order=20,
    title="services.title",
    lead="services.lead",
    panels=(
        lead_panel("services-leads", "services.leads", LEADS),
        services_online.BOTH_SIDES,
        services_online.DEPARTMENTS,
        heading("kiosks", "services.kiosks"),
        services_kiosks.SWITCH,
        services_kiosks.MAP,
        services_kiosks.MATRIX,
        *services_kiosks.OTHER_SIDE,
        heading("iam-smart", "services.iam_smart"),
        *services_online.IAM_SMART,
        heading("guangdong-macao", "services.guangdong_macao"),
        *services_online.GUANGDONG_MACAO,
    ),
    options={"show": tuple(services_kiosks.MEASURES), "view": VIEWS},
)
