"""Passengers over time, and the openings that changed them."""

from __future__ import annotations

from datetime import date

import pytest

from dashboards.desk import Filters
from dashboards.panels import transport_trends as trends
from dashboards.panels.transport_passengers import Passengers
from metrics.asof import instant_as_of
from tests.dashboards.panels.crossing_days import LAST, MOMENT, total
from tests.dashboards.panels.drawn import LANGUAGES, NOW, text

THEN = instant_as_of(MOMENT)
LINK = date(2024, 6, 30)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_openings_mark_the_lines_in_the_readers_words(opening_desk, lang):
    filters = Filters(lang=lang, as_of=NOW)
    frame = trends.points_panel(Passengers(opening_desk, filters)).query(opening_desk, filters)
    place = opening_desk.atlas.name("link_sz_zs", lang)
    assert any(day == LINK and place in said for day, said in frame.attrs["events"])


def test_the_lines_are_full_months_of_the_busiest_control_points(opening_desk):
    filters = Filters(as_of=NOW)
    frame = trends.points_panel(Passengers(opening_desk, filters)).query(opening_desk, filters)
    assert frame["place_id"].nunique() == trends.MOST_LINES
    assert set(frame["span"]) == {"month"}
    assert "hk_lo_wu" in set(frame["place_id"])


def test_the_groups_add_up_to_everybody(days_desk):
    filters = Filters(as_of=THEN)
    frame = trends.groups_panel(Passengers(days_desk, filters)).query(days_desk, filters)
    february = frame[frame["period_start"].eq("2025-02-01")]
    assert february["value"].sum() == total(date(2025, 2, 1), date(2025, 2, 28))
    assert len(february) == 3


def test_the_calendar_tells_the_busiest_and_the_quietest_day(days_desk):
    filters = Filters(as_of=THEN)
    said = text(trends.calendar_panel(Passengers(days_desk, filters)), days_desk, filters)
    sunday = total(date(2025, 3, 9), date(2025, 3, 9))
    assert f"{sunday:,.0f}" in said
    assert f"{total(LAST, LAST):,.0f}" in said


def test_the_calendar_names_the_control_point_it_shows(days_desk):
    filters = Filters(as_of=THEN, places=("hk_hzmb",))
    said = text(trends.calendar_panel(Passengers(days_desk, filters)), days_desk, filters)
    assert "Hong Kong-Zhuhai-Macao Bridge" in said


def test_without_the_daily_file_the_calendar_says_that_no_days_are_known(opening_desk):
    filters = Filters(as_of=NOW)
    said = text(trends.calendar_panel(Passengers(opening_desk, filters)), opening_desk, filters)
    assert opening_desk.words["en"].t("transport.no_days") in said
