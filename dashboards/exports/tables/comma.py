"""CSV: one tidy table in UTF-8 with a byte-order mark, as spreadsheets want it; text is inert, numbers are numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

import pandas as pd

from dashboards.exports.columns import Column
from dashboards.exports.tables.inert import inert
from dashboards.exports.telling import Telling

BOM = "\ufeff"


def write(telling: Telling) -> bytes:
    """Return the table of *telling* as CSV: a line of labels, then a line for each figure."""
    return table(telling.columns, telling.rows).encode("utf-8")


def table(columns: Sequence[Column], rows: pd.DataFrame, *, ids: bool = False, head: bool = True) -> str:
    """Return *rows* as CSV text under the labels of *columns*, with *ids* under their ids.

    Without *head* it goes on after an earlier part: neither mark nor labels.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    if head:
        out.write(BOM)
        writer.writerow([column.id if ids else inert(column.label) for column in columns])
    writer.writerows(zip(*(_cells(column, rows) for column in columns), strict=True))
    return out.getvalue()


def _cells(column: Column, rows: pd.DataFrame) -> list[str]:
    cells = rows[column.id].tolist()
    if column.kind == "number":
        return [number(cell) for cell in cells]
    if column.kind == "date":
        return [cell.isoformat() if isinstance(cell, date) else "" for cell in cells]
    return [inert(cell) if isinstance(cell, str) else "" for cell in cells]


def number(value: float | None) -> str:
    """Return a number as programs read it, whole numbers without a point; "" for none."""
    if value is None or pd.isna(value):
        return ""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))
