"""JSON."""

from __future__ import annotations

import json
import math

from dashboards.exports.tables.json_text import write
from tests.dashboards.exports.tellings import of_cells, of_panel


def test_it_says_what_it_is_and_holds_every_row(opening_desk) -> None:
    telling = of_panel(opening_desk, per="capita")
    body = json.loads(write(telling))
    assert body["permalink"].startswith("https://gba.example/connectivity?as_of=2026-11-21&per=capita")
    assert body["as_of"] == "2026-11-21"
    assert [column["id"] for column in body["columns"]] == list(telling.rows.columns)
    told = [row["value"] for row in body["rows"]]
    assert told == [None if math.isnan(value) else value for value in telling.rows["value"].tolist()]


def test_a_table_without_rows_is_json_too(opening_desk) -> None:
    assert json.loads(write(of_cells(opening_desk, [], [], [])))["rows"] == []


def test_the_same_question_has_the_same_bytes(opening_desk) -> None:
    assert write(of_panel(opening_desk)) == write(of_panel(opening_desk))
