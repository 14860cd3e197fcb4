"""What may be wrong with a record: each check says which records it doubts and why.

A doubt that *gates* keeps the record out of the warehouse until a person releases it; the others only warn.
A wrong unit or an indicator that the source does not feed is no doubt but an error: nothing is loaded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from ingest.errors import CheckError
from ingest.source import Listing, Record, Source

Name = tuple[str, str, str, str, str]


class Meaning(Protocol):
    """What the checks ask of an indicator: its units and the bounds of a sane figure."""

    @property
    def units(self) -> Sequence[str]: ...

    @property
    def bounds(self) -> Sequence[float] | None: ...


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """Why the record at *index* is doubted."""

    index: int
    rule: str
    said: str
    gates: bool = True


@dataclass(frozen=True, kw_only=True)
class Past:
    """What is stored of a source: each series' highest figure, and its newest with its period's end."""

    highest: Mapping[Name, float] = field(default_factory=dict)
    newest: Mapping[Name, tuple[date, float]] = field(default_factory=dict)
    ends: date | None = None
    records: int = 0


def series_name(record: Record) -> Name:
    """Return what names the record's series, apart from its unit."""
    return (record.indicator, record.place, record.breakdown, record.counting_basis, record.span)


def doubts(
    source: Source,
    records: Sequence[Record],
    *,
    meanings: Mapping[str, Meaning],
    today: date,
    past: Past,
) -> list[Doubt]:
    """Return every doubt about *records*; *today* is the day in Hong Kong on which the payload came.

    Raises CheckError for a unit or an indicator that cannot be.
    """
    _check_units(source, records, meanings)
    return [
        *outside_bounds(records, meanings),
        *unknown_places(records, source.feeds),
        *future_periods(records, today),
        *conflicting_duplicates(records),
        *unequal_sums(records),
        *jumps(records, source, past),
        *falls(records, source.cumulative, past),
    ]


def check_growth(source: Source, records: Sequence[Record], past: Past) -> None:
    """Raise CheckError where a file that only grows is shorter, or ends earlier, than it did before."""
    if not source.grows or not past.records:
        return
    ends = max((record.end for record in records), default=None)
    if past.ends and (ends is None or ends < past.ends):
        raise CheckError(
            f"expected a file that reaches {past.ends} as before, found one that ends on {ends}: "
            "cut short or old; the stored figures stay"
        )
    if len(records) < past.records:
        raise CheckError(
            f"expected at least the {past.records} figures of before, found {len(records)}: "
            "the file has lost rows; the stored figures stay"
        )


def check_age(records: Sequence[Record], past: Past) -> None:
    """Raise CheckError where a file ends before what is stored of the very series that it tells: it is an old one."""
    known = [record for record in records if record.at is None and series_name(record) in past.newest]
    if not known:
        return
    ends = max(record.end for record in known)
    before = max(past.newest[series_name(record)][0] for record in known)
    if ends < before:
        raise CheckError(
            f"expected a file that reaches {before} as before, found one that ends on {ends}: "
            "an old one; the stored figures stay"
        )


def check_listing(source: Source, records: Sequence[Record], past: Past) -> None:
    """Raise CheckError where a list of a day has lost items, or has more of them open than before."""
    if source.listing is None or not records:
        return
    last = max(record.end for record in records)
    found = _listed(((series_name(one), one.end, one.value) for one in records), last, source.listing)
    newest = ((name, end, value) for name, (end, value) in past.newest.items())
    stored = _listed(newest, last, source.listing)
    for key, number in found.items():
        if number < stored.get(key, 0):
            raise CheckError(
                f"expected at least the {stored[key]:,.15g} figures of before, found {number:,.15g}: "
                f"the list of {last} has lost rows or is an old one; the stored figures stay"
            )


def _listed(
    figures: Iterable[tuple[Name, date, float]], day: date, listing: Listing
) -> dict[tuple[str, str], float]:
    """Return how many items each list has of *day*, and how many that are no longer open."""
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for name, end, value in figures:
        parts = name[2].split(";")
        if end == day:
            which = next((part for part in parts if part.startswith(f"{listing.by}=")), "")
            sums[which, "all"] += value
            sums[which, "settled"] += 0.0 if listing.open in parts else value
    return sums


def _check_units(source: Source, records: Iterable[Record], meanings: Mapping[str, Meaning]) -> None:
    for indicator, unit in dict.fromkeys((record.indicator, record.unit) for record in records):
        if indicator not in source.feeds or indicator not in meanings:
            raise CheckError(f"{source.id}: expected an indicator that it feeds, found {indicator!r}")
        units = meanings[indicator].units
        if unit not in units:
            expected = " or ".join(map(repr, units))
            raise CheckError(f"{indicator}: expected the unit {expected}, found {unit!r}; nothing was loaded")


