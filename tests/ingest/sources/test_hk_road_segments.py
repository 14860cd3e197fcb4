"""Road segments: measured speeds by segment and road; posted limits are absent."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ingest.errors import ShapeError
from ingest.sources.hk_road_segments import SOURCE, parse, roads, segments
from tests.ingest.making import payload
from tests.shared import SHARED, needs_samples

NOW = datetime(2026, 10, 8, 15, 0, tzinfo=UTC)


def segment(name="375", speed="50.5", valid: str = "Y") -> str:
    return f"<segment><segment_id>{name}</segment_id><speed>{speed}</speed><valid>{valid}</valid></segment>"


def feed(*found: str, day: str = "2026-10-08", time: str = "22:57:00", now: datetime = NOW):
    words = (
        f"<segment_speed_list><date>{day}</date><time>{time}</time><irn_version>20221210</irn_version>"
        f"<segments>{''.join(found)}</segments></segment_speed_list>"
    )
    return payload(words, now)


def told(*found: str) -> dict[str, tuple[float, float]]:
    return {record.breakdown: (record.value, record.weight) for record in parse(feed(*found))}


def test_a_segment_and_its_road_have_their_readings():
    found = told(segment("375", "50.5"), segment("393", "70.5"))
    assert found == {
        "segment=375": (50.5, 1),
        "segment=393": (70.5, 1),
        "road=1": (60.5, 2),
    }


def test_a_reading_is_of_hong_kong_at_the_stated_time():
    record = next(parse(feed(segment())))
    assert (record.place, record.unit, record.at) == (
        "hong_kong",
        "km/h",
        datetime(2026, 10, 8, 14, 57, tzinfo=UTC),
    )


def test_the_limit_that_stands_for_a_segment_not_measured_is_absent():
    assert told(segment("375", "50.0", "N"), segment("393", "70.5")) == {
        "segment=393": (70.5, 1),
        "road=1": (70.5, 1),
    }


def test_a_segment_of_no_known_road_has_its_own_reading_alone():
    assert told(segment("999999999", "40")) == {"segment=999999999": (40, 1)}


def test_midnight_under_the_day_before_is_put_on_its_own_day():
    file = feed(segment(), time="00:00:00", now=datetime(2026, 10, 8, 16, 3, tzinfo=UTC))
    assert next(parse(file)).at == datetime(2026, 10, 8, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (feed, "expected at least one segment, found none"),
        (lambda: feed(segment(), segment()), "segment 375: expected it once, found it twice"),
        (lambda: feed(segment(speed="fast")), "speed: expected a number, found 'fast'"),
        (lambda: feed(segment(name="A;b=1")), "segment_id: expected a segment's number"),
        (lambda: feed(segment(valid="?")), "valid: expected one of Y, N"),
        (lambda: feed(segment().replace("speed", "pace")), "expected speed, found segment_id, pace"),
        (lambda: feed(segment(), day="08-10-2026"), "expected a time in the form"),
        (lambda: feed(segment(), day="2026-10-09"), "expected a time up to the fetch"),
        (lambda: feed(segment(), time=""), "expected segment_speed_list with date and time"),
        (lambda: payload("<list/>"), "expected segment_speed_list"),
    ],
)
def test_another_form_is_refused_with_what_was_expected(made, said: str):
    with pytest.raises(ShapeError) as caught:
        list(parse(made()))
    assert said in str(caught.value)


def test_the_roads_are_named_and_no_segment_lies_on_two():
    assert len(roads()) == 4054
    assert len(set(roads().values())) == 171
    assert not {"ROUNDABOUT", "SLIP ROAD", "UNNAMED ROAD"} & set(roads().values())
    assert not any({"=", ";"} & set(road) for road in roads().values())


@needs_samples
def test_the_real_feed_has_4376_segments_of_which_55_are_not_measured():
    file = SHARED / "samples/mirror" / SOURCE.requests[0].url.removeprefix("https://")
    found = list(segments(payload(file.read_bytes(), NOW)))
    assert len(found) == 4376
    assert sum(not segment.measured for segment in found) == 55
    records = list(parse(payload(file.read_bytes(), NOW)))
    assert sum(record.breakdown.startswith("segment=") for record in records) == 4321
    by_road = {record.breakdown: record for record in records if record.breakdown.startswith("road=")}
    bridge = by_road["road=HONG KONG-ZHUHAI-MACAO BRIDGE HONG KONG LINK ROAD"]
    assert 40 < bridge.value < 110
    assert bridge.weight > 10
    assert {record.at for record in records} == {datetime(2024, 4, 6, 13, 27, tzinfo=UTC)}


@pytest.mark.parametrize("name", ["-375", "", "375.0", "37500000000000", "a"])
def test_what_is_no_segments_number_is_refused(name: str):
    with pytest.raises(ShapeError, match="segment_id: expected a segment's number"):
        list(parse(feed(segment(name))))
