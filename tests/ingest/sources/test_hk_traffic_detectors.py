"""Detectors: what is measured, what is a posted limit or a fault, and how lanes become places."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ingest.errors import ShapeError
from ingest.sources.hk_traffic_detectors import (
    DISTRICTS,
    LIST,
    LIST_HEADER,
    SOURCE,
    check_list,
    districts,
    lanes,
    parse,
)
from tests.ingest.making import payload
from tests.shared import SHARED, needs_samples

NOW = datetime(2026, 10, 8, 15, 0, tzinfo=UTC)
MINUTE = datetime(2026, 10, 8, 14, 56, tzinfo=UTC)
INFO = "traffic-data-strategic-major-roads/info/traffic_speed_volume_occ_info.csv"


def lane(name: str = "Fast Lane", speed=60, volume=2, occupancy=5, valid: str = "Y") -> str:
    return (
        f"<lane><lane_id>{name}</lane_id><speed>{speed}</speed><occupancy>{occupancy}</occupancy>"
        f"<volume>{volume}</volume><s.d.>1.5</s.d.><valid>{valid}</valid></lane>"
    )


def detector(*lanes: str, name: str = "AID01101") -> str:
    return (
        f"<detector><detector_id>{name}</detector_id><direction>North </direction>"
        f"<lanes>{''.join(lanes)}</lanes></detector>"
    )


def period(*detectors: str, start: str = "22:56:00") -> str:
    return (
        f"<period><period_from>{start}</period_from><period_to>-</period_to>"
        f"<detectors>{''.join(detectors)}</detectors></period>"
    )


def feed(*periods: str, day: str = "2026-10-08", now: datetime = NOW):
    words = (
        f"<raw_speed_volume_list><date>{day}</date><periods>{''.join(periods)}</periods>"
        "</raw_speed_volume_list>"
    )
    return payload(words, now)


def told(file, indicator: str) -> dict[tuple[str, str], tuple[float, float]]:
    return {
        (record.place, record.breakdown): (record.value, record.weight)
        for record in parse(file)
        if record.indicator == indicator
    }


ONE = ("district_hk_southern", "detector=AID01101")


def test_a_speed_is_weighted_by_vehicles_over_lanes_and_both_periods():
    file = feed(
        period(detector(lane("Fast Lane", 80, 1), lane("Slow Lane", 50, 3))),
        period(detector(lane("Fast Lane", 70, 6), lane("Slow Lane", 50, 0)), start="22:56:30"),
    )
    assert told(file, "road_speed_kmh")[ONE] == ((80 + 3 * 50 + 6 * 70) / 10, 10)


def test_a_volume_adds_the_lanes_and_is_told_by_the_hour():
    file = feed(
        period(detector(lane("Fast Lane", 80, 1), lane("Slow Lane", 50, 3))),
        period(detector(lane("Fast Lane", 70, 6), lane("Slow Lane", 50, 0)), start="22:56:30"),
    )
    assert told(file, "road_volume_vph")[ONE] == ((4 + 6) / 2 * 120, 1)


def test_both_periods_of_a_minute_are_one_reading_of_that_minute():
    file = feed(period(detector(lane())), period(detector(lane()), start="22:56:30"))
    assert {record.at for record in parse(file)} == {MINUTE}
    assert len([record for record in parse(file) if record.breakdown]) == 2


def test_with_no_vehicle_the_speed_is_the_posted_limit_and_absent_while_the_volume_is_zero():
    file = feed(period(detector(lane(speed=70, volume=0))))
    assert told(file, "road_speed_kmh") == {}
    assert told(file, "road_volume_vph")[ONE] == (0, 1)


@pytest.mark.parametrize(
    "fault",
    [
        {"valid": "N"},
        {"occupancy": -1},
        {"speed": 300},
        {"speed": 0},
        {"speed": -1},
        {"volume": 50},
        {"volume": -1},
    ],
)
def test_a_lane_in_fault_is_absent_and_so_is_the_volume_it_would_understate(fault: dict):
    file = feed(period(detector(lane("Fast Lane", 80, 4), lane("Slow Lane", **({"volume": 2} | fault)))))
    assert told(file, "road_speed_kmh")[ONE] == (80, 4)
    assert told(file, "road_volume_vph") == {}


def test_a_district_weighs_speeds_by_vehicles_and_means_volumes_over_its_detectors():
    file = feed(
        period(
            detector(lane(speed=80, volume=1), name="AID01101"),
            detector(lane(speed=50, volume=3), name="AID01102"),
            detector(lane(speed=30, volume=4), name="NEW00001"),
        )
    )
    speeds, volumes = told(file, "road_speed_kmh"), told(file, "road_volume_vph")
    assert speeds["district_hk_southern", ""] == ((80 + 150) / 4, 4)
    assert volumes["district_hk_southern", ""] == ((120 + 360) / 2, 2)
    assert speeds["hong_kong", ""] == ((80 + 150 + 120) / 8, 8)
    assert volumes["hong_kong", ""] == ((120 + 360 + 480) / 3, 3)


def test_a_detector_in_no_known_district_counts_for_hong_kong_alone():
    file = feed(period(detector(lane(), name="NEW00001")))
    assert set(told(file, "road_speed_kmh")) == {("hong_kong", "detector=NEW00001"), ("hong_kong", "")}


def test_the_minute_after_midnight_belongs_to_the_new_day():
    just_after = datetime(2026, 10, 8, 16, 2, tzinfo=UTC)
    file = feed(period(detector(lane()), start="00:00:30"), day="2026-10-08", now=just_after)
    assert {record.at for record in parse(file)} == {datetime(2026, 10, 8, 16, 0, tzinfo=UTC)}
    assert {record.start.isoformat() for record in parse(file)} == {"2026-10-09"}


def test_a_row_that_is_twice_there_counts_once_and_two_that_differ_are_refused():
    assert len(list(lanes(feed(period(detector(lane()), detector(lane())))))) == 1
    with pytest.raises(ShapeError, match="AID01101: expected one row for 'Fast Lane', found two that differ"):
        list(lanes(feed(period(detector(lane(speed=60), lane(speed=61))))))


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: payload("<list/>"), "expected the root"),
        (lambda: payload("<raw_speed_volume_list/>"), "expected date"),
        (feed, "expected at least one lane, found none"),
        (lambda: feed(period(detector(lane(speed="fast")))), "AID01101: speed: expected a number"),
        (lambda: feed(period(detector(lane(valid="maybe")))), "expected one of Y, N, found 'maybe'"),
        (lambda: feed(period(detector(lane().replace("occupancy", "occ")))), "AID01101: expected occupancy"),
        (lambda: feed(period(detector(lane(), name="A=1;b"))), "expected plain words"),
        (lambda: feed(period(detector(lane()), start="9 pm")), "expected a time in the form"),
        (lambda: feed(period(detector(lane()), start="23:30:00")), "expected a time up to the fetch"),
        (lambda: payload("<raw_speed_volume_list><date>2026-10-08</date><peri"), "expected XML"),
        (lambda: payload("<!DOCTYPE html><title>Sign in</title><body>"), "found a web page titled 'Sign in'"),
    ],
)
def test_another_form_is_refused_with_what_was_expected(made, said: str):
    with pytest.raises(ShapeError) as caught:
        list(parse(made()))
    assert said in str(caught.value)


def listed(*rows: str):
    words = "\ufeff" + "\n".join([",".join(LIST_HEADER), *rows]) + "\n"
    return replace(payload(words), url=LIST)


def test_the_publishers_list_yields_no_reading_but_must_agree_on_the_districts():
    row = "{},{},Some Road - Eastbound ,某道,某道,833758,812147,22.2,114.1,South East,100"
    new = listed(row.format("AID01101", "Southern"), row.format("NEW00001", "Islands"))
    assert list(parse(new)) == []
    with pytest.raises(
        ShapeError, match=r"row 2: AID01101: expected district_hk_southern, found district_hk_islands"
    ):
        list(parse(listed(row.format("AID01101", "Islands"))))
    with pytest.raises(ShapeError, match="District: expected one of"):
        list(parse(listed(row.format("AID01101", "Atlantis"))))


def test_each_of_the_18_districts_has_its_detectors_and_is_fed():
    assert set(districts().values()) == set(DISTRICTS.values())
    assert set(DISTRICTS.values()) < set(SOURCE.feeds["road_speed_kmh"])
    assert len(set(DISTRICTS.values())) == 18
    assert len(districts()) == 786


@needs_samples
def test_the_real_feed_gives_its_4068_lane_rows():
    file = payload(
        (SHARED / "samples/mirror" / SOURCE.requests[0].url.removeprefix("https://")).read_bytes(), NOW
    )
    rows = list(lanes(file))
    assert len(rows) == 4068
    assert sum(not row.valid for row in rows) == 232
    assert sum(row.volume == 0 for row in rows) == 522
    assert not any(row.clocked for row in rows if row.volume == 0)


@needs_samples
def test_the_real_feed_tells_all_18_districts_and_leaves_the_faulty_detector_out():
    file = payload(
        (SHARED / "samples/mirror" / SOURCE.requests[0].url.removeprefix("https://")).read_bytes(), NOW
    )
    records = list(parse(file))
    assert {record.at for record in records} == {datetime(2024, 4, 6, 13, 27, tzinfo=UTC)}
    speeds = {
        record.place: record
        for record in records
        if record.indicator == "road_speed_kmh" and not record.breakdown
    }
    assert len(speeds) == 19
    assert all(30 < record.value < 100 for record in speeds.values())
    assert speeds["hong_kong"].weight == sum(r.weight for p, r in speeds.items() if p != "hong_kong")
    detectors = {record.breakdown for record in records if record.breakdown}
    assert 650 < len(detectors) <= 754
    assert "detector=TDS90023" not in detectors


@needs_samples
def test_the_real_list_agrees_with_our_table():
    check_list(payload((SHARED / "samples/mirror/static.data.gov.hk/td" / INFO).read_bytes()))
