"""What the transport panels say, as tables, over day figures and readings."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.exports.telling import tell
from dashboards.pages.transport import PAGE
from dashboards.panel import panels_of
from dashboards.style import Shapes
from metrics.asof import now_as_of
from tests.dashboards.panels.crossing_days import GROUPS, MOMENT, PLACES, total


def told(desk, panel_id: str, lang: str = "en", **asked):
    filters = Filters(lang=lang, as_of=now_as_of(MOMENT), **asked)
    panel = next(one for one in panels_of(PAGE, desk, filters) if one.id == panel_id)
    return tell(PAGE, panel, desk, filters, shapes=Shapes()).rows


def test_each_group_of_a_month_has_its_sum_and_says_where(days_desk) -> None:
    rows = told(days_desk, "groups-over-time")
    assert set(rows["group"]) == {"Hong Kong residents", "Mainland visitors", "Other visitors"}
    assert set(rows["place"]) == {"All control points together"}
    assert len(rows) == 14 * len(GROUPS)


def test_a_year_has_its_total_its_days_and_how_many_a_day(days_desk) -> None:
    rows = told(days_desk, "years")
    whole = rows[rows["period"].eq("2024")].iloc[0]
    first, last = whole["period_start"], whole["period_end"]
    assert whole["value"] == total(first, last)
    assert whole["days"] == 366
    assert whole["a_day"] == round(whole["value"] / 366)


def test_both_ways_are_told_by_point_and_by_group_with_the_net(days_desk) -> None:
    rows = told(days_desk, "balance")
    points = rows[rows["place_id"].ne("")]
    assert set(points["direction"]) == {"northbound", "southbound"}
    assert set(points["place_id"]) < set(PLACES)
    groups = rows[rows["place_id"].eq("")]
    assert len(groups) == 3 * len(GROUPS)
    ways = groups.pivot_table(index="group", columns="direction", values="value", aggfunc="sum")
    net = [name for name in ways.columns if name not in {"northbound", "southbound"}]
    assert ((ways["northbound"] - ways["southbound"]).abs() == ways[net].sum(axis=1)).all()


def test_an_opening_without_a_full_year_of_figures_has_no_figure(days_desk) -> None:
    rows = told(days_desk, "openings")
    assert rows["opening"].ne("").all()
    assert (rows["figure"].ne("") == rows["value"].notna()).all()


@pytest.mark.parametrize("lang", ["en", "zh-Hant"])
def test_a_level_is_said_by_its_name_and_every_reading_has_its_time(days_desk, lang) -> None:
    rows = told(days_desk, "waiting", lang)
    assert len(rows) == 4
    assert not rows["figure"].str.contains("99").any()
    assert rows["taken_at"].ne("").all()


def test_a_district_has_the_mean_of_its_detectors_weighted_by_vehicles(days_desk) -> None:
    rows = told(days_desk, "speeds").set_index("place_id")
    assert rows.loc["district_hk_north", "value"] == 70.0
    assert rows.loc["district_hk_north", "detectors"] == 2


def test_the_headline_figures_are_in_the_table(days_desk) -> None:
    rows = told(days_desk, "transport-leads")
    assert len(rows) == 4
    assert rows["value"].gt(0).all()
