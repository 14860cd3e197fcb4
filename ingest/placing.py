"""Which of the 11 cities an address or a point lies in; where both are given they must agree. Never the nearest.

A point in degrees does not say whether it is WGS84 or GCJ-02, which lie hundreds of metres apart: without an
address that decides, a city counts only where both readings lie in it. The packaged boundaries are used, so that
a payload always reads the same.
"""

from __future__ import annotations

import re
from functools import lru_cache

from geo.boundaries import Boundaries
from geo.boundary_build import build
from geo.flows import city_of
from geo.places import atlas, resolve

# The ids that sources declare, in official order; a test holds them against the atlas.
MAINLAND = (
    *("guangzhou", "shenzhen", "zhuhai", "foshan", "huizhou"),
    *("dongguan", "zhongshan", "jiangmen", "zhaoqing"),
)
CITIES = ("hong_kong", "macao", *MAINLAND)

_CITY_SIGN = "\u5e02"  # the sign that ends the full name of a Mainland city
_PROVINCE_SIGN = "\u7701"
_SPLIT = re.compile(r"[,;\n\uff0c\uff1b\u3001()\uff08\uff09]")


@lru_cache(maxsize=1)
def _shapes() -> Boundaries:
    return Boundaries("packaged", build(None))


def cities_at(lon: float, lat: float) -> set[str | None]:
    """Return the cities that a point in degrees may lie in, read as WGS84 and as GCJ-02; None among them for none."""
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        return {None}
    return {city_of(lon, lat, crs, _shapes()) for crs in ("WGS84", "GCJ-02")}


def cities_on_grid(easting: float, northing: float) -> set[str | None]:
    """Return the city of a point on the Hong Kong 1980 Grid, metres; None outside the grid or every city."""
    try:
        return {city_of(easting, northing, "HK1980", _shapes())}
    except ValueError:
        return {None}


def cities_named(address: str) -> set[str]:
    """Return the cities that an address names in full: a part of it is a city's or a district's name.

    A city's name within another word, such as a street called after it, does not count.
    """
    found = set()
    for part in _SPLIT.split(address):
        for words in (part, *_named_in_full(part)):
            place = resolve(words.strip(), "city") or resolve(words.strip(), "district")
            city = atlas().city_of(place) if place else None
            if city:
                found.add(city)
    return found


def _named_in_full(part: str) -> list[str]:
    after = part.rpartition(_PROVINCE_SIGN)[2].strip()
    head, sign, _ = after.partition(_CITY_SIGN)
    return [head + sign] if sign else []


def placed(address: str, point: set[str | None]) -> str | None:
    """Return the city of something with this *address*; *point* is where its coordinates may lie, empty without any.

    Address and point must agree: the address may decide between two readings of a point, never against them.
    None where they do not settle it.
    """
    named = cities_named(address)
    fitting = point & named if point and named else point or named
    return fitting.pop() if len(fitting) == 1 else None
