"""Totals of parts: only where every part of a period is known, with what the parts' qualifiers prove together."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from metrics.asof import instant_as_of
from metrics.indicators import catalogue
from metrics.parts import beside, newest, totals_of
from metrics.queries import Metrics
from metrics.warehouse.values import Observation, Series
from metrics.warehouse.warehouse import open_warehouse

POINTS, SPOTS = "iam_smart_reg_points", "gov_wifi_hotspots"
PARTS = {one: catalogue().get(one).parts for one in (POINTS, SPOTS)}
MAY, JUNE = date(2026, 5, 10), date(2026, 6, 10)


def stated(indicator: str, place: str, part: str, value: float, day: date = MAY, **more) -> Observation:
    known = datetime.combine(day, datetime.min.time(), UTC) + timedelta(days=more.pop("after", 0))
    unit = "points" if indicator == POINTS else "hotspots"
    series = Series(indicator_id=indicator, place_id=place, breakdown=part, span="point", unit=unit)
    facts = {"qualifier": "exact", "source_id": "made", **more}
    return Observation(series=series, period_start=day, period_end=day, known_at=known, value=value, **facts)


@pytest.fixture
def metrics(tmp_path, opening_metrics) -> Metrics:
    warehouse = open_warehouse(f"sqlite:///{tmp_path / 'parts.db'}")
    warehouse.migrate()
    yield replace(opening_metrics, warehouse=warehouse, _cited={})
    warehouse.close()


def put(metrics: Metrics, *observations: Observation) -> None:
    metrics.warehouse.append(observations, run_id="r1")


def at(day: date):
    return instant_as_of(datetime.combine(day, datetime.min.time(), UTC) + timedelta(days=30))


def told(frame) -> list[tuple]:
    return [(row.place_id, row.value, row.qualifier, row.period_end.date()) for row in frame.itertuples()]


def test_a_total_is_the_sum_of_all_parts_of_a_period(metrics):
    put(
        metrics,
        stated(SPOTS, "hong_kong", "kind=fixed", 20_000),
        stated(SPOTS, "hong_kong", "kind=non_fixed", 900),
    )
    for frame in (
        metrics.latest(SPOTS, at(MAY), breakdown=""),
        metrics.history(SPOTS, at(MAY), breakdown=""),
        metrics.one_each(SPOTS, at(MAY)).drop(columns="bases"),
    ):
        assert told(frame) == [("hong_kong", 20_900.0, "exact", MAY)]
    both = metrics.latest(SPOTS, at(MAY))
    assert sorted(both["breakdown"]) == ["", "kind=fixed", "kind=non_fixed"]
    assert metrics.latest(SPOTS, at(MAY), breakdown="kind=fixed")["value"].tolist() == [20_000.0]


def test_without_one_of_the_parts_there_is_no_total(metrics):
    put(metrics, stated(SPOTS, "hong_kong", "kind=fixed", 20_000))
    assert metrics.latest(SPOTS, at(MAY), breakdown="").empty
    put(metrics, stated(SPOTS, "hong_kong", "kind=non_fixed", 900, JUNE))
    assert metrics.latest(SPOTS, at(JUNE), breakdown="").empty  # of different periods: nothing is added up


def test_a_place_that_a_file_does_not_list_has_none_of_its_kind(metrics):
    put(
        metrics,
        stated(POINTS, "hong_kong", "kind=counter", 60),
        stated(POINTS, "hong_kong", "kind=mobile_team", 30),
        stated(POINTS, "hong_kong", "kind=kiosk", 100),
        stated(POINTS, "guangzhou", "kind=counter", 1),
        stated(POINTS, "macao", "kind=kiosk", 2),
    )
    whole = [
        ("guangzhou", 1.0, "exact", MAY),
        ("hong_kong", 190.0, "exact", MAY),
        ("macao", 2.0, "exact", MAY),
    ]
    assert sorted(told(metrics.one_each(POINTS, at(MAY)))) == whole
    assert told(metrics.one_each(POINTS, at(MAY), places=["macao"])) == whole[2:]


@pytest.mark.parametrize(
    ("first", "second", "qualifier"),
    [
        ("exact", "at_least", "at_least"), ("over", "at_least", "over"), ("approx", "exact", "approx"),
        ("under", "at_most", "under"), ("over", "under", None), ("approx", "over", None),
    ],
)  # fmt: skip
def test_the_total_says_what_its_parts_prove_together(metrics, first, second, qualifier):
    put(
        metrics,
        stated(SPOTS, "hong_kong", "kind=fixed", 20_000, qualifier=first),
        stated(SPOTS, "hong_kong", "kind=non_fixed", 900, qualifier=second),
    )
    found = metrics.latest(SPOTS, at(MAY), breakdown="")
    assert found["qualifier"].tolist() == ([qualifier] if qualifier else [])


def test_a_total_that_the_publisher_states_is_left_as_it_is(metrics):
    put(
        metrics,
        stated(SPOTS, "hong_kong", "", 21_000, qualifier="over"),
        stated(SPOTS, "hong_kong", "kind=fixed", 20_000),
        stated(SPOTS, "hong_kong", "kind=non_fixed", 900),
    )
    assert told(metrics.latest(SPOTS, at(MAY), breakdown="")) == [("hong_kong", 21_000.0, "over", MAY)]


def test_the_newer_of_a_stated_total_and_one_made_of_parts_is_the_newest(metrics):
    put(
        metrics,
        stated(SPOTS, "hong_kong", "", 21_000, MAY, qualifier="over"),
        stated(SPOTS, "hong_kong", "kind=fixed", 20_000, JUNE),
        stated(SPOTS, "hong_kong", "kind=non_fixed", 900, JUNE),
    )
    assert told(metrics.latest(SPOTS, at(JUNE), breakdown="")) == [("hong_kong", 20_900.0, "exact", JUNE)]
    assert [day for *_, day in told(metrics.history(SPOTS, at(JUNE), breakdown=""))] == [MAY, JUNE]


def test_a_total_is_known_when_its_last_part_is_and_not_before(metrics):
    put(
        metrics,
        stated(SPOTS, "hong_kong", "kind=fixed", 20_000),
        stated(SPOTS, "hong_kong", "kind=non_fixed", 900, after=10),
    )
    known = datetime(2026, 5, 20, tzinfo=UTC)
    assert metrics.latest(SPOTS, instant_as_of(known - timedelta(seconds=1)), breakdown="").empty
    (row,) = metrics.latest(SPOTS, instant_as_of(known), breakdown="").itertuples()
    assert row.known_at.to_pydatetime() == known


def test_the_worst_of_the_parts_speaks_for_the_total(metrics):
    put(
        metrics,
        stated(SPOTS, "hong_kong", "kind=fixed", 20_000, status="provisional"),
        stated(SPOTS, "hong_kong", "kind=non_fixed", 900, tier="press"),
    )
    (row,) = metrics.latest(SPOTS, at(MAY), breakdown="").itertuples()
    assert (row.status, row.tier, row.unit) == ("provisional", "press", "hotspots")


def test_a_withdrawn_part_is_no_part(metrics):
    put(
        metrics,
        stated(SPOTS, "hong_kong", "kind=fixed", 20_000),
        stated(SPOTS, "hong_kong", "kind=non_fixed", 900, status="withdrawn"),
    )
    assert metrics.latest(SPOTS, at(MAY), breakdown="").empty


def test_nothing_comes_of_nothing_and_types_stay(metrics, opening_metrics):
    empty = metrics.nothing()
    assert totals_of(empty, PARTS).empty
    assert beside(empty, empty).empty
    put(metrics, stated(SPOTS, "hong_kong", "kind=fixed", 2), stated(SPOTS, "hong_kong", "kind=non_fixed", 1))
    made = metrics.latest(SPOTS, at(MAY), breakdown="")
    assert made.dtypes.to_dict() == opening_metrics.latest("fiveg_base_stations", at(MAY)).dtypes.to_dict()
    assert newest(made)["value"].tolist() == [3.0]


def test_the_parts_declared_are_those_that_the_sources_tell():
    from ingest.sources.hk_iam_smart_locations import KINDS as POINT_KINDS
    from ingest.sources.hk_wifi import KINDS as SPOT_KINDS

    assert set(PARTS[POINTS]) == {f"kind={kind}" for kind in POINT_KINDS.values()}
    assert set(PARTS[SPOTS]) == {f"kind={kind}" for kind in SPOT_KINDS.values()}
