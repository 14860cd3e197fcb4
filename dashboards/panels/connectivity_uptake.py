"""Who uses 5G and how far it reaches; what the networks carry; what stands in the street."""

from __future__ import annotations

import pandas as pd
from dash.development.base_component import Component

from dashboards.desk import Desk, Filters
from dashboards.panel import Panel, View
from dashboards.panels.figure_list import Remark, by_place, list_panel, listed
from dashboards.panels.switches import heading
from dashboards.panels.trends import trend_panel

SUBSCRIPTIONS = "fiveg_subscriptions"
PLACES = ("hong_kong", "macao", "guangdong", "guangzhou", "shenzhen")


def _subscriptions(desk: Desk, filters: Filters) -> pd.DataFrame:
    return desk.metrics.history(SUBSCRIPTIONS, filters.as_of)


def _by_place(frame: pd.DataFrame, view: View) -> Component | None:
    return by_place(frame, view, PLACES)


UPTAKE = (
    heading("uptake", "connectivity.uptake"),
    Panel(
        id="fiveg-subscriptions", title=f"indicator.{SUBSCRIPTIONS}", query=_subscriptions, body=_by_place,
        table=listed,
        note="connectivity.subscriptions_note", indicators=(SUBSCRIPTIONS,),
    ),
    trend_panel(
        "fiveg-share", "indicator.fiveg_share_of_mobile_pct", ("fiveg_share_of_mobile_pct",), unit="unit.%"
    ),
    list_panel(
        "fiveg-coverage",
        "connectivity.coverage",
        (
            "fiveg_pop_coverage_pct", "fiveg_cbd_coverage_pct", "fiveg_key_venue_access_pct",
            "fiveg_penetration_pop_pct", "fiveg_gov_premises_opened", "fiveg_spectrum_assigned_mhz",
            "rural_fiveg_min_mbps",
        ),
    ),
    trend_panel(
        "mobile-data", "indicator.mobile_data_per_capita_mb", ("mobile_data_per_capita_mb",),
        unit="unit.MB/capita/month",
    ),
)  # fmt: skip

NETWORKS = (
    heading("networks", "connectivity.networks"),
    trend_panel(
        "broadband",
        "connectivity.broadband",
        ("hh_broadband_penetration_pct", "ftthb_hh_penetration_pct", "ftth_hh_penetration_pct"),
        unit="connectivity.share_of_households",
        note="connectivity.broadband_note",
    ),
    trend_panel("public-wifi", "indicator.public_wifi_aps", ("public_wifi_aps",), unit="unit.access points"),
    list_panel(
        "infrastructure",
        "connectivity.infrastructure",
        (
            "gov_wifi_hotspots", "smart_lampposts", "smart_lamppost_traffic_detectors",
            "smart_lamppost_met_devices", "broadband_subscriptions", "fixed_bb_ports",
        ),
    ),
    list_panel(
        "computing",
        "connectivity.computing",
        (
            "ai_compute_pflops", "ai_compute_utilisation_pct", "ai_subsidy_projects", "dc_racks",
            "network_latency_ms", "compute_foundation_projects",
        ),
        remarks=(Remark(key="connectivity.computing_note", indicator="dc_racks"),),
    ),
)  # fmt: skip
