"""Known errors at a source, put right with a reason, for as long as the source still makes them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from ingest.lines import Line
from ingest.source import Record, Source

FILE = Path(__file__).with_name("corrections.toml")


class CorrectionFaults(ValueError):  # noqa: N818  it lists faults
    """All faults of the corrections file, one a line."""


@dataclass(frozen=True, kw_only=True)
class Correction:
    """One figure that the source gets wrong: it says *expect*, right is *value*."""

    source: str
    indicator: str
    place: str
    breakdown: str = ""
    start: date
    end: date
    expect: float
    value: float
    reason: str


@lru_cache(maxsize=4)
def corrections(file: Path = FILE) -> tuple[Correction, ...]:
    """Return the corrections of *file*; raises CorrectionFaults that names every fault."""
    entries = tomllib.loads(file.read_text(encoding="utf-8")).get("correction", [])
    faults = [fault for number, entry in enumerate(entries, 1) for fault in _faults(entry, number, file)]
    faults = faults or [*_twice([Correction(**entry) for entry in entries], file)]
    if faults:
        raise CorrectionFaults("\n".join(faults))
    return tuple(Correction(**entry) for entry in entries)


def _faults(entry: dict[str, object], number: int, file: Path) -> Iterable[str]:
    where = f"{file.name}: correction {number}"
    known = {field.name for field in fields(Correction)}
    for name in sorted(known - {"breakdown"} - set(entry)):
        yield f"{where}: expected {name}, found none"
    for name in sorted(set(entry) - known):
        yield f"{where}: expected one of {', '.join(sorted(known))}, found {name}"
    if "reason" in entry and not str(entry["reason"]).strip():
        yield f"{where}: expected a reason, found an empty one"
    if "expect" in entry and entry.get("expect") == entry.get("value"):
        yield f"{where}: expected a value that differs from expect, found {entry['value']} for both"


def _twice(entries: Sequence[Correction], file: Path) -> Iterable[str]:
    first: dict[object, int] = {}
    for number, entry in enumerate(entries, 1):
        before = first.setdefault((entry.source, *_key(entry)), number)
        if before != number:
            yield f"{file.name}: correction {number}: expected one for a figure, found {before} for the same"


def strangers(entries: Iterable[Correction], known: Mapping[str, Source]) -> Iterable[str]:
    """Yield what *entries* correct that no source of *known* reports."""
    for entry in entries:
        source = known.get(entry.source)
        where = f"{FILE.name}: {entry.indicator} {entry.place} {entry.end}"
        if source is None:
            yield f"{where}: expected a source that there is, found {entry.source!r}"
        elif entry.place not in source.feeds.get(entry.indicator, ()):
            yield f"{where}: expected an indicator and a place that {entry.source} feeds"


def corrected(
    source_id: str, records: Sequence[Record], known: Sequence[Correction]
) -> tuple[list[Record], list[Line]]:
    """Return *records* with the source's known errors put right, and what was said about each correction.

    A correction whose figure no longer says what it expects is not applied, and is said to be outlived.
    """
    mine = {_key(entry): entry for entry in known if entry.source == source_id}
    if not mine:
        return list(records), []
    said: list[Line] = []
    right = list(records)
    mended_rows: list[object] = []
    for index, record in enumerate(records):
        entry = mine.get(_key(record))
        if entry is None:
            continue
        if record.value == entry.expect:
            said.append(_line("corrected", f"corrected {_figure(entry)}: {entry.reason}", entry))
            right[index] = replace(record, value=entry.value, status="revised")
            mended_rows.append(record.row)
        else:
            found = (
                f"expected {entry.expect:,.15g}, found {record.value:,.15g}; take it out of corrections.toml"
            )
            said.append(_line("outlived", f"correction outlived: {_figure(entry)}: {found}", entry))
    return [_without_total(record, mended_rows) for record in right], said


def _figure(entry: Correction) -> str:
    return f"{entry.indicator} {entry.place} {entry.end}"


def _line(key: str, logged: str, entry: Correction) -> Line:
    return Line(logged, key, indicator=entry.indicator, place=entry.place, day=entry.end.isoformat())


def _without_total(record: Record, mended_rows: Sequence[object]) -> Record:
    # Whether the row's total was printed with the error or without it, nobody knows: it proves nothing now.
    if record.row is not None and any(record.row is row for row in mended_rows):
        return replace(record, total=None)
    return record


def _key(entry: Correction | Record) -> tuple[object, ...]:
    return (entry.indicator, entry.place, entry.breakdown, entry.start, entry.end)