def outside_bounds(records: Sequence[Record], meanings: Mapping[str, Meaning]) -> Iterator[Doubt]:
    """Doubt figures outside the catalogue's bounds, and those that are no number at all."""
    bounds = {name: tuple(meaning.bounds or ()) for name, meaning in meanings.items()}
    limits = {
        name: pair if len(pair) == 2 else (float("-inf"), float("inf")) for name, pair in bounds.items()
    }
    for index, record in enumerate(records):
        low, high = limits[record.indicator]
        if not low <= record.value <= high or record.value in {float("inf"), float("-inf")}:
            said = f"expected a value from {low:,.15g} to {high:,.15g}, found {record.value:,.15g}"
            yield Doubt(index=index, rule="bounds", said=said)


def unknown_places(records: Sequence[Record], feeds: Mapping[str, Collection[str]]) -> Iterator[Doubt]:
    """Doubt places that the source does not declare: never the nearest match."""
    known = {indicator: frozenset(places) for indicator, places in feeds.items()}
    for index, record in enumerate(records):
        if record.place not in known[record.indicator]:
            said = f"expected a place this source is known to report, found {record.place!r}"
            yield Doubt(index=index, rule="place", said=said)


def future_periods(records: Sequence[Record], today: date) -> Iterator[Doubt]:
    """Doubt periods that had not begun, or figures not published, when the payload came."""
    for index, record in enumerate(records):
        if record.start > record.end:
            said = f"expected a period that ends after its start, found {record.start} to {record.end}"
            yield Doubt(index=index, rule="period", said=said)
        elif record.start > today or (record.known_on is not None and record.known_on > today):
            said = f"expected a period that had begun by {today}, found {record.start} to {record.end}"
            yield Doubt(index=index, rule="future", said=said)


def conflicting_duplicates(records: Sequence[Record]) -> Iterator[Doubt]:
    """Doubt all the figures that one payload gives for one and the same period with different values."""
    first: dict[tuple[object, ...], int] = {}
    again: dict[tuple[object, ...], list[int]] = {}
    for index, record in enumerate(records):
        key = same_figure(record)
        if first.setdefault(key, index) != index:
            again.setdefault(key, [first[key]]).append(index)
    for indexes in again.values():
        values = sorted({(records[index].value, records[index].qualifier) for index in indexes})
        if len(values) > 1:
            found = " and ".join(f"{value:,.15g}" for value, _ in values)
            for index in indexes:
                said = f"expected one figure for {records[index].start}, found {found}"
                yield Doubt(index=index, rule="duplicate", said=said)


def same_figure(record: Record) -> tuple[object, ...]:
    """Return what makes two records of one payload the same figure."""
    return (
        record.place,
        record.end,
        record.breakdown,
        record.start,
        record.at,
        record.indicator,
        record.span,
        record.counting_basis,
        record.known_on,
        record.tier,
        record.figure_ref,
    )


def unequal_sums(records: Sequence[Record]) -> Iterator[Doubt]:
    """Doubt the records of a row whose parts do not add up to the total that the row states."""
    start = 0
    for stop in range(1, len(records) + 1):
        row = records[start].row
        if stop < len(records) and row is not None and records[stop].row is row:
            continue
        total = records[start].total
        if total is not None:
            found = sum(record.value for record in records[start:stop])
            if abs(found - total) > 1e-9 * max(1.0, abs(total)):
                said = f"expected parts that add up to {total:,.15g}, found {found:,.15g}"
                for index in range(start, stop):
                    yield Doubt(index=index, rule="sum", said=said)
        start = stop


def jumps(records: Sequence[Record], source: Source, past: Past) -> Iterator[Doubt]:
    """Doubt a figure far above all that its series has shown; a first load has nothing to leap over."""
    if source.jump is None:
        return
    factor, floor = source.jump.factor, source.jump.floor
    for index, record in enumerate(records):
        if record.value > floor:
            highest = past.highest.get(series_name(record))
            if highest is not None and record.value > factor * highest:
                said = (
                    f"expected at most {factor:g} times the highest yet ({highest:,.15g}), "
                    f"found {record.value:,.15g}"
                )
                yield Doubt(index=index, rule="jump", said=said)


def falls(records: Sequence[Record], cumulative: Collection[str], past: Past) -> Iterator[Doubt]:
    """Doubt cumulative figures that fall: against what is stored they gate, within a first load they warn."""
    lines: dict[Name, list[int]] = defaultdict(list)
    for index, record in enumerate(records):
        if record.indicator in cumulative:
            lines[series_name(record)].append(index)
    for name, indexes in lines.items():
        stored = past.newest.get(name)
        newest = stored
        for index in sorted(indexes, key=lambda index: records[index].end):
            record = records[index]
            if newest and record.end > newest[0] and record.value < newest[1]:
                said = f"expected at least {newest[1]:,.15g} (of {newest[0]}), found {record.value:,.15g}"
                yield Doubt(index=index, rule="falls", said=said, gates=stored is not None)
            elif newest is None or record.end > newest[0]:
                newest = (record.end, record.value)
