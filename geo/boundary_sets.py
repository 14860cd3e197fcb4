"""Read a set of boundaries, the packaged one or a folder's own, and say plainly what is wrong with it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Point, Polygon, shape

from geo.boundary_files import CAPTION, LAND, BoundaryError, set_files
from geo.entries import FRAME, LANGUAGES
from geo.places import ATLAS, Atlas, atlas

_CODES = ("place_id", "id", "gb", "adcode", "code")
_NAMES = ("name", "name_en", "name_zh_hant", "name_zh_hans")
# CGCS2000 agrees with WGS84 to within a metre.
_WGS84 = ("4326", "CRS84", "4490")
_KM2_PER_SQUARE_DEGREE = 111.3**2 * 0.922  # at 22.8 degrees north
_OVERLAP_KM2 = 1.0


@dataclass(frozen=True, kw_only=True)
class BoundarySet:
    """Shapes by place id, in WGS84, as supplied; ``surroundings`` is the land around the 11 cities."""

    caption: Mapping[str, str]
    cities: Mapping[str, Polygon | MultiPolygon]
    districts: Mapping[str, Polygon | MultiPolygon]
    surroundings: MultiPolygon


def read_set(override: Path | None) -> BoundarySet:
    """Read the packaged set, or the one in the folder *override*; BoundaryError lists every fault of it."""
    cities_file, districts_file, *_ = files = set_files(override)
    faults: list[str] = []
    every_city = _features(cities_file, faults)
    cities = _shapes(cities_file.name, every_city, "city", faults, others_fault=override is not None)
    every_district = _features(districts_file, faults)
    districts = _shapes(
        districts_file.name, every_district, "district", faults, others_fault=override is not None
    )
    if not faults:
        faults += [f"{cities_file.name}: {fault}" for fault in _city_faults(cities, atlas())]
        faults += [
            f"{districts_file.name}: {fault}" for fault in _district_faults(districts, cities, atlas())
        ]
    caption = _caption(override, faults)
    land = every_city if override is None else _land(files, faults)
    if faults:
        raise BoundaryError(override, faults)
    return BoundarySet(
        caption=caption, cities=cities, districts=districts, surroundings=_surroundings(land, cities)
    )


def _features(path: Path, faults: list[str]) -> list[dict[str, Any]]:
    try:
        content = json.loads(path.read_bytes())
        features = content["features"]
    except (OSError, ValueError) as error:
        faults.append(f"{path.name}: cannot be read as JSON: {error}")
        return []
    except (KeyError, TypeError):
        faults.append(f"{path.name}: must be a GeoJSON FeatureCollection, found no features")
        return []
    crs = str(((content.get("crs") or {}).get("properties") or {}).get("name", "CRS84"))
    if not crs.endswith(_WGS84):
        faults.append(
            f"{path.name}: is declared as {crs}; expected longitude and latitude in WGS84 (EPSG:4326)"
        )
    return features


def _shapes(
    file: str, features: list[dict[str, Any]], kind: str, faults: list[str], *, others_fault: bool
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, feature in enumerate(features, start=1):
        ids = _ids(feature, kind)
        if len(ids) != 1:
            if others_fault:
                faults.append(f"{file}: feature {number}: {_who(feature, ids, kind)}")
            continue
        place_id = ids.pop()
        if place_id in found:
            faults.append(f"{file}: {place_id}: stands twice")
        geometry, what = _geometry(feature)
        if what:
            faults.append(f"{file}: {place_id}: {what}")
        found[place_id] = geometry
    return found


def _ids(feature: dict[str, Any], kind: str) -> set[str]:
    properties = feature.get("properties") or {}
    codes = [properties.get(key) for key in _CODES] + [feature.get("id")]
    texts = [str(code) for code in codes if code is not None]
    # A name counts only where there is no code: many a city in China has a Nanshan or a Longhua.
    texts = texts or [str(properties[key]) for key in _NAMES if properties.get(key)]
    return {place for text in texts if (place := _place(text, kind))}


def _place(text: str, kind: str) -> str | None:
    """A district layer may hold a city undivided, under the city's own id."""
    place_id = atlas().resolve(text, kind)
    return atlas().resolve(text, "city") if place_id is None and kind == "district" else place_id


