"""PostgreSQL 15 and newer, through psycopg 3: a server for many writers and readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, takewhile
from typing import Any

import sqlalchemy as sa

from metrics.warehouse.engines.base import Columns, Engine, Text
from metrics.warehouse.engines.postgresql_values import (
    array_type,
    driver_array,
    driver_values,
    is_day,
    is_instant,
    written,
)

LOCKS = {
    "facts": 1,
    "readings": 2,
    "ledger": 3,
    "lease": 4,
    "audit": 5,
    "schema": 6,
    "people": 7,
    "attempts": 8,
    "returns": 9,
    "outbox": 10,
}
LOCK_SPACE = 0x676261
MONTHS_AHEAD = 3
REST = "reading_rest"
LOCK_NOT_AVAILABLE = "55P03"
ARRAYS = {
    "integer": sa.ARRAY(sa.BigInteger()),
    "instant": sa.ARRAY(sa.BigInteger()),
    "day": sa.ARRAY(sa.Integer()),
    "text": sa.ARRAY(sa.Text()),
}

AfterCreate = Callable[[sa.Connection, Sequence[sa.Table]], None]


class PostgreSQL(Engine):
    """A warehouse on a server; *after* are steps of extensions that follow the making of tables."""

    name = "postgresql"
    bytewise = "C"

    def __init__(self, url: sa.URL, after: Sequence[AfterCreate] = ()) -> None:
        super().__init__(url)
        self.after = tuple(after)
        self._made: set[date] = set()  # months whose partition is known to be there

    def connect(self) -> sa.Engine:
        options = {
            "options": "-c timezone=UTC -c jit=off",
            "application_name": "gba-monitor",
            "connect_timeout": 10,
        }
        url = self.url.set(drivername="postgresql+psycopg")
        engine = sa.create_engine(
            url, pool_size=8, max_overflow=24, pool_pre_ping=False, connect_args=options
        )
        sa.event.listen(engine, "connect", self._open)
        sa.event.listen(engine, "begin", self._begin)
        return engine

    @staticmethod
    def _open(raw: Any, _record: object) -> None:
        # Plain reads then cost one round trip; whoever wants a transaction begins one.
        raw.autocommit = True

    @staticmethod
    def _begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    def before_writing(self, connection: sa.Connection, *, durable: bool) -> None:
        """A commit is on disk when it returns; nothing to set."""

    def now(self, connection: sa.Connection) -> datetime:
        return connection.execute(sa.select(sa.func.clock_timestamp())).scalar_one().astimezone(UTC)

    def take_lock(self, connection: sa.Connection, lock: str) -> None:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK_SPACE, LOCKS[lock])))

    def number_of(self, column: sa.ColumnElement) -> sa.ColumnElement:
        if is_instant(column.type):
            seconds = sa.func.date_part(sa.literal_column("'epoch'"), column)
            return sa.cast(sa.func.round(seconds * sa.literal_column("1000000")), sa.BigInteger())
        if is_day(column.type):
            return sa.type_coerce(column, sa.Integer()) - sa.literal_column("DATE '1970-01-01'")
        return sa.type_coerce(column, sa.BigInteger())

    def moment(self, name: str, kind: str) -> sa.ColumnElement:
        return _moment(sa.bindparam(name, type_=sa.BigInteger()), kind)

    def among(self, column: sa.ColumnElement, name: str) -> sa.ColumnElement:
        kind = sa.Text() if isinstance(column.type, sa.String) else sa.BigInteger()
        return column == sa.any_(sa.bindparam(name, type_=sa.ARRAY(kind)))

    def records(self, name: str, kinds: Mapping[str, str]) -> sa.FromClause:
        binds = (sa.bindparam(f"{name}_{part}", type_=ARRAYS[kind]) for part, kind in kinds.items())
        rows = sa.func.unnest(*binds).table_valued(*kinds, name=f"each_{name}").render_derived()
        return sa.select(*(_moment(rows.c[part], kind).label(part) for part, kind in kinds.items())).subquery(
            name
        )

    def packed(self, name: str, values: Sequence | Mapping[str, Sequence]) -> dict[str, Any]:
        if isinstance(values, Mapping):
            return {f"{name}_{part}": list(column) for part, column in values.items()}
        return {name: list(values)}

    def newest(
        self,
        columns: Sequence,
        series: sa.FromClause,
        facts: sa.Table,
        conditions: Sequence,
        bounds: Sequence,
    ) -> sa.Select:
        # WITH TIES takes all rows of the newest period in the one walk down the index that finds it.
        rows = (
            sa.select(*columns)
            .where(
                facts.c.series_id == series.c.series_id,
                *(holds(facts.c) for holds in (*conditions, *bounds)),
            )
            .order_by(facts.c.period_end.desc(), facts.c.period_start.desc())
            .fetch(sa.literal_column("1"), with_ties=True)
            .correlate(series)
            .lateral("rows")
        )
        return sa.select(rows).select_from(series.join(rows, sa.true()))

    def month_of(self, day: sa.ColumnElement) -> sa.ColumnElement:
        first = sa.cast(sa.func.date_trunc(sa.literal_column("'month'"), day), sa.Date())
        return self.number_of(first)

    def fill(self, connection: sa.Connection, table: sa.Table, columns: Columns, count: int) -> None:
        names = ", ".join(f'"{name}"' for name in columns)
        parts = [driver_values(table.c[name].type, column) for name, column in columns.items()]
        cursor = connection.connection.dbapi_connection.cursor()
        with cursor, cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
            for _, row in zip(range(count), zip(*parts, strict=False), strict=False):
                copy.write_row(row)

    def upsert(self, connection: sa.Connection, table: sa.Table, columns: Columns, count: int) -> None:
        keys = [column.name for column in table.primary_key]
        rest = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name not in keys)
        names = ", ".join(f'"{name}"' for name in columns)
        arrays = ", ".join(f"%s::{array_type(table.c[name].type)}" for name in columns)
        values = [driver_array(table.c[name].type, column, count) for name, column in columns.items()]
        text = (
            f"INSERT INTO {table.name} ({names}) SELECT * FROM unnest({arrays}) "  # noqa: S608 - our own names
            f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {rest}"
        )
        connection.connection.dbapi_connection.execute(text, values)

    @staticmethod
    def _rows(raw: Any, text: str, parameters: Mapping[str, Any]) -> list[tuple]:
        plain = {
            name: written(value) or value if isinstance(value, list) else value
            for name, value in parameters.items()
        }
        return Engine._rows(raw, text, plain)

    def after_create(self, connection: sa.Connection, tables: Sequence[sa.Table]) -> None:
        for step in self.after:
            step(connection, tables)

    @contextmanager
    def snapshot(self) -> Iterator[sa.Connection]:
        with self.sa.connect() as connection, connection.begin():
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield connection

    def stream(self, connection: sa.Connection, text: Text, size: int) -> Iterator[list[tuple]]:
        with connection.connection.dbapi_connection.cursor(name="stream") as cursor:
            cursor.execute(text.sql, text.constants)
            while rows := cursor.fetchmany(size):
                yield rows

    def settle(self) -> None:
        """A server looks after its own files."""

    def faults(self) -> list[str]:
        # The server's own checksums guard its pages; an index left invalid is what it does not mend by itself.
        asked = sa.text(
            "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
            "WHERE NOT i.indisvalid AND c.relnamespace = current_schema()::regnamespace ORDER BY 1"
        )
        with self.sa.connect() as connection:
            names = connection.execute(asked).scalars()
            return [f"database: index {name} is not valid; REINDEX INDEX {name} mends it" for name in names]

    def make_room(self, newest: datetime) -> None:
        """Make the partitions of the month of *newest* and some months ahead; what is older may lie in the rest.

        In a transaction of its own: readers wait for a moment, not for a whole loading.
        """
        first = newest.astimezone(UTC).date().replace(day=1)
        months = [first]
        for _ in range(MONTHS_AHEAD + 1):
            months.append((months[-1] + timedelta(days=31)).replace(day=1))
        wanted = [pair for pair in pairwise(months) if pair[0] not in self._made]
        if not wanted:
            return
        with self.writing("schema") as connection:
            run = connection.exec_driver_sql
            run(f"CREATE TABLE IF NOT EXISTS {REST} PARTITION OF reading DEFAULT")
            made = takewhile(lambda pair: self._try_partition(connection, *pair), wanted)
            months = [month for month, _ in made]
        self._made.update(months)

    def _try_partition(self, connection: sa.Connection, month: date, after: date) -> bool:
        """Make a month's partition if there is none; False when somebody holds the table for long.

        Then the rest takes the rows, and the next loading tries again.
        """
        name = f"reading_{month:%Y_%m}"
        if connection.exec_driver_sql(f"SELECT to_regclass('{name}')").scalar_one() is not None:
            return True
        try:
            with connection.begin_nested():
                connection.exec_driver_sql("SET LOCAL lock_timeout = '500ms'")
                self._make_partition(connection, name, f"'{month}T00:00Z'", f"'{after}T00:00Z'")
        except sa.exc.OperationalError as error:
            if getattr(error.orig, "sqlstate", "") != LOCK_NOT_AVAILABLE:
                raise
            return False
        return True

    @staticmethod
    def _make_partition(connection: sa.Connection, name: str, first: str, after: str) -> None:
        # The default partition must hold no row of the month when its own partition is made.
        run = connection.exec_driver_sql
        month = f"at >= {first} AND at < {after}"
        run(f"CREATE TEMP TABLE moved ON COMMIT DROP AS SELECT * FROM {REST} WHERE {month}")  # noqa: S608
        run(f"DELETE FROM {REST} WHERE {month}")  # noqa: S608
        run(f"CREATE TABLE {name} PARTITION OF reading FOR VALUES FROM ({first}) TO ({after})")
        run("INSERT INTO reading SELECT * FROM moved")
        run("DROP TABLE moved")


def _moment(value: sa.ColumnElement, kind: str) -> sa.ColumnElement:
    if kind == "instant":
        since = sa.literal_column("INTERVAL '1 microsecond'")
        epoch = sa.literal_column("TIMESTAMPTZ 'epoch'", type_=sa.DateTime(timezone=True))
        return sa.type_coerce(epoch.op("+")(value.op("*")(since)), sa.DateTime(timezone=True))
    if kind == "day":
        first = sa.literal_column("DATE '1970-01-01'", type_=sa.Date())
        return sa.type_coerce(first.op("+")(sa.cast(value, sa.Integer())), sa.Date())
    return value
