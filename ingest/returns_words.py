"""The words of returns in the reader's language: texts of ``returns.toml``, with the names of what they speak of."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from geo.places import LANGUAGES, atlas
from metrics.indicators import catalogue
from metrics.warehouse.values import breakdown_parts

WORDS = Path(__file__).with_name("returns.toml")
MOST_NAMED = 24
_OWN = ("qualifier", "status", "column", "span")


@lru_cache(maxsize=1)
def texts() -> Mapping[str, Any]:
    """Return the texts by section, name and language."""
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


def said(key: str, lang: str, /, **args: Any) -> str:
    """Return the text ``section.name`` with *args* filled in; raise KeyError where there is none.

    An argument ``{"kind": ..., "ids": [...]}`` stands for the names of these ids, of the kinds that ``named``
    knows; a number is written with its commas.
    """
    if lang not in LANGUAGES:
        raise KeyError(f"no language {lang!r}: expected one of {', '.join(LANGUAGES)}")
    section, _, name = key.partition(".")
    text = texts()[section][name][lang]
    return text.format_map({name: _written(value, lang) for name, value in args.items()}) if args else text


def _written(value: Any, lang: str) -> str:
    if isinstance(value, Mapping):
        ids = value["ids"]
        names = [named(value["kind"], one, lang) for one in ids[:MOST_NAMED]]
        return said("form.separator", lang).join([*names, *(["…"] if len(ids) > MOST_NAMED else [])])
    if isinstance(value, int | float) and not isinstance(value, bool):
        return plain_number(value)
    return str(value)


def plain_number(value: float) -> str:
    """Write a number with thousands commas and every digit that was stated."""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,.12g}"


def named(kind: str, one: str, lang: str) -> str:
    """Return the name of an id in *lang*; the id itself where nobody has named it.

    Kinds are indicator, place, unit, department, basis, breakdown, and the form's own qualifier, status, column
    and span.
    """
    if kind in _OWN:
        own = texts()[kind]
        return own[one][lang] if one in own else one
    if kind == "place":
        return atlas().name(one, lang) if one in atlas() else one
    if kind == "breakdown":
        parts = breakdown_parts(one).values()
        words = texts()["breakdown"]
        return said("form.separator", lang).join(
            words[part][lang] if part in words else part for part in parts
        )
    book = catalogue()
    known: Mapping[str, Any] = {
        "indicator": book.by_id,
        "unit": book.unit_table,
        "department": book.organisations.by_id,
        "basis": book.bases,
    }[kind]
    if one not in known:
        return one
    return known[one][lang] if kind == "basis" else known[one].names[lang]


def figure(value: float, qualifier: str, lang: str) -> str:
    """Write a figure with its qualifier, without its unit."""
    return said(f"qualified.{qualifier}", lang, n=value)


def counted(breakdown: str, basis: str, lang: str) -> str:
    """Return how a figure is counted: its breakdown, and its basis where that is not simply as published."""
    parts = [named("breakdown", breakdown, lang)] if breakdown else []
    if basis != "as_published":
        parts.append(named("basis", basis, lang))
    return said("form.separator", lang).join(parts)
