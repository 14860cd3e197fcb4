from __future__ import annotations

import pytest
import sqlalchemy as sa

from metrics.warehouse.entries import WarehouseError
from metrics.warehouse.migrations import STEPS, Step, migrate, version
from metrics.warehouse.tables_ledger import RUN_END
from metrics.warehouse.warehouse import open_warehouse
from tests.metrics.warehouse.made import MAY

pytestmark = pytest.mark.engine


def test_a_warehouse_comes_to_the_newest_schema_once(tmp_path):
    made = open_warehouse(f"sqlite:///{tmp_path}/new.db")
    assert made.migrate() == [step.number for step in STEPS]
    assert made.migrate() == []
    made.close()


def test_runs_of_an_older_warehouse_have_no_detail_and_new_ones_may(warehouse):
    run_id = warehouse.open_run("made", trigger="schedule", logical_time=MAY)
    warehouse.end_run(run_id, "loaded", {"new": 1})
    with warehouse.engine.writing("schema") as connection:
        connection.exec_driver_sql("ALTER TABLE run_end DROP COLUMN detail")
        connection.exec_driver_sql("DELETE FROM schema_version WHERE version > 1")
        assert version(connection) == 1
    assert warehouse.migrate() == [step.number for step in STEPS[1:]]
    assert warehouse.run(run_id).detail == {}
    again = warehouse.open_run("made", trigger="hand", logical_time="ab")
    warehouse.end_run(again, "loaded", detail={"changed": 2})
    assert warehouse.run(again).detail == {"changed": 2}
    with warehouse.engine.sa.connect() as connection:
        columns = {column["name"] for column in sa.inspect(connection).get_columns(RUN_END.name)}
    assert columns == {column.name for column in RUN_END.c}


def test_a_warehouse_of_a_newer_product_is_refused(warehouse):
    with pytest.raises(WarehouseError, match="install the newer product"):
        migrate(warehouse.engine, STEPS[:1])


def test_a_step_that_fails_leaves_no_mark(warehouse):
    def broken(_engine, _connection) -> None:
        raise RuntimeError("no")

    last = STEPS[-1].number
    with pytest.raises(RuntimeError):
        migrate(warehouse.engine, (*STEPS, Step(number=last + 1, what="broken", apply=broken)))
    with warehouse.engine.sa.connect() as connection:
        assert version(connection) == last
