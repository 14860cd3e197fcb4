"""Next trains at the boundary: the mean gap by direction; nights, alerts and single trains are absent."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ingest.errors import ShapeError
from ingest.sources.hk_mtr_boundary_trains import ADDRESS, SOURCE, parse
from tests.ingest.making import payload

NOW = datetime(2026, 10, 8, 14, 57, tzinfo=UTC)


def train(time: str, **more: str) -> dict[str, str]:
    facts = {
        "ttnt": "N/A",
        "valid": "Y",
        "plat": "1",
        "source": "-",
        "dest": "ADM",
        "seq": "1",
        "timetype": "D",
    }
    return facts | {"time": f"2026-10-08 {time}" if len(time) == 8 else time} | more


def answer(station: str = "LOW", *, up=(), down=(), **more: object):
    said = {
        "status": 1,
        "message": "successful",
        "curr_time": "2026-10-08 22:56:10",
        "sys_time": "2026-10-08 22:56:10",
        "isdelay": "N",
        "data": {f"EAL-{station}": {"UP": list(up), "DOWN": list(down)}},
    } | more
    return replace(payload(json.dumps(said), NOW), url=f"{ADDRESS}{station}")


def test_the_headway_is_the_mean_gap_between_the_next_trains_of_a_direction():
    (record,) = parse(answer(down=[train("23:00:00"), train("23:06:00"), train("23:14:00")]))
    assert (record.indicator, record.place, record.breakdown, record.value, record.unit, record.weight) == (
        "boundary_train_headway",
        "hk_lo_wu",
        "direction=southbound",
        7,
        "minutes",
        2,
    )
    assert record.at == datetime(2026, 10, 8, 14, 56, 10, tzinfo=UTC)


def test_the_order_of_the_trains_and_one_told_twice_change_nothing():
    (record,) = parse(answer("LMC", up=[train("23:12:00"), train("23:00:00"), train("23:00:00")]))
    assert (record.place, record.breakdown, record.value) == (
        "hk_lok_ma_chau_spur",
        "direction=northbound",
        12,
    )


def test_a_single_train_tells_no_headway():
    assert list(parse(answer(down=[train("23:00:00")]))) == []


def test_the_gap_over_the_night_is_no_headway():
    assert list(parse(answer(down=[train("23:40:00"), train("2026-10-09 05:30:00")]))) == []


def test_a_direction_that_is_not_told_is_absent():
    one = {"EAL-LOW": {"DOWN": [train("23:00:00"), train("23:10:00")]}}
    (record,) = parse(answer(data=one))
    assert record.breakdown == "direction=southbound"


def test_an_alert_in_place_of_trains_is_absent_not_a_failure():
    said = {
        "status": 0,
        "message": "Special train service arrangements are in place.",
        "url": "https://example.org",
    }
    assert list(parse(replace(payload(json.dumps(said), NOW), url=f"{ADDRESS}LOW"))) == []


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: answer(status=2), "status: expected 1 or 0, found 2"),
        (lambda: answer(status="1"), "status: expected"),
        (lambda: answer(data={"EAL-SHS": {}}), "data: expected 'EAL-LOW', found 'EAL-SHS'"),
        (lambda: answer(data={"EAL-LOW": {"trains": []}}), "EAL-LOW: expected UP or DOWN, found 'trains'"),
        (lambda: answer(data={"EAL-LOW": {"UP": {}}}), "EAL-LOW: UP: expected"),
        (lambda: answer(down=["23:00"]), "EAL-LOW DOWN 1: expected an object"),
        (lambda: answer(down=[{"ttnt": "3"}]), "EAL-LOW DOWN 1: expected 'time'"),
        (lambda: answer(down=[train("soon")]), "expected a time in the form"),
        (lambda: answer(curr_time="2026-10-08 23:56:10"), "expected a time up to the fetch"),
        (lambda: answer(curr_time=None), "curr_time: expected"),
    ],
)
def test_another_form_is_refused_with_what_was_expected(made, said: str):
    with pytest.raises(ShapeError) as caught:
        list(parse(made()))
    assert said in str(caught.value)


def test_both_stations_are_asked_and_the_form_is_not_yet_confirmed():
    assert [request.url.rpartition("=")[2] for request in SOURCE.requests] == ["LOW", "LMC"]
    assert not SOURCE.confirmed
