"""Which count of passengers is shown, for which months and days, as known then."""

from __future__ import annotations

from datetime import date

import pytest

from dashboards.desk import Filters
from dashboards.panels.transport_passengers import DAILY, MONTHLY, Passengers, Span
from metrics.asof import instant_as_of
from tests.dashboards.panels.crossing_days import FIRST, LAST, MOMENT, total
from tests.dashboards.panels.drawn import NOW, on

THEN = instant_as_of(MOMENT)


def held(desk, **asked) -> Passengers:
    return Passengers(desk, Filters(**({"as_of": THEN} | asked)))


def test_the_daily_file_is_shown_where_it_is_loaded(days_desk):
    passengers = held(days_desk)
    assert passengers.feed == DAILY
    assert passengers.known == Span(start=FIRST, end=LAST)


def test_without_the_daily_file_the_monthly_sums_are_shown(opening_desk):
    passengers = held(opening_desk, as_of=NOW)
    assert passengers.feed == MONTHLY
    assert passengers.newest(1) == Span(start=date(2026, 2, 1), end=date(2026, 2, 28))


def test_the_monthly_sums_of_2024_are_those_of_all_control_points(opening_desk):
    year = Span(start=date(2024, 1, 1), end=date(2024, 12, 31))
    assert held(opening_desk, as_of=NOW).total(year) == 298_514_012


def test_west_kowloon_counted_26_524_361_in_2024(opening_desk):
    asked = {"places": ("hk_west_kowloon",), "start": date(2024, 1, 1), "end": date(2024, 12, 31)}
    passengers = held(opening_desk, as_of=NOW, **asked)
    assert passengers.total(passengers.known) == 26_524_361


def test_the_reader_may_choose_a_count_that_is_not_there_and_gets_none(days_desk):
    passengers = held(days_desk, options=(("feed", "monthly"),))
    assert passengers.feed == ""
    assert not passengers.known.there
    assert passengers.total(passengers.newest(1)) is None


def test_a_month_under_way_is_not_a_full_month(days_desk):
    assert held(days_desk).newest(1) == Span(start=date(2025, 2, 1), end=date(2025, 2, 28))
    assert held(days_desk).newest(12) == Span(start=date(2024, 3, 1), end=date(2025, 2, 28))


def test_only_days_known_then_are_counted(days_desk):
    passengers = held(days_desk, as_of=on(2024, 5, 15))
    assert passengers.known.end == date(2024, 5, 15)
    assert passengers.newest(1).end == date(2024, 4, 30)


def test_before_everything_there_is_nothing(days_desk):
    passengers = held(days_desk, as_of=on(2019, 1, 1))
    assert passengers.feed == ""
    assert passengers.months.empty
    assert passengers.days.empty
    assert passengers.newest(12) == Span()


def test_a_period_asked_for_is_counted_to_the_day(days_desk):
    first, last = date(2024, 3, 10), date(2024, 4, 5)
    passengers = held(days_desk, start=first, end=last)
    assert passengers.known == Span(start=first, end=last)
    assert passengers.total(passengers.known) == total(first, last)
    assert passengers.full.empty


def test_an_odd_period_within_a_month_begins_where_the_reader_said(days_desk):
    passengers = held(days_desk, start=date(2024, 3, 10), end=date(2024, 3, 20))
    assert passengers.known == Span(start=date(2024, 3, 10), end=date(2024, 3, 20))


def test_monthly_sums_take_whole_months_only(opening_desk):
    passengers = held(opening_desk, as_of=NOW, start=date(2024, 3, 10), end=date(2024, 5, 20))
    assert passengers.months["period_start"].dt.month.unique().tolist() == [4]


def test_a_city_stands_for_the_control_points_that_lead_to_it(opening_desk):
    places = held(opening_desk, as_of=NOW, places=("macao",)).places or ()
    assert "hk_macao_ferry" in places
    assert "hk_lo_wu" not in places


def test_figures_are_summed_by_what_is_asked(days_desk):
    span = Span(start=date(2024, 6, 1), end=date(2024, 6, 30))
    sums = held(days_desk).sums(span, ("place_id",)).set_index("place_id")["value"]
    assert sums["hk_lo_wu"] == total(date(2024, 6, 1), date(2024, 6, 30), places=("hk_lo_wu",))


def test_days_are_those_of_the_places_asked_for(days_desk):
    days = held(days_desk, places=("hk_hzmb",)).days.set_index("period_start")["value"]
    assert days["2025-03-10"] == total(LAST, LAST, places=("hk_hzmb",))
    assert len(days) == (LAST - FIRST).days + 1


def test_a_gap_between_months_ends_the_newest_twelve(opening_desk):
    passengers = held(opening_desk, as_of=NOW)
    frame = passengers.months
    passengers.__dict__["months"] = frame[frame["period_start"] != "2025-10-01"]
    assert passengers.newest(12).start == date(2025, 11, 1)


@pytest.mark.parametrize(
    ("first", "last", "kind"),
    [
        (date(2024, 2, 1), date(2024, 2, 29), "month"),
        (date(2024, 1, 1), date(2024, 12, 31), "year"),
        (date(2024, 1, 1), date(2024, 12, 30), "other"),
        (date(2023, 12, 1), date(2024, 11, 30), "other"),
        (date(2024, 2, 2), date(2024, 2, 29), "other"),
        (None, None, "other"),
    ],
)
def test_a_span_is_a_month_or_a_year_only_where_it_is_all_of_one(first, last, kind):
    assert Span(start=first, end=last).kind == kind
