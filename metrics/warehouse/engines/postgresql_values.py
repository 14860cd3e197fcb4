"""Columns of our own as psycopg and PostgreSQL take them in: moments, and arrays written out at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import repeat
from typing import Any

import numpy as np
import sqlalchemy as sa


def is_instant(kind: sa.types.TypeEngine) -> bool:
    """Say whether a column holds instants, as microseconds since 1970."""
    return isinstance(getattr(kind, "impl", kind), sa.DateTime)


def is_day(kind: sa.types.TypeEngine) -> bool:
    """Say whether a column holds days since 1970."""
    return isinstance(getattr(kind, "impl", kind), sa.Date)


def driver_values(kind: sa.types.TypeEngine, column: Any) -> Any:
    """Return an iterable of what psycopg wants for a column; one value stands for all rows."""
    if isinstance(column, np.ndarray | list):
        return _driver_list(kind, column, len(column))
    return repeat(_driver_list(kind, [column], 1)[0])


def _driver_list(kind: sa.types.TypeEngine, column: Any, count: int) -> list:
    if not isinstance(column, np.ndarray | list):
        column = [column] * count
    if is_instant(kind) or is_day(kind):
        unit = "us" if is_instant(kind) else "D"
        return _moments(column, unit)
    return column.tolist() if isinstance(column, np.ndarray) else column


def _moments(column: Any, unit: str) -> list[datetime | date | None]:
    if isinstance(column, list) and None in column:
        return [None if number is None else _moments([number], unit)[0] for number in column]
    return np.asarray(column, dtype=np.int64).astype(f"datetime64[{unit}]").tolist()


def driver_array(kind: sa.types.TypeEngine, column: Any, count: int) -> Any:
    """Return a column as one array for the driver, numbers and moments written out already."""
    if not isinstance(column, np.ndarray | list):
        column = [column] * count
    if (is_instant(kind) or is_day(kind)) and not (isinstance(column, list) and None in column):
        unit = "us" if is_instant(kind) else "D"
        moments = np.datetime_as_string(np.asarray(column, dtype=np.int64).astype(f"datetime64[{unit}]"))
        return f"{{{','.join(moments.tolist())}}}"
    values = _driver_list(kind, column, count)
    return written(values) or values


def written(values: Sequence) -> str:
    """Return plain numbers as the text of an array, empty for anything else.

    The driver writes an array item by item, each through the same questions: an hour of readings spends more
    time there than in the database.
    """
    kind = type(values[0]) if values else None
    if kind not in {int, float}:
        return ""
    try:
        return f"{{{','.join(map(kind.__repr__, values))}}}"
    except TypeError:  # not all are of the kind of the first
        return ""


def array_type(kind: sa.types.TypeEngine) -> str:
    """Return how PostgreSQL calls an array of a column."""
    if is_instant(kind):
        return "timestamp[]"
    return f"{kind.compile(dialect=sa.dialects.postgresql.dialect())}[]"
