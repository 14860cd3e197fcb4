"""iAM Smart: registration points by city and kind, from three files whose members were only described."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from ingest.checks import unknown_places
from ingest.errors import ShapeError
from ingest.sources.hk_iam_smart_locations import KINDS, SOURCE, parse
from tests.ingest.making import NOON, payload

COUNTER, TEAM, KIOSK = KINDS


def place(**more: object) -> dict[str, object]:
    facts: dict[str, object] = {
        "NameEN": "Wan Chai Post Office",
        "NameTC": "灣仔郵政局",
        "AddressEN": "2/F, Wu Chung House, 197-213 Queen's Road East, Wan Chai",
        "AddressTC": "灣仔皇后大道東197-213號胡忠大廈2樓",
        "Latitude": 22.2747,
        "Longitude": "114.1716",
    }
    return facts | more


def file(*places: object, url: str = COUNTER, envelope: object = None):
    return replace(payload(json.dumps(envelope if envelope is not None else list(places))), url=url)


def told(given) -> dict[tuple[str, str], tuple[float, str]]:
    return {(one.place, one.breakdown): (one.value, one.qualifier) for one in parse(given)}


def test_places_are_counted_by_city_and_kind():
    shenzhen = place(NameEN="Qianhai", AddressEN="1 Road, Shenzhen", Latitude=22.5455, Longitude=114.0545)
    given = (place(), place(NameEN="Another"), shenzhen)
    assert told(file(*given)) == {
        ("hong_kong", "kind=counter"): (2, "exact"),
        ("shenzhen", "kind=counter"): (1, "exact"),
    }
    assert ("hong_kong", "kind=kiosk") in told(file(*given, url=KIOSK))
    assert {(one.indicator, one.unit, one.end) for one in parse(file(*given))} == {
        ("iam_smart_reg_points", "points", NOON.date())
    }


def test_a_place_that_is_visited_on_several_days_counts_once():
    days = [place(Date=day) for day in ("2025-05-14", "2025-05-21")]
    assert told(file(*days, url=TEAM)) == {("hong_kong", "kind=mobile_team"): (1, "exact")}


def test_without_a_point_an_address_or_district_that_names_one_city_decides():
    bare = {"Address": "Centre, Dongguan"}
    by_district = {"Address": "12 Some Street", "District": "Sha Tin"}
    assert told(file(bare, by_district)) == {
        ("dongguan", "kind=counter"): (1, "exact"),
        ("hong_kong", "kind=counter"): (1, "exact"),
    }


def test_a_place_that_cannot_be_placed_goes_to_a_person_and_the_rest_are_lower_bounds():
    records = list(parse(file(place(), {"Name": "Stand", "Address": "Somewhere"})))
    (doubt,) = unknown_places(records, SOURCE.feeds)
    assert records[doubt.index].place == "stand / somewhere"
    assert {one.qualifier for one in records} == {"at_least"}


def test_one_list_inside_an_object_is_the_list():
    assert told(file(envelope={"lastUpdate": "2025-05-01", "data": [place()]}))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (file(place(operatingStatus="open")), "place 1: expected address in a declared spelling"),
        (file(place(operatingStatus="open")), "unknown 'operatingStatus'"),
        (file({"nameEn": "x"}), "missing address"),
        (file(place(Longitude=None)), "place 1: expected both longitude and latitude, found one"),
        (file(place(Latitude="22°N")), "place 1: latitude: expected a number"),
        (file(place(AddressEN="", AddressTC=None)), "place 1: expected an address, found a blank"),
        (file(place(), "x"), "place 2: expected an object, found str"),
        (file(), "at least 1 entries"),
        (file(envelope={"a": [], "b": []}), "one list in an object"),
        (
            replace(payload("<!doctype html><title>Moved</title><p>"), url=KIOSK),
            "found a web page titled 'Moved'",
        ),
        (replace(payload('{"a": 1, "a": 2}'), url=KIOSK), "expected each name once"),
    ],
)
def test_another_form_is_refused_with_what_was_expected_and_found(given, said: str):
    with pytest.raises(ShapeError) as caught:
        list(parse(given))
    assert said in str(caught.value)


def test_the_form_is_not_yet_confirmed():
    assert not SOURCE.confirmed
    assert len(SOURCE.requests) == 3
