"""Wi-Fi.HK: hotspots are added up, places are not counted."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from ingest.errors import ShapeError
from ingest.sources.hk_wifi import KINDS, SOURCE, parse
from tests.ingest.making import NOON, payload

FIXED, MOVING = KINDS


def place(name: str = "A1", hotspots: object = 3, **more: object) -> dict[str, object]:
    return {
        "LocationID": name,
        "OrganisationCode": "X",
        "SSID": "Wi-Fi.HK",
        "NumberOfHotspots": hotspots,
    } | more


def file(*places: object, url: str = FIXED):
    return replace(payload(f"\r\n  {json.dumps(list(places))} \n"), url=url)


def test_the_figure_is_the_sum_of_hotspots_and_not_the_number_of_places():
    (record,) = parse(file(place(), place("A2", "12"), place("A3", 0), place(4, 1)))
    assert (record.value, record.breakdown, record.unit, record.end) == (
        16,
        "kind=fixed",
        "hotspots",
        NOON.date(),
    )


def test_those_that_move_are_a_part_of_their_own():
    (record,) = parse(file(place(VehicleTypeNameEN="Bus"), url=MOVING))
    assert record.breakdown == "kind=non_fixed"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (file(), "expected a list of places, found list '[]'"),
        (replace(payload('{"a": 1}'), url=FIXED), "expected a list of places, found dict"),
        (file(place(), place()), "place 2: LocationID: expected each place once"),
        (file(place("")), "place 1: LocationID: expected each place once"),
        (file({"LocationID": "A"}), "place 1: expected 'NumberOfHotspots'"),
        (file(place(hotspots=None)), "place 1: NumberOfHotspots: expected"),
        (file(place(hotspots="")), "place 1: NumberOfHotspots: expected a number of 0 or more, found None"),
        (file(place(hotspots=-1)), "expected a number of 0 or more, found -1"),
        (file(place(hotspots=1.5)), "place 1: NumberOfHotspots: expected"),
        (file(place(hotspots="many")), "place 1: NumberOfHotspots: expected a number"),
        (file(place(hotspots=True)), "place 1: NumberOfHotspots: expected"),
        (file("x"), "place 1: expected an object"),
        (replace(payload("<!DOCTYPE html>"), url=FIXED), "found a web page"),
    ],
)
def test_another_form_is_refused_with_what_was_expected(given, said: str):
    with pytest.raises(ShapeError) as caught:
        list(parse(given))
    assert said in str(caught.value)


def test_the_form_is_not_yet_confirmed():
    assert not SOURCE.confirmed
