"""Control points on the map, ranked, both ways and by year."""

from __future__ import annotations

from datetime import date

import pytest

from dashboards.desk import Filters
from dashboards.panels import transport_crossings as crossings
from dashboards.panels.transport_passengers import Passengers
from metrics.asof import instant_as_of
from tests.dashboards.panels.crossing_days import LAST, MOMENT, total
from tests.dashboards.panels.drawn import LANGUAGES, NOW, on, text, told, view_of

THEN = instant_as_of(MOMENT)
FEBRUARY = (date(2025, 2, 1), date(2025, 2, 28))
YEAR = (date(2024, 3, 1), date(2025, 2, 28))


def asked(**more) -> Filters:
    return Filters(**({"as_of": THEN} | more))


def number(value: float) -> str:
    return f"{value:,.0f}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_map_tells_both_ways_of_the_newest_full_month(days_desk, lang):
    filters = asked(lang=lang)
    said = text(crossings.map_panel(Passengers(days_desk, filters)), days_desk, filters)
    for direction in ("arrival", "departure"):
        assert number(total(*FEBRUARY, places=("hk_lo_wu",), directions=(direction,))) in said
    assert number(total(*FEBRUARY)) in said


def test_the_map_says_which_count_it_shows(days_desk, opening_desk):
    filters = asked()
    daily = text(crossings.map_panel(Passengers(days_desk, filters)), days_desk, filters)
    assert days_desk.words["en"].t("transport.from_daily") in daily
    now = Filters(as_of=NOW)
    monthly = text(crossings.map_panel(Passengers(opening_desk, now)), opening_desk, now)
    assert opening_desk.words["en"].t("transport.from_monthly") in monthly
    assert "Feb 2026" in monthly


def test_the_ranking_is_of_twelve_full_months_with_their_sum(days_desk):
    filters = asked()
    said = text(crossings.ranking_panel(Passengers(days_desk, filters)), days_desk, filters)
    assert said.index("Lo Wu") < said.index("Airport") < said.index("HZM Bridge")
    assert "1 Mar 2024 to 28 Feb 2025" in said
    assert number(total(*YEAR)) in said


def test_the_balance_is_of_land_and_rail_alone_and_tells_each_group(days_desk):
    filters = asked()
    panel = crossings.balance_panel(Passengers(days_desk, filters), days_desk)
    frame = panel.query(days_desk, filters)
    assert set(frame["place_id"]) == {"hk_lo_wu", "hk_hzmb"}
    land = ("hk_lo_wu", "hk_hzmb")
    north = total(*YEAR, places=land, directions=("departure",), groups=("mainland_visitors",))
    south = total(*YEAR, places=land, directions=("arrival",), groups=("mainland_visitors",))
    said = text(panel, days_desk, filters)
    assert f"Mainland visitors | {number(north)} | {number(south)} | {number(north - south)}" in said
    assert "more northbound" in said


def test_years_stay_years_and_a_year_under_way_says_its_days(days_desk):
    filters = asked()
    said = text(crossings.years_panel(Passengers(days_desk, filters)), days_desk, filters)
    assert f"1 Jan 2025 to 10 Mar 2025 | {number(total(date(2025, 1, 1), LAST))}" in said
    assert f"2024 | {number(total(date(2024, 1, 1), date(2024, 12, 31)))}" in said


def test_the_year_of_the_opening_figures_is_told_in_full(opening_desk):
    filters = Filters(as_of=NOW)
    said = text(crossings.years_panel(Passengers(opening_desk, filters)), opening_desk, filters)
    assert "2024 | 298,514,012" in said


def test_no_way_is_more_where_both_are_even(days_desk):
    filters = asked()
    held = Passengers(days_desk, filters)
    frame = crossings.balance_panel(held, days_desk).query(days_desk, filters)
    even = frame.assign(value=1.0)
    panel = crossings.balance_panel(held, days_desk)
    said = text(panel.__class__(**panel.__dict__ | {"query": lambda *_: even}), days_desk, filters)
    assert "even" in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_before_everything_the_panels_say_calmly_that_there_is_no_figure(days_desk, lang):
    filters = asked(lang=lang, as_of=on(2019, 1, 1))
    held = Passengers(days_desk, filters)
    for panel in (
        crossings.map_panel(held),
        crossings.ranking_panel(held),
        crossings.balance_panel(held, days_desk),
        crossings.years_panel(held),
    ):
        assert days_desk.words[lang].t("ui.no_figure") in text(panel, days_desk, filters)


def test_the_map_is_a_list_too_the_busiest_first_both_ways(opening_desk):
    filters = Filters(as_of=NOW)
    panel = crossings.map_panel(Passengers(opening_desk, filters))
    frame = panel.query(opening_desk, filters)
    view = view_of(opening_desk, filters)
    items = [one for one in crossings.as_list(frame, view)._traverse() if type(one).__name__ == "Li"]
    assert len(items) == frame["place_id"].nunique()
    busiest = frame.groupby("place_id")["value"].sum()
    names = [one for item in items for one in item._traverse() if getattr(one, "data-place", None)]
    assert getattr(names[0], "data-place") == busiest.idxmax()
    assert f"{busiest.max():,.0f}" in " ".join(told(items[0]))
    assert sum("arrivals" in " ".join(told(item)).lower() for item in items) == len(items)
