"""The shapes of the 11 cities and their districts, made once and read from a cache afterwards.

Neither this module nor reading the cache imports shapely or geopandas: a web worker starts without them.
"""

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.boundary_files import set_files
from geo.entries import FRAME
from geo.places import ATLAS

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from shapely.geometry import MultiPolygon, Polygon

log = logging.getLogger(__name__)

LAYERS = ("cities", "cities_overview", "districts", "surroundings")
_RECIPE = 2  # raise it when the way from set to layers changes: old caches are then left unread


class Boundaries:
    """Layers of shapes with what a map needs beside them: caption, labels, hatching, extent.

    ``caption`` who drew the boundaries, by language · ``fingerprint`` changes with them, for addresses ·
    ``label_points`` where a city's label stands without touching another · ``anchors`` a point inside each place ·
    ``leads`` the cities whose label had to stand outside them, with the line (label, anchor) that leads there ·
    ``extent`` (west, south, east, north) of the 11 cities · ``frame`` of the surroundings. All WGS84 degrees.
    """

    def __init__(self, fingerprint: str, content: Mapping[str, Any]) -> None:
        self.fingerprint = fingerprint
        self.caption: Mapping[str, str] = content["caption"]
        self.label_points: dict[str, tuple[float, float]] = _points(content["label_points"])
        self.anchors: dict[str, tuple[float, float]] = _points(content["anchors"])
        self.leads = {each: (self.label_points[each], self.anchors[each]) for each in content["leads"]}
        self.extent: tuple[float, ...] = tuple(content["extent"])
        self.frame = FRAME
        self._layers = {layer: text.encode() for layer, text in content["layers"].items()}
        self._polygons: dict[str, dict[str, Any]] = {}
        self._hatch: Mapping[str, Sequence[Sequence[float]]] = content["hatch"]

    def geojson(self, layer: str) -> bytes:
        """Return a layer of ``LAYERS`` as GeoJSON; features have ``id`` = place id; ValueError for another name."""
        if layer not in self._layers:
            raise ValueError(f"no layer {layer!r}: expected one of {', '.join(LAYERS)}")
        return self._layers[layer]

    def hatch(self, place_ids: Iterable[str]) -> tuple[list[float | None], list[float | None]]:
        """Return (lons, lats) of diagonal lines over the places, None between lines; KeyError for an undrawn place."""
        lons: list[float | None] = []
        lats: list[float | None] = []
        for place_id in place_ids:
            if place_id not in self._hatch:
                raise KeyError(
                    f"{place_id!r} is not drawn: expected a city or a district of this boundary set"
                )
            for x1, y1, x2, y2 in self._hatch[place_id]:
                lons += (x1, x2, None)
                lats += (y1, y2, None)
        return lons, lats

    @cached_property
    def cities(self) -> GeoDataFrame:
        """The 11 cities: place_id (str), city_id (str), geometry (EPSG:4326, clockwise outer rings)."""
        return self._frame("cities")

    @cached_property
    def districts(self) -> GeoDataFrame:
        """The districts: place_id (str), city_id (str), geometry; a city drawn undivided has its own id in both."""
        return self._frame("districts")

    def polygons(self, layer: str) -> dict[str, Polygon | MultiPolygon]:
        """Return a layer's shapes by place id."""
        if layer not in self._polygons:
            from shapely.geometry import shape  # noqa: PLC0415 - see the top of this file

            features = json.loads(self.geojson(layer))["features"]
            self._polygons[layer] = {feature["id"]: shape(feature["geometry"]) for feature in features}
        return self._polygons[layer]

    def _frame(self, layer: str) -> GeoDataFrame:
        from geopandas import GeoDataFrame  # noqa: PLC0415 - see the top of this file

        return GeoDataFrame.from_features(json.loads(self.geojson(layer)), crs="EPSG:4326")[
            ["place_id", "city_id", "geometry"]
        ]


def boundaries(cache: Path, override: Path | None = None) -> Boundaries:
    """Return the boundaries, from *cache* when it holds this very set, else built and kept there.

    *override* is a folder with ``cities.geojson`` and ``districts.geojson`` (WGS84), and if wished
    ``context_land.geojson`` and ``caption.toml``; BoundaryError lists every fault of it.
    """
    fingerprint = _fingerprint(override)
    path = cache / f"boundaries-{fingerprint}.json"
    content = _read(path)
    if content is None:
        from geo.boundary_build import build  # noqa: PLC0415 - loads shapely, once in the life of a cache

        content = build(override)
        _keep(path, content)
    return Boundaries(fingerprint, content)


def _fingerprint(override: Path | None) -> str:
    digest = blake2b(f"{_RECIPE} {version('shapely')}".encode(), digest_size=8)
    for path in (
        *set_files(override),
        ATLAS / "cities.toml",
        ATLAS / "districts.toml",
        ATLAS / "captions.toml",
    ):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _read(path: Path) -> dict[str, Any] | None:
    """Return a cache file's content, None when there is none or it is damaged."""
    try:
        checksum, body = path.read_bytes().split(b"\n", 1)
    except (OSError, ValueError):
        return None
    return json.loads(body) if checksum == _checksum(body) else None


def _keep(path: Path, content: Mapping[str, Any]) -> None:
    """Write a cache file whole or not at all; without a place to write, the next start builds again."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".boundaries-", delete=False) as stream:
            stream.write(_checksum(body) + b"\n" + body)
        Path(stream.name).replace(path)
    except OSError as error:
        log.warning("boundaries cannot be kept in %s and will be built at each start: %s", path.parent, error)


def _checksum(body: bytes) -> bytes:
    return blake2b(body, digest_size=16).hexdigest().encode()


def _points(content: Mapping[str, Sequence[float]]) -> dict[str, tuple[float, float]]:
    return {place_id: (lon, lat) for place_id, (lon, lat) in content.items()}
