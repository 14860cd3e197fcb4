"""Compare claims with what is stored, in columns: a replay of a long file is told in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from metrics.warehouse.batch import Batch
from metrics.warehouse.lanes import NO_CLAIM

NEVER = np.iinfo(np.int64).min


@dataclass(frozen=True, kw_only=True)
class Stored:
    """The rows that are there already, in columns; ``source`` and ``ref`` are arrays of str objects."""

    series: np.ndarray
    end: np.ndarray
    start: np.ndarray
    tier: np.ndarray
    known: np.ndarray
    claimed: np.ndarray
    recorded: np.ndarray
    value: np.ndarray
    qualifier: np.ndarray
    status: np.ndarray
    precision: np.ndarray
    source: np.ndarray
    ref: np.ndarray
    payload: np.ndarray


Told = tuple[np.ndarray, np.ndarray, np.ndarray]


def same_content(batch: Batch, rows: object, other: object, against: Batch | Stored) -> np.ndarray:
    """Say of each pair whether value, qualifier and status are the same."""
    return (
        (batch.value[rows] == against.value[other])
        & (batch.qualifier[rows] == against.qualifier[other])
        & (batch.status[rows] == against.status[other])
    )


def compare(
    batch: Batch,
    lane: np.ndarray,
    stored: Stored,
    stored_lane: np.ndarray,
    order: np.ndarray,
    last_look: Mapping[tuple[int, int], int],
) -> Told:
    """Return which claims change a stored story, which repeat it, and which are rows that are there.

    *order* sorts the stored rows by lane and claim; *stored_lane* is sorted so already. Of lanes that are not
    plain, and of claims that come between others with something new, nothing is told: they are settled one by
    one. Claims are taken one at a time, as if the batch held no other of their lane: a change is one only then.
    """
    change, repeat, same = (np.zeros(len(batch), bool) for _ in range(3))
    if not len(order) or not len(batch):
        return change, repeat, same
    claimed = stored.claimed[order]
    before = _rows_before(lane, batch.claimed, stored_lane, claimed)
    plain = _plain_lanes(stored_lane, claimed, stored.known[order])
    first = np.searchsorted(stored_lane, lane, "left")
    after_last = np.searchsorted(stored_lane, lane, "right")
    rows = np.flatnonzero((after_last > first) & plain[np.minimum(first, len(plain) - 1)])
    before, first, after_last = before[rows], first[rows], after_last[rows]

    leads = before < first  # said before anything stored: held against the first row
    place = np.where(leads, first, before)
    old = order[place]
    equal = same_content(batch, rows, old, stored)
    mine = _same_claimant(batch, rows, stored, old)
    at_once = batch.claimed[rows] == claimed[place]
    same[rows] = equal & mine & at_once
    early = leads & mine & (batch.known[rows] >= stored.known[old])
    repeat[rows] = equal & ~at_once & (~leads | early)
    newest = ~leads & ~at_once & (place == after_last - 1)
    change[rows] = ~equal & newest & (batch.claimed[rows] > _last_looks(batch, rows, last_look))
    return change, repeat, same


def _rows_before(
    lane: np.ndarray, claimed: np.ndarray, stored_lane: np.ndarray, stored_claimed: np.ndarray
) -> np.ndarray:
    """Return for each claim the place of the last stored row not after it in lane and claim, -1 for none."""
    count = len(stored_lane)
    lanes, claims = np.concatenate((stored_lane, lane)), np.concatenate((stored_claimed, claimed))
    order = np.lexsort((np.arange(len(lanes)) >= count, claims, lanes))
    last = np.maximum.accumulate(np.where(order < count, order, -1))
    before = np.empty(len(lane), np.int64)
    new = order >= count
    before[order[new] - count] = last[new]
    return before


def _plain_lanes(lane: np.ndarray, claimed: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Say of each stored row whether its lane is plain: one claim an instant, and no row set aside."""
    odd = claimed == NO_CLAIM
    follows = lane[1:] == lane[:-1]
    odd[1:] |= follows & ((claimed[1:] == claimed[:-1]) | (known[1:] <= known[:-1]))
    starts = np.flatnonzero(np.concatenate(([True], ~follows)))
    odd_lane = np.add.reduceat(odd.astype(np.int64), starts) > 0
    return ~np.repeat(odd_lane, np.diff(np.append(starts, len(lane))))


def _same_claimant(batch: Batch, rows: np.ndarray, stored: Stored, old: np.ndarray) -> np.ndarray:
    source = np.array(batch.source.words, dtype=object)[batch.source.codes[rows]]
    ref = np.array(batch.ref.words, dtype=object)[batch.ref.codes[rows]]
    return (source == stored.source[old]) & (ref == stored.ref[old])


def _last_looks(batch: Batch, rows: np.ndarray, last_look: Mapping[tuple[int, int], int]) -> np.ndarray:
    if not last_look:
        return np.full(len(rows), NEVER)
    tiers = 8
    of = np.full((len(batch.series), tiers), NEVER)
    place = {int(number): row for row, number in enumerate(batch.series_ids)}
    for (series, tier), instant in last_look.items():
        of[place[series], tier] = instant
    return of[batch.which[rows], batch.tier[rows]]
