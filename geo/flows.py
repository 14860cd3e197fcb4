"""Crossings and corridors between the cities, and which city a point lies in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import asin, cos, isfinite, pi, radians, sin, sqrt
from typing import TYPE_CHECKING, Any

from geo.places import City, Crossing, atlas

if TYPE_CHECKING:
    from geo.boundaries import Boundaries

CRS = ("WGS84", "HK1980", "GCJ-02")

_EARTH_KM = 6371.0088
# GCJ-02 reckons on the Krasovsky 1940 ellipsoid.
_KRASOVSKY_AXIS = 6_378_245.0
_KRASOVSKY_ECCENTRICITY_SQUARED = 0.006_693_421_622_965_943
_INVERSE_TOLERANCE = 1e-9  # degrees: a tenth of a millimetre


@dataclass(frozen=True, kw_only=True)
class Corridor:
    """Two cities and the crossings between them, each side's own; ``id`` is ``one--other`` in official order."""

    id: str
    city_ids: tuple[str, str]
    crossing_ids: tuple[str, ...]


def corridors() -> tuple[Corridor, ...]:
    """Return every pair of cities that some crossing joins, in the official order of the cities."""
    found = []
    for one, other in combinations(atlas().cities, 2):
        crossings = tuple(crossing.id for crossing in atlas().crossings if _joins(crossing, one, other))
        if crossings:
            corridor_id = f"{one.id}--{other.id}"
            found.append(Corridor(id=corridor_id, city_ids=(one.id, other.id), crossing_ids=crossings))
    return tuple(found)


def _joins(crossing: Crossing, one: City, other: City) -> bool:
    pairs = {(crossing.city_id, pair) for pair in crossing.pair_city_ids}
    return not pairs.isdisjoint({(one.id, other.id), (other.id, one.id)})


def placed_crossings() -> tuple[Crossing, ...]:
    """Return the crossings with coordinates: those a map may draw."""
    return tuple(crossing for crossing in atlas().crossings if crossing.placed)


def unplaced_crossings() -> tuple[Crossing, ...]:
    """Return the crossings without coordinates: a map lists them in words."""
    return tuple(crossing for crossing in atlas().crossings if not crossing.placed)


def arc(corridor: Corridor, steps: int = 24) -> tuple[list[float], list[float]]:
    """Return (lons, lats) of a gentle curve from the seat of a corridor's first city to that of its second."""
    (x1, y1), (x2, y2) = (_city(city_id).seat for city_id in corridor.city_ids)
    # The control point stands off the middle by a fifth of the way, to the left of the direction of travel.
    middle = ((x1 + x2) / 2 - (y2 - y1) / 5, (y1 + y2) / 2 + (x2 - x1) / 5)
    shares = [step / steps for step in range(steps + 1)]
    weights = [((1 - s) ** 2, 2 * s * (1 - s), s**2) for s in shares]
    lons = [a * x1 + b * middle[0] + c * x2 for a, b, c in weights]
    lats = [a * y1 + b * middle[1] + c * y2 for a, b, c in weights]
    return lons, lats


def _city(city_id: str) -> City:
    place = atlas().get(city_id)
    if not isinstance(place, City):
        raise TypeError(f"{city_id!r} is a {place.kind}: expected a city")
    return place


def to_wgs84(x: float, y: float, crs: str) -> tuple[float, float]:
    """Return (longitude, latitude) in WGS84 of a point in a declared system.

    *crs* is one of ``CRS``: "WGS84" and "GCJ-02" take longitude, latitude in degrees, "HK1980" (the Hong Kong 1980
    Grid, EPSG:2326) easting, northing in metres. ValueError for another system or a point outside its range.
    """
    if crs not in CRS:
        raise ValueError(f"no coordinate system {crs!r}: expected one of {', '.join(CRS)}")
    if not (isfinite(x) and isfinite(y)):
        raise ValueError(f"not a point: {x}, {y}")
    if crs == "HK1980":
        return _from_hong_kong_grid(x, y)
    if not (-180 <= x <= 180 and -90 <= y <= 90):
        raise ValueError(f"{x}, {y} is not longitude, latitude in degrees, as {crs} expects")
    return (x, y) if crs == "WGS84" else _from_gcj02(x, y)


