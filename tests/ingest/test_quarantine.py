"""How a record is told to people, and read back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from ingest.checks import Doubt
from ingest.quarantine import record_of, released, suspects_of, where
from ingest.source import Row
from metrics.warehouse.quarantine import item_of
from tests.ingest.making import payload, record, source


def test_a_record_survives_the_books_to_the_last_field():
    one = record(
        known_on=date(2025, 5, 15),
        at=datetime(2025, 5, 15, 4, tzinfo=UTC),
        total=7.5,
        weight=3.0,
        tier="press",
        row=Row([("a", "1")], 9),
    )
    (suspect,) = suspects_of(
        source(), [one], [Doubt(index=0, rule="bounds", said="x")], payload(b"")
    ).values()
    told = json.loads(json.dumps(dict(suspect.row)))
    assert record_of(told) == record(
        known_on=date(2025, 5, 15),
        at=datetime(2025, 5, 15, 4, tzinfo=UTC),
        total=7.5,
        weight=3.0,
        tier="press",
        row={"a": "1"},
    )


def test_several_doubts_of_one_record_are_one_item():
    found = [Doubt(index=0, rule="bounds", said="too high"), Doubt(index=0, rule="sum", said="no sum")]
    held = suspects_of(source(), [record()], found, payload(b"x"))
    assert [(s.rule, s.said) for s in held.values()] == [
        ("bounds, sum", "bcp_passengers_daily hk_lo_wu 2025-05-01: too high; no sum")
    ]


def test_the_line_of_the_file_is_said_but_does_not_name_the_item():
    def item(line: int) -> str:
        row = Row([("a", "1")], line)
        found = suspects_of(
            source(), [record(row=row)], [Doubt(index=0, rule="sum", said="x")], payload(b"x")
        )
        assert found[0].said.startswith(f"row {line}: ")
        return item_of(found[0])

    assert item(7) == item(8)


def test_nothing_is_released_that_nobody_released(tools):
    held = suspects_of(source(), [record()], [Doubt(index=0, rule="sum", said="x")], payload(b"x"))
    assert set(released(held, tools)) == set()
    assert where(record()) == "bcp_passengers_daily hk_lo_wu 2025-05-01"
