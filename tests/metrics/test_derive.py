import pandas as pd
import pytest

from metrics.derive import (
    DERIVED,
    REASONS,
    by_rule,
    index,
    per_capita,
    per_km2,
    ratio,
    share_of_target,
    shareable,
    stated,
)
from metrics.indicators import catalogue
from tests.metrics.frames import frame, said

PEOPLE = {"indicator_id": "resident_population", "unit": "persons"}
LAND = {"indicator_id": "land_area_km2", "unit": "km2"}


def people(*rows, **shared):
    return frame(*rows, **{**PEOPLE, **shared})


def test_stations_per_10000_residents_use_the_newest_population_not_after_the_figure():
    stations = frame({"end": "2023-02-15", "value": 65_000})
    population = people(
        {"end": "2021-12-31", "value": 17_681_600},
        {"end": "2022-12-31", "value": 17_661_800},
        {"end": "2023-12-31", "value": 17_790_100},
    )
    result = per_capita(stations, population)
    assert said(result) == [(round(65_000 / 17_661_800 * 10_000, 6), "exact", "")]
    row = result.iloc[0]
    assert (row["per_value"], row["per_period_end"]) == (17_661_800, pd.Timestamp(2022, 12, 31))
    assert (row["unit"], row["counting_basis"], row["of_basis"]) == (
        "per 10,000 people",
        DERIVED,
        "as_published",
    )
    assert row["derived"]


def test_a_population_of_after_the_figure_or_of_long_before_it_is_no_denominator():
    stations = frame({"end": "2020-08-31"}, {"end": "2025-12-31"})
    population = people({"end": "2020-12-31", "value": 10_000})
    assert said(per_capita(stations, population)) == [
        (None, "", "no_denominator"),
        (None, "", "no_denominator"),
    ]


def test_an_area_of_any_age_will_do_because_land_does_not_move():
    stations = frame({"end": "2025-12-31", "value": 400})
    result = per_km2(stations, frame({"end": "2018-12-31", "value": 200}, **LAND))
    assert said(result) == [(2.0, "exact", "")]
    assert result.loc[0, "unit"] == "per km²"


def test_each_place_is_divided_by_its_own_people():
    stations = frame(
        {"end": "2024-01-01", "value": 20}, {"end": "2024-01-01", "place_id": "foshan", "value": 20}
    )
    population = people(
        {"end": "2023-12-31", "value": 10_000}, {"end": "2023-12-31", "place_id": "foshan", "value": 20_000}
    )
    assert said(per_capita(stations, population)) == [(20.0, "exact", ""), (10.0, "exact", "")]


def test_two_counting_bases_stay_two_rows_and_name_their_basis():
    stations = frame(
        {"end": "2020-08-14", "value": 46_480, "counting_basis": "municipal"},
        {"end": "2020-08-31", "value": 30_591, "counting_basis": "provincial"},
    )
    result = per_km2(stations, frame({"end": "2018-12-31", "value": 1_997}, **LAND))
    assert result["of_basis"].tolist() == ["municipal", "provincial"]
    assert result["counting_basis"].eq(DERIVED).all()
    assert result["series_id"].nunique() == 2


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("over", "exact", "over"),
        ("at_least", "exact", "at_least"),
        ("approx", "exact", "approx"),
        ("exact", "over", "under"),
        ("exact", "approx", "approx"),
        ("over", "under", "over"),
    ],
)
def test_a_qualifier_on_either_side_reaches_the_ratio(above, below, expected):
    stations = frame({"end": "2024-01-01", "value": 30, "qualifier": above})
    population = people({"end": "2023-12-31", "value": 10_000, "qualifier": below})
    assert said(per_capita(stations, population)) == [(30.0, expected, "")]


@pytest.mark.parametrize(("above", "below"), [("over", "over"), ("over", "approx"), ("under", "at_most")])
def test_what_cannot_be_proved_is_not_stated(above, below):
    stations = frame({"end": "2024-01-01", "value": 30, "qualifier": above})
    population = people({"end": "2023-12-31", "value": 10_000, "qualifier": below})
    result = per_capita(stations, population)
    assert said(result) == [(None, "", "not_provable")]
    assert stated(result).empty


@pytest.mark.parametrize("base", [0, -5])
def test_a_denominator_of_nothing_gives_no_figure(base):
    result = per_capita(frame({"end": "2024-01-01"}), people({"end": "2023-12-31", "value": base}))
    assert said(result) == [(None, "", "zero_base")]


