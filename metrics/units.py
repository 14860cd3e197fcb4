"""Units of measure: how a number of them is said in each language, and what may be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from geo.places import LANGUAGES
from metrics.entries import Entry, frozen_text, key_faults, read_entries, text_faults

KINDS = (
    *("count", "rate", "percent", "ratio", "index", "money", "area", "length", "mass", "duration"),
    *("speed", "data", "frequency", "computing", "flag", "level"),
)
_KEYS = ("id", "kind", "label", "one", "pattern", "factor", "decimals")
_DEFAULT_PATTERN = {"en": "{n} %s", "zh-Hant": "{n}%s", "zh-Hans": "{n}%s"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A unit as the tables write it: *id* is the tables' own code.

    *names* is the label by language; *patterns* holds ``{n}`` by language; *factors* is what a number is
    multiplied by before it goes into that pattern; *singular* is the English pattern of exactly 1.
    """

    id: str
    kind: str
    names: Mapping[str, str]
    patterns: Mapping[str, str]
    factors: Mapping[str, float]
    singular: str
    decimals: int


def read_units(folder: Path, faults: list[str]) -> Mapping[str, Unit]:
    """Return the units of ``units.toml`` by id, adding to *faults* what is wrong with them."""
    entries = read_entries(folder, "units", "unit", faults)
    for entry in entries:
        faults += [f"units.toml: {entry['id']}: {what}" for what in _faults_of(entry)]
    return MappingProxyType({entry["id"]: _unit(entry) for entry in entries})


def _faults_of(entry: Entry) -> list[str]:
    found = [*key_faults(entry, _KEYS), *text_faults(entry, "label")]
    if entry.get("kind") not in KINDS:
        found.append(f"kind {entry.get('kind')!r} is not known; expected one of {', '.join(KINDS)}")
    if "pattern" in entry:
        found += text_faults(entry, "pattern")
        found += [
            f"the {lang} pattern {text!r} lacks {{n}}"
            for lang, text in entry["pattern"].items()
            if text.count("{n}") != 1
        ]
    return found


def _unit(entry: Entry) -> Unit:
    names = frozen_text(entry, "label")
    given = entry.get("pattern") or {lang: _DEFAULT_PATTERN[lang] % names[lang] for lang in LANGUAGES}
    patterns = {lang: given.get(lang, "{n}") for lang in LANGUAGES}
    factors = {lang: float(entry.get("factor", {}).get(lang, 1)) for lang in LANGUAGES}
    return Unit(
        id=entry["id"],
        kind=str(entry.get("kind")),
        names=names,
        patterns=MappingProxyType(patterns),
        factors=MappingProxyType(factors),
        singular=f"{{n}} {entry['one']}" if "one" in entry else patterns["en"],
        decimals=int(entry.get("decimals", 0)),
    )
