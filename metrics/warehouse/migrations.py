"""Bring a warehouse to the newest schema: plain numbered steps, each in one transaction with its own mark."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from metrics.warehouse.documents import DOCUMENT
from metrics.warehouse.engines.base import Engine
from metrics.warehouse.entries import WarehouseError
from metrics.warehouse.tables import FACTS, METADATA
from metrics.warehouse.tables_ledger import LEDGER, RUN_END, SCHEMA_VERSION

TABLES = (*FACTS, *LEDGER, DOCUMENT)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One change of the schema, with the data there is carried along."""

    number: int
    what: str
    apply: Callable[[Engine, sa.Connection], None]


def _first_tables(_engine: Engine, connection: sa.Connection) -> None:
    METADATA.create_all(connection, tables=list(TABLES))


def _detail_of_runs(_engine: Engine, connection: sa.Connection) -> None:
    there = {column["name"] for column in sa.inspect(connection).get_columns(RUN_END.name)}
    if RUN_END.c.detail.name not in there:  # a new warehouse has it from its first step
        connection.exec_driver_sql("ALTER TABLE run_end ADD COLUMN detail TEXT DEFAULT '{}' NOT NULL")


STEPS = (
    Step(number=1, what="the first tables", apply=_first_tables),
    Step(number=2, what="what a run changed", apply=_detail_of_runs),
)


def version(connection: sa.Connection) -> int:
    """Return the number of the newest step taken, 0 for an empty database."""
    if not sa.inspect(connection).has_table(SCHEMA_VERSION.name):
        return 0
    return connection.execute(sa.select(sa.func.max(SCHEMA_VERSION.c.version))).scalar_one() or 0


def migrate(engine: Engine, steps: Sequence[Step] = STEPS) -> list[int]:
    """Take the steps not taken yet and return their numbers.

    Raises WarehouseError when the database is of a newer product than this one.
    """
    taken = []
    for step in steps:
        with engine.writing("schema") as connection:
            at = version(connection)
            if at > steps[-1].number:
                raise WarehouseError(
                    f"the warehouse has schema {at}, this product knows {steps[-1].number}: "
                    "install the newer product, or restore a backup of before"
                )
            if at >= step.number:
                continue
            step.apply(engine, connection)
            row = {"version": step.number, "what": step.what, "applied_at": engine.now(connection)}
            connection.execute(sa.insert(SCHEMA_VERSION).values(**row))
            taken.append(step.number)
    with engine.writing("schema") as connection:
        engine.after_create(connection, TABLES)
        now = engine.now(connection)
    engine.make_room(now)
    return taken
