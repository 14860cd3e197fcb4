"""How indicators are written in their catalogue and on their own pages: figures, periods, owners, methods."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.notices import breakdown_said
from dashboards.panel import View
from metrics.asof import HONG_KONG
from metrics.indicators import Indicator

PLAIN_BASIS = "as_published"


def full_figure(row: Mapping[str, Any], view: View) -> str:
    """Write the figure of a warehouse row with every digit, its qualifier, and its unit where that has a name."""
    unit = row["unit"] if view.words.has(f"unit.{row['unit']}") else ""
    return view.words.number(row["value"], unit, row["qualifier"])


def short_figure(row: Mapping[str, Any], view: View) -> str:
    """Write the figure of a warehouse row in headline form."""
    unit = row["unit"] if view.words.has(f"unit.{row['unit']}") else ""
    return view.words.compact(row["value"], unit, row["qualifier"])


def period(row: Mapping[str, Any], view: View) -> str:
    """Write the period of a warehouse row."""
    return view.words.period(row["period_start"].date(), row["period_end"].date(), row["span"])


def known_day(row: Mapping[str, Any], view: View) -> str:
    """Write the Hong Kong day on which the figure of a row became known, as precisely as it is known."""
    return view.words.day(row["known_at"].tz_convert(HONG_KONG).date(), row["known_precision"])


def series_name(row: Mapping[str, Any], view: View, *, placed: bool = True) -> str:
    """Write where (if *placed*), of which part and on which counting basis a figure was counted."""
    said = [view.t(f"place.{row['place_id']}")] if placed else []
    said += [breakdown_said(row["breakdown"], view.words)] if row["breakdown"] else []
    said += [basis_name(row["counting_basis"], view)] if row["counting_basis"] != PLAIN_BASIS else []
    return view.words.listing(said)


def basis_name(basis: str, view: View) -> str:
    """Write a counting basis; one without a name stands as its code."""
    return view.t(f"basis.{basis}") if view.words.has(f"basis.{basis}") else basis


def owner_name(indicator: Indicator, view: View) -> str:
    """Write who answers for the definition of *indicator*."""
    return view.t(f"organisation.{indicator.owner}") if indicator.owner else view.t("indicator_page.no_owner")


def unit_names(indicator: Indicator, view: View) -> str:
    """Write every unit in which figures of *indicator* come."""
    return view.words.listing(
        view.t(f"unit.{unit}") if view.words.has(f"unit.{unit}") else unit for unit in indicator.units
    )


def method_said(indicator: Indicator, view: View) -> str:
    """Write how figures of *indicator* come about: as published, or by which formula."""
    derive = indicator.derive
    if derive is None:
        return view.t("indicator_page.method_published")
    key = (
        "indicator_page.method_same_period"
        if derive.match == "same_period"
        else "indicator_page.method_newest"
    )
    said = view.t(key, of=view.t(f"indicator.{derive.of}"), per=view.t(f"indicator.{derive.per}"))
    if derive.times == 1:
        return said
    return view.t("indicator_page.method_times", said=said, times=view.words.number(derive.times))


def link_to(indicator_id: str, view: View, *, text: str = "") -> Component:
    """Return the way to the page of an indicator, by its name unless *text* says otherwise."""
    return html.A(text or view.t(f"indicator.{indicator_id}"), href=view.href(f"/indicators/{indicator_id}"))
