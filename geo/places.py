"""The places of the Greater Bay Area: what they are called, where they are, and which text means which."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from geo.entries import LANGUAGES, Entry, read_entries
from geo.forms import Form, forms_of, normalised

__all__ = [
    "ATLAS",
    "KINDS",
    "LANGUAGES",
    "Area",
    "Atlas",
    "City",
    "Crossing",
    "District",
    "Place",
    "atlas",
    "resolve",
]

ATLAS = Path(__file__).resolve().parent / "atlas"
KINDS = ("city", "crossing", "district", "area", "province", "region")


@dataclass(frozen=True, kw_only=True)
class Place:
    """Anything with an id and a name in three languages; ``full`` and ``short`` fall back to ``names``."""

    id: str
    kind: str
    names: Mapping[str, str] = field(hash=False)
    full: Mapping[str, str] = field(hash=False)
    short: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True, kw_only=True)
class City(Place):
    """One of the 11 cities: ``seat`` in WGS84 (longitude, latitude), ``tile`` (column, row) of the grid."""

    code: str
    adcode: str
    side: str
    seat: tuple[float, float]
    tile: tuple[int, int]
    order: int


@dataclass(frozen=True, kw_only=True)
class District(Place):
    """A district, county or county-level city; Dongguan and Zhongshan have one each, the whole city."""

    city_id: str
    code: str
    adcode: str


@dataclass(frozen=True, kw_only=True)
class Area(Place):
    """A named area that is no district: a co-operation zone, a planning area, an island."""

    city_id: str


@dataclass(frozen=True, kw_only=True)
class Crossing(Place):
    """A control point, port, airport or link of one city; without coordinates it is listed, never placed.

    ``pair_city_ids`` are the cities on the other side, ``counterparts`` the same crossing under the other
    side's name, ``lies_in`` the city where a co-located point stands when that is not its own; ``offshore``
    means on an artificial island that the boundary sets do not draw.
    """

    mode: str
    city_id: str
    pair_city_ids: tuple[str, ...]
    counterparts: tuple[str, ...]
    lon: float | None
    lat: float | None
    approximate: bool
    lies_in: str | None
    offshore: bool
    opened: str
    opened_to_passengers: str
    note: Mapping[str, str] = field(hash=False)

    @property
    def pair_city_id(self) -> str | None:
        """The first city on the other side, None where the crossing leads to no one city."""
        return self.pair_city_ids[0] if self.pair_city_ids else None

    @property
    def placed(self) -> bool:
        """Whether the crossing has coordinates."""
        return self.lon is not None


@dataclass(frozen=True, kw_only=True)
class Atlas:
    """All places by kind, each kind in its official order."""

    cities: tuple[City, ...]
    crossings: tuple[Crossing, ...]
    districts: tuple[District, ...]
    areas: tuple[Area, ...]
    regions: tuple[Place, ...]
    forms: Mapping[str, Sequence[tuple[str, bool]]] = field(repr=False)

    def __iter__(self) -> Iterator[Place]:
        return chain(self.cities, self.regions, self.crossings, self.districts, self.areas)

    def __contains__(self, place_id: object) -> bool:
        return place_id in self._by_id

    @cached_property
    def _by_id(self) -> dict[str, Place]:
        return {place.id: place for place in self}

    def get(self, place_id: str) -> Place:
        """Return the place with that id; KeyError names the ids nearest to it."""
        try:
            return self._by_id[place_id]
        except KeyError:
            near = get_close_matches(str(place_id), self._by_id, n=3) or [city.id for city in self.cities]
            raise KeyError(
                f"no place {place_id!r} among {len(self._by_id)}; did you mean {', '.join(near)}?"
            ) from None

    def name(self, place_id: str, lang: str) -> str:
        """Return the place's name in *lang*; KeyError for an unknown place or language."""
        names = self.get(place_id).names
        if lang not in names:
            raise KeyError(f"no language {lang!r}: expected one of {', '.join(LANGUAGES)}")
        return names[lang]

    def city_of(self, place_id: str) -> str | None:
        """Return the id of the city that a place is or belongs to; None for a province or region."""
        place = self.get(place_id)
        return place.id if isinstance(place, City) else getattr(place, "city_id", None)

    def resolve(self, text: str, kind: str | None = None, city: str | None = None) -> str | None:
        """Return the id of the one place that *text* names; see :func:`resolve`."""
        if kind is not None and kind not in KINDS:
            raise ValueError(f"no kind of place {kind!r}: expected one of {', '.join(KINDS)}")
        found = [
            place_id
            for place_id, needs_kind in self.forms.get(normalised(text), ())
            if self._fits(place_id, needs_kind, kind, city)
        ]
        if len(found) > 1:  # Dongguan is a city and its own only district: the city has the name
            found = [place_id for place_id in found if self._by_id[place_id].kind == "city"]
        return found[0] if len(found) == 1 else None

    def _fits(self, place_id: str, needs_kind: bool, kind: str | None, city: str | None) -> bool:
        kind_fits = not needs_kind if kind is None else self._by_id[place_id].kind == kind
        return kind_fits and (city is None or self.city_of(place_id) == city)


