"""Coverage of the 11 cities: reported, out of date, and absences by their kind."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.panels.work_item_coverage import coverage_frame, coverage_panel
from dashboards.panels.work_item_told import told_for
from tests.dashboards.panels.drawn import LANGUAGES, NOW, on, text, view_of

NOW_FILTERS = Filters(as_of=NOW)


def test_every_indicator_is_told_for_all_eleven_cities(opening_desk):
    frame = coverage_frame(3, opening_desk, NOW_FILTERS)
    assert frame.groupby("indicator_id").size().eq(11).all()
    assert (frame["value"].notna() == frame["state"].isin(["reported", "stale"])).all()


def test_macao_is_not_in_scope_where_it_is_not(opening_desk):
    states = coverage_frame(1, opening_desk, NOW_FILTERS).set_index(["indicator_id", "place_id"])["state"]
    assert states["cbps_services_hk", "macao"] == "not_in_scope"
    assert states["cbps_services_hk", "zhuhai"] == "no_figure"
    assert states["cbps_services_kiosk_hk", "macao"] in {"reported", "stale"}


def test_a_figure_of_a_province_is_of_no_city(opening_desk):
    frame = coverage_frame(3, opening_desk, NOW_FILTERS)
    assert set(frame["place_id"]) == {city.id for city in opening_desk.atlas.cities}


def test_an_old_figure_is_out_of_date_by_its_own_cycle(opening_desk):
    frame = coverage_frame(3, opening_desk, NOW_FILTERS)
    row = frame[frame["indicator_id"].eq("fiveg_base_stations") & frame["place_id"].eq("guangzhou")].iloc[0]
    assert row["state"] == "stale"
    fresh = opening_desk.catalogue.get("fiveg_base_stations").fresh_days
    assert (NOW.day - row["period_end"].date()).days > fresh


@pytest.mark.parametrize("lang", LANGUAGES)
def test_absences_have_words_and_looks_of_their_own(opening_desk, lang):
    filters = Filters(lang=lang, as_of=NOW)
    panel = coverage_panel(told_for(opening_desk, filters), 1)
    words = opening_desk.words[lang]
    said = text(panel, opening_desk, filters)
    assert words.t("flag.not_in_scope") in said
    assert words.t("figure.no_figure") in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_legend_names_every_look_of_a_cell(opening_desk, lang):
    filters = Filters(lang=lang, as_of=NOW)
    panel = coverage_panel(told_for(opening_desk, filters), 2)
    made = str(panel.body(panel.query(opening_desk, filters), view_of(opening_desk, filters)))
    for look in (
        "reported",
        "stale",
        "no_figure",
        "not_published",
        "withheld",
        "not_in_scope",
        "not_defined",
    ):
        assert f"swatch cell-{look}'" in made
    words = opening_desk.words[lang]
    said = text(panel, opening_desk, filters)
    keys = ("flag.stale", "flag.withheld", "flag.not_in_scope", "flag.not_applicable", "figure.not_published")
    assert all(words.t(key) in said for key in keys)


def test_cities_that_count_in_their_own_money_each_say_which(opening_desk):
    said = text(coverage_panel(told_for(opening_desk, NOW_FILTERS), 5), opening_desk)
    assert "HK$2,981.6 billion" in said
    assert "about CNY 3,100 billion" in said
    assert "about MOP 400 billion" in said
    assert "HKD billion" not in said


def test_the_count_leaves_out_those_that_are_not_in_scope(opening_desk):
    said = text(coverage_panel(told_for(opening_desk, NOW_FILTERS), 1), opening_desk)
    assert "1 of 10" in said  # services of the Hong Kong side: Macao is not in scope


def test_an_indicator_that_no_city_tells_is_named_below(opening_desk):
    said = text(coverage_panel(told_for(opening_desk, NOW_FILTERS), 1), opening_desk)
    assert "Not counted by city: " in said


def test_before_any_figure_it_is_calm(opening_desk):
    filters = Filters(as_of=on(2005, 1, 1))
    said = text(coverage_panel(told_for(opening_desk, filters), 5), opening_desk, filters)
    assert "Nothing counted by city was known at that time." in said
