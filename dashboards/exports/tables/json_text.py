"""JSON: what a panel says with all that is said about it, for programs."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pandas as pd

from dashboards.exports.columns import Column
from dashboards.exports.telling import Telling


def write(telling: Telling) -> bytes:
    """Return *telling* as JSON: what it is, its columns, a mapping for each row, each on a line of its own."""
    columns = [{"id": one.id, "label": one.label, "kind": one.kind} for one in telling.columns]
    head = json.dumps(facts(telling) | {"columns": columns}, ensure_ascii=False, indent=1)
    rows = ",\n".join(
        json.dumps(row, ensure_ascii=False, allow_nan=False) for row in rows_of(telling.columns, telling.rows)
    )
    return f'{head.removesuffix(chr(10) + "}")},\n "rows": [\n{rows}\n]}}\n'.encode()


def facts(telling: Telling) -> dict[str, Any]:
    """Return what *telling* says about its table, by name."""
    return {
        "panel": telling.panel_id,
        "page": telling.page_path,
        "language": telling.lang,
        "title": telling.title,
        "unit": telling.unit,
        "note": telling.note,
        "as_of": telling.as_of_day,
        "stamp": telling.stamp,
        "data_to": telling.data_to,
        "flags": list(telling.flags),
        "corrections": list(telling.corrections),
        "sources": list(telling.sources),
        "audience": telling.audience,
        "permalink": telling.permalink,
        "citation": telling.citation,
        "filters": [{"label": label, "value": said} for label, said in telling.filters],
        "definitions": [
            {
                "indicator_id": one.indicator_id,
                "name": one.name,
                "unit": one.unit,
                "definition": one.definition,
            }
            for one in telling.definitions
        ],
    }


def rows_of(columns: tuple[Column, ...], rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return *rows* as mappings by column id: numbers as numbers, days as text, None where there is nothing."""
    cells = [[_cell(column, cell) for cell in rows[column.id].tolist()] for column in columns]
    ids = [column.id for column in columns]
    return [dict(zip(ids, row, strict=True)) for row in zip(*cells, strict=True)]


def _cell(column: Column, cell: Any) -> Any:
    if column.kind == "number":
        return (
            None if cell is None or pd.isna(cell) else int(cell) if float(cell).is_integer() else float(cell)
        )
    if column.kind == "date":
        return cell.isoformat() if isinstance(cell, date) else None
    return cell if isinstance(cell, str) and cell else None
