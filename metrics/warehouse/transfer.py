"""Carry a whole warehouse over, vintages and all: into a file, out of one, or into another engine."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

from metrics.warehouse.columns import Day, Instant
from metrics.warehouse.engines.base import Engine
from metrics.warehouse.entries import WarehouseError
from metrics.warehouse.migrations import TABLES
from metrics.warehouse.tables_ledger import SCHEMA_VERSION
from metrics.warehouse.warehouse import Warehouse, open_warehouse

CARRIED = tuple(table for table in TABLES if table is not SCHEMA_VERSION)
CHUNK = 50_000


def copy(source: Warehouse, target: Warehouse) -> dict[str, int]:
    """Copy every row of *source* as of this moment into the empty *target*; return the rows by table.

    All or nothing. Raises WarehouseError when the target holds anything already.
    """
    copied: dict[str, int] = {}
    with source.engine.snapshot() as reading, target.engine.writing("facts") as writing:
        for table in CARRIED:
            if writing.execute(sa.select(sa.func.count()).select_from(table)).scalar_one():
                raise WarehouseError(
                    f"the warehouse to copy into has rows in {table.name}: expected an empty one; "
                    "give the address of a new database"
                )
        for table in CARRIED:
            copied[table.name] = 0
            for rows in _chunks(source.engine, reading, table):
                columns = dict(zip(table.columns.keys(), map(list, zip(*rows, strict=True)), strict=True))
                target.engine.fill(writing, table, columns, len(rows))
                copied[table.name] += len(rows)
    return copied


def backup(source: Warehouse, file: Path) -> dict[str, int]:
    """Write the warehouse, while it is in use, into a new file; return the rows by table.

    The file is itself a warehouse on SQLite. It appears under its name only once it is whole. Raises WarehouseError
    where *file* exists, or where the disk or one of the two databases refuses.
    """
    if file.exists():
        raise WarehouseError(f"{file} is there already; name a new file, so that no backup is lost")
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    target = open_warehouse(f"sqlite:///{part}")
    try:
        with _said(file, source, target):
            target.migrate()
            copied = copy(source, target)
            target.engine.settle()
    finally:
        target.close()
    os.replace(part, file)  # noqa: PTH105 - the rename is what makes it whole
    return copied


def restore(file: Path, target: Warehouse) -> dict[str, int]:
    """Read a backup into the empty *target*, whatever its engine; return the rows by table."""
    if not file.is_file():
        raise WarehouseError(f"{file}: expected a backup, found no file; give the name that backup wrote")
    source = open_warehouse(f"sqlite:///{file}")
    try:
        source.migrate()
        return copy(source, target)
    finally:
        source.close()


@contextmanager
def _said(file: Path, *warehouses: Warehouse) -> Iterator[None]:
    """Say in one line what a database says while *file* is written or read."""
    raw = (one.engine.sa.dialect.loaded_dbapi.Error for one in warehouses)
    try:
        yield
    except (sa.exc.DBAPIError, *raw) as error:
        cause = getattr(error, "orig", error)
        raise WarehouseError(
            f"{file.name}: {str(cause).strip()}; look at the disk and at the database, and try again"
        ) from error


def file_hash(file: Path) -> str:
    """Return the content hash of a warehouse that ``backup`` wrote, and leave it in one file."""
    held = open_warehouse(f"sqlite:///{file}")
    try:
        with _said(file, held):
            told = content_hash(held)
            held.engine.settle()
    finally:
        held.close()
    return told


def content_hash(warehouse: Warehouse) -> str:
    """Return one hash of every row there is, the same on every engine."""
    told = hashlib.sha256()
    with warehouse.engine.snapshot() as reading:
        for table in CARRIED:
            told.update(table.name.encode())
            for rows in _chunks(warehouse.engine, reading, table):
                for row in rows:
                    told.update(repr(tuple(map(_plain, row))).encode())
    return told.hexdigest()


def _plain(value: object) -> object:
    """Return a value as every driver would give it."""
    if isinstance(value, bool):
        return int(value)
    return bytes(value) if isinstance(value, memoryview | bytearray) else value


def _chunks(engine: Engine, connection: sa.Connection, table: sa.Table) -> Iterator[Sequence[tuple]]:
    def statement() -> sa.Select:
        columns = [_number(engine, column) for column in table.c]
        order = [
            sa.collate(column, engine.bytewise) if _is_text(column) else column
            for column in table.primary_key
        ]
        return sa.select(*columns).order_by(*order)

    text = engine.text_of(("carry", table.name), statement)
    return engine.stream(connection, text, CHUNK)


def _is_text(column: sa.Column) -> bool:
    return isinstance(column.type, sa.Text)


def _number(engine: Engine, column: sa.Column) -> sa.ColumnElement:
    """Return a column in the form in which ``Engine.fill`` takes it."""
    if isinstance(column.type, Instant | Day):
        return engine.number_of(column)
    if isinstance(column.type, TypeDecorator):
        return sa.type_coerce(column, column.type.impl)
    return column