def _who(feature: dict[str, Any], ids: set[str], kind: str) -> str:
    if ids:
        return f"says it is {' and '.join(sorted(ids))}; expected one {kind}"
    return f"is no known {kind}; looked in {', '.join((*_CODES, *_NAMES))}, found {feature.get('properties')}"


def _geometry(feature: dict[str, Any]) -> tuple[Any, str]:
    try:
        geometry = shape(feature["geometry"])
    except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.ShapelyError) as error:
        return None, f"has no shape that can be read: {error}"
    if not isinstance(geometry, Polygon | MultiPolygon) or geometry.is_empty:
        return None, f"must be a Polygon or MultiPolygon with an area, found {geometry.geom_type}"
    west, south, east, north = geometry.bounds
    if west < FRAME[0] or south < FRAME[1] or east > FRAME[2] or north > FRAME[3]:
        return None, (
            f"reaches from {west:.5g}, {south:.5g} to {east:.5g}, {north:.5g}, outside the Greater Bay Area;"
            " expected longitude, latitude in degrees"
        )
    if not geometry.is_valid:
        return None, f"is not a valid shape: {shapely.is_valid_reason(geometry)}"
    return geometry, ""


def _city_faults(cities: Mapping[str, Any], places: Atlas) -> Iterator[str]:
    if missing := [city.id for city in places.cities if city.id not in cities]:
        yield f"expected 11 cities, found {len(cities)}; missing {', '.join(missing)}"
    for city in places.cities:
        if city.id in cities and not cities[city.id].covers(Point(city.seat)):
            yield f"{city.id}: its government seat {city.seat[0]}, {city.seat[1]} lies outside its shape"
    for (one, a), (other, b) in combinations(cities.items(), 2):
        overlap = a.intersection(b).area * _KM2_PER_SQUARE_DEGREE
        if overlap > _OVERLAP_KM2:
            yield f"{one}: overlaps {other} by {overlap:.1f} square km"


def _district_faults(districts: Mapping[str, Any], cities: Mapping[str, Any], places: Atlas) -> Iterator[str]:
    absent = [d.id for d in places.districts if d.id not in districts and d.city_id not in districts]
    if absent:
        yield f"expected every district, found {len(districts)}; missing {', '.join(absent)}"
    for place_id, geometry in districts.items():
        city = cities.get(places.city_of(place_id))
        if city is not None and not city.intersects(geometry.representative_point()):
            yield f"{place_id}: lies outside {places.city_of(place_id)}"


def _caption(override: Path | None, faults: list[str]) -> Mapping[str, str]:
    with (ATLAS / "captions.toml").open("rb") as stream:
        ours = tomllib.load(stream)
    if override is None:
        return ours["tianditu"]
    if not (override / CAPTION).is_file():
        return ours["supplied"]
    try:
        caption = tomllib.loads((override / CAPTION).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        faults.append(f"{CAPTION}: cannot be read as TOML: {error}")
        return ours["supplied"]
    faults += [f"{CAPTION}: lacks {lang}" for lang in LANGUAGES if not isinstance(caption.get(lang), str)]
    return {lang: str(caption.get(lang, "")) for lang in LANGUAGES}


def _land(files: Sequence[Path], faults: list[str]) -> list[dict[str, Any]]:
    return [feature for path in files if path.name == LAND for feature in _features(path, faults)]


def _surroundings(features: list[dict[str, Any]], cities: Mapping[str, Any]) -> MultiPolygon:
    """Land inside the frame that is none of the 11 cities, sharing their vertices along the edge."""
    shapes = [shape(f["geometry"]) for f in features if f.get("geometry") and not _ids(f, "city")]
    frame = shapely.box(*FRAME)
    near = [shapely.make_valid(s) for s in shapes if s.intersects(frame)]
    land = shapely.union_all(near).intersection(frame)
    inside = shapely.union_all(list(cities.values()))
    if land.intersection(inside).area > 1e-9:
        land = land.difference(inside)
    return MultiPolygon([part for part in shapely.get_parts(land) if isinstance(part, Polygon)])
