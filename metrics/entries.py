"""Read the catalogue's files, and gather what is wrong with them instead of stopping at the first fault."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from geo.places import LANGUAGES

CATALOGUE = Path(__file__).resolve().parent / "catalogue"

Entry = Mapping[str, Any]


class CatalogueFaults(ValueError):  # noqa: N818 - it holds all of them
    """Every fault of the catalogue, one ``file: entry: what`` each, in ``faults``."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"the catalogue has {len(self.faults)} faults:\n" + "\n".join(self.faults))


def read_file(folder: Path, name: str, faults: list[str]) -> dict[str, Any]:
    """Return the tables of ``<folder>/<name>.toml``; a file that is absent or no TOML is one fault and empty."""
    try:
        with (folder / f"{name}.toml").open("rb") as stream:
            return tomllib.load(stream)
    except FileNotFoundError:
        faults.append(f"{name}.toml: file: not found in {folder}")
    except tomllib.TOMLDecodeError as error:
        faults.append(f"{name}.toml: file: is no TOML: {error}")
    return {}


def read_entries(folder: Path, name: str, table: str, faults: list[str]) -> list[Entry]:
    """Return the ``[[table]]`` entries of a file that have an id of their own; the others are faults."""
    return entries_in(read_file(folder, name, faults), name, table, faults)


def entries_in(tables: Entry, name: str, table: str, faults: list[str]) -> list[Entry]:
    """Return the entries of one table of a file already read, as ``read_entries`` does."""
    entries = tables.get(table, [])
    counts = Counter(entry.get("id") for entry in entries)
    faults += [f"{name}.toml: {key}: stands {n} times" for key, n in counts.items() if key and n > 1]
    faults += [f"{name}.toml: {table} {i}: has no id" for i, e in enumerate(entries, 1) if not e.get("id")]
    return list({entry["id"]: entry for entry in entries if entry.get("id")}.values())


def text_faults(entry: Entry, key: str) -> Iterator[str]:
    """Yield what is wrong with a text that must stand in every language."""
    texts = entry.get(key)
    if not isinstance(texts, Mapping):
        yield f"lacks {key} in {', '.join(LANGUAGES)}"
        return
    if absent := [lang for lang in LANGUAGES if not str(texts.get(lang, "")).strip()]:
        yield f"lacks {key} in {', '.join(absent)}"
    if strange := sorted(set(texts) - set(LANGUAGES)):
        yield f"has {key} in {', '.join(strange)}; expected {', '.join(LANGUAGES)}"


def key_faults(entry: Entry, known: Iterable[str]) -> Iterator[str]:
    """Yield the keys of *entry* that nobody reads: most are slips of the pen."""
    allowed = sorted(known)
    for key in sorted(set(entry) - set(allowed)):
        yield f"has an unknown key {key!r}; expected one of {', '.join(allowed)}"


def frozen_text(entry: Entry, key: str) -> Mapping[str, str]:
    """Return a text by language, read-only; a language that is missing is empty."""
    texts = entry.get(key, {})
    return MappingProxyType({lang: texts.get(lang, "") for lang in LANGUAGES})
