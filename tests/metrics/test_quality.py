from datetime import date

import pytest

from metrics.indicators import catalogue
from metrics.quality import comparability, completeness, freshness
from tests.metrics.frames import frame

CITIES = ("hong_kong", "macao", "guangzhou", "shenzhen", "zhuhai")


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        (date(2025, 10, 31), "fresh"),
        (date(2026, 1, 15), "fresh"),
        (date(2026, 1, 31), "on_last_data"),
        (date(2026, 3, 30), "on_last_data"),
        (date(2026, 3, 31), "stale"),
    ],
)
def test_a_monthly_figure_is_fresh_then_the_last_we_have_then_stale(as_of, state):
    monthly = catalogue().get("mobile_subscriptions")
    assert (monthly.lag_days, monthly.fresh_days) == (60, 150)
    found = freshness(frame({"end": "2025-10-31"}), monthly, as_of)
    assert found.state == state
    assert found.reason_key == f"freshness.{state}"
    assert found.expires_on == date(2026, 3, 30)


def test_the_same_age_is_stale_for_a_live_feed_and_fresh_for_an_irregular_figure():
    figures, as_of = frame({"end": "2026-01-01"}), date(2026, 1, 20)
    assert freshness(figures, catalogue().get("road_speed_kmh"), as_of).state == "stale"
    assert freshness(figures, catalogue().get("cbps_services_hk"), as_of).state == "fresh"


def test_the_newest_figure_counts_and_a_row_without_a_value_does_not():
    figures = frame(
        {"end": "2023-01-01"}, {"end": "2025-01-01"}, {"end": "2026-01-01", "value": float("nan")}
    )
    found = freshness(figures, catalogue().get("iam_smart_users"), date(2025, 1, 11))
    assert (found.data_to, found.age_days) == (date(2025, 1, 1), 10)
    assert found.reason_args["date"] == date(2025, 1, 1)


def test_no_figure_is_neither_fresh_nor_stale():
    found = freshness(frame(), catalogue().get("iam_smart_users"), date(2025, 1, 11))
    assert (found.state, found.data_to, found.expires_on) == ("none", None, None)


def test_a_period_that_ends_after_the_as_of_has_no_age():
    found = freshness(frame({"end": "2025-12-31"}), catalogue().get("iam_smart_users"), date(2025, 6, 30))
    assert (found.state, found.age_days) == ("fresh", 0)


def test_not_in_scope_not_published_no_figure_and_zero_are_four_different_things():
    figures = frame(
        {"end": "2025-01-01", "place_id": "shenzhen"}, {"end": "2025-01-01", "place_id": "zhuhai", "value": 0}
    )
    found = completeness(figures, CITIES, {"macao": "not_in_scope", "hong_kong": "not_published"})
    assert found.reported == ("shenzhen", "zhuhai")
    assert found.silent == {
        "not_in_scope": ("macao",),
        "not_published": ("hong_kong",),
        "no_figure": ("guangzhou",),
    }
    assert (found.n, found.of) == (2, 4)
    assert found.reason_key == "completeness.some"
    assert found.reason_args == {"n": 2, "of": 4}


def test_a_place_that_reports_reports_whatever_the_scope_says():
    found = completeness(
        frame({"end": "2025-01-01", "place_id": "macao"}), ("macao",), {"macao": "not_in_scope"}
    )
    assert (found.reported, found.silent, found.of) == (("macao",), {}, 1)
    assert found.reason_key == "completeness.all"


@pytest.mark.parametrize(
    ("absences", "key"),
    [({}, "completeness.none"), (dict.fromkeys(CITIES, "not_in_scope"), "completeness.nobody_asked")],
)
def test_nobody_reporting_differs_from_nobody_asked(absences, key):
    assert completeness(frame(), CITIES, absences).reason_key == key


def test_an_unknown_kind_of_absence_is_refused():
    with pytest.raises(ValueError, match="absence 'lost' is not known; expected one of not_in_scope"):
        completeness(frame(), CITIES, {"macao": "lost"})


def test_rows_of_one_make_are_comparable():
    found = comparability(frame({"end": "2025-01-01"}, {"end": "2025-01-01", "place_id": "foshan"}))
    assert found.comparable
    assert found.reason_keys == ()


def test_mixed_counting_bases_spans_and_units_are_not_comparable():
    for aspect, other in (("counting_basis", "municipal"), ("span", "year"), ("unit", "sites")):
        found = comparability(frame({"end": "2025-01-01"}, {"end": "2025-01-01", aspect: other}))
        assert not found.comparable
        assert found.reason_keys == (f"comparability.mixed_{aspect}",)
        assert other in found.mixed[aspect]


def test_stretches_of_different_length_are_not_comparable_though_they_share_a_span():
    figures = frame(
        {"start": "2024-03-28", "end": "2024-03-31"},
        {"start": "2025-04-04", "end": "2025-04-06"},
        span="other",
    )
    found = comparability(figures)
    assert found.mixed["length"] == (3, 4)
    assert not found.comparable


def test_other_dates_tiers_and_qualifiers_are_said_but_do_not_forbid():
    figures = frame({"end": "2023-01-01"}, {"end": "2025-01-01", "tier": "press", "qualifier": "over"})
    found = comparability(figures)
    assert found.comparable
    assert found.mixed["dates"] == (date(2023, 1, 1), date(2025, 1, 1))
    assert found.reason_keys == (
        "comparability.mixed_dates",
        "comparability.mixed_tier",
        "comparability.mixed_qualifier",
    )


def test_nothing_is_comparable_with_nothing():
    assert comparability(frame()).mixed == {}
