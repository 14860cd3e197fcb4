"""Journey times: minutes by location and destination; pictures and the unavailable are absent."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ingest.errors import ShapeError
from ingest.sources.hk_journey_times import PLACES, SOURCE, parse
from tests.ingest.making import payload
from tests.shared import SHARED, needs_samples

NOW = datetime(2026, 10, 8, 15, 0, tzinfo=UTC)
XMLNS = "http://data.one.gov.hk/td"


def journey(**more: str) -> str:
    facts = {
        "LOCATION_ID": "H1",
        "DESTINATION_ID": "CH",
        "CAPTURE_DATE": "2026-10-08T22:56:00",
        "JOURNEY_TYPE": "1",
        "JOURNEY_DATA": "4",
        "COLOUR_ID": "3",
    } | more
    inside = "".join(f"<{name}>{text}</{name}>" for name, text in facts.items())
    return f"<jtis_journey_time>{inside}<JOURNEY_DESC/></jtis_journey_time>"


def feed(*journeys: str, xmlns: str = XMLNS, now: datetime = NOW):
    words = f'<?xml version="1.0"?><jtis_journey_list xmlns="{xmlns}">{"".join(journeys)}</jtis_journey_list>'
    return payload(words, now)


def test_a_journey_is_told_in_minutes_at_its_own_time():
    (record,) = parse(feed(journey()))
    assert (record.indicator, record.place, record.unit, record.value) == (
        "journey_minutes",
        "hong_kong",
        "minutes",
        4,
    )
    assert record.breakdown == "destination=CH;location=H1"
    assert record.at == datetime(2026, 10, 8, 14, 56, tzinfo=UTC)
    assert record.span == "point"


def test_groups_of_one_file_keep_their_own_times():
    records = list(parse(feed(journey(), journey(LOCATION_ID="H2", CAPTURE_DATE="2026-10-08T22:54:35"))))
    assert [record.at.strftime("%H:%M:%S") for record in records] == ["14:56:00", "14:54:35"]


@pytest.mark.parametrize(
    "absent",
    [
        {"JOURNEY_DATA": "-1", "COLOUR_ID": "-1"},
        {"JOURNEY_DATA": "-1", "COLOUR_ID": "1"},
        {"JOURNEY_TYPE": "2", "JOURNEY_DATA": "3"},
        {"JOURNEY_TYPE": "-1", "JOURNEY_DATA": "-1", "COLOUR_ID": "-1"},
    ],
)
def test_what_is_not_available_or_is_a_picture_is_absent_never_a_number(absent: dict[str, str]):
    assert list(parse(feed(journey(**absent)))) == []


@pytest.mark.parametrize("destination", ["ATL", "ACTT", "ATSCA", "TMCLK"])
def test_a_journey_to_the_airport_belongs_to_that_crossing(destination: str):
    (record,) = parse(feed(journey(DESTINATION_ID=destination)))
    assert record.place == "hk_airport"


def test_sheung_shui_is_no_crossing():
    assert PLACES["SSYLH"] == PLACES["SSCPR"] == "hong_kong"
    assert len(PLACES) == 27


def test_an_unknown_destination_keeps_the_publishers_word_for_the_checks():
    (record,) = parse(feed(journey(DESTINATION_ID="XYZ")))
    assert record.place == "XYZ"
    assert "XYZ" not in SOURCE.feeds["journey_minutes"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"JOURNEY_TYPE": "7"}, "JOURNEY_TYPE: expected one of 1, 2, -1, found '7'"),
        ({"COLOUR_ID": "9"}, "COLOUR_ID: expected one of"),
        ({"JOURNEY_DATA": "4 min"}, "JOURNEY_DATA: expected a number"),
        ({"CAPTURE_DATE": "08/10/2026 22:56"}, "CAPTURE_DATE: expected a time in the form"),
        ({"CAPTURE_DATE": "2026-10-09T22:56:00"}, "CAPTURE_DATE: expected a time up to the fetch"),
        ({"LOCATION_ID": "H1;place=macao"}, "LOCATION_ID: expected a code"),
        ({"DESTINATION_ID": "&lt;b&gt;"}, "DESTINATION_ID: expected a code"),
    ],
)
def test_what_is_not_declared_is_refused_with_its_row(wrong: dict[str, str], said: str):
    with pytest.raises(ShapeError, match="row 2: ") as caught:
        list(parse(feed(journey(), journey(**wrong))))
    assert said in str(caught.value)


def test_an_empty_list_is_no_news_of_empty_roads():
    with pytest.raises(ShapeError, match="expected at least one journey, found none"):
        list(parse(feed()))


def test_another_namespace_or_a_missing_element_is_refused():
    with pytest.raises(ShapeError, match="expected the root"):
        list(parse(feed(journey(), xmlns="http://example.org/")))
    with pytest.raises(ShapeError, match="expected COLOUR_ID"):
        list(parse(feed(journey().replace("COLOUR_ID", "COLOR_ID"))))


@needs_samples
def test_the_eight_real_journey_times_appear_in_minutes():
    file = SHARED / "samples/mirror/resource.data.one.gov.hk/td/jss/Journeytimev2.xml"
    records = list(parse(payload(file.read_bytes(), NOW)))
    assert {record.breakdown: record.value for record in records} == {
        "destination=CH;location=H1": 4,
        "destination=EH;location=H1": 9,
        "destination=CH;location=H2": 5,
        "destination=EH;location=H2": 9,
        "destination=WH;location=H2": 11,
        "destination=CH;location=H3": 6,
        "destination=WH;location=H3": 8,
        "destination=CH;location=H4": 5,
    }


@needs_samples
def test_the_older_form_reads_alike():
    file = SHARED / "samples/mirror/resource.data.one.gov.hk/td/journeytime.xml"
    records = list(parse(payload(file.read_bytes(), NOW)))
    assert 0 < len(records) <= 35
    assert {record.place for record in records} <= set(SOURCE.feeds["journey_minutes"])
