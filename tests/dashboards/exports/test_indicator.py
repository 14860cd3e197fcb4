"""All figures of one indicator."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.exports.indicator import tell_indicator
from dashboards.style import Shapes
from metrics.asof import now_as_of
from tests.opened import NOW


def told(desk, indicator: str = "fiveg_base_stations", **asked):
    filters = Filters(as_of=now_as_of(NOW), item=indicator, **asked)
    return tell_indicator(indicator, desk, filters, shapes=Shapes(), origin="https://x")


def test_every_period_is_told_within_places_and_period(opening_desk) -> None:
    held = opening_desk.metrics.history("fiveg_base_stations", now_as_of(NOW))
    assert len(told(opening_desk).rows) == len(held)
    some = told(opening_desk, places=("shenzhen",), start=NOW.date().replace(year=2022))
    assert set(some.rows["place_id"]) == {"shenzhen"}
    assert min(some.rows["period_end"]).year >= 2022


def test_a_figure_divided_says_by_what(opening_desk) -> None:
    rows = told(opening_desk, per="km2").rows
    stated = rows[rows["value"].notna()]
    assert len(stated)
    assert stated["divided_by_value"].gt(0).all()
    assert rows.loc[rows["value"].isna(), "underived"].ne("").all()


def test_a_share_is_not_divided(opening_desk) -> None:
    with pytest.raises(ValueError, match="leave --per away"):
        told(opening_desk, "fiveg_pop_coverage_pct", per="capita")


def test_its_link_is_the_indicators_own_page(opening_desk) -> None:
    assert (
        told(opening_desk).permalink
        == "https://x/indicators/fiveg_base_stations?as_of=2026-11-21#panel-series"
    )
