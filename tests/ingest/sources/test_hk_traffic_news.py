"""Traffic news: open incidents are counted, the newest message decides, and no markup gets through."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.sax.saxutils import escape

import pytest

from ingest.errors import ShapeError
from ingest.sources.hk_traffic_news import LONGEST, SOURCE, parse, plain
from tests.ingest.making import payload
from tests.shared import SHARED, needs_samples

NOW = datetime(2026, 10, 8, 14, 10, 30, tzinfo=UTC)


def message(**more: str) -> str:
    facts = {
        "INCIDENT_NUMBER": "IN-26-07377",
        "INCIDENT_HEADING_EN": "Road Incident",
        "INCIDENT_DETAIL_EN": "Vehicle breakdown",
        "LOCATION_EN": "Island Eastern Corridor",
        "ANNOUNCEMENT_DATE": "2026-10-08T22:01:00",
        "INCIDENT_STATUS_EN": "NEW",
        "ID": "147614",
        "CONTENT_EN": "",
    } | more
    return f"<message>{''.join(f'<{name}>{escape(text)}</{name}>' for name, text in facts.items())}</message>"


def news(*messages: str):
    return payload(f'<?xml version="1.0" encoding="UTF-8"?><list>{"".join(messages)}</list>', NOW)


def opened(*messages: str) -> float:
    (record,) = parse(news(*messages))
    return record.value


def test_open_incidents_are_counted_at_the_time_of_the_fetch():
    (record,) = parse(news(message(), message(INCIDENT_NUMBER="IN-26-07378", INCIDENT_STATUS_EN="UPDATED")))
    assert (record.indicator, record.place, record.unit, record.value) == (
        "traffic_incidents_open",
        "hong_kong",
        "incidents",
        2,
    )
    assert record.at == NOW


def test_an_empty_list_means_that_nothing_is_in_force():
    assert opened() == 0


def test_a_closed_incident_is_not_open():
    assert opened(message(INCIDENT_STATUS_EN="CLOSED")) == 0


def test_the_newest_message_of_an_incident_decides_in_whichever_order_they_stand():
    first = message(ID="1")
    closed = message(ID="2", INCIDENT_STATUS_EN="CLOSED", ANNOUNCEMENT_DATE="2026-10-08T22:05:00")
    again = message(ID="3", INCIDENT_STATUS_EN="UPDATED", ANNOUNCEMENT_DATE="2026-10-08T22:05:00")
    assert opened(first, closed) == opened(closed, first) == 0
    assert opened(first, closed, again) == opened(again, closed, first) == 1


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>Lane closed",
        "Lane closed<img src=x onerror=alert(1)>",
        "<<b>script>alert(1)<</b>/script>",
        "Lane\u202e desolc\u0000\u200b\ufeff\nclosed",
        "<a href='javascript:alert(1)'",
    ],
)
def test_hostile_text_comes_out_as_plain_words(hostile: str):
    (record,) = parse(news(message(INCIDENT_DETAIL_EN=hostile.replace("\u0000", ""))))
    shown = record.row["IN-26-07377"]
    assert shown.startswith("Road Incident · ")
    assert not any(sign in shown for sign in "<>\n\u202e\u200b\ufeff")
    assert record.value == 1


def test_plain_words_are_of_bounded_length_and_keep_their_own_signs():
    assert plain(" Lane \t closed & 香港 (Chai Wan bound) ") == "Lane closed & 香港 (Chai Wan bound)"
    assert len(plain("x" * 5000)) == LONGEST


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"INCIDENT_STATUS_EN": "PENDING"}, "INCIDENT_STATUS_EN: expected one of NEW, UPDATED, CLOSED"),
        ({"INCIDENT_NUMBER": "<b>1</b>"}, "INCIDENT_NUMBER: expected an incident number"),
        ({"ANNOUNCEMENT_DATE": "2026/10/08 22:01"}, "ANNOUNCEMENT_DATE: expected a time in the form"),
        ({"ID": "x"}, "ID: expected a number"),
    ],
)
def test_what_is_not_declared_is_refused_with_its_row(wrong: dict[str, str], said: str):
    with pytest.raises(ShapeError, match="row 2: ") as caught:
        list(parse(news(message(), message(**wrong))))
    assert said in str(caught.value)


def test_another_list_and_an_entity_are_refused():
    with pytest.raises(ShapeError, match="expected the root 'list'"):
        list(parse(payload("<body/>")))
    bomb = '<!DOCTYPE list [<!ENTITY a "b">]><list><message>&a;</message></list>'
    with pytest.raises(ShapeError, match="expected plain XML"):
        list(parse(payload(bomb)))


def test_the_same_list_later_is_a_new_reading():
    assert SOURCE.snapshots


@needs_samples
def test_the_real_list_has_one_incident_in_force():
    file = SHARED / "samples/mirror" / SOURCE.requests[0].url.removeprefix("https://")
    (record,) = parse(payload(file.read_bytes(), NOW))
    assert record.value == 1
    assert record.row == {
        "IN-26-07377": "Road Incident · Watermain emergency works · Island Eastern Corridor"
    }
