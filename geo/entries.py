"""Read the atlas files, and say everything that is wrong with them at once."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "zh-Hant", "zh-Hans")
SIDES = ("hong_kong", "mainland", "macao")
MODES = ("land", "rail", "sea", "air")
FRAME = (111.0, 21.4, 115.6, 24.6)  # west, south, east, north: nothing of the area lies outside

Entry = dict[str, Any]

_TABLES = {
    "cities": "city",
    "districts": "district",
    "areas": "area",
    "regions": "region",
    "crossings": "crossing",
}
_ID = re.compile(r"[a-z][a-z0-9_]*")
_OPENED = re.compile(r"\d{4}(-\d{2}-\d{2})?")
_NEEDS = {
    "city": ("code", "adcode", "side", "seat", "tile", "full"),
    "district": ("city", "code", "adcode"),
    "area": ("city",),
    "region": ("code",),
    "crossing": ("mode", "city", "pairs"),
}


class AtlasError(ValueError):
    """Every fault of the atlas, one ``file: entry: what`` a line."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("the atlas has faults:\n" + "\n".join(self.faults))


def read_entries(folder: Path) -> dict[str, list[Entry]]:
    """Return the entries of the atlas files in *folder* by table, each with its ``kind``.

    Raises AtlasError naming every fault of every file.
    """
    tables: dict[str, list[Entry]] = {}
    for file, table in _TABLES.items():
        with (folder / f"{file}.toml").open("rb") as stream:
            tables[table] = tomllib.load(stream).get(table, [])
        for entry in tables[table]:
            entry.setdefault("kind", table)
    if faults := [f"{file}.toml: {fault}" for file, t in _TABLES.items() for fault in _faults_of(t, tables)]:
        raise AtlasError(faults)
    return tables


def _faults_of(table: str, tables: Mapping[str, list[Entry]]) -> Iterator[str]:
    entries = tables[table]
    for key in ("id", "code", "adcode"):
        counts = Counter(entry[key] for entry in entries if key in entry)
        yield from (f"{value}: {key} stands {n} times" for value, n in counts.items() if n > 1)
    tiles = Counter(tuple(entry["tile"]) for entry in entries if "tile" in entry)
    yield from (f"tile {tile}: holds {n} cities" for tile, n in tiles.items() if n > 1)
    for index, entry in enumerate(entries, start=1):
        label = entry.get("id", f"entry {index}")
        yield from (f"{label}: {what}" for what in _faults_in(entry, table, tables))


def _faults_in(entry: Entry, table: str, tables: Mapping[str, list[Entry]]) -> Iterator[str]:
    if not _ID.fullmatch(entry.get("id", "")):
        yield f"id must be snake_case, found {entry.get('id')!r}"
    missing = [key for key in ("name", *_NEEDS[table]) if key not in entry]
    if missing:
        yield f"lacks {', '.join(missing)}"
    for key in ("name", "full", "short", "note"):
        absent = [lang for lang in LANGUAGES if key in entry and not entry[key].get(lang)]
        yield from (f"{key} lacks {lang}" for lang in absent)
    yield from _place_faults(entry)
    yield from _reference_faults(entry, tables)


def _place_faults(entry: Entry) -> Iterator[str]:
    for key, allowed in (("side", SIDES), ("mode", MODES)):
        if key in entry and entry[key] not in allowed:
            yield f"{key} must be one of {', '.join(allowed)}, found {entry[key]!r}"
    west, south, east, north = FRAME
    for key in ("seat", "position"):
        lon, lat = entry.get(key, (west, south))
        if not (west <= lon <= east and south <= lat <= north):
            yield f"{key} {lon}, {lat} lies outside the area: expected longitude, latitude in WGS84"
    for key in ("opened", "opened_to_passengers"):
        if key in entry and not _OPENED.fullmatch(entry[key]):
            yield f"{key} must be a year or YYYY-MM-DD, found {entry[key]!r}"


def _reference_faults(entry: Entry, tables: Mapping[str, list[Entry]]) -> Iterator[str]:
    cities = {city.get("id") for city in tables["city"]}
    named = [entry[key] for key in ("city", "lies_in") if key in entry]
    yield from (f"names an unknown city {c!r}" for c in (*named, *entry.get("pairs", ())) if c not in cities)
    crossings = {crossing.get("id"): crossing for crossing in tables["crossing"]}
    for other in entry.get("counterparts", ()):
        if other not in crossings:
            yield f"names an unknown counterpart {other!r}"
        elif entry["id"] not in crossings[other].get("counterparts", ()):
            yield f"is not named back by its counterpart {other!r}"
