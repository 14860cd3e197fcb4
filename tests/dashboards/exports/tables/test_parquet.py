"""Parquet."""

from __future__ import annotations

import io
import json
from datetime import date

import pyarrow.parquet as pq

from dashboards.exports.tables.parquet import KEY, write
from tests.dashboards.exports.tellings import of_cells, of_panel


def test_types_labels_and_what_is_said_are_in_the_schema(opening_desk) -> None:
    telling = of_panel(opening_desk, "zh-Hans")
    table = pq.read_table(io.BytesIO(write(telling)))
    assert table.column_names == list(telling.rows.columns)
    assert str(table.schema.field("value").type) == "double"
    assert table.schema.field("place").metadata[b"label"].decode() == "地区"
    assert json.loads(table.schema.metadata[KEY])["title"] == telling.title


def test_days_are_days_and_nothing_is_nothing(opening_desk) -> None:
    table = pq.read_table(
        io.BytesIO(write(of_cells(opening_desk, ["x", None], [1.5, None], [date(2025, 5, 15), None])))
    )
    assert table.to_pydict() == {
        "said": ["x", None], "value": [1.5, None], "day": [date(2025, 5, 15), None], "some_id": ["x", None],
    }  # fmt: skip


def test_the_same_question_has_the_same_bytes(opening_desk) -> None:
    assert write(of_panel(opening_desk)) == write(of_panel(opening_desk))
