"""Parquet: the table with its types, and what is said about it in the schema."""

from __future__ import annotations

import io
import json

import pandas as pd

from dashboards.exports.columns import Column
from dashboards.exports.tables.json_text import facts
from dashboards.exports.telling import Telling

KEY = b"gba_monitor"
"""Under this key the schema holds what is said about the table, as JSON."""


def write(telling: Telling) -> bytes:
    """Return the table of *telling* as Parquet; each field carries its label and kind."""
    return table(
        telling.columns, telling.rows, {KEY: json.dumps(facts(telling), ensure_ascii=False).encode()}
    )


def table(columns: tuple[Column, ...], rows: pd.DataFrame, metadata: dict[bytes, bytes]) -> bytes:
    """Return *rows* as Parquet with *metadata* in the schema."""
    import pyarrow as pa  # noqa: PLC0415  (heavy: only who asks for Parquet loads it)
    import pyarrow.parquet as pq  # noqa: PLC0415

    types = {"number": pa.float64(), "date": pa.date32()}
    fields, arrays = [], []
    for column in columns:
        kind = types.get(column.kind, pa.string())
        arrays.append(pa.array(_cells(column, rows), type=kind))
        fields.append(pa.field(column.id, kind, metadata={"label": column.label, "kind": column.kind}))
    out = io.BytesIO()
    pq.write_table(
        pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata=metadata)), out, compression="zstd"
    )
    return out.getvalue()


def _cells(column: Column, rows: pd.DataFrame) -> list[object]:
    cells = rows[column.id].tolist()
    if column.kind in {"number", "date"}:
        return [None if cell is None or pd.isna(cell) else cell for cell in cells]
    return [cell if isinstance(cell, str) and cell else None for cell in cells]
