"""Macao's checkpoints: JSON in JSON, classes put on the indicator's scale, the busiest open point counts."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from ingest.errors import ShapeError
from ingest.sources.macao_border_status import CHECKPOINTS, PLACES, SOURCE, parse
from tests.ingest.making import payload
from tests.shared import SHARED, needs_samples

NOW = datetime(2026, 10, 8, 14, 58, tzinfo=UTC)


def point(**more: str) -> dict[str, str]:
    facts = {
        "Pn": "2",
        "Id": "E",
        "St": "1",
        "Ti": "2026/10/08 22:55",
        "Vt": "",
        "Os": "0",
        "Mp": "",
        "Mc": "",
    }
    return facts | more


def answer(*points: object, rs: object = True):
    return payload(json.dumps({"d": json.dumps({"Rs": rs, "Rt": list(points)})}), NOW)


def told(*points: object) -> dict[tuple[str, str], float]:
    return {(record.place, record.breakdown): record.value for record in parse(answer(*points))}


def test_a_checkpoint_has_a_level_by_direction_in_the_slot_of_its_own_time():
    (record,) = parse(answer(point(Pn="55", Id="D", St="2")))
    assert (record.indicator, record.place, record.breakdown, record.value, record.unit) == (
        "bcp_wait_level",
        "mo_qingmao",
        "direction=departure",
        1,
        "level",
    )
    assert record.at == datetime(2026, 10, 8, 14, 45, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "level"), [("1", 0), ("2", 1), ("3", 2), ("4", 2), ("5", 99), ("7", 99), ("8", 99)]
)
def test_each_class_has_its_place_on_the_scale(state: str, level: int):
    assert told(point(St=state)) == {("mo_border_gate", "direction=arrival"): level}


@pytest.mark.parametrize("absent", [{"St": "0"}, {"St": "100"}, {"St": "6"}, {"Os": "1"}])
def test_what_is_unknown_or_out_of_service_is_absent(absent: dict[str, str]):
    assert told(point(Pn="3"), point(**absent)) == {("mo_inner_harbour", "direction=arrival"): 0}


def test_the_busiest_open_point_of_a_checkpoint_counts():
    assert told(point(Pn="2", St="1"), point(Pn="7", St="3")) == {("mo_border_gate", "direction=arrival"): 2}
    assert told(point(Pn="2", St="1"), point(Pn="7", St="5")) == {("mo_border_gate", "direction=arrival"): 0}
    assert told(point(Pn="2", St="5"), point(Pn="7", St="8")) == {("mo_border_gate", "direction=arrival"): 99}


def test_a_point_we_do_not_know_keeps_its_number_for_the_checks():
    assert told(point(Pn="999")) == {("point 999", "direction=arrival"): 0}
    assert "point 999" not in SOURCE.feeds["bcp_wait_level"]


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: payload("[]", NOW), "expected an object"),
        (lambda: payload('{"d": {"Rs": true}}', NOW), "d: expected"),
        (lambda: payload('{"d": "<html>"}', NOW), "expected JSON, found"),
        (lambda: answer(rs=False), "expected Rs true and points in Rt"),
        (answer, "expected Rs true and points in Rt, found Rs True, 0 points"),
        (lambda: answer(point(), {"Pn": "2"}), "point 2: expected 'Id'"),
        (lambda: answer(point(St=1)), "point 1: St: expected"),
        (lambda: answer(point(St="9")), "point 1: St: expected one of 1, 2, 3, 4"),
        (lambda: answer(point(Id="X")), "point 1: Id: expected one of E, D, found 'X'"),
        (lambda: answer(point(Os="2")), "point 1: Os: expected one of"),
        (lambda: answer(point(Ti="22:55")), "expected a time in the form"),
        (lambda: answer(point(Ti="2026/10/09 22:55")), "expected a time up to the fetch"),
    ],
)
def test_another_form_is_refused_with_what_was_expected(made, said: str):
    with pytest.raises(ShapeError) as caught:
        list(parse(made()))
    assert said in str(caught.value)


def test_the_question_is_posted_and_the_form_is_not_yet_confirmed():
    (request,) = SOURCE.requests
    assert (request.method, request.body, request.headers["Content-Type"]) == (
        "POST",
        b"{}",
        "application/json",
    )
    assert not SOURCE.confirmed


def test_no_point_belongs_to_two_checkpoints():
    assert len(PLACES) == sum(map(len, CHECKPOINTS.values()))


@needs_samples
def test_the_reconstructed_form_is_read():
    content = (SHARED / "samples/forms" / SOURCE.requests[0].url.removeprefix("https://")).read_bytes()
    records = list(parse(payload(content, NOW)))
    assert {record.place for record in records} == set(CHECKPOINTS)
    assert len(records) == 16
    assert {record.value for record in records if record.place == "mo_border_gate"} == {1}
    assert {record.value for record in records if record.place == "mo_industrial_park"} == {99}
