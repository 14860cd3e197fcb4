"""Smart lampposts: devices of the list, each once and in Hong Kong."""

from __future__ import annotations

import json

import pytest

from ingest.errors import ShapeError
from ingest.sources.hk_smart_lampposts import SOURCE, parse
from tests.ingest.making import NOON, payload


def device(name: str = "DF1020", **more: object) -> dict[str, object]:
    facts: dict[str, object] = {
        "LP_NUMBER": name,
        "LP_LATITUDE": 22.31777,
        "LP_LONGITUDE": 114.171015,
        "LP_NORTH": 819863.5,
        "LP_EAST": 835664.3,
        "LP_TYPE": "02",
    }
    return facts | more


def file(*devices: object):
    return payload(json.dumps(list(devices)))


def test_the_devices_listed_are_counted():
    (record,) = parse(file(device(), device("GF3637")))
    assert (record.indicator, record.place, record.value, record.unit, record.end) == (
        "smart_lamppost_met_devices",
        "hong_kong",
        2,
        "devices",
        NOON.date(),
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (file(), "expected a list of devices, found list '[]'"),
        (payload('{"devices": []}'), "expected a list of devices, found dict"),
        (file(device(), device()), "device 2: LP_NUMBER: expected each lamppost once, found 'DF1020'"),
        (file(device("<b>")), "device 1: LP_NUMBER: expected each lamppost once, found '<b>'"),
        (file(device(LP_LATITUDE="22.3")), "device 1: LP_LATITUDE: expected"),
        (file(device(LP_LATITUDE=114.17, LP_LONGITUDE=22.3)), "device 1: expected a place in Hong Kong"),
        (file({"LP_NUMBER": "A"}), "device 1: expected 'LP_LATITUDE'"),
        (file(device(LP_TYPE=2)), "device 1: LP_TYPE: expected"),
        (file(3), "device 1: expected an object, found int"),
        (payload("[{"), "expected JSON"),
    ],
)
def test_another_form_is_refused_with_what_was_expected(given, said: str):
    with pytest.raises(ShapeError) as caught:
        list(parse(given))
    assert said in str(caught.value)


def test_the_form_is_not_yet_confirmed():
    assert not SOURCE.confirmed
