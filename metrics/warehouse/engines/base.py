"""What an engine must be able to do; everything that differs between engines goes through here."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

# A column of rows to store: one value for all of them, or a sequence with one value a row. Instants are
# microseconds and days are days since 1970, whatever the engine makes of them.
Column = Any
Columns = Mapping[str, Column]


class Text(NamedTuple):
    """A compiled statement and the constants in it."""

    sql: str
    constants: Mapping[str, Any]


class Engine(ABC):
    """One database: how to reach it, read from it, lock it and fill it.

    ``read`` takes a statement made with the fragments below (``number_of``, ``among``, ``records``) and returns
    plain tuples in which instants and days are whole numbers.
    """

    name: str
    bytewise: str  # the collation that orders texts by their bytes

    def __init__(self, url: sa.URL) -> None:
        self.url = url
        self.sa = self.connect()
        self._texts: dict[object, Text] = {}

    @abstractmethod
    def connect(self) -> sa.Engine:
        """Return the SQLAlchemy engine with this database's options."""

    @abstractmethod
    def now(self, connection: sa.Connection) -> datetime:
        """Return the time by the clock that all writers of this database share."""

    @abstractmethod
    def take_lock(self, connection: sa.Connection, lock: str) -> None:
        """Hold the named lock until the transaction ends."""

    @abstractmethod
    def number_of(self, column: sa.ColumnElement) -> sa.ColumnElement:
        """Return *column* (an instant or a day) as a whole number since 1970."""

    @abstractmethod
    def moment(self, name: str, kind: str) -> sa.ColumnElement:
        """Return the parameter *name*, a whole number since 1970, as ``kind`` "instant" or "day"."""

    @abstractmethod
    def among(self, column: sa.ColumnElement, name: str) -> sa.ColumnElement:
        """Return the condition that *column* is one of the list that comes as parameter *name*."""

    @abstractmethod
    def records(self, name: str, kinds: Mapping[str, str]) -> sa.FromClause:
        """Return a table made of the parameter *name*; kinds are "integer", "instant", "day", "text"."""

    @abstractmethod
    def packed(self, name: str, values: Sequence | Mapping[str, Sequence]) -> dict[str, Any]:
        """Return the parameters that carry a list for ``among`` or columns for ``records``."""

    @abstractmethod
    def newest(
        self,
        columns: Sequence,
        series: sa.FromClause,
        facts: sa.Table,
        conditions: Sequence,
        bounds: Sequence,
    ) -> sa.Select:
        """Return *columns* of the rows in the newest period of each of *series*, by one index probe a series.

        The columns are of *facts*. *conditions* and *bounds* are functions of such columns: the conditions
        hold for every row, the bounds for the period. Rows that end with that period and start elsewhere may
        be among them.
        """

    @abstractmethod
    def month_of(self, day: sa.ColumnElement) -> sa.ColumnElement:
        """Return the first day of the month of *day*, as a whole number since 1970."""

    @abstractmethod
    def fill(self, connection: sa.Connection, table: sa.Table, columns: Columns, count: int) -> None:
        """Store *count* new rows as fast as the engine can."""

    @abstractmethod
    def upsert(self, connection: sa.Connection, table: sa.Table, columns: Columns, count: int) -> None:
        """Store *count* rows; those whose key is there replace the row."""

    @abstractmethod
    def after_create(self, connection: sa.Connection, tables: Sequence[sa.Table]) -> None:
        """Do what the engine wants done after tables were made; may run twice."""

    @abstractmethod
    def make_room(self, newest: datetime) -> None:
        """Prepare the storage for readings up to *newest* and some way ahead, in a transaction of its own."""

    @abstractmethod
    def before_writing(self, connection: sa.Connection, *, durable: bool) -> None:
        """Set what the coming transaction needs; *durable* means on disk before the commit returns."""

    @contextmanager
    def writing(self, lock: str | None = "facts", *, durable: bool = False) -> Iterator[sa.Connection]:
        """Open one transaction that holds *lock*, if any: all of it is stored, or none."""
        with self.sa.connect() as connection:
            self.before_writing(connection, durable=durable)
            with connection.begin():
                if lock is not None:
                    self.take_lock(connection, lock)
                yield connection

    @abstractmethod
    def snapshot(self) -> AbstractContextManager[sa.Connection]:
        """Open a transaction that reads one state of the whole database."""

    @abstractmethod
    def stream(self, connection: sa.Connection, text: Text, size: int) -> Iterator[list[tuple]]:
        """Yield the rows of a statement without parameters, at most *size* at a time."""

    @abstractmethod
    def settle(self) -> None:
        """Leave the database in a form that may be copied as it lies."""

    @abstractmethod
    def faults(self) -> list[str]:
        """Return what the engine itself finds broken in the database, one line each."""

    def text_of(self, name: object, make: Callable[[], sa.sql.ClauseElement]) -> Text:
        """Return the compiled text of the statement that *make* builds, made once per *name*."""
        if name not in self._texts:
            compiled = make().compile(dialect=self.text_dialect())
            constants = {key: value for key, value in compiled.params.items() if value is not None}
            self._texts[name] = Text(str(compiled), constants)
        return self._texts[name]

    def text_dialect(self) -> sa.Dialect:
        """Return the dialect in which statements are written for ``read``: parameters by name."""
        return self.sa.dialect

    def read(
        self, text: Text, parameters: Mapping[str, Any], connection: sa.Connection | None = None
    ) -> list[tuple]:
        """Return the rows of a compiled statement, straight from the driver."""
        values = {**text.constants, **parameters}
        if connection is not None:
            return self._rows(connection.connection.dbapi_connection, text.sql, values)
        raw = self.sa.raw_connection()
        try:
            return self._rows(raw.dbapi_connection, text.sql, values)
        finally:
            raw.close()

    @staticmethod
    def _rows(raw: Any, text: str, parameters: Mapping[str, Any]) -> list[tuple]:
        cursor = raw.cursor()
        try:
            return cursor.execute(text, parameters).fetchall()
        finally:
            cursor.close()

    def close(self) -> None:
        """Close every connection."""
        self.sa.dispose()
