"""Car parks beside the crossings: counted vacancies by car park; flags, closures and no data are absent."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from geo.places import atlas
from ingest.errors import ShapeError
from ingest.sources.hk_car_parks_boundary import AROUND, CROSSINGS, SOURCE, parse
from tests.ingest.making import payload

NOW = datetime(2026, 10, 8, 14, 58, tzinfo=UTC)
BRIDGE = next(url for url, place in CROSSINGS.items() if place == "hk_hzmb")


def vacancy(**more: object) -> dict[str, object]:
    return {"vacancy_type": "A", "vacancy": 94, "lastupdate": "2026-10-08 22:51:21"} | more


def answer(*results: object, url: str = BRIDGE):
    return replace(payload(json.dumps({"results": list(results)}), NOW), url=url)


def told(*vacancies: dict[str, object]) -> list[float]:
    return [record.value for record in parse(answer({"park_Id": "10", "privateCar": list(vacancies)}))]


def test_a_counted_vacancy_is_a_reading_of_its_own_car_park_and_time():
    (record,) = parse(answer({"park_Id": "tdc17p3", "privateCar": [vacancy(vacancyEV=5)]}))
    assert (record.indicator, record.place, record.breakdown, record.value, record.unit) == (
        "boundary_parking_vacancy",
        "hk_hzmb",
        "car_park=tdc17p3",
        94,
        "spaces",
    )
    assert record.at == datetime(2026, 10, 8, 14, 51, 21, tzinfo=UTC)


def test_a_full_car_park_has_no_vacancy_and_that_is_a_figure():
    assert told(vacancy(vacancy=0)) == [0]


@pytest.mark.parametrize(
    "absent",
    [
        {"vacancy": -1},
        {"vacancy_type": "B", "vacancy": 1},
        {"vacancy_type": "B", "vacancy": 0},
        {"vacancy_type": "C", "vacancy": 0},
        {"category": "MONTHLY"},
    ],
)
def test_flags_closures_and_no_data_are_absent(absent: dict[str, object]):
    assert told(vacancy(**absent), vacancy(category="HOURLY", vacancy=7)) == [7]


def test_a_car_park_for_other_vehicles_and_an_empty_answer_yield_nothing():
    assert list(parse(answer({"park_Id": "10", "HGV": [vacancy()]}))) == []
    assert list(parse(answer())) == []


@pytest.mark.parametrize(
    ("park", "said"),
    [
        ({"park_Id": 10, "privateCar": []}, "car park 1: park_Id: expected"),
        ({"park_Id": "a;b=c", "privateCar": []}, "park_Id: expected letters and digits, found 'a;b=c'"),
        ({"park_Id": "10", "privateCar": {}}, "10: privateCar: expected"),
        ({"park_Id": "10", "privateCar": [vacancy(vacancy="94")]}, "10: vacancy: expected"),
        ({"park_Id": "10", "privateCar": [vacancy(vacancy_type="D")]}, "expected one of A, B, C, found 'D'"),
        ({"park_Id": "10", "privateCar": [vacancy(category="WEEKLY")]}, "expected one of HOURLY"),
        ({"park_Id": "10", "privateCar": [vacancy(lastupdate="22:51")]}, "expected a time in the form"),
        ({"park_Id": "10", "privateCar": [{"vacancy": 3}]}, "10: expected 'vacancy_type'"),
    ],
)
def test_another_form_is_refused_with_what_was_expected(park: dict[str, object], said: str):
    with pytest.raises(ShapeError) as caught:
        list(parse(answer(park)))
    assert said in str(caught.value)


def test_an_answer_in_another_form_is_refused():
    with pytest.raises(ShapeError, match="expected 'results', found 'error'"):
        list(parse(replace(payload('{"error": "x"}', NOW), url=BRIDGE)))


def test_each_crossing_lies_in_the_rectangle_that_is_asked_for_and_in_no_other():
    for place, extent in AROUND.items():
        west, south, east, north = map(float, extent.split(","))
        inside = [
            one.id
            for one in atlas().crossings
            if one.placed and west < one.lon < east and south < one.lat < north and one.city_id == "hong_kong"
        ]
        assert set(inside) & set(AROUND) == {place}


def test_the_form_is_not_yet_confirmed():
    assert not SOURCE.confirmed
    assert len(SOURCE.requests) == 3
