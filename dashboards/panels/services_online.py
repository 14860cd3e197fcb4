"""Services online: both sides of Cross-boundary Public Services, iAM Smart, Yue Sheng Shi, Macao One Account."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.panel import Panel, View
from dashboards.panels.chronicle import chronicle
from dashboards.panels.figure_list import Remark, list_panel
from dashboards.panels.trends import trend_panel

SITE_HK, SITE_GD, AT_KIOSKS = "cbps_services_hk", "cbps_services_gd", "cbps_services_kiosk_hk"
SMART_SERVICES = "iam_smart_services"


def both_sides(desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return every count of services of either side as known then, on the websites and at Hong Kong's kiosks."""
    return desk.metrics.history([SITE_HK, AT_KIOSKS, SITE_GD], filters.as_of)


def _both_sides(frame: pd.DataFrame, view: View) -> Component:
    guangdong = frame["indicator_id"].eq(SITE_GD)
    most = float(frame["value"].max())
    return html.Div(
        [
            _side("services.side_hong_kong", frame[~guangdong], view, most),
            _side("services.side_guangdong", frame[guangdong], view, most),
        ],
        className="two-sides",
    )


def _side(title: str, frame: pd.DataFrame, view: View, most: float) -> Component:
    head = html.H3(view.t(title))
    if frame.empty:
        return html.Div([head, html.P(view.t("ui.no_figure"), className="soft")])
    names = [
        _where(str(one), str(place), view)
        for one, place in zip(frame["indicator_id"], frame["place_id"], strict=True)
    ]
    return html.Div([head, chronicle(frame, view, most=most, names=names)])


def _where(indicator: str, place: str, view: View) -> str:
    if indicator == AT_KIOSKS:
        return view.t("services.at_kiosk", place=view.style.place(place))
    return view.t("services.on_site" if indicator == SITE_HK else "services.on_area")


def _smart_services(desk: Desk, filters: Filters) -> pd.DataFrame:
    return desk.metrics.history(SMART_SERVICES, filters.as_of)


def _by_basis(frame: pd.DataFrame, view: View) -> list[Component]:
    names = [view.t(f"basis.{basis}") for basis in frame["counting_basis"]]
    found = [chronicle(frame, view, most=float(frame["value"].max()), names=names)]
    return [*found, parts.note(view.t("services.bases_note"))] if len(set(names)) > 1 else found


BOTH_SIDES = Panel(
    id="cbps-both-sides", title="services.both_sides", unit="unit.services", query=both_sides, body=_both_sides,
    size="wide", note="services.both_sides_note", indicators=(SITE_HK, AT_KIOSKS, SITE_GD),
)  # fmt: skip
DEPARTMENTS = trend_panel(
    "cbps-departments", "indicator.cbps_departments_hk", ("cbps_departments_hk",), size="third"
)
IAM_SMART = (
    trend_panel("iam-smart-users", "indicator.iam_smart_users", ("iam_smart_users",), unit="unit.users"),
    Panel(
        id="iam-smart-services", title=f"indicator.{SMART_SERVICES}", query=_smart_services, body=_by_basis,
        indicators=(SMART_SERVICES,),
    ),
    list_panel(
        "iam-smart-use",
        "services.smart_use",
        (
            "iam_smart_daily_uses", "iam_smart_annual_transactions", "iam_smart_online_services",
            "iam_smart_coverage_pct",
        ),
        home="hong_kong",
        remarks=(Remark(key="services.smart_use_note", indicator="iam_smart_daily_uses"),),
    ),
    list_panel(
        "egovernment",
        "services.egovernment",
        ("hk_eservices_licences", "hk_epayment_items", "egov_audit_units"),
        home="hong_kong",
    ),
)  # fmt: skip
GUANGDONG_MACAO = (
    trend_panel(
        "macao-one-account-users", "indicator.macao_one_account_users", ("macao_one_account_users",),
        unit="unit.users",
    ),
    list_panel(
        "macao-one-account",
        "services.one_account",
        (
            "macao_one_account_services", "macao_one_account_bookable_services",
            "macao_business_platform_services", "macao_enotice_users",
        ),
        home="macao",
    ),
    list_panel(
        "yue-sheng-shi",
        "services.yue_sheng_shi",
        ("yueshengshi_users", "yueshengshi_services", "wanshitong_services"),
        remarks=(Remark(key="services.yue_sheng_shi_note", indicator="yueshengshi_users"),),
    ),
    list_panel(
        "health-vouchers", "services.health_vouchers", ("ehcv_gba_cities", "ehcv_gba_service_points")
    ),
)  # fmt: skip
