"""Data flow: open data, health records, the standard contract, payments, credit, data validation, trade."""

from __future__ import annotations

from dashboards.panel import Page
from dashboards.panels import data_flow_steps
from dashboards.panels.figure_list import Remark, list_panel
from dashboards.panels.headlines import Lead, lead_panel
from dashboards.panels.trends import trend_panel

LEADS = (
    Lead(indicator="open_datasets", place="hong_kong", basis="datasets"),
    Lead(indicator="ehealth_crossboundary_institutions", place="gba"),
    Lead(indicator="fps_registrations", place="hong_kong"),
    Lead(indicator="cdi_loan_value_cum", place="hong_kong", unit=True),
)

PANELS = (
    lead_panel("data-flow-leads", "data_flow.leads", LEADS),
    list_panel(
        "open-data",
        "data_flow.open_data",
        ("open_datasets", "open_datasets_provincial", "open_data_downloads_annual"),
        remarks=(
            Remark(key="data_flow.packages_note", indicator="open_datasets", basis="catalogue_packages"),
            Remark(key="data_flow.platform_note", indicator="open_datasets", place="guangdong"),
        ),
    ),
    data_flow_steps.PANEL,
    trend_panel(
        "health-institutions", "indicator.ehealth_crossboundary_institutions",
        ("ehealth_crossboundary_institutions",), unit="unit.institutions",
    ),
    list_panel(
        "health-records",
        "data_flow.health_records",
        (
            "ehealth_users", "ehealth_xb_record_users", "ehealth_xb_record_applications",
            "ehealth_radiology_deposit_institutions",
        ),
        remarks=(Remark(key="data_flow.health_records_note", indicator="ehealth_xb_record_users"),),
    ),
    trend_panel(
        "fps-registrations", "indicator.fps_registrations", ("fps_registrations",), unit="unit.accounts"
    ),
    list_panel(
        "payments",
        "data_flow.payments",
        (
            "fps_hkd_monthly_volume", "fps_hkd_monthly_value", "svf_accounts",
            "payment_connect_first_day_southbound", "payment_connect_first_day_northbound",
            "payment_connect_banks_hk",
        ),
        home="hong_kong",
        remarks=(Remark(key="data_flow.payments_note", indicator="payment_connect_first_day_southbound"),),
    ),
    list_panel(
        "ecny",
        "data_flow.ecny",
        ("ecny_merchants_hk", "ecny_fps_banks", "ecny_operating_institutions", "ecny_wallets", "ecny_merchants"),
        remarks=(Remark(key="data_flow.ecny_note", indicator="ecny_wallets"),),
    ),
    list_panel(
        "credit",
        "data_flow.credit",
        (
            "cbcr_banks", "cbcr_loan_value_cum", "cbcr_loan_enterprises_cum", "cbcr_kyc_enterprises_cum",
            "cdi_banks", "cdi_data_providers", "cdi_loan_applications_cum", "cdi_loan_value_cum",
        ),
        home="hong_kong",
        remarks=(Remark(key="data_flow.credit_note", indicator="cdi_loan_value_cum"),),
    ),
    list_panel(
        "data-validation",
        "data_flow.validation",
        (
            "dvp_uses_cum", "dvp_use_cases", "dvp_banks", "dvp_loan_value_cum",
            "yuexinrong_macao_validation_cities",
        ),
    ),
    list_panel(
        "trade-window",
        "data_flow.trade",
        (
            "tsw_document_types", "tsw_phase1_licences_annual", "tsw_phase1_takeup_pct", "tsw_phase2_licences_cum",
            "pcs_registered_companies", "pcs_banks_recognising",
        ),
        home="hong_kong",
    ),
)  # fmt: skip

PAGE = Page(
    id="data_flow",
    path="/data-flow",
    order=50,
    title="data_flow.title",
    lead="data_flow.lead",
    panels=PANELS,
)
