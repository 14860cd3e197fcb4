"""Store observations: only what is news, all of a payload or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import sqlalchemy as sa

from metrics.warehouse import looks
from metrics.warehouse.against import Stored
from metrics.warehouse.batch import Batch
from metrics.warehouse.engines.base import Engine
from metrics.warehouse.entries import WarehouseError
from metrics.warehouse.lanes import Claim
from metrics.warehouse.sift import Lane, Sifted, sift
from metrics.warehouse.tables import LOOK, OBSERVATION, SERIES
from metrics.warehouse.values import SPANS, Counts, Series


def append_batch(
    engine: Engine, connection: sa.Connection, batch: Batch, *, run_id: str, recorded: int
) -> tuple[Counts, int]:
    """Store what is news in *batch* and return the counts and the last instant used from *recorded* on."""
    fresh = add_series(engine, connection, batch.series)
    old = np.array([number not in fresh for number in batch.series_ids.tolist()])
    stored = _stored(engine, connection, batch, old)
    with_rows = np.unique(stored.series).tolist()
    last = looks.last_looks(engine, connection, with_rows) if with_rows else {}
    sifted = sift(batch, stored, last, looks.finder(engine, connection))
    used = _fill_rows(engine, connection, sifted, run_id, recorded)
    used = _fill_settled(engine, connection, sifted, run_id, used)
    _fill_looks(engine, connection, sifted, stored, run_id, used)
    return Counts(new=sifted.news, unchanged=len(batch) - sifted.news), used


def add_series(engine: Engine, connection: sa.Connection, series: Sequence[Series]) -> set[int]:
    """Store the series that are not there yet and return their numbers.

    Raises WarehouseError when two different series have the same number.
    """
    text = engine.text_of(
        "series_by_id", lambda: sa.select(SERIES).where(engine.among(SERIES.c.series_id, "ids"))
    )
    wanted = {one.id: _names(one) for one in series}
    there = {row[0]: row[1:] for row in engine.read(text, engine.packed("ids", list(wanted)), connection)}
    for number, names in there.items():
        if wanted[number] != tuple(names):
            raise WarehouseError(
                f"series {number} is {names}, and {wanted[number]} would get the same number; rename the new one"
            )
    missing = {number: names for number, names in wanted.items() if number not in there}
    if missing:
        columns = list(zip(*((number, *names) for number, names in missing.items()), strict=True))
        names = [column.name for column in SERIES.c]
        engine.fill(connection, SERIES, dict(zip(names, map(list, columns), strict=True)), len(missing))
    return set(missing)


def _names(series: Series) -> tuple:
    return (
        series.indicator_id,
        series.place_id,
        series.breakdown,
        series.counting_basis,
        SPANS.index(series.span),
        series.unit,
    )


_STORED = (
    ("series", "series_id"),
    ("end", "period_end"),
    ("start", "period_start"),
    ("tier", "tier"),
    ("known", "known_at"),
    ("claimed", "claimed_at"),
    ("recorded", "recorded_at"),
    ("value", "value"),
    ("qualifier", "qualifier"),
    ("status", "status"),
    ("precision", "known_precision"),
    ("source", "source_id"),
    ("ref", "figure_ref"),
    ("payload", "payload_sha256"),
)
_AS_THEY_ARE = {"value", "source_id", "figure_ref", "payload_sha256"}


def _stored(engine: Engine, connection: sa.Connection, batch: Batch, old: np.ndarray) -> Stored:
    """Return the rows of the batch's series within the batch's periods."""
    rows: list[tuple] = []
    if old.any():
        low = np.full(len(batch.series), np.iinfo(np.int32).max, np.int64)
        high = np.full(len(batch.series), np.iinfo(np.int32).min, np.int64)
        np.minimum.at(low, batch.which, batch.end)
        np.maximum.at(high, batch.which, batch.end)
        old &= low <= high
        spans = {
            "series_id": batch.series_ids[old].tolist(),
            "low": low[old].tolist(),
            "high": high[old].tolist(),
        }
        text = engine.text_of("stored", lambda: _stored_statement(engine))
        rows = engine.read(text, engine.packed("spans", spans), connection)
    columns = zip(*rows, strict=True) if rows else ((),) * len(_STORED)
    kinds = {"value": np.float64, "source": object, "ref": object, "payload": object}
    fields = {}
    for (name, _), column in zip(_STORED, columns, strict=True):
        fields[name] = np.array(column, dtype=kinds.get(name, np.int64))
    return Stored(**fields)


def _stored_statement(engine: Engine) -> sa.Select:
    spans = engine.records("spans", {"series_id": "integer", "low": "day", "high": "day"})
    columns = [
        OBSERVATION.c[column] if column in _AS_THEY_ARE else engine.number_of(OBSERVATION.c[column])
        for _, column in _STORED
    ]
    there = sa.and_(
        OBSERVATION.c.series_id == spans.c.series_id,
        OBSERVATION.c.period_end.between(spans.c.low, spans.c.high),
    )
    return sa.select(*columns).select_from(spans.join(OBSERVATION, there))


def _fill_rows(engine: Engine, connection: sa.Connection, sifted: Sifted, run_id: str, recorded: int) -> int:
    if not len(sifted.rows):
        return recorded
    rows = sifted.batch[sifted.rows]
    bump = _bumps(rows, sifted.known)
    engine.fill(
        connection,
        OBSERVATION,
        {
            "series_id": rows.series_ids[rows.which],
            "period_end": rows.end,
            "period_start": rows.start,
            "known_at": sifted.known,
            "recorded_at": recorded if bump is None else recorded + bump,
            "value": rows.value,
            "qualifier": rows.qualifier,
            "status": rows.status,
            "tier": rows.tier,
            "known_precision": rows.precision,
            "claimed_at": rows.claimed,
            "source_id": rows.source.stored(),
            "figure_ref": rows.ref.stored(),
            "run_id": run_id,
            "payload_sha256": _digests(rows.payload.stored()),
        },
        len(rows),
    )
    return recorded + (0 if bump is None else int(bump.max()))


def _digests(texts: str | list[str]) -> bytes | list[bytes]:
    return bytes.fromhex(texts) if isinstance(texts, str) else [bytes.fromhex(text) for text in texts]


def _bumps(rows: Batch, known: np.ndarray) -> np.ndarray | None:
    """Return how much later each row is recorded so that no two of a period share both clocks; None for not."""
    if len(np.unique(rows.tier)) == 1:
        return None  # within a tier the instants differ already
    keys = (known, rows.start, rows.end, rows.which)
    order = np.lexsort(keys)
    again = np.zeros(len(order), bool)
    again[1:] = True
    for column in keys:
        again[1:] &= column[order][1:] == column[order][:-1]
    runs = np.arange(len(order)) - np.maximum.accumulate(np.where(again, 0, np.arange(len(order))))
    bump = np.empty(len(order), np.int64)
    bump[order] = runs
    return bump


def _fill_settled(engine: Engine, connection: sa.Connection, sifted: Sifted, run_id: str, used: int) -> int:
    settled: Iterable[tuple[Lane, Claim]] = sifted.settled
    rows = [
        (*lane[:3], claim.known, used + 1 + place, claim.value, claim.qualifier, claim.status, lane[3],
         claim.precision, claim.claimed, claim.source, claim.ref, run_id, _raw(claim.payload))
        for place, (lane, claim) in enumerate(settled)
    ]  # fmt: skip
    if rows:
        names = [column.name for column in OBSERVATION.c]
        columns = [list(column) for column in zip(*rows, strict=True)]
        engine.fill(connection, OBSERVATION, dict(zip(names, columns, strict=True)), len(rows))
    return used + len(rows)


def _raw(payload: str | bytes) -> bytes:
    return bytes.fromhex(payload) if isinstance(payload, str) else bytes(payload)


def _fill_looks(
    engine: Engine, connection: sa.Connection, sifted: Sifted, stored: Stored, run_id: str, recorded: int
) -> None:
    found = looks.new_ranges(sifted, stored)
    if not found:
        return
    since = min(one.look[0] for one in found)
    there = looks.ranges_of(engine, connection, {one.series for one in found}, since)
    found = looks.unknown_ranges(found, there)
    if not found:
        return
    columns = {
        "series_id": [one.series for one in found],
        "tier": [one.tier for one in found],
        "claimed_at": [one.look[0] for one in found],
        "recorded_at": recorded,
        "first_end": [one.first[0] for one in found],
        "first_start": [one.first[1] for one in found],
        "source_id": [one.look[1] for one in found],
        "figure_ref": [one.look[2] for one in found],
        "last_end": [one.last[0] for one in found],
        "last_start": [one.last[1] for one in found],
        "run_id": run_id,
    }
    engine.fill(connection, LOOK, columns, len(found))
