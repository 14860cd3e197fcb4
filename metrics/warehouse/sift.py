"""Tell news from repetition, for many claims at once.

Most claims are plain: the first for their period, or a repetition or a change of the one figure stored. Those are
told in columns; the few others (out of order, corrected, several revisions) go to ``lanes.settle`` one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from metrics.warehouse import against
from metrics.warehouse.against import Stored
from metrics.warehouse.batch import Batch
from metrics.warehouse.lanes import Claim, settle

Lane = tuple[int, int, int, int]  # series, period end, period start, tier
Look = tuple[int, str, str]
LooksOf = Callable[[Iterable[int]], Callable[[Lane, int], list[Look]]]


@dataclass(kw_only=True)
class Sifted:
    """What to do with a batch, which is sorted by lane and order of claims.

    ``rows`` are places in the batch to store, with their ``known`` instants; ``settled`` further rows by lane;
    ``repeats`` places that are looks; ``looks`` further looks by lane.
    """

    batch: Batch
    rows: np.ndarray
    known: np.ndarray
    repeats: np.ndarray
    settled: list[tuple[Lane, Claim]] = field(default_factory=list)
    looks: list[tuple[Lane, Look]] = field(default_factory=list)
    news: int = 0


def sift(
    batch: Batch,
    stored: Stored,
    last_look: dict[tuple[int, int], int],
    looks_of: LooksOf,
) -> Sifted:
    """Return what is news in *batch*.

    *last_look* is the newest look by series and tier; *looks_of* fetches, for the series that need it, the looks
    at a lane that were recorded since an instant.
    """
    lane, stored_lane = lane_keys(batch, stored)
    order = _order(batch, lane)
    batch, lane = batch[order], lane[order]
    stored_order = np.lexsort((stored.claimed, stored_lane))
    stored_lane = stored_lane[stored_order]
    left = np.searchsorted(stored_lane, lane, "left")
    count = np.searchsorted(stored_lane, lane, "right") - left
    first = np.concatenate(([True], lane[1:] != lane[:-1])) if len(lane) else np.zeros(0, bool)
    group = np.cumsum(first) - 1
    alone = np.bincount(group, minlength=1)[group] == 1 if len(lane) else np.zeros(0, bool)

    news, known, hard = _new_lanes(batch, first, count == 0)
    change, repeat, same = against.compare(batch, lane, stored, stored_lane, stored_order, last_look)
    change &= alone  # several claims of one lane hang together, unless none of them is new
    news |= change
    known = np.where(change, batch.claimed, known)
    hard |= (count > 0) & ~(change | repeat | same)
    hard = _whole_lanes(hard, group)
    news &= ~hard
    repeats = (repeat | ((count == 0) & ~news)) & ~hard
    sifted = Sifted(
        batch=batch,
        rows=np.flatnonzero(news),
        known=known[news],
        repeats=np.flatnonzero(repeats),
        news=int(news.sum()),
    )
    if hard.any():
        _settle_hard(sifted, np.flatnonzero(hard), group, stored, (stored_order, left, count), looks_of)
    return sifted


def lane_keys(batch: Batch, stored: Stored) -> tuple[np.ndarray, np.ndarray]:
    """Return for each row of both a number of its lane, in the order of series, period and tier."""
    ids = batch.series_ids
    known_ids, rank = np.unique(ids, return_inverse=True)
    parts = [
        (rank[batch.which] if len(batch) else batch.which, np.searchsorted(known_ids, stored.series)),
        (batch.end, stored.end),
        (batch.start, stored.start),
        (batch.tier, stored.tier),
    ]
    key_new = np.zeros(len(batch), np.int64)
    key_old = np.zeros(len(stored.series), np.int64)
    room = 1
    for new, old in parts:
        low = min((int(part.min()) for part in (new, old) if len(part)), default=0)
        high = max((int(part.max()) for part in (new, old) if len(part)), default=0)
        width = high - low + 1
        room *= width
        if room >= 1 << 62:
            raise ValueError(
                f"periods from day {low} to {high}: expected dates of one era; check the years in this payload"
            )
        key_new = key_new * width + (new.astype(np.int64) - low)
        key_old = key_old * width + (old.astype(np.int64) - low)
    return key_new, key_old


def _order(batch: Batch, lane: np.ndarray) -> np.ndarray:
    keys = [batch.claimed, lane]
    for texts in (batch.source, batch.ref):
        if len(texts.words) > 1:
            keys.insert(0, texts.codes)
    return np.lexsort(keys)


def _new_lanes(
    batch: Batch, first: np.ndarray, fresh: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return for lanes with nothing stored: what is news, known when, and which lanes have ties."""
    news = fresh.copy()
    known = np.where(first, batch.known, batch.claimed)
    hard = np.zeros(len(news), bool)
    if len(news) > 1 and not first.all():
        follows = ~first[1:]
        hard[1:] = follows & fresh[1:] & (batch.claimed[1:] == batch.claimed[:-1])
        news[1:] &= ~(follows & against.same_content(batch, slice(1, None), slice(None, -1), batch))
    return news, known, hard


def _whole_lanes(hard: np.ndarray, group: np.ndarray) -> np.ndarray:
    if not hard.any():
        return hard
    lanes = np.zeros(int(group[-1]) + 1, bool)
    lanes[group[hard]] = True
    return lanes[group]


def _settle_hard(
    sifted: Sifted,
    rows: np.ndarray,
    group: np.ndarray,
    stored: Stored,
    places: tuple[np.ndarray, np.ndarray, np.ndarray],
    looks_of: LooksOf,
) -> None:
    batch, (order, left, count) = sifted.batch, places
    ids = batch.series_ids
    lookup = looks_of({int(ids[which]) for which in np.unique(batch.which[rows])})
    starts = rows[np.concatenate(([True], group[rows][1:] != group[rows][:-1]))]
    stops = np.searchsorted(group, group[starts], "right")
    for start, stop in zip(starts.tolist(), stops.tolist(), strict=True):
        lane = (
            int(ids[batch.which[start]]),
            int(batch.end[start]),
            int(batch.start[start]),
            int(batch.tier[start]),
        )
        old = order[left[start] : left[start] + count[start]]
        told = settle(
            [stored_claim(stored, int(row)) for row in old],
            lookup(lane, int(stored.recorded[old].min())) if len(old) else (),
            [batch_claim(batch, row) for row in range(start, stop)],
        )
        sifted.settled.extend((lane, claim) for claim in told.rows)
        sifted.looks.extend((lane, look) for look in told.looks)
        sifted.news += told.news


def batch_claim(batch: Batch, row: int) -> Claim:
    """Return one row of a batch as a claim."""
    return Claim(
        claimed=int(batch.claimed[row]),
        known=int(batch.known[row]),
        value=float(batch.value[row]),
        qualifier=int(batch.qualifier[row]),
        status=int(batch.status[row]),
        source=batch.source.words[batch.source.codes[row]],
        ref=batch.ref.words[batch.ref.codes[row]],
        precision=int(batch.precision[row]),
        payload=batch.payload.words[batch.payload.codes[row]],
    )


def stored_claim(stored: Stored, row: int) -> Claim:
    """Return one stored row as a claim."""
    return Claim(
        claimed=int(stored.claimed[row]),
        known=int(stored.known[row]),
        value=float(stored.value[row]),
        qualifier=int(stored.qualifier[row]),
        status=int(stored.status[row]),
        source=stored.source[row],
        ref=stored.ref[row],
        precision=int(stored.precision[row]),
        payload=stored.payload[row],
        recorded=int(stored.recorded[row]),
    )
