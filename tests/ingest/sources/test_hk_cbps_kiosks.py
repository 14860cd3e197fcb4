"""Kiosks: counted by the city that holds their point; what cannot be placed goes to a person."""

from __future__ import annotations

import pytest

from ingest.checks import unknown_places
from ingest.errors import ShapeError
from ingest.sources.hk_cbps_kiosks import SOURCE, parse
from tests.ingest.making import NOON, payload

HEADER = "Location_EN,Location_TC,Location_SC,Address_EN,Address_TC,Latitude,Longitude,Opening Hours_EN"
SHENZHEN = 'Hall,大堂,大堂,"1 Fuzhong Road, Shenzhen",深圳市福中三路,22.5455,114.0545,9-5'
DONGGUAN = 'Centre,中心,中心,"2/F, Citizen Service Center, Dongguan",東莞市鴻福西路,23.0233,113.7465,9-5'
UNSURE = "Booth,亭,亭,somewhere,某處,,,9-5"


def file(*lines: str, header: str = HEADER):
    return payload("\ufeff" + "".join(f"{line}\r\n" for line in (header, *lines)))


def told(given) -> dict[tuple[str, str], tuple[float, str]]:
    return {(one.indicator, one.place): (one.value, one.qualifier) for one in parse(given)}


def test_places_are_counted_by_the_city_that_holds_their_point():
    other = SHENZHEN.replace("Hall", "Hall B")
    assert told(file(SHENZHEN, DONGGUAN, other, SHENZHEN)) == {
        ("cbps_kiosk_locations", "shenzhen"): (2, "exact"),
        ("cbps_kiosk_locations", "dongguan"): (1, "exact"),
        ("cbps_kiosk_cities_mainland", "gba"): (2, "exact"),
    }
    assert {(one.start, one.end, one.span) for one in parse(file(SHENZHEN))} == {
        (NOON.date(), NOON.date(), "point")
    }


def test_a_kiosk_that_cannot_be_placed_goes_to_a_person_and_the_rest_are_lower_bounds():
    records = list(parse(file(SHENZHEN, UNSURE)))
    doubted = {doubt.index for doubt in unknown_places(records, SOURCE.feeds)}
    assert [records[index].place for index in doubted] == ["booth / 亭 / somewhere / 某處"]
    assert {one.qualifier for one in records} == {"at_least"}
    assert told(file(SHENZHEN, UNSURE))["cbps_kiosk_locations", "shenzhen"] == (1, "at_least")


def test_an_address_that_contradicts_its_point_is_not_believed():
    wrong = DONGGUAN.replace("23.0233,113.7465", "22.5455,114.0545")
    assert ("cbps_kiosk_locations", "dongguan") not in told(file(wrong))
    assert ("cbps_kiosk_locations", "shenzhen") not in told(file(wrong))


def test_the_hong_kong_grid_is_read_where_it_is_given():
    header = "Location,Address,Easting,Northing"
    assert ("cbps_kiosk_locations", "hong_kong") in told(
        file("Office,1 Road,835664.3,819863.5", header=header)
    )


def test_without_coordinates_only_an_address_that_names_one_city_in_full_is_placed():
    found = told(file("A,深圳市福中三路", "B,中山路1號", header="地點,地址"))
    assert found["cbps_kiosk_locations", "shenzhen"] == (1, "at_least")
    assert ("cbps_kiosk_locations", "zhongshan") not in found


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (lambda: file(SHENZHEN, header=HEADER.replace("Address", "Where")), "unknown 'Where_EN'"),
        (lambda: file("a,b,c", header="Location,Address,Power"), "unknown 'Power'"),
        (lambda: file("a,b,1", header="Location,Address,Latitude"), "found latitude alone"),
        (lambda: file(SHENZHEN.replace("114.0545", "")), "row 2: expected both longitude and latitude"),
        (lambda: file(SHENZHEN.replace("114.0545", "114°E")), "row 2: longitude: expected a number"),
        (lambda: file(",,,x,y,22.5,114.0,"), "row 2: expected a location and its address"),
        (file, "at least 1 rows"),
        (lambda: payload(b"\xff\xfeL\x00o\x00"), "expected utf-8"),
    ],
)
def test_another_form_is_refused_with_what_was_found(given, said: str):
    with pytest.raises(ShapeError) as caught:
        list(parse(given()))
    assert said in str(caught.value)


def test_every_city_may_have_a_kiosk_and_the_form_is_not_yet_confirmed():
    assert len(SOURCE.feeds["cbps_kiosk_locations"]) == 11
    assert not SOURCE.confirmed
