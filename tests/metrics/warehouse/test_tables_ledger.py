from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from metrics.warehouse.tables_ledger import LEDGER, RUN_END

NAMES = {
    "run", "run_end", "payload", "run_payload", "quarantine", "quarantine_decision", "lease", "return_",
    "return_review", "person", "session", "attempt", "audit", "audit_head", "briefing", "schema_version",
}  # fmt: skip


def test_the_books_have_their_tables():
    assert {table.name for table in LEDGER} == NAMES
    assert not any(table.info.get("distribute_by") for table in LEDGER)


@pytest.mark.engine
def test_one_effect_of_a_logical_time_is_a_key_of_the_database_itself(warehouse):
    row = {"status": "loaded", "stage": "", "counts": "{}", "error": "", "ended_at": datetime.now(UTC)}
    with warehouse.engine.writing("ledger") as connection:
        rows = [{**row, "run_id": str(number), "effect": None} for number in range(2)]
        connection.execute(sa.insert(RUN_END), [*rows, {**row, "run_id": "2", "effect": "a@b"}])
    with pytest.raises(sa.exc.IntegrityError), warehouse.engine.writing("ledger") as connection:
        connection.execute(sa.insert(RUN_END).values(**row, run_id="3", effect="a@b"))
