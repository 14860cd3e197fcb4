"""Observations in columns: what is loaded many at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from metrics.warehouse.columns import day_number, microseconds
from metrics.warehouse.values import PRECISIONS, QUALIFIERS, STATUSES, TIERS, Observation, Series

CHUNK = 100_000

_QUALIFIER = {word: code for code, word in enumerate(QUALIFIERS)}
_STATUS = {word: code for code, word in enumerate(STATUSES)}
_TIER = {word: code for code, word in enumerate(TIERS)}
_PRECISION = {word: code for code, word in enumerate(PRECISIONS)}


@dataclass(frozen=True, kw_only=True)
class Texts:
    """A column of texts: ``words`` in their own order, and for each row its place among them."""

    words: tuple[str, ...]
    codes: np.ndarray

    @classmethod
    def of(cls, values: Sequence[str]) -> Texts:
        """Return the column of *values*."""
        words = tuple(sorted(set(values)))
        place = {word: code for code, word in enumerate(words)}
        return cls(words=words, codes=np.fromiter((place[value] for value in values), np.int32, len(values)))

    @classmethod
    def same(cls, word: str, count: int) -> Texts:
        """Return a column in which every row says *word*."""
        return cls(words=(word,), codes=np.zeros(count, np.int32))

    def __getitem__(self, rows: object) -> Texts:
        return replace(self, codes=self.codes[rows])

    def stored(self) -> str | list[str]:
        """Return what an engine stores: one word when all rows say the same, else one a row."""
        if len(self.words) == 1:
            return self.words[0]
        return np.array(self.words, dtype=object)[self.codes].tolist()


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Columns of one length. Days and instants (microseconds) are whole numbers since 1970, words are codes.

    ``which`` is each row's place in ``series``; ``claimed`` is when the source said so (the publication, or a
    feed's payload), ``known`` when the figure counts as known if it is the first for its period.
    """

    series: tuple[Series, ...]
    which: np.ndarray
    start: np.ndarray
    end: np.ndarray
    known: np.ndarray
    claimed: np.ndarray
    value: np.ndarray
    qualifier: np.ndarray
    status: np.ndarray
    tier: np.ndarray
    precision: np.ndarray
    source: Texts
    ref: Texts
    payload: Texts

    def __len__(self) -> int:
        return len(self.which)

    def __getitem__(self, rows: object) -> Batch:
        fields = {name: getattr(self, name)[rows] for name in ROW_FIELDS}
        return replace(self, **fields)

    @property
    def series_ids(self) -> np.ndarray:
        """Return the number of each of ``series``."""
        return np.fromiter((series.id for series in self.series), np.int64, len(self.series))


ROW_FIELDS = tuple(name for name in Batch.__dataclass_fields__ if name != "series")


def batch_of(observations: Sequence[Observation]) -> Batch:
    """Return *observations* in columns."""
    count = len(observations)
    place: dict[Series, int] = {}
    known = np.fromiter((microseconds(o.known_at) for o in observations), np.int64, count)
    claimed = np.fromiter((microseconds(o.seen_at or o.known_at) for o in observations), np.int64, count)

    def codes(of: Iterator[int]) -> np.ndarray:
        return np.fromiter(of, np.int16, count)

    return Batch(
        which=np.fromiter((place.setdefault(o.series, len(place)) for o in observations), np.int32, count),
        series=tuple(place),
        start=np.fromiter((day_number(o.period_start) for o in observations), np.int32, count),
        end=np.fromiter((day_number(o.period_end) for o in observations), np.int32, count),
        known=np.minimum(known, claimed),
        claimed=claimed,
        value=np.fromiter((o.value for o in observations), np.float64, count),
        qualifier=codes(_QUALIFIER[o.qualifier] for o in observations),
        status=codes(_STATUS[o.status] for o in observations),
        tier=codes(_TIER[o.tier] for o in observations),
        precision=codes(_PRECISION[o.known_precision] for o in observations),
        source=Texts.of([o.source_id for o in observations]),
        ref=Texts.of([o.figure_ref for o in observations]),
        payload=Texts.of([o.payload_sha256 for o in observations]),
    )


def batches_of(observations: Iterable[Observation]) -> Iterator[Batch]:
    """Yield *observations* in batches of bounded size."""
    rest = iter(observations)
    while chunk := list(islice(rest, CHUNK)):
        yield batch_of(chunk)
