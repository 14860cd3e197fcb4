"""Industry applications: 5G in factories and projects, vehicles that drive themselves, the low-altitude economy."""

from __future__ import annotations

from dashboards.panels.figure_list import Remark, list_panel
from dashboards.panels.switches import heading
from dashboards.panels.trends import trend_panel

PANELS = (
    heading("industry", "connectivity.industry"),
    list_panel(
        "fiveg-applications",
        "connectivity.applications",
        (
            "fiveg_subsidised_projects", "fiveg_applications", "fiveg_factories",
            "smart_factories_provincial_new", "industrial_cloud_platform_pct", "m2m_connections",
        ),
    ),
    trend_panel(
        "vehicle-roads", "indicator.icv_open_road_km", ("icv_open_road_km",), unit="unit.km",
        note="connectivity.roads_note",
    ),
    list_panel(
        "vehicles",
        "connectivity.vehicles",
        (
            "av_pilot_licences", "av_test_vehicles", "av_test_km_cum", "av_test_route_km", "icv_test_firms",
            "icv_test_notices", "av_mutual_recognition_cities",
        ),
    ),
    list_panel(
        "low-altitude",
        "connectivity.low_altitude",
        (
            "lae_sandbox_projects_started", "lae_sandbox_projects_approved", "lae_sandbox_x_applications",
            "lae_designated_routes", "lae_uav_routes", "lae_landing_points",
        ),
        remarks=(Remark(key="connectivity.low_altitude_note", indicator="lae_uav_routes"),),
    ),
)  # fmt: skip
