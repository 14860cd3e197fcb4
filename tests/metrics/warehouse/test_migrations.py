from __future__ import annotations

import pytest
import sqlalchemy as sa

from metrics.warehouse.entries import WarehouseError
from metrics.warehouse.migrations import STEPS, TABLES, Step, migrate, version
from metrics.warehouse.tables_ledger import SCHEMA_VERSION
from metrics.warehouse.warehouse import open_warehouse
from tests.metrics.warehouse.made import INDICATOR, MAY, figure, shown

pytestmark = pytest.mark.engine


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path):
    """Give a warehouse on a database in which nothing was made yet."""
    url = f"sqlite:///{tmp_path}/new/warehouse.db"
    if request.param == "postgresql":
        url = request.getfixturevalue("empty_postgresql_url")
    made = open_warehouse(url)
    yield made
    made.close()


def add_note(_engine, connection) -> None:
    """Give each figure a note, filled from what is there."""
    connection.exec_driver_sql("ALTER TABLE observation ADD COLUMN note TEXT NOT NULL DEFAULT ''")
    connection.exec_driver_sql("UPDATE observation SET note = 'by ' || source_id")


NOTES = Step(number=STEPS[-1].number + 1, what="notes", apply=add_note)


def test_every_table_is_made_once_and_a_second_start_changes_nothing(empty):
    assert empty.migrate() == [step.number for step in STEPS]
    assert empty.migrate() == []
    names = set(sa.inspect(empty.engine.sa).get_table_names())
    assert {table.name for table in TABLES} <= names


def test_a_step_carries_the_data_along_and_is_written_down(empty):
    empty.migrate()
    empty.append([figure(1)], run_id="a")
    assert migrate(empty.engine, [*STEPS, NOTES]) == [NOTES.number]
    with empty.engine.sa.connect() as connection:
        assert connection.exec_driver_sql("SELECT note FROM observation").scalar_one() == "by made"
        assert version(connection) == NOTES.number
        rows = connection.execute(
            sa.select(SCHEMA_VERSION.c.what).order_by(SCHEMA_VERSION.c.version)
        ).scalars()
        assert list(rows) == [*(step.what for step in STEPS), "notes"]
    assert shown(empty.latest([INDICATOR], as_of=MAY)) == [1.0]


def test_a_step_that_fails_leaves_the_schema_as_it_was(empty):
    def fail(engine, connection):
        add_note(engine, connection)
        raise ZeroDivisionError

    empty.migrate()
    empty.append([figure(1)], run_id="a")
    with pytest.raises(ZeroDivisionError):
        migrate(empty.engine, [*STEPS, Step(number=NOTES.number, what="broken", apply=fail)])
    assert "note" not in {column["name"] for column in sa.inspect(empty.engine.sa).get_columns("observation")}
    with empty.engine.sa.connect() as connection:
        assert version(connection) == STEPS[-1].number


def test_a_warehouse_of_a_newer_product_is_left_alone(empty):
    empty.migrate()
    migrate(empty.engine, [*STEPS, NOTES])
    with pytest.raises(WarehouseError, match=f"has schema {NOTES.number}.*newer product"):
        empty.migrate()


def test_an_empty_database_has_version_nought(empty):
    with empty.engine.sa.connect() as connection:
        assert version(connection) == 0


@pytest.fixture
def warehouse_of_steps(sqlite_warehouse):
    return sqlite_warehouse.engine, []


def test_steps_are_numbered_upwards_each_once():
    numbers = [step.number for step in STEPS]
    assert numbers == sorted(set(numbers))


def test_a_step_that_came_after_a_later_one_is_still_taken(warehouse_of_steps):
    engine, taken = warehouse_of_steps
    first, second, third = (
        Step(number=number, what=str(number), apply=lambda _engine, _connection, n=number: taken.append(n))
        for number in (90, 91, 92)
    )
    assert migrate(engine, [*STEPS, first, third]) == [90, 92]
    assert migrate(engine, [*STEPS, first, second, third]) == [91]
    assert migrate(engine, [*STEPS, first, second, third]) == []
    assert taken == [90, 92, 91]
