"""Make frames of stored rows: the same columns, in the same order, of the same types, full or empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
import sqlalchemy as sa

from metrics.warehouse.engines.base import Engine
from metrics.warehouse.tables import OBSERVATION, SERIES
from metrics.warehouse.values import PRECISIONS, QUALIFIERS, SPANS, STATUSES, TIERS

ROW = tuple(column.name for column in OBSERVATION.c if column.name != "claimed_at")
COLUMNS = (
    "series_id", "indicator_id", "place_id", "breakdown", "counting_basis", "span", "unit",
    "period_start", "period_end", "value", "qualifier", "status", "tier", "source_id", "figure_ref",
    "known_at", "recorded_at", "known_precision", "run_id", "payload_sha256",
)  # fmt: skip

_WORDS = {"qualifier": QUALIFIERS, "status": STATUSES, "tier": TIERS, "known_precision": PRECISIONS}
_DAYS = ("period_start", "period_end")
_INSTANTS = ("known_at", "recorded_at")
_AS_THEY_ARE = {"value", "source_id", "figure_ref", "run_id", "payload_sha256"}
_BY_NAME = ("indicator_id", "place_id", "breakdown", "counting_basis", "span")
_TEXT = pd.StringDtype(na_value=np.nan)  # what pandas calls "str"


def row_columns(engine: Engine) -> list[sa.ColumnElement]:
    """Return the columns of an observation as ``Engine.read`` hands them out, in the order of ``ROW``."""
    return [
        OBSERVATION.c[name] if name in _AS_THEY_ARE else engine.number_of(OBSERVATION.c[name]) for name in ROW
    ]


def texts(values: Sequence) -> pd.api.extensions.ExtensionArray:
    """Return *values* as a column of texts."""
    return pd.array(values if isinstance(values, np.ndarray) else list(values), dtype=_TEXT)


@lru_cache(maxsize=16)
def _vocabulary(words: tuple[str, ...]) -> pd.api.extensions.ExtensionArray:
    return texts(words)


def days(numbers: Sequence) -> np.ndarray:
    """Return days since 1970 as naive dates, datetime64[us]."""
    return np.asarray(numbers, dtype="int64").astype("datetime64[D]").astype("datetime64[us]")


def instants(numbers: Sequence) -> pd.DatetimeIndex:
    """Return microseconds since 1970 as instants, datetime64[us, UTC]."""
    return pd.DatetimeIndex(np.asarray(numbers, dtype="int64").view("datetime64[us]"), tz="UTC")


class _Book(NamedTuple):
    ids: np.ndarray
    names: Mapping[str, pd.api.extensions.ExtensionArray]
    ranks: np.ndarray  # the place of each series by indicator, place, breakdown, basis and span


class SeriesBook:
    """The names of every series met so far; series are never changed, so that a name once read stays."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._book = _Book(np.empty(0, np.int64), {}, np.empty(0, np.int64))

    def names(self, ids: np.ndarray) -> dict[str, pd.api.extensions.ExtensionArray]:
        """Return indicator_id, place_id, breakdown, counting_basis, span and unit of each of *ids*."""
        book, places = self._places(ids)
        return {name: column.take(places) for name, column in book.names.items()}

    def ranks(self, ids: np.ndarray) -> np.ndarray:
        """Return the place of each of *ids* in the order of the names."""
        book, places = self._places(ids)
        return book.ranks[places]

    def _places(self, ids: np.ndarray) -> tuple[_Book, np.ndarray]:
        book = self._book
        places = np.searchsorted(book.ids, ids)
        if not len(book.ids) or (places >= len(book.ids)).any() or (book.ids[places] != ids).any():
            # Replaced as a whole, never changed in place: other threads read meanwhile.
            book = self._book = self._read()
            places = np.searchsorted(book.ids, ids)
        return book, places

    def _read(self) -> _Book:
        text = self._engine.text_of("series_book", lambda: sa.select(SERIES).order_by(SERIES.c.series_id))
        rows = self._engine.read(text, {})
        ids, *columns = zip(*rows, strict=True) if rows else ((),) * len(SERIES.c)
        columns = dict(zip([column.name for column in SERIES.c][1:], columns, strict=True))
        columns["span"] = [SPANS[code] for code in columns["span"]]
        keys = list(zip(*(columns[name] for name in _BY_NAME), strict=True))
        ranks = np.empty(len(ids), np.int64)
        ranks[sorted(range(len(ids)), key=keys.__getitem__)] = np.arange(len(ids))
        return _Book(
            np.array(ids, np.int64), {name: texts(column) for name, column in columns.items()}, ranks
        )


def observation_frame(book: SeriesBook, rows: Sequence[Sequence]) -> pd.DataFrame:
    """Return rows (in the order of ``ROW``) as a frame with ``COLUMNS``."""
    parts = dict(zip(ROW, zip(*rows, strict=True) if rows else ((),) * len(ROW), strict=True))
    ids = np.array(parts["series_id"], np.int64)
    out: dict[str, object] = {"series_id": ids, **book.names(ids)}
    for name, words in _WORDS.items():
        out[name] = _vocabulary(words).take(np.array(parts[name], np.intp))
    for name in _DAYS:
        out[name] = days(parts[name])
    for name in _INSTANTS:
        out[name] = instants(parts[name])
    out["value"] = np.array(parts["value"], np.float64)
    for name in ("source_id", "figure_ref", "run_id"):
        out[name] = texts(parts[name])
    out["payload_sha256"] = texts([digest.hex() for digest in parts["payload_sha256"]])
    return pd.DataFrame({name: out[name] for name in COLUMNS})