CENSUS = people(
    {"end": "2019-12-31", "value": 13_438_800, "known_at": "2020-04-15"},
    {"end": "2020-12-31", "value": 17_633_800, "known_at": "2021-05-15"},
)


def test_a_population_of_before_the_census_never_divides_a_figure_of_after_the_break():
    stations = frame({"end": "2019-12-31", "value": 15_500}, {"end": "2020-08-14", "value": 46_480})
    result = per_capita(stations, CENSUS)
    assert result["per_period_end"].dt.year.tolist() == [2019, 2020]
    assert result["per_era"].tolist() == [0, 1]
    assert result["value"].round(1).tolist() == [11.5, 26.4]


def test_while_only_the_population_of_before_the_break_is_known_nothing_is_stated():
    stations = frame({"end": "2020-08-14", "value": 46_480})
    assert said(per_capita(stations, CENSUS.head(1))) == [(None, "", "series_break")]


def test_a_place_without_a_break_takes_no_population_of_after_its_figure():
    figures = frame({"end": "2020-08-14", "place_id": "hong_kong", "value": 5})
    population = people(
        {"end": "2019-12-31", "value": 10_000}, {"end": "2020-12-31", "value": 50_000}, place_id="hong_kong"
    )
    assert said(per_capita(figures, population)) == [(5.0, "exact", "")]
    assert said(per_capita(figures, population.tail(1))) == [(None, "", "no_denominator")]


def test_an_index_does_not_reach_across_a_break():
    assert said(index(CENSUS, pd.Timestamp(2019, 12, 31))) == [
        (100.0, "exact", ""),
        (None, "", "series_break"),
    ]


def test_of_two_populations_of_one_day_the_official_exact_one_divides():
    population = people(
        {"end": "2023-12-31", "value": 3, "tier": "press"},
        {"end": "2023-12-31", "value": 2, "qualifier": "over", "counting_basis": "provincial"},
        {"end": "2023-12-31", "value": 1, "counting_basis": "municipal"},
    )
    assert ratio(frame({"end": "2024-01-01", "value": 7}), population, unit="x").loc[0, "per_value"] == 1


def test_a_denominator_broken_down_is_never_taken_for_the_whole():
    population = people({"end": "2023-12-31", "value": 5, "breakdown": "sex=female"})
    assert said(per_capita(frame({"end": "2024-01-01"}), population)) == [(None, "", "no_denominator")]


def test_a_derived_figure_is_no_surer_and_no_earlier_known_than_its_parts():
    stations = frame({"end": "2024-01-01", "known_at": "2024-02-01", "tier": "press"})
    population = people({"end": "2023-12-31", "status": "provisional", "known_at": "2024-03-01"})
    row = per_capita(stations, population).iloc[0]
    assert (row["tier"], row["status"]) == ("press", "provisional")
    assert row["known_at"] == pd.Timestamp("2024-03-01", tz="UTC")


def test_rows_keep_their_order_and_none_is_lost():
    stations = frame(
        {"end": "2024-06-30", "value": 3},
        {"end": "2021-01-01", "value": 1},
        {"end": "2024-01-31", "value": 2},
    )
    result = per_capita(stations, people({"end": "2023-12-31", "value": 10_000}))
    assert said(result) == [(3.0, "exact", ""), (None, "", "no_denominator"), (2.0, "exact", "")]


def test_an_empty_frame_stays_empty_with_all_its_columns():
    for figures, population in ((frame(), people({"end": "2023-12-31"})), (frame(), people())):
        result = per_capita(figures, population)
        assert result.empty
        assert {"value", "qualifier", "derived", "reason", "per_value"} <= set(result)
    assert said(per_capita(frame({"end": "2024-01-01"}), people())) == [(None, "", "no_denominator")]


def test_the_catalogues_rule_for_density_gives_figures_of_its_own_indicator_and_unit():
    density = catalogue().get("fiveg_bs_per_10k_pop")
    frames = {
        "fiveg_base_stations": frame({"end": "2023-02-15", "value": 65_000, "qualifier": "over"}),
        "resident_population": people({"end": "2022-12-31", "value": 17_661_800}),
    }
    row = by_rule(density, frames).iloc[0]
    assert (row["indicator_id"], row["unit"], row["qualifier"]) == (density.id, "stations/10k pop", "over")
    assert row["value"] == pytest.approx(36.80, abs=0.01)


def test_a_share_of_subscriptions_needs_both_counts_of_the_same_day():
    share = catalogue().get("fiveg_share_of_mobile_pct")
    frames = {
        "fiveg_subscriptions": frame(
            {"end": "2025-10-31", "value": 1_122_946},
            {"end": "2025-03-31", "value": 1_039_941},
            place_id="macao",
        ),
        "mobile_subscriptions": frame({"end": "2025-10-31", "value": 1_496_810}, place_id="macao"),
    }
    assert said(by_rule(share, frames)) == [(75.022615, "exact", ""), (None, "", "no_denominator")]


