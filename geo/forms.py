"""How a place's name is written: the forms that resolve, and the reduction that makes two spellings one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

# A form, and whether it counts only when the kind of place is asked for.
Form = tuple[str, bool]

_SEPARATORS = frozenset("'\"`.,()[]/&_·•")
_SEPARATOR_CATEGORIES = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Pd", "Pi", "Pf", "Mn"})


def normalised(text: str) -> str:
    """Return *text* without case, width, accents, spaces and separators, Macau written Macao.

    What is left must match a form exactly; nothing that could tell two places apart is dropped.
    """
    plain = unicodedata.normalize("NFKD", text)
    kept = (c for c in plain if c not in _SEPARATORS and unicodedata.category(c) not in _SEPARATOR_CATEGORIES)
    return unicodedata.normalize("NFKC", "".join(kept)).casefold().replace("macau", "macao")


def forms_of(
    entry: Mapping[str, Any], city: Mapping[str, Any] | None, rules: Mapping[str, Any]
) -> Iterator[Form]:
    """Yield every written form of an atlas entry by the patterns of ``forms.toml``.

    *city* is the entry of the city it belongs to, None for a city or a region. Forms come as written.
    """
    generic = entry.get("generic", False)
    for pattern in rules["codes"]:
        if all(key in entry for key in _keys_of(pattern)):
            yield pattern.format_map(entry), pattern == "{code}" and entry["kind"] == "district"
    for lang, patterns in _patterns(entry, city, rules).items():
        words = _words(entry, city, lang, rules["endings"])
        for pattern in patterns:
            yield pattern.format_map(words), generic and "{city" not in pattern
    for alias in entry.get("aliases", ()):
        yield alias, False
    for form in (*entry.get("codes", ()), *entry.get("short", {}).values()):
        yield form, entry["kind"] == "crossing"


def _keys_of(pattern: str) -> tuple[str, ...]:
    return tuple(part.split("}")[0] for part in pattern.split("{")[1:])


def _patterns(
    entry: Mapping[str, Any], city: Mapping[str, Any] | None, rules: Mapping[str, Any]
) -> Mapping[str, Any]:
    of_kind = rules[entry["kind"]]
    side = (city or entry).get("side", "")
    return of_kind.get(side, of_kind)


def _words(
    entry: Mapping[str, Any], city: Mapping[str, Any] | None, lang: str, endings: list[str]
) -> dict[str, str]:
    name = entry["name"][lang]
    words = {"name": name, "stem": _stem(name, endings)}
    words["full"] = entry.get("full", entry["name"])[lang]
    words["short"] = entry.get("short", entry["name"])[lang]
    if city is not None:
        words["city"] = city["name"][lang]
        words["city_full"] = city["full"][lang]
    return words


def _stem(name: str, endings: list[str]) -> str:
    for ending in endings:
        stem = name.removesuffix(ending)
        # One character alone (the "east" of an Eastern District) would name half the map.
        if stem != name and len(stem) > 1:
            return stem
    return name