def city_of(lon: float, lat: float, crs: str, shapes: Boundaries) -> str | None:
    """Return the id of the city whose shape holds the point, None when none does or when two share it.

    *crs* as for :func:`to_wgs84`. Never the nearest: a point at sea is in no city.
    """
    return _holder(lon, lat, crs, shapes, "cities")


def district_of(lon: float, lat: float, crs: str, shapes: Boundaries) -> str | None:
    """Return the id of the district whose shape holds the point; see :func:`city_of`."""
    return _holder(lon, lat, crs, shapes, "districts")


def _holder(lon: float, lat: float, crs: str, shapes: Boundaries, layer: str) -> str | None:
    from shapely.geometry import Point  # noqa: PLC0415 - a web worker starts without shapely

    point = Point(to_wgs84(lon, lat, crs))
    holders = [place_id for place_id, shape in shapes.polygons(layer).items() if shape.intersects(point)]
    return holders[0] if len(holders) == 1 else None


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the great-circle distance of two (longitude, latitude) points in kilometres."""
    lon1, lat1, lon2, lat2 = map(radians, (*one, *other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * asin(sqrt(half))


def _from_hong_kong_grid(easting: float, northing: float) -> tuple[float, float]:
    if not (790_000 <= easting <= 880_000 and 790_000 <= northing <= 860_000):
        raise ValueError(
            f"{easting}, {northing} is not easting, northing in metres on the Hong Kong 1980 Grid"
        )
    lon, lat = _hong_kong_grid().transform(easting, northing)
    return (float(lon), float(lat))


@lru_cache(maxsize=1)
def _hong_kong_grid() -> Any:
    from pyproj import Transformer  # noqa: PLC0415 - only road and traffic sources need it

    return Transformer.from_crs("EPSG:2326", "EPSG:4326", always_xy=True)


def to_gcj02(lon: float, lat: float) -> tuple[float, float]:
    """Return the GCJ-02 coordinates of a WGS84 point: the offset that Mainland map services apply."""
    east, north = _gcj02_offset_metres(lon - 105, lat - 35)
    curvature = 1 - _KRASOVSKY_ECCENTRICITY_SQUARED * sin(radians(lat)) ** 2
    meridian = _KRASOVSKY_AXIS * (1 - _KRASOVSKY_ECCENTRICITY_SQUARED) / curvature**1.5
    parallel = _KRASOVSKY_AXIS / sqrt(curvature) * cos(radians(lat))
    return (lon + east / parallel * 180 / pi, lat + north / meridian * 180 / pi)


def _gcj02_offset_metres(x: float, y: float) -> tuple[float, float]:
    shared = 20 * (sin(6 * pi * x) + sin(2 * pi * x))
    root = sqrt(abs(x))
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east += 2 / 3 * (shared + sum(_waves(x, ((20, 1), (40, 3), (150, 12), (300, 30)))))
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north += 2 / 3 * (shared + sum(_waves(y, ((20, 1), (40, 3), (160, 12), (320, 30)))))
    return east, north


def _waves(value: float, terms: tuple[tuple[float, float], ...]) -> Iterator[float]:
    return (size * sin(value * pi / length) for size, length in terms)


def _from_gcj02(lon: float, lat: float) -> tuple[float, float]:
    """The offset has no closed inverse: correct a guess by the error it makes until there is none."""
    x, y = lon, lat
    for _ in range(30):
        shifted = to_gcj02(x, y)
        east, north = shifted[0] - lon, shifted[1] - lat
        x, y = x - east, y - north
        if abs(east) < _INVERSE_TOLERANCE and abs(north) < _INVERSE_TOLERANCE:
            break
    return (x, y)
