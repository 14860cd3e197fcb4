"""Read the agenda's files: every fault is kept as ``file: entry: what`` and told together."""

from __future__ import annotations

import calendar
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from geo.places import LANGUAGES
from metrics.agenda_values import Dated, Evidence, Known
from metrics.warehouse.values import TIERS

Entry = Mapping[str, Any]
_ID = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
_PART = re.compile(r"(\d{4})(?:-(\d{2}))?")


class Faults:
    """What is wrong so far, in the order found."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def add(self, where: str, what: str) -> None:
        """Keep one fault; *where* is ``file: entry``."""
        self.said.append(f"{where}: {what}")


class AgendaFaults(Exception):  # noqa: N818 - it carries all of them
    """The agenda does not hold together; ``faults`` lists every one."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class Reader:
    """The fields of one entry, each asked for by name; what nobody asked for is a fault."""

    def __init__(self, where: str, entry: Entry, faults: Faults) -> None:
        self.where = where
        self.entry = entry
        self.faults = faults
        self.asked: set[str] = set()

    def fault(self, what: str) -> None:
        """Keep a fault of this entry."""
        self.faults.add(self.where, what)

    def get(self, key: str, kind: type | tuple[type, ...], default: Any) -> Any:
        """Return a field, or *default* where it is absent; a field of another kind is a fault."""
        self.asked.add(key)
        value = self.entry.get(key, default)
        if key in self.entry and not _is(value, kind):
            self.fault(f"{key} = {value!r} is not of the kind expected ({_kind(kind)})")
            return default
        return value

    def need(self, key: str, kind: type | tuple[type, ...], default: Any) -> Any:
        """Return a field that has to be there."""
        if key not in self.entry:
            self.fault(f"{key} is missing")
        return self.get(key, kind, default)

    def choice(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """Return a word out of *allowed*; without *default* it has to be there."""
        value = self.need(key, str, allowed[0]) if default is None else self.get(key, str, default)
        if value not in allowed:
            self.fault(f"{key} = {value!r}; expected one of {', '.join(allowed)}")
            return allowed[0]
        return value

    def words(self, key: str) -> Mapping[str, str]:
        """Return a text in each of the three languages."""
        texts = self.need(key, dict, {})
        for language in LANGUAGES:
            if not str(texts.get(language, "")).strip():
                self.fault(f"{key}.{language} is missing")
        for language in texts.keys() - set(LANGUAGES):
            self.fault(f"{key}.{language} is no language of ours ({', '.join(LANGUAGES)})")
        return MappingProxyType({language: str(texts.get(language, "")) for language in LANGUAGES})

    def ids(self, key: str) -> tuple[str, ...]:
        """Return a list of ids; one that is named twice is a fault."""
        values = tuple(self.get(key, list, []))
        for value in values:
            if not isinstance(value, str) or not value:
                self.fault(f"{key} holds {value!r}; expected ids in quotes")
        if len(set(values)) < len(values):
            self.fault(f"{key} names one id twice")
        return values

    def dated(self, key: str) -> Dated | None:
        """Return a date as far as it was published: 2024-06-14, "2024-06" or "2024"."""
        value = self.get(key, (date, str), None)
        if isinstance(value, str):
            return self._part(key, value)
        return None if value is None else Dated(on=value, precision="day")

    def _part(self, key: str, text: str) -> Dated | None:
        found = _PART.fullmatch(text)
        if not found or not 1 <= int(found[2] or 12) <= 12:
            self.fault(f'{key} = "{text}"; expected a date, "2024-06" for a month or "2024" for a year')
            return None
        year, month = int(found[1]), int(found[2] or 12)
        last = date(year, month, calendar.monthrange(year, month)[1])
        return Dated(on=last, precision="month" if found[2] else "year")

    def url(self, key: str) -> str:
        """Return an address, empty where there is none."""
        value = self.get(key, str, "")
        if value and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", value):
            self.fault(f"{key} = {value!r} is no web address")
        return value

    def evidence(self) -> Evidence:
        """Return the source of the entry."""
        part = Reader(f"{self.where}: source", self.need("source", dict, {}), self.faults)
        evidence = Evidence(
            title=part.need("title", str, ""),
            publisher=part.need("publisher", str, ""),
            tier=part.choice("tier", TIERS),
            published_on=part.dated("published_on"),
            url=part.url("url"),
        )
        part.done()
        return evidence

    def done(self) -> None:
        """Say which fields nobody asked for."""
        for key in self.entry.keys() - self.asked:
            self.fault(f"{key} is not known; is it misspelt?")


def tables(folder: Path, file: str, kind: str, faults: Faults) -> Iterator[Reader]:
    """Yield a reader of each ``[[kind]]`` entry of a file; ids that are no ids or come twice are faults."""
    seen: set[str] = set()
    for number, entry in enumerate(document(folder, file, faults).get(kind, []), start=1):
        name = str(entry.get("id", entry.get("number", f"{kind} {number}")))
        where = f"{file}: {name}"
        if "id" in entry and not _ID.fullmatch(name):
            faults.add(where, "an id is small letters, digits and single underscores")
        if ("id" in entry or "number" in entry) and name in seen:
            faults.add(where, "comes twice")
        seen.add(name)
        yield Reader(where, entry, faults)


def document(folder: Path, file: str, faults: Faults) -> Entry:
    """Return a whole file, empty where it cannot be read."""
    try:
        return tomllib.loads((folder / file).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        faults.add(file, f"cannot be read ({error})")
        return {}


def gathered_on(folder: Path, file: str, faults: Faults) -> date:
    """Return the day on which the file's table was put together: nothing in it was known later."""
    value = document(folder, file, faults).get("gathered_on")
    if isinstance(value, date):
        return value
    faults.add(file, "gathered_on is missing; expected the day on which the table was put together")
    return date.max


def known(dated: Dated, limit: date, *, inferred: bool) -> Known:
    """Return when something dated could be known: never after *limit*, "estimated" unless it was read."""
    on = min(dated.on, limit)
    if inferred or dated.precision == "year" or on < dated.on:
        return Known(on=on, precision="estimated")
    return Known(on=on, precision=dated.precision)


def _is(value: object, kind: type | tuple[type, ...]) -> bool:
    if isinstance(value, bool):
        return kind is bool
    return isinstance(value, kind) and not isinstance(value, datetime)


def _kind(kind: type | tuple[type, ...]) -> str:
    kinds = kind if isinstance(kind, tuple) else (kind,)
    return " or ".join(k.__name__ for k in kinds)