def test_an_indicator_without_a_rule_cannot_be_worked_out():
    with pytest.raises(ValueError, match="iam_smart_users has no derive in the catalogue"):
        by_rule(catalogue().get("iam_smart_users"), {})


def test_every_rule_of_the_catalogue_can_be_followed():
    rules = [one for one in catalogue() if one.derive]
    assert len(rules) == 4
    for one in rules:
        rule = one.derive
        frames = {
            key: frame({"end": "2024-01-01", "value": 50}, indicator_id=key) for key in (rule.of, rule.per)
        }
        assert said(by_rule(one, frames)) == [(float(rule.times), "exact", "")]


def test_an_index_sets_the_base_period_to_100_and_keeps_each_series_apart():
    figures = frame(
        {"end": "2022-12-31", "value": 50},
        {"end": "2023-12-31", "value": 60},
        {"end": "2022-12-31", "value": 10, "place_id": "foshan"},
        {"end": "2023-12-31", "value": 5, "place_id": "foshan"},
    )
    result = index(figures, pd.Timestamp(2022, 12, 31))
    assert result["value"].tolist() == [100.0, 120.0, 100.0, 50.0]
    assert result["unit"].eq("index").all()


def test_the_base_of_an_index_is_exactly_100_but_a_qualified_base_softens_the_rest():
    figures = frame(
        {"end": "2022-12-31", "value": 50, "qualifier": "over"},
        {"end": "2023-12-31", "value": 60},
        {"end": "2024-12-31", "value": 60, "qualifier": "over"},
    )
    assert said(index(figures, pd.Timestamp(2022, 12, 31))) == [
        (100.0, "exact", ""),
        (120.0, "under", ""),
        (None, "", "not_provable"),
    ]


def test_the_base_is_the_period_that_holds_the_day_else_the_newest_before_it():
    years = frame(
        {"start": "2021-01-01", "end": "2021-12-31", "value": 10},
        {"start": "2022-01-01", "end": "2022-12-31", "value": 20},
        span="year",
    )
    assert index(years, pd.Timestamp(2022, 6, 30))["value"].tolist() == [50.0, 100.0]
    points = frame({"end": "2021-12-31", "value": 10}, {"end": "2022-12-31", "value": 20})
    assert index(points, pd.Timestamp(2022, 6, 30))["value"].tolist() == [100.0, 200.0]


def test_without_a_base_or_with_a_base_of_nothing_there_is_no_index():
    figures = frame({"end": "2023-12-31", "value": 0}, {"end": "2024-12-31", "value": 5})
    assert said(index(figures, pd.Timestamp(2020, 1, 1))) == [(None, "", "no_base")] * 2
    assert said(index(figures, pd.Timestamp(2023, 12, 31))) == [(None, "", "zero_base")] * 2


def targets(*rows):
    return pd.DataFrame(rows, columns=["indicator_id", "place_id", "due_on", "value", "qualifier"])


def test_a_share_of_a_target_keeps_the_figures_qualifier_and_takes_the_target_as_a_mark():
    marks = targets(("fiveg_base_stations", "shenzhen", "2025-12-31", 200.0, "over"))
    result = share_of_target(frame({"end": "2024-01-01", "value": 150, "qualifier": "over"}), marks)
    assert said(result) == [(75.0, "over", "")]
    assert (result.loc[0, "target_value"], result.loc[0, "unit"]) == (200.0, "%")


def test_a_share_of_an_about_target_is_about_and_of_a_target_of_nothing_is_none():
    marks = targets(
        ("fiveg_base_stations", "shenzhen", "2024-12-31", 200.0, "approx"),
        ("fiveg_base_stations", "shenzhen", "2025-12-31", 0.0, "exact"),
    )
    figures = frame({"end": "2024-01-01", "value": 150}, {"end": "2024-01-01", "place_id": "foshan"})
    assert said(share_of_target(figures, marks)) == [(75.0, "approx", ""), (None, "", "zero_base")]


def test_a_percentage_cannot_be_shared_out_and_a_count_can():
    units = catalogue().unit
    assert shareable(units("stations"))
    assert not shareable(units("%"))
    assert not shareable(units("stations/10k pop"))


def test_reasons_are_keys_for_the_words_of_three_languages():
    assert all(reason.isidentifier() for reason in REASONS)
