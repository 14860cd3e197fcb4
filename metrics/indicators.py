"""The catalogue: what every figure of the product means, as data in ``catalogue/*.toml``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property, lru_cache
from pathlib import Path

from metrics.catalogue_checks import indicator_faults
from metrics.entries import CATALOGUE, CatalogueFaults, Entry, frozen_text, read_entries, text_faults
from metrics.organisations import Organisations, read_organisations
from metrics.units import Unit, read_units

DOMAINS = ("services", "connectivity", "infrastructure", "data_flow", "cooperation", "transport")
_LAG = {
    "live": 0,
    "daily": 1,
    "monthly": 45,
    "quarterly": 60,
    "half_yearly": 60,
    "yearly": 120,
    "irregular": 45,
}
# After these days without a newer figure a status no longer rests on it: one cycle, its lag and some grace.
_FRESH = {
    "live": 1,
    "daily": 3,
    "monthly": 120,
    "quarterly": 210,
    "half_yearly": 300,
    "yearly": 550,
    "irregular": 550,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Derivation:
    """How figures of an indicator are worked out: *of* over *per*, times *times*.

    *match* says which denominator: ``newest`` (the newest period that ends no later than the figure's own) or
    ``same_period``.
    """

    op: str
    of: str
    per: str
    times: float
    match: str = "newest"


@dataclass(frozen=True, kw_only=True, slots=True)
class Break:
    """A day from which figures no longer compare with those before, at *places* or, when none is named, at all."""

    on: date
    places: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Indicator:
    """What a figure means. Texts are by language; *bounds* are inclusive and in *unit*.

    *stock* is a level at a date, else a flow within a period. *lag_days* is how long after a period's end its
    figure is usual, *fresh_days* how long after it a status may still rest on it. *parts* are the breakdowns whose
    sum is the indicator's figure, where its publisher gives no total. Only indicators that lead
    pages are sure to have definition, bounds, owner (an organisation id) and dates of review.
    """

    id: str
    domain: str
    work_item: int
    unit: str
    other_units: tuple[str, ...]
    frequency: str
    direction: str
    stock: bool
    leads: bool
    names: Mapping[str, str]
    definition: Mapping[str, str] | None
    comparability: Mapping[str, str] | None
    bounds: tuple[float, float] | None
    decimals: int
    derive: Derivation | None
    breaks: tuple[Break, ...]
    owner: str | None
    reviewed: date | None
    next_review: date | None
    lag_days: int
    fresh_days: int
    audience: str
    parts: tuple[str, ...] = ()

    @property
    def units(self) -> tuple[str, ...]:
        """Return every unit in which figures of the indicator come, the chief one first."""
        return (self.unit, *self.other_units)


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """Every indicator in the order of the files, with the units, counting bases and organisations they name."""

    by_id: Mapping[str, Indicator]
    unit_table: Mapping[str, Unit]
    bases: Mapping[str, Mapping[str, str]]
    organisations: Organisations

    def get(self, indicator_id: str) -> Indicator:
        """Return an indicator; KeyError says which ids are near."""
        try:
            return self.by_id[indicator_id]
        except KeyError:
            near = get_close_matches(indicator_id, self.by_id, n=3)
            hint = f"; near it: {', '.join(near)}" if near else ""
            raise KeyError(f"no indicator {indicator_id!r} in the catalogue{hint}") from None

    def unit(self, unit_id: str) -> Unit:
        """Return a unit; KeyError when the catalogue has none of that id."""
        return self.unit_table[unit_id]

    def by_work_item(self, number: int) -> tuple[Indicator, ...]:
        """Return the indicators of a work item, those that lead pages first."""
        mine = [one for one in self if one.work_item == number]
        return tuple(sorted(mine, key=lambda one: not one.leads))

    @cached_property
    def units(self) -> Mapping[str, Mapping[str, str]]:
        """Return the label of every unit by unit and language."""
        return {key: unit.names for key, unit in self.unit_table.items()}

    @cached_property
    def leading(self) -> tuple[Indicator, ...]:
        """Return the indicators that lead pages, in the order of the files."""
        return tuple(one for one in self if one.leads)

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self.by_id.values())

    def __len__(self) -> int:
        return len(self.by_id)

    def __contains__(self, indicator_id: object) -> bool:
        return indicator_id in self.by_id


@lru_cache(maxsize=4)
def catalogue(folder: Path = CATALOGUE) -> Catalogue:
    """Return the catalogue of *folder*, read once a process.

    Raises CatalogueFaults naming every fault of every file.
    """
    faults: list[str] = []
    units = read_units(folder, faults)
    organisations = read_organisations(folder, faults)
    bases = {entry["id"]: entry for entry in read_entries(folder, "bases", "basis", faults)}
    faults += [f"bases.toml: {key}: {what}" for key, e in bases.items() for what in text_faults(e, "name")]
    files = {domain: read_entries(folder, domain, "indicator", faults) for domain in DOMAINS}
    faults += indicator_faults(files, units=units, organisations=organisations.by_id)
    if faults:
        raise CatalogueFaults(faults)
    indicators = (_indicator(e, domain, units) for domain, entries in files.items() for e in entries)
    return Catalogue(
        by_id={one.id: one for one in indicators},
        unit_table=units,
        bases={key: frozen_text(entry, "name") for key, entry in bases.items()},
        organisations=organisations,
    )


def _indicator(entry: Entry, domain: str, units: Mapping[str, Unit]) -> Indicator:
    frequency = entry["frequency"]
    bounds = entry.get("bounds")
    return Indicator(
        id=entry["id"],
        domain=domain,
        work_item=entry["work_item"],
        unit=entry["unit"],
        other_units=tuple(entry.get("other_units", ())),
        frequency=frequency,
        direction=entry["direction"],
        stock=entry["stock"],
        leads=entry.get("leads", False),
        names=frozen_text(entry, "name"),
        definition=frozen_text(entry, "definition") if "definition" in entry else None,
        comparability=frozen_text(entry, "comparability") if "comparability" in entry else None,
        bounds=(float(bounds[0]), float(bounds[1])) if bounds else None,
        decimals=entry.get("decimals", units[entry["unit"]].decimals),
        derive=Derivation(**entry["derive"]) if "derive" in entry else None,
        breaks=tuple(
            Break(on=one["on"], places=tuple(one.get("places", ()))) for one in entry.get("breaks", ())
        ),
        owner=entry.get("owner"),
        reviewed=entry.get("reviewed"),
        next_review=entry.get("next_review"),
        lag_days=entry.get("lag_days", _LAG[frequency]),
        fresh_days=entry.get("fresh_days", _FRESH[frequency]),
        audience=entry.get("audience", "public"),
        parts=tuple(entry.get("parts", ())),
    )
