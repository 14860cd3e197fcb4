"""SQLite, the embedded default: one file, many readers beside one writer."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice, repeat
from pathlib import Path
from typing import Any

import numpy as np
import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import pysqlite

from metrics.warehouse.engines.base import Columns, Engine, Text

BATCH = 50_000
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "busy_timeout=10000",
    "cache_size=-32768",
    "mmap_size=1073741824",
    "temp_store=MEMORY",
)


def _listed(column: Any, start: int, stop: int) -> Any:
    """Return a slice of a column as plain Python values; one value stands for all rows."""
    if isinstance(column, np.ndarray):
        return column[start:stop].tolist()
    if isinstance(column, list):
        return column[start:stop]
    return repeat(column)


class SQLite(Engine):
    """A warehouse in one file."""

    name = "sqlite"
    bytewise = "BINARY"

    def connect(self) -> sa.Engine:
        if not self.url.database or self.url.database == ":memory:":
            raise ValueError(
                f"warehouse {self.url}: expected a file, such as sqlite:///var/warehouse.db; "
                "one in memory could not be shared by web and scheduler"
            )
        Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(self.url, pool_size=8, max_overflow=-1)
        sa.event.listen(engine, "connect", self._open)
        sa.event.listen(engine, "begin", self._begin)
        return engine

    @staticmethod
    def _open(raw: Any, _record: object) -> None:
        raw.isolation_level = None
        for pragma in PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")

    @staticmethod
    def _begin(connection: sa.Connection) -> None:
        mode = connection.get_execution_options().get("sqlite_begin", "")
        connection.exec_driver_sql(f"BEGIN {mode}")

    def before_writing(self, connection: sa.Connection, *, durable: bool) -> None:
        # A pooled connection keeps the setting, so that each transaction says which it wants.
        raw = connection.connection.dbapi_connection
        raw.execute(f"PRAGMA synchronous={'FULL' if durable else 'NORMAL'}")
        connection.execution_options(sqlite_begin="IMMEDIATE")

    def now(self, connection: sa.Connection) -> datetime:  # noqa: ARG002
        return datetime.now(UTC)

    def take_lock(self, connection: sa.Connection, lock: str) -> None:
        """BEGIN IMMEDIATE is the lock: there is one writer."""

    def number_of(self, column: sa.ColumnElement) -> sa.ColumnElement:
        return sa.type_coerce(column, sa.BigInteger())

    def moment(self, name: str, kind: str) -> sa.ColumnElement:  # noqa: ARG002
        return sa.bindparam(name, type_=sa.BigInteger())

    def among(self, column: sa.ColumnElement, name: str) -> sa.ColumnElement:
        values = sa.func.json_each(sa.bindparam(name, type_=sa.Text())).table_valued(
            "value", name=f"each_{name}"
        )
        return column.in_(sa.select(values.c.value))

    def records(self, name: str, kinds: Mapping[str, str]) -> sa.FromClause:
        rows = sa.func.json_each(sa.bindparam(name, type_=sa.Text())).table_valued(
            "value", name=f"each_{name}"
        )
        parts = (
            sa.type_coerce(rows.c.value.op("->>")(sa.literal_column(str(place))), sa.BigInteger()).label(part)
            for place, part in enumerate(kinds)
        )
        return sa.select(*parts).subquery(name)

    def packed(self, name: str, values: Sequence | Mapping[str, Sequence]) -> dict[str, Any]:
        if isinstance(values, Mapping):
            values = list(zip(*values.values(), strict=True))
        return {name: json.dumps(list(values))}

    def newest(
        self,
        columns: Sequence,
        series: sa.FromClause,
        facts: sa.Table,
        conditions: Sequence,
        bounds: Sequence,
    ) -> sa.Select:
        probe = facts.alias("probe")
        end = (
            sa.select(self.number_of(probe.c.period_end))
            .where(
                probe.c.series_id == series.c.series_id, *(holds(probe.c) for holds in (*conditions, *bounds))
            )
            .order_by(probe.c.period_end.desc(), probe.c.period_start.desc())
            .limit(1)
            .correlate(series)
            .scalar_subquery()
        )
        rows = sa.and_(facts.c.series_id == series.c.series_id, self.number_of(facts.c.period_end) == end)
        return (
            sa.select(*columns)
            .select_from(series.join(facts, rows))
            .where(*(condition(facts.c) for condition in conditions))
        )

    def month_of(self, day: sa.ColumnElement) -> sa.ColumnElement:
        first = sa.func.julianday(self.number_of(day) * 86400, "unixepoch", "start of month")
        return sa.cast(first - 2440587.5, sa.BigInteger())

    def fill(self, connection: sa.Connection, table: sa.Table, columns: Columns, count: int) -> None:
        _execute_many(connection, _insertion(table, columns), columns, count)

    def upsert(self, connection: sa.Connection, table: sa.Table, columns: Columns, count: int) -> None:
        keys = [column.name for column in table.primary_key]
        rest = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in keys)
        text = f"{_insertion(table, columns)} ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {rest}"
        _execute_many(connection, text, columns, count)

    def after_create(self, connection: sa.Connection, tables: Sequence[sa.Table]) -> None:
        """One file needs nothing more."""

    def make_room(self, newest: datetime) -> None:
        """One file grows by itself."""

    @contextmanager
    def snapshot(self) -> Iterator[sa.Connection]:
        with self.sa.connect() as connection, connection.begin():
            connection.exec_driver_sql(
                "SELECT 1 FROM sqlite_master"
            ).all()  # a state is taken at the first read
            yield connection

    def stream(self, connection: sa.Connection, text: Text, size: int) -> Iterator[list[tuple]]:
        cursor = connection.connection.dbapi_connection.execute(text.sql, text.constants)
        while rows := cursor.fetchmany(size):
            yield rows

    def settle(self) -> None:
        """Write the log back into the one file and do without a log from here on."""
        raw = self.sa.raw_connection()
        try:
            raw.dbapi_connection.execute("PRAGMA journal_mode=DELETE")
        finally:
            raw.close()

    def faults(self) -> list[str]:
        raw = self.sa.raw_connection()
        try:
            rows = raw.dbapi_connection.execute("PRAGMA integrity_check").fetchall()
        except sqlite3.DatabaseError as error:
            return [f"database: {error}; restore a backup"]
        finally:
            raw.close()
        return [f"database: {said}; restore a backup" for (said,) in rows if said != "ok"]

    def text_dialect(self) -> sa.Dialect:
        return pysqlite.dialect(paramstyle="named")


def _insertion(table: sa.Table, columns: Columns) -> str:
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"  # noqa: S608 - our own names


def _execute_many(connection: sa.Connection, text: str, columns: Columns, count: int) -> None:
    raw = connection.connection.dbapi_connection
    for start in range(0, count, BATCH):
        parts = [_listed(column, start, start + BATCH) for column in columns.values()]
        raw.executemany(text, islice(zip(*parts, strict=False), min(count - start, BATCH)))
