import pytest

from metrics.changes import between, from_previous, from_year_before
from metrics.derive import per_capita
from tests.metrics.frames import frame, said


def test_a_change_is_from_the_period_before_in_the_same_series_whatever_the_order():
    figures = frame(
        {"end": "2024-12-31", "value": 130},
        {"end": "2022-12-31", "value": 100},
        {"end": "2023-12-31", "value": 120},
    )
    assert said(from_previous(figures)) == [
        (10.0, "exact", ""),
        (None, "", "no_earlier"),
        (20.0, "exact", ""),
    ]
    assert said(from_previous(figures, form="percent"))[2] == (20.0, "exact", "")


def test_counting_bases_places_and_spans_are_never_set_against_one_another():
    figures = frame(
        {"end": "2020-08-14", "value": 46_480, "counting_basis": "municipal"},
        {"end": "2020-08-31", "value": 30_591, "counting_basis": "provincial"},
        {"end": "2020-08-31", "value": 7_472, "place_id": "foshan"},
        {"start": "2020-01-01", "end": "2020-12-31", "value": 5, "span": "year"},
        {"start": "2020-07-01", "end": "2020-12-31", "value": 4, "span": "half"},
    )
    assert said(from_previous(figures)) == [(None, "", "no_earlier")] * 5


def test_a_running_total_is_set_against_the_same_months_of_another_year_only():
    figures = frame(
        {"start": "2023-01-01", "end": "2023-10-31", "value": 100},
        {"start": "2024-01-01", "end": "2024-08-31", "value": 90},
        {"start": "2024-01-01", "end": "2024-10-31", "value": 130},
        span="year_to_date",
    )
    assert said(from_previous(figures)) == [
        (None, "", "no_earlier"),
        (None, "", "no_earlier"),
        (30.0, "exact", ""),
    ]


def test_totals_to_the_end_of_february_compare_across_a_leap_year():
    figures = frame(
        {"start": "2024-01-01", "end": "2024-02-29", "value": 10},
        {"start": "2025-01-01", "end": "2025-02-28", "value": 12},
        span="year_to_date",
    )
    assert said(from_year_before(figures))[1] == (20.0, "exact", "")


def test_a_total_since_a_day_is_set_against_an_earlier_total_since_the_same_day():
    figures = frame(
        {"start": "2021-01-01", "end": "2021-11-01", "value": 1},
        {"start": "2022-10-01", "end": "2025-08-06", "value": 42},
        {"start": "2022-10-01", "end": "2025-12-31", "value": 66},
        span="since",
    )
    assert said(from_previous(figures)) == [
        (None, "", "no_earlier"),
        (None, "", "no_earlier"),
        (24.0, "exact", ""),
    ]


def test_holidays_of_four_and_of_three_days_are_not_set_against_each_other():
    figures = frame(
        {"start": "2024-03-28", "end": "2024-03-31", "value": 44_000},
        {"start": "2025-04-04", "end": "2025-04-06", "value": 41_000},
        {"start": "2026-04-03", "end": "2026-04-06", "value": 46_000},
        span="other",
    )
    assert said(from_previous(figures)) == [
        (None, "", "no_earlier"),
        (None, "", "no_earlier"),
        (2000.0, "exact", ""),
    ]


@pytest.mark.parametrize(
    ("later", "earlier", "word"),
    [
        ("over", "exact", "over"),
        ("exact", "over", "under"),
        ("approx", "exact", "approx"),
        ("over", "at_most", "over"),
    ],
)
def test_the_qualifiers_of_both_ends_reach_the_change(later, earlier, word):
    figures = frame(
        {"end": "2023-12-31", "value": 100, "qualifier": earlier},
        {"end": "2024-12-31", "value": 150, "qualifier": later},
    )
    assert said(from_previous(figures))[1] == (50.0, word, "")
    assert said(from_previous(figures, form="percent"))[1] == (50.0, word, "")


def test_the_change_between_two_floors_cannot_be_proved():
    figures = frame(
        {"end": "2023-12-31", "value": 100, "qualifier": "over"},
        {"end": "2024-12-31", "value": 150, "qualifier": "over"},
    )
    assert said(from_previous(figures))[1] == (None, "", "not_provable")


def test_from_nothing_there_is_a_change_but_no_percentage():
    figures = frame({"end": "2023-12-31", "value": 0}, {"end": "2024-12-31", "value": 5})
    assert said(from_previous(figures))[1] == (5.0, "exact", "")
    assert said(from_previous(figures, form="percent"))[1] == (None, "", "zero_base")


