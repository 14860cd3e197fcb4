"""Cities of addresses and points: they must agree, and nothing is placed by what is near."""

from __future__ import annotations

import pytest

from geo.places import atlas
from ingest.placing import CITIES, MAINLAND, cities_at, cities_named, cities_on_grid, placed

SHENZHEN, MACAO = (114.0545, 22.5455), (113.5387, 22.1887)


@pytest.mark.parametrize(
    ("address", "cities"),
    [
        ("廣東省深圳市福田區福中三路", {"shenzhen"}),
        ("深圳市福田区", {"shenzhen"}),
        ("2/F, Citizen Service Center, Dongguan", {"dongguan"}),
        ("7 Gloucester Road, Wan Chai, Hong Kong", {"hong_kong"}),
        ("Sha Tin", {"hong_kong"}),
        ("澳門", {"macao"}),
        ("深圳市前海\n2 Qianhai Road, Shenzhen", {"shenzhen"}),
        ("Guangzhou, Shenzhen", {"guangzhou", "shenzhen"}),
    ],
)
def test_an_address_names_a_city_where_a_part_of_it_is_one(address: str, cities: set[str]):
    assert cities_named(address) == cities


@pytest.mark.parametrize(
    "address", ["", "中山路1號", "1 Zhongshan Road", "香港仔大道", "Guangdong", "somewhere"]
)
def test_a_street_called_after_a_city_is_not_in_it(address: str):
    assert cities_named(address) == set()


def test_a_point_well_inside_a_city_is_in_it_whichever_way_it_is_read():
    assert cities_at(*SHENZHEN) == {"shenzhen"}
    assert cities_on_grid(835664.3, 819863.5) == {"hong_kong"}


def test_a_point_at_sea_or_off_the_earth_is_in_no_city():
    assert cities_at(114.3, 22.0) == {None}
    assert cities_at(500, 22.0) == {None}
    assert cities_on_grid(1, 1) == {None}


def test_a_point_that_two_systems_read_differently_is_not_placed_unless_the_address_decides():
    assert len(cities_at(*MACAO)) == 2
    assert placed("Unknown Street", cities_at(*MACAO)) is None
    assert placed("Government Services Centre, Macao", cities_at(*MACAO)) == "macao"


def test_an_address_never_decides_against_the_point():
    assert placed("Citizen Centre, Shenzhen", {"shenzhen"}) == "shenzhen"
    assert placed("no city named", {"shenzhen"}) == "shenzhen"
    assert placed("Citizen Centre, Dongguan", {"shenzhen"}) is None
    assert placed("Citizen Centre, Dongguan", {None}) is None


def test_without_a_point_the_address_must_name_exactly_one_city():
    assert placed("Citizen Centre, Dongguan", set()) == "dongguan"
    assert placed("Citizen Centre", set()) is None
    assert placed("Guangzhou, Shenzhen", set()) is None


def test_the_cities_that_sources_declare_are_those_of_the_atlas():
    assert tuple(city.id for city in atlas().cities) == CITIES
    assert tuple(city.id for city in atlas().cities if city.side == "mainland") == MAINLAND
