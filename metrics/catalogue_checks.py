"""What may be wrong with an indicator's entry: entry -> faults, in words that say what to write instead."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from metrics.audiences import AUDIENCES
from metrics.entries import Entry, key_faults, text_faults

FREQUENCIES = ("live", "daily", "monthly", "quarterly", "half_yearly", "yearly", "irregular")
DIRECTIONS = ("higher_is_better", "lower_is_better", "context")
OPERATIONS = ("ratio",)
MATCHES = ("newest", "same_period")
NEEDED = ("work_item", "unit", "frequency", "direction", "stock")
NEEDED_TO_LEAD = ("bounds", "owner", "reviewed", "next_review", "lag_days", "fresh_days", "definition")
_ID = re.compile(r"[a-z0-9][a-z0-9_]*")
_PART = re.compile(r"[a-z_]+=[a-z0-9_]+(;[a-z_]+=[a-z0-9_]+)*")
_TYPES = {
    "work_item": int,
    "stock": bool,
    "leads": bool,
    "lag_days": int,
    "fresh_days": int,
    "decimals": int,
    "reviewed": date,
    "next_review": date,
    "other_units": list,
    "parts": list,
}
_KEYS = ("id", "name", "derive", "breaks", "audience", "comparability", *NEEDED, *NEEDED_TO_LEAD, *_TYPES)
_VOCABULARY = {"frequency": FREQUENCIES, "direction": DIRECTIONS, "audience": AUDIENCES}


def indicator_faults(
    files: Mapping[str, Sequence[Entry]], *, units: Collection[str], organisations: Collection[str]
) -> Iterator[str]:
    """Yield every fault of the indicators of all files, as ``file: entry: what``."""
    homes: dict[str, str] = {}
    for file, entries in files.items():
        for entry in entries:
            key = entry["id"]
            if home := homes.get(key):
                yield f"{file}.toml: {key}: stands in {home}.toml too"
            homes.setdefault(key, file)
    for file, entries in files.items():
        for entry in entries:
            for what in _entry_faults(entry, homes, units, organisations):
                yield f"{file}.toml: {entry['id']}: {what}"


def _entry_faults(
    entry: Entry, ids: Collection[str], units: Collection[str], organisations: Collection[str]
) -> Iterator[str]:
    if not _ID.fullmatch(entry["id"]):
        yield "id must be snake_case"
    yield from key_faults(entry, _KEYS)
    yield from _lacks(entry)
    for key in ("name", "definition", "comparability"):
        if key == "name" or key in entry:
            yield from text_faults(entry, key)
    yield from _type_faults(entry)
    yield from _vocabulary_faults(entry)
    yield from _reference_faults(entry, units, organisations)
    yield from _range_faults(entry)
    for one in entry.get("breaks", ()):
        yield from _break_faults(one)
    yield from _part_faults(entry.get("parts", []))
    if "derive" in entry:
        yield from _derivation_faults(entry["derive"], ids)


def _part_faults(parts: object) -> Iterator[str]:
    if not isinstance(parts, list) or not parts:
        return
    sound = [isinstance(one, str) and _PART.fullmatch(one) is not None for one in parts]
    if not all(sound) or len(set(parts)) < max(len(parts), 2):
        yield f"parts must be two or more different breakdowns such as 'kind=fixed', found {parts!r}"


def _lacks(entry: Entry) -> Iterator[str]:
    needed = (*NEEDED, *NEEDED_TO_LEAD) if entry.get("leads") else NEEDED
    if absent := [key for key in needed if key not in entry]:
        yield f"lacks {', '.join(absent)}" + (
            ", which an indicator that leads needs" * bool(entry.get("leads"))
        )


def _type_faults(entry: Entry) -> Iterator[str]:
    for key, kind in _TYPES.items():
        if key in entry and (not isinstance(entry[key], kind) or (kind is int and entry[key] is True)):
            yield f"{key} must be {kind.__name__}, found {entry[key]!r}"


def _vocabulary_faults(entry: Entry) -> Iterator[str]:
    for key, allowed in _VOCABULARY.items():
        if key in entry and entry[key] not in allowed:
            yield f"{key} {entry[key]!r} is not known; expected one of {', '.join(allowed)}"
    if "work_item" in entry and entry["work_item"] not in range(1, 6):
        yield f"work_item must be 1 to 5, found {entry['work_item']!r}"


def _reference_faults(entry: Entry, units: Collection[str], organisations: Collection[str]) -> Iterator[str]:
    for unit in (entry.get("unit", ""), *entry.get("other_units", ())):
        if unit and unit not in units:
            yield f"unit {unit!r} is not in units.toml"
    if entry.get("owner") and entry["owner"] not in organisations:
        yield f"owner {entry['owner']!r} is not in organisations.toml"


def _range_faults(entry: Entry) -> Iterator[str]:
    bounds = entry.get("bounds", [0, 1])
    if len(bounds) != 2 or not all(isinstance(one, int | float) for one in bounds) or bounds[0] >= bounds[1]:
        yield f"bounds must be two numbers, the lower first, found {bounds!r}"
    dates = [entry.get("reviewed"), entry.get("next_review")]
    if all(isinstance(one, date) for one in dates) and dates[0] >= dates[1]:
        yield f"next_review {dates[1]} must come after reviewed {dates[0]}"
    days = [entry.get("lag_days", 0), entry.get("fresh_days", 36_600)]
    if all(isinstance(one, int) for one in days) and not 0 <= days[0] < days[1]:
        yield f"fresh_days {days[1]} must be more than lag_days {days[0]}, and neither below 0"


def _break_faults(one: Entry) -> Iterator[str]:
    yield from (f"break {what}" for what in key_faults(one, ("on", "places")))
    if not isinstance(one.get("on"), date):
        yield f"break on must be a date, found {one.get('on')!r}"
    if not isinstance(one.get("places", []), list):
        yield f"break places must be a list of place ids, found {one['places']!r}"


def _derivation_faults(derive: Entry, ids: Collection[str]) -> Iterator[str]:
    yield from (f"derive {what}" for what in key_faults(derive, ("op", "of", "per", "times", "match")))
    if derive.get("op") not in OPERATIONS:
        yield f"derive op {derive.get('op')!r} is not known; expected one of {', '.join(OPERATIONS)}"
    if derive.get("match", "newest") not in MATCHES:
        yield f"derive match {derive['match']!r} is not known; expected one of {', '.join(MATCHES)}"
    if not isinstance(derive.get("times"), int | float) or derive["times"] <= 0:
        yield f"derive times must be a number above 0, found {derive.get('times')!r}"
    for key in ("of", "per"):
        if derive.get(key) not in ids:
            yield f"derive {key} {derive.get(key)!r} is no indicator of the catalogue"
