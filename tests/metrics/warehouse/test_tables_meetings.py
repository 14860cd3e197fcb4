from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from metrics.warehouse.meetings import MeetingBook
from metrics.warehouse.migrations import STEPS, migrate
from metrics.warehouse.tables_ledger import SCHEMA_VERSION
from metrics.warehouse.tables_meetings import KEPT
from metrics.warehouse.warehouse import open_warehouse


def test_every_word_has_a_place_of_its_own_and_none_is_spread():
    for table in KEPT:
        assert [column.name for column in table.primary_key][1:] == ["recorded_at"]
        assert not table.info.get("distribute_by")
        assert "said_by" in table.c


@pytest.mark.engine
def test_a_warehouse_of_before_gets_the_tables_and_keeps_its_meetings(tmp_path):
    made = open_warehouse(f"sqlite:///{tmp_path}/old.db")
    migrate(made.engine, STEPS[:2])
    with made.engine.writing("schema") as connection:
        run = connection.exec_driver_sql
        for table in KEPT:
            run(f"DROP TABLE {table.name}")
        run(
            "CREATE TABLE meeting (meeting_id TEXT PRIMARY KEY, held_on INTEGER NOT NULL, held_precision TEXT NOT NULL,"
            " as_of BIGINT NOT NULL, stamp BIGINT, detail TEXT NOT NULL)"
        )
        run("INSERT INTO meeting VALUES ('m', 20000, 'day', 1728086399999999, 7, '{}')")
    assert made.migrate() == [step.number for step in STEPS[2:]]
    (word,) = MeetingBook(made.engine).words().meetings
    assert (word.meeting_id, word.held_on, word.stamp) == ("m", date(2024, 10, 4), 7)
    assert word.as_of == datetime(2024, 10, 4, 23, 59, 59, 999999, tzinfo=UTC)
    with made.engine.sa.connect() as connection:
        assert 3 in connection.execute(sa.select(SCHEMA_VERSION.c.version)).scalars().all()
    made.close()