def resolve(text: str, kind: str | None = None, city: str | None = None) -> str | None:
    """Return the id of the one place that *text* names exactly, None when it names none or several.

    Case, width, accents, spaces and separators do not matter; Macau is Macao. Never the nearest match.
    *kind* (one of ``KINDS``) and *city* (a city's id) narrow the search: "Qingmao Port" is two crossings
    until the side is said. Bare clearance names ("Shenzhen Bay", "Airport") and airport codes resolve only
    for kind "crossing".
    """
    return atlas().resolve(text, kind, city)


@lru_cache(maxsize=1)
def atlas() -> Atlas:
    """Return the atlas, read once; AtlasError lists everything that is wrong with its files."""
    return read_atlas(ATLAS)


def read_atlas(folder: Path) -> Atlas:
    """Read the atlas files in *folder*; AtlasError lists everything that is wrong with them."""
    tables = read_entries(folder)
    with (folder / "forms.toml").open("rb") as stream:
        rules = tomllib.load(stream)
    return Atlas(
        cities=tuple(_city(entry, order) for order, entry in enumerate(tables["city"])),
        crossings=tuple(map(_crossing, tables["crossing"])),
        districts=tuple(_district(entry) for entry in tables["district"]),
        areas=tuple(Area(**_named(entry), city_id=entry["city"]) for entry in tables["area"]),
        regions=tuple(Place(**_named(entry)) for entry in tables["region"]),
        forms=_index(tables, rules),
    )


def _index(tables: Mapping[str, list[Entry]], rules: Mapping[str, Any]) -> dict[str, list[Form]]:
    cities = {entry["id"]: entry for entry in tables["city"]}
    index: dict[str, dict[str, bool]] = {}
    for entry in chain.from_iterable(tables.values()):
        for form, needs_kind in forms_of(entry, cities.get(entry.get("city")), rules):
            known = index.setdefault(normalised(form), {})
            known[entry["id"]] = needs_kind and known.get(entry["id"], True)
    return {form: list(places.items()) for form, places in index.items()}


def _named(entry: Entry) -> dict[str, Any]:
    names = entry["name"]
    return {
        "id": entry["id"],
        "kind": entry["kind"],
        "names": names,
        "full": entry.get("full", names),
        "short": entry.get("short", names),
    }


def _city(entry: Entry, order: int) -> City:
    return City(
        **_named(entry),
        code=entry["code"],
        adcode=entry["adcode"],
        side=entry["side"],
        seat=tuple(entry["seat"]),
        tile=tuple(entry["tile"]),
        order=order,
    )


def _district(entry: Entry) -> District:
    return District(**_named(entry), city_id=entry["city"], code=entry["code"], adcode=entry["adcode"])


def _crossing(entry: Entry) -> Crossing:
    lon, lat = entry.get("position", (None, None))
    return Crossing(
        **_named(entry),
        mode=entry["mode"],
        city_id=entry["city"],
        pair_city_ids=tuple(entry["pairs"]),
        counterparts=tuple(entry.get("counterparts", ())),
        lon=lon,
        lat=lat,
        approximate=entry.get("approximate", False),
        lies_in=entry.get("lies_in"),
        offshore=entry.get("offshore", False),
        opened=entry.get("opened", ""),
        opened_to_passengers=entry.get("opened_to_passengers", ""),
        note=entry.get("note", {}),
    )
