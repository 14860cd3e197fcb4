"""Checks: every doubt names its rule and says what was expected and what was found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import pytest

from ingest.checks import Doubt, Past, check_age, check_growth, check_listing, doubts, series_name
from ingest.errors import CheckError
from ingest.source import Jump, Listing, Record, Row
from tests.ingest.making import record, source

TODAY = date(2025, 5, 15)


@dataclass(frozen=True)
class Crossings:
    units: tuple[str, ...] = ("person-trips/day",)
    bounds: tuple[float, ...] | None = (0, 1_000_000)


def checked(records: list[Record], *, past: Past | None = None, **facts) -> list[Doubt]:
    return doubts(
        source(**facts),
        records,
        meanings={"bcp_passengers_daily": Crossings()},
        today=TODAY,
        past=past or Past(),
    )


def rules(records: list[Record], **more) -> list[tuple[int, str]]:
    return [(doubt.index, doubt.rule) for doubt in checked(records, **more)]


def test_a_sound_record_is_not_doubted():
    assert checked([record(), record(breakdown="direction=arrival;group=mainland_visitors")]) == []


@pytest.mark.parametrize("value", [-1, 1_000_001, float("inf"), float("nan")])
def test_a_value_outside_the_bounds_is_doubted(value: float):
    (doubt,) = checked([record(value=value)])
    assert (doubt.rule, doubt.gates) == ("bounds", True)
    assert "expected a value from 0 to 1,000,000" in doubt.said


def test_bounds_are_inside():
    assert rules([record(value=0), record(value=1_000_000, end=TODAY, start=TODAY)]) == []


def test_an_unknown_place_is_doubted_and_never_matched_to_the_nearest():
    (doubt,) = checked([record(place="Lo Wo")])
    assert doubt.rule == "place"
    assert "'Lo Wo'" in doubt.said


def test_a_place_of_the_atlas_that_the_source_does_not_report_is_doubted():
    assert rules([record(place="guangdong")]) == [(0, "place")]


def test_tomorrow_has_no_figure_and_today_may():
    tomorrow = date(2025, 5, 16)
    assert rules([record(start=TODAY, end=TODAY), record(start=tomorrow, end=tomorrow)]) == [(1, "future")]
    assert rules([record(known_on=tomorrow)]) == [(0, "future")]


def test_a_period_that_ends_before_it_starts_is_doubted():
    assert rules([record(start=TODAY, end=date(2025, 5, 1))]) == [(0, "period")]


def test_the_same_figure_twice_is_one_figure_but_two_values_are_both_doubted():
    assert rules([record(), record()]) == []
    assert rules([record(), record(place="hk_airport"), record(value=101)]) == [
        (0, "duplicate"),
        (2, "duplicate"),
    ]


def row_of(total: float, *values: float) -> list[Record]:
    row = Row([("Total", str(total))], 7)
    groups = ("hong_kong_residents", "mainland_visitors", "other_visitors")
    return [
        record(value=value, total=total, row=row, breakdown=f"direction=arrival;group={group}")
        for group, value in zip(groups, values, strict=True)
    ]


def test_parts_that_do_not_add_up_are_all_doubted_and_their_neighbours_are_not():
    moved = [record(place="hk_airport"), *row_of(6, 1, 2, 3)]
    assert rules(moved) == []
    wrong = [*row_of(6, 1, 2, 3), record(place="hk_airport"), *row_of(7, 1, 2, 3)]
    assert [(index, rule) for index, rule in rules(wrong) if rule == "sum"] == [
        (4, "sum"),
        (5, "sum"),
        (6, "sum"),
    ]


def test_another_unit_is_fatal():
    with pytest.raises(CheckError, match="expected the unit 'person-trips/day', found 'vehicles'"):
        checked([record(unit="vehicles")])


def test_an_indicator_that_is_not_fed_is_fatal():
    with pytest.raises(CheckError, match="ferry_sailings"):
        checked([record(indicator="ferry_sailings")])


def test_a_leap_is_doubted_only_where_the_series_has_a_past():
    leap = [record(value=900_000)]
    past = Past(highest={series_name(leap[0]): 1000})
    facts = {"jump": Jump(factor=10, floor=50_000)}
    assert rules(leap, past=past, **facts) == [(0, "jump")]
    assert rules(leap, **facts) == []
    assert rules([record(value=49_000)], past=past, **facts) == []


def test_a_cumulative_figure_that_falls_warns_at_first_and_gates_later():
    line = [
        record(value=value, start=date(2025, 1, 1), end=date(2025, 1, day), span="year_to_date")
        for day, value in ((1, 10), (2, 30), (3, 20), (4, 40))
    ]
    facts = {"cumulative": ("bcp_passengers_daily",)}
    assert [(d.index, d.rule, d.gates) for d in checked(line, **facts)] == [(2, "falls", False)]
    past = Past(newest={series_name(line[0]): (date(2025, 1, 2), 30)})
    assert [(d.index, d.rule, d.gates) for d in checked(line, past=past, **facts)] == [(2, "falls", True)]


def test_a_growing_file_may_not_shrink_or_end_earlier():
    grows = source(grows=True)
    two = [record(), record(start=date(2025, 5, 2), end=date(2025, 5, 2))]
    check_growth(grows, two, Past())
    check_growth(grows, two, Past(ends=date(2025, 5, 2), records=2))
    with pytest.raises(CheckError, match="expected at least the 3 figures"):
        check_growth(grows, two, Past(ends=date(2025, 5, 2), records=3))
    with pytest.raises(CheckError, match="expected a file that reaches 2025-05-03"):
        check_growth(grows, two, Past(ends=date(2025, 5, 3), records=2))
    check_growth(source(), two, Past(ends=date(2025, 5, 3), records=9))


def test_a_file_that_ends_before_its_own_series_is_an_old_one():
    one, other = record(), record(place="hk_airport")
    stored = Past(
        newest={series_name(one): (date(2025, 5, 2), 7.0), series_name(other): (date(2025, 5, 1), 9.0)}
    )
    with pytest.raises(
        CheckError, match="expected a file that reaches 2025-05-02 as before, found one that ends on"
    ):
        check_age([one], stored)
    with pytest.raises(CheckError, match="an old one"):
        check_age([one, other], stored)


def test_what_other_series_reach_is_no_reason_to_call_a_file_old():
    one, other = record(), record(place="hk_airport")
    stored = Past(newest={series_name(other): (date(2025, 5, 2), 7.0)})
    for records in ([one], [], [replace(one, at=datetime(2025, 5, 1, tzinfo=UTC))]):
        check_age(records, stored)
    check_age([record(end=date(2025, 5, 2))], Past(newest={series_name(one): (date(2025, 5, 2), 7.0)}))


def sailings(**numbers: float) -> list[Record]:
    return [
        record(indicator="ferry_sailings", breakdown=f"direction=arrival;state={state}", value=number)
        for state, number in numbers.items()
    ]


LISTS = source(listing=Listing(by="direction", open="state=expected"))


def listed(now: list[Record], then: list[Record]) -> None:
    check_listing(LISTS, now, Past(newest={series_name(one): (one.end, one.value) for one in then}))


def test_a_days_list_may_not_lose_items_nor_open_again_what_was_settled():
    then = sailings(operated=3, cancelled=1, expected=4)
    listed(sailings(operated=5, cancelled=0, expected=3), then)
    listed(sailings(operated=0, cancelled=4, expected=5), then)
    with pytest.raises(CheckError, match="expected at least the 8 figures of before, found 7"):
        listed(sailings(operated=3, cancelled=4, expected=0), then)
    with pytest.raises(CheckError, match="expected at least the 4 figures of before, found 3"):
        listed(sailings(operated=3, cancelled=0, expected=5), then)


def test_one_list_is_not_held_against_the_other_nor_a_day_against_the_next():
    then = sailings(operated=3, expected=4)
    listed([replace(one, breakdown="direction=departure;state=operated") for one in then], then)
    listed([replace(one, end=date(2025, 5, 2), value=1.0) for one in then], then)
    listed([], then)
    check_listing(source(), sailings(operated=1), Past(newest={}))
