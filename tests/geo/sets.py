"""A small boundary set of squares around the seats, to be damaged by tests."""

from __future__ import annotations

import json
from pathlib import Path

from geo.places import atlas

SIDE = 0.02


def square(lon: float, lat: float, side: float = SIDE) -> dict:
    """Return a GeoJSON square, counter-clockwise as RFC 7946 has it."""
    west, south, east, north = lon - side, lat - side, lon + side, lat + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(properties: dict, geometry: dict | None) -> dict:
    """Return a GeoJSON feature."""
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def city_features() -> list[dict]:
    """Return the 11 cities as squares around their seats."""
    return [feature({"adcode": city.adcode}, square(*city.seat)) for city in atlas().cities]


def district_features() -> list[dict]:
    """Return each city undivided, as its own only district."""
    return city_features()


def write_set(folder: Path, cities: list[dict], districts: list[dict], **extra: object) -> Path:
    """Write a set as a folder that may stand in for the packaged one."""
    folder.mkdir(exist_ok=True)
    for name, features in (("cities", cities), ("districts", districts)):
        content = {"type": "FeatureCollection", "features": features, **extra}
        (folder / f"{name}.geojson").write_text(json.dumps(content), encoding="utf-8")
    return folder
