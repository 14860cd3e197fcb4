"""Looking things up in the agenda."""

from __future__ import annotations

from datetime import date

import pytest

from metrics.agenda import agenda


def test_the_milestones_of_a_work_item_are_its_own_in_the_order_of_the_file():
    found = agenda().milestones_of(3)
    assert [m.id for m in found][:2] == ["esign_framework", "esign_measures_gd"]
    assert {m.work_item for m in found} == {3}


def test_the_initiatives_of_a_work_item_are_its_own():
    assert [i.id for i in agenda().initiatives_of(2)] == ["cultural_tourism", "transport_interconnection"]


def test_targets_are_found_by_indicator_and_place():
    assert len(agenda().targets_of("fiveg_base_stations", "guangzhou")) == 3
    assert agenda().targets_of("fiveg_base_stations", "zhaoqing") == ()


def test_of_two_targets_for_one_day_the_newest_word_counts_once_it_is_known():
    def known(day):
        return [t.value for t in agenda().targets_known(day) if t.indicator_id == "fiveg_base_stations_new"]

    assert known(date(2020, 1, 13)) == []
    assert known(date(2020, 1, 14)) == [48_000]
    assert known(date(2020, 3, 4)) == [60_000]
    assert len(agenda().targets_known(date(2026, 11, 21))) == 77


def test_an_unknown_meeting_says_which_there_are():
    assert agenda().meeting("egscc_1").place == "guangzhou"
    with pytest.raises(KeyError, match="egscc_1, egscc_2"):
        agenda().meeting("egscc_9")


def test_the_meeting_before_a_meeting_is_the_one_before_it():
    book = agenda()
    assert book.meeting_before(date(2024, 3, 28)) is None
    assert book.meeting_before(date(2025, 5, 15)).id == "egscc_1"
    assert book.meeting_before(date(2026, 11, 21)).id == "egscc_2"


@pytest.mark.parametrize(
    "milestone", ["macao_kiosk_hk", "egscc_2", "iamsmart_4m", "tsw3", "epay_all_fees_2024"]
)
def test_a_weak_source_an_inferred_date_and_a_bound_all_count_as_estimated(milestone):
    assert agenda().milestones[milestone].rests_on_estimated_dates


def test_a_milestone_dated_by_its_publisher_rests_on_no_estimate():
    assert not agenda().milestones["cbps_launch"].rests_on_estimated_dates
    assert not agenda().milestones["egscc_1"].rests_on_estimated_dates


def test_a_target_with_an_inferred_due_date_rests_on_an_estimate():
    rests = {t.id: t.rests_on_estimated_dates for t in agenda().targets}
    assert rests["fiveg_area_coverage_pct_macao_2023"]
    assert rests["clearance_pledge_visitors_30min_hong_kong_open"]
    assert not rests["iam_smart_users_hong_kong_2025"]
