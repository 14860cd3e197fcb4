"""Make frames of stored rows: the same columns, in the same order, of the same types, full or empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import sqlalchemy as sa

from metrics.warehouse.engines.base import Engine
from metrics.warehouse.tables import OBSERVATION, SERIES
from metrics.warehouse.values import PRECISIONS, QUALIFIERS, SPANS, STATUSES, TIERS

ROW = tuple(column.name for column in OBSERVATION.c)
COLUMNS = (
    "series_id", "indicator_id", "place_id", "breakdown", "counting_basis", "span", "unit",
    "period_start", "period_end", "value", "qualifier", "status", "tier", "source_id", "figure_ref",
    "known_at", "recorded_at", "known_precision", "run_id", "payload_sha256",
)  # fmt: skip

_WORDS = {"qualifier": QUALIFIERS, "status": STATUSES, "tier": TIERS, "known_precision": PRECISIONS}
_DAYS = ("period_start", "period_end")
_INSTANTS = ("known_at", "recorded_at")
_AS_THEY_ARE = {"value", "source_id", "figure_ref", "run_id", "payload_sha256"}


def row_columns(engine: Engine) -> list[sa.ColumnElement]:
    """Return the columns of an observation as ``Engine.read`` hands them out, in the order of ``ROW``."""
    return [
        OBSERVATION.c[name] if name in _AS_THEY_ARE else engine.number_of(OBSERVATION.c[name]) for name in ROW
    ]


def texts(values: Sequence) -> pd.api.extensions.ExtensionArray:
    """Return *values* as a column of texts."""
    return pd.array(values if isinstance(values, np.ndarray) else list(values), dtype="str")


def days(numbers: Sequence) -> np.ndarray:
    """Return days since 1970 as naive dates, datetime64[us]."""
    return np.asarray(numbers, dtype="int64").astype("datetime64[D]").astype("datetime64[us]")


def instants(numbers: Sequence) -> pd.DatetimeIndex:
    """Return microseconds since 1970 as instants, datetime64[us, UTC]."""
    return pd.DatetimeIndex(np.asarray(numbers, dtype="int64").view("datetime64[us]"), tz="UTC")


class SeriesBook:
    """The names of every series met so far; series are never changed, so that a name once read stays."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._ids = np.empty(0, np.int64)
        self._names: Mapping[str, pd.api.extensions.ExtensionArray] = {}

    def names(self, ids: np.ndarray) -> dict[str, pd.api.extensions.ExtensionArray]:
        """Return indicator_id, place_id, breakdown, counting_basis, span and unit of each of *ids*."""
        book_ids, book = self._ids, self._names
        places = np.searchsorted(book_ids, ids)
        if not len(book_ids) or (places >= len(book_ids)).any() or (book_ids[places] != ids).any():
            book_ids, book = self._read()
            places = np.searchsorted(book_ids, ids)
        return {name: column.take(places) for name, column in book.items()}

    def _read(self) -> tuple[np.ndarray, Mapping[str, pd.api.extensions.ExtensionArray]]:
        text = self._engine.text_of("series_book", lambda: sa.select(SERIES).order_by(SERIES.c.series_id))
        rows = self._engine.read(text, {})
        ids, *columns = zip(*rows, strict=True) if rows else ((),) * len(SERIES.c)
        names = [column.name for column in SERIES.c][1:]
        book = {
            name: texts(np.array(SPANS, dtype=object)[list(column)] if name == "span" and column else column)
            for name, column in zip(names, columns, strict=True)
        }
        # Replaced as a pair, never changed in place: other threads read meanwhile.
        self._ids, self._names = np.array(ids, np.int64), book
        return self._ids, book


def observation_frame(book: SeriesBook, rows: Sequence[Sequence]) -> pd.DataFrame:
    """Return rows (in the order of ``ROW``) as a frame with ``COLUMNS``."""
    parts = dict(zip(ROW, zip(*rows, strict=True) if rows else ((),) * len(ROW), strict=True))
    ids = np.array(parts["series_id"], np.int64)
    out: dict[str, object] = {"series_id": ids, **book.names(ids)}
    for name, words in _WORDS.items():
        out[name] = texts(np.array(words, dtype=object)[np.array(parts[name], np.int64)])
    for name in _DAYS:
        out[name] = days(parts[name])
    for name in _INSTANTS:
        out[name] = instants(parts[name])
    out["value"] = np.array(parts["value"], np.float64)
    for name in ("source_id", "figure_ref", "run_id"):
        out[name] = texts(parts[name])
    out["payload_sha256"] = texts([bytes(digest).hex() for digest in parts["payload_sha256"]])
    return pd.DataFrame({name: out[name] for name in COLUMNS})