def test_a_fall_to_nothing_is_minus_100_percent():
    figures = frame({"end": "2023-12-31", "value": 5}, {"end": "2024-12-31", "value": 0})
    assert said(from_previous(figures, form="percent"))[1] == (-100.0, "exact", "")


def test_a_month_is_set_against_the_same_month_a_year_before_not_the_month_before():
    months = frame(
        {"start": "2024-02-01", "end": "2024-02-29", "value": 100},
        {"start": "2025-01-01", "end": "2025-01-31", "value": 500},
        {"start": "2025-02-01", "end": "2025-02-28", "value": 110},
        span="month",
    )
    result = from_year_before(months)
    assert said(result) == [(None, "", "no_earlier"), (None, "", "no_earlier"), (10.0, "exact", "")]
    assert result.loc[2, "unit"] == "%"
    assert result.loc[2, "earlier_value"] == 100


def test_a_change_in_the_figures_own_unit_keeps_it():
    figures = frame({"end": "2023-12-31", "value": 5}, {"end": "2024-12-31", "value": 9})
    assert from_year_before(figures, form="absolute").loc[1, ["value", "unit"]].tolist() == [4.0, "stations"]


def test_between_two_meetings_a_newer_period_a_revision_and_silence_are_told_apart():
    then = frame(
        {"end": "2023-12-31", "value": 100, "place_id": "shenzhen"},
        {"end": "2023-12-31", "value": 50, "place_id": "foshan"},
        {"end": "2023-12-31", "value": 20, "place_id": "dongguan"},
    )
    now = frame(
        {"end": "2024-12-31", "value": 130, "place_id": "shenzhen"},
        {"end": "2023-12-31", "value": 55, "place_id": "foshan"},
        {"end": "2023-12-31", "value": 20, "place_id": "dongguan"},
        {"end": "2024-12-31", "value": 9, "place_id": "zhuhai"},
    )
    result = between(now, then)
    assert result["moved"].tolist() == ["newer", "revised", "", ""]
    assert said(result) == [
        (30.0, "exact", ""),
        (5.0, "exact", ""),
        (None, "", "no_newer"),
        (None, "", "no_earlier"),
    ]


def test_between_two_meetings_running_totals_of_other_months_are_not_comparable():
    then = frame({"start": "2025-01-01", "end": "2025-02-28", "value": 10}, span="year_to_date")
    now = frame({"start": "2025-01-01", "end": "2025-05-31", "value": 40}, span="year_to_date")
    assert said(between(now, then)) == [(None, "", "not_comparable")]


def test_a_floor_restated_as_the_same_number_exactly_is_a_revision():
    then = frame({"end": "2023-12-31", "value": 50, "qualifier": "over"})
    now = frame({"end": "2023-12-31", "value": 54})
    result = between(now, then)
    assert result["moved"].tolist() == ["revised"]
    assert said(result) == [(4.0, "under", "")]


PEOPLE = {"indicator_id": "resident_population", "unit": "persons"}


def test_no_change_reaches_across_the_census():
    before = frame({"end": "2019-12-31", "value": 13_438_800}, **PEOPLE)
    after = frame({"end": "2020-12-31", "value": 17_633_800}, **PEOPLE)
    both = frame({"end": "2019-12-31", "value": 1}, {"end": "2020-12-31", "value": 2}, **PEOPLE)
    assert said(from_previous(both)) == [(None, "", "no_earlier")] * 2
    assert said(from_year_before(both)) == [(None, "", "no_earlier")] * 2
    assert said(between(after, before)) == [(None, "", "not_comparable")]


def test_a_rate_worked_out_on_two_sides_of_the_census_has_no_change_either():
    stations = frame({"end": "2019-12-31", "value": 15_500}, {"end": "2020-12-31", "value": 46_480})
    population = frame(
        {"end": "2019-12-31", "value": 13_438_800}, {"end": "2020-12-31", "value": 17_633_800}, **PEOPLE
    )
    assert said(from_previous(stations))[1] == (30_980.0, "exact", "")
    assert said(from_previous(per_capita(stations, population)))[1] == (None, "", "no_earlier")


def test_changes_of_nothing_are_nothing():
    for result in (from_previous(frame()), from_year_before(frame()), between(frame(), frame())):
        assert result.empty
        assert {"value", "reason", "earlier_value"} <= set(result)
    assert said(between(frame({"end": "2024-12-31"}), frame())) == [(None, "", "no_earlier")]
