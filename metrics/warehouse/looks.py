"""Keep which stored periods a payload repeated, as ranges: a few rows a payload, however long its file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa

from metrics.warehouse.against import Stored
from metrics.warehouse.batch import Batch
from metrics.warehouse.engines.base import Engine
from metrics.warehouse.sift import Lane, Look, Sifted
from metrics.warehouse.tables import LOOK

Period = tuple[int, int]  # end, start


@dataclass(frozen=True, kw_only=True, slots=True)
class Range:
    """Periods *first* to *last* of a series and tier, repeated by the claim *look*."""

    series: int
    tier: int
    look: Look
    first: Period
    last: Period
    recorded: int = 0


def last_looks(
    engine: Engine, connection: sa.Connection, series: Sequence[int]
) -> dict[tuple[int, int], int]:
    """Return the newest look by series and tier."""

    def statement() -> sa.Select:
        newest = engine.number_of(sa.func.max(LOOK.c.claimed_at))
        return (
            sa.select(LOOK.c.series_id, sa.type_coerce(LOOK.c.tier, sa.SmallInteger()), newest)
            .where(engine.among(LOOK.c.series_id, "series"))
            .group_by(LOOK.c.series_id, LOOK.c.tier)
        )

    text = engine.text_of("last_looks", statement)
    rows = engine.read(text, engine.packed("series", series), connection)
    return {(series_id, tier): instant for series_id, tier, instant in rows}


def ranges_of(
    engine: Engine, connection: sa.Connection, series: Iterable[int], since: int = 0
) -> list[Range]:
    """Return the stored ranges of *series* whose claim is no older than *since*."""

    def statement() -> sa.Select:
        columns = [
            engine.number_of(LOOK.c[name])
            for name in ("claimed_at", "first_end", "first_start", "last_end", "last_start", "recorded_at")
        ]
        return sa.select(
            LOOK.c.series_id,
            sa.type_coerce(LOOK.c.tier, sa.SmallInteger()),
            *columns,
            LOOK.c.source_id,
            LOOK.c.figure_ref,
        ).where(
            engine.among(LOOK.c.series_id, "series"), LOOK.c.claimed_at >= engine.moment("since", "instant")
        )

    text = engine.text_of("looks", statement)
    rows = engine.read(text, {**engine.packed("series", list(series)), "since": since}, connection)
    return [
        Range(
            series=row[0],
            tier=row[1],
            look=(row[2], row[8], row[9]),
            first=(row[3], row[4]),
            last=(row[5], row[6]),
            recorded=row[7],
        )
        for row in rows
    ]


def finder(
    engine: Engine, connection: sa.Connection
) -> Callable[[Iterable[int]], Callable[[Lane, int], list[Look]]]:
    """Return how to fetch the looks of a few series, and then those at one lane since an instant."""

    def fetch(series: Iterable[int]) -> Callable[[Lane, int], list[Look]]:
        by_line: dict[tuple[int, int], list[Range]] = defaultdict(list)
        for one in ranges_of(engine, connection, series):
            by_line[one.series, one.tier].append(one)

        def at(lane: Lane, since: int) -> list[Look]:
            number, end, start, tier = lane
            return [
                one.look
                for one in by_line[number, tier]
                if one.first <= (end, start) <= one.last and one.recorded >= since
            ]

        return at

    return fetch


def new_ranges(sifted: Sifted, stored: Stored) -> list[Range]:
    """Return the ranges of what *sifted* found repeated; a stored period that was not repeated ends a range."""
    runs = _runs(sifted, stored) if len(sifted.repeats) else []
    alone = {
        (lane, look): Range(series=lane[0], tier=lane[3], look=look, first=lane[1:3], last=lane[1:3])
        for lane, look in sifted.looks
    }
    return [*runs, *unknown_ranges(list(alone.values()), runs)]


def _runs(sifted: Sifted, stored: Stored) -> list[Range]:
    batch = sifted.batch
    ids = batch.series_ids
    places = _places(sifted, stored)
    claimant = _claimants(batch)
    order = np.lexsort((places, claimant, batch.tier, batch.which))
    breaks = np.ones(len(order), bool)
    same = np.ones(len(order) - 1, bool)
    for column in (batch.which, batch.tier, claimant):
        same &= column[order][1:] == column[order][:-1]
    step = places[order][1:] - places[order][:-1]
    breaks[1:] = ~(same & (step <= 1))
    starts = np.flatnonzero(breaks)
    stops = np.append(starts[1:], len(order)) - 1
    repeated = np.zeros(len(batch), bool)
    repeated[sifted.repeats] = True
    any_repeat = np.add.reduceat(repeated[order].astype(np.int64), starts) > 0
    ends = zip(order[starts[any_repeat]].tolist(), order[stops[any_repeat]].tolist(), strict=True)
    return [_range(batch, int(ids[batch.which[first]]), first, last) for first, last in ends]


def _claimants(batch: Batch) -> np.ndarray:
    """Return for each row a number that tells who claims it and when."""
    if len(batch.source.words) * len(batch.ref.words) == 1:
        return batch.claimed
    told = (batch.claimed, batch.source.codes.astype(np.int64), batch.ref.codes.astype(np.int64))
    return np.unique(np.stack(told), axis=1, return_inverse=True)[1].ravel()


def _range(batch: Batch, series: int, first: int, last: int) -> Range:
    source, ref = batch.source, batch.ref
    return Range(
        series=series,
        tier=int(batch.tier[first]),
        look=(int(batch.claimed[first]), source.words[source.codes[first]], ref.words[ref.codes[first]]),
        first=(int(batch.end[first]), int(batch.start[first])),
        last=(int(batch.end[last]), int(batch.start[last])),
    )


def _places(sifted: Sifted, stored: Stored) -> np.ndarray:
    """Return for each row of the batch the place of its period among all periods of its series and tier."""
    batch = sifted.batch
    known_ids, rank = np.unique(batch.series_ids, return_inverse=True)
    columns = [
        np.concatenate((rank[batch.which], np.searchsorted(known_ids, stored.series))),
        np.concatenate((batch.tier, stored.tier)),
        np.concatenate((batch.end, stored.end)),
        np.concatenate((batch.start, stored.start)),
    ]
    order = np.lexsort(columns[::-1])
    moved = np.zeros(len(order), bool)
    for column in columns:
        moved[1:] |= column[order][1:] != column[order][:-1]
    places = np.empty(len(order), np.int64)
    places[order] = np.cumsum(moved)
    return places[: len(batch)]


def unknown_ranges(found: Sequence[Range], stored: Sequence[Range]) -> list[Range]:
    """Return those of *found* that no stored range covers."""
    by_claim: dict[tuple[int, int, Look], list[Range]] = defaultdict(list)
    for one in stored:
        by_claim[one.series, one.tier, one.look].append(one)
    return [
        one
        for one in found
        if not any(
            old.first <= one.first and one.last <= old.last
            for old in by_claim[one.series, one.tier, one.look]
        )
    ]
