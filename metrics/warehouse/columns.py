"""Column types that read the same on every engine and stay small on disk."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_DAY = date(1970, 1, 1).toordinal()
MICROSECOND = timedelta(microseconds=1)
NO_DAY = date.max  # stands in a key for "no date was announced"


def microseconds(instant: datetime) -> int:
    """Return *instant* (aware) as whole microseconds since 1970."""
    return (instant - EPOCH) // MICROSECOND


def instant_of(number: int) -> datetime:
    """Return the instant, in UTC, of microseconds since 1970."""
    return EPOCH + timedelta(microseconds=int(number))


def day_number(day: date) -> int:
    """Return *day* as days since 1970."""
    return day.toordinal() - FIRST_DAY


def day_of(number: int) -> date:
    """Return the day of a number of days since 1970."""
    return date.fromordinal(int(number) + FIRST_DAY)


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant: microseconds since 1970 on SQLite, ``timestamptz`` on a server."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        kind = sa.BigInteger() if dialect.name == "sqlite" else sa.DateTime(timezone=True)
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> Any:
        if value is None:
            return None
        return microseconds(value) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return instant_of(value) if dialect.name == "sqlite" else value.astimezone(UTC)


class Day(TypeDecorator[date]):
    """A calendar day: days since 1970 on SQLite, ``date`` on a server."""

    impl = sa.Date
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        return dialect.type_descriptor(sa.Integer() if dialect.name == "sqlite" else sa.Date())

    def process_bind_param(self, value: date | None, dialect: sa.Dialect) -> Any:
        if value is None:
            return None
        return day_number(value) if dialect.name == "sqlite" else value

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> date | None:
        if value is None:
            return None
        return day_of(value) if dialect.name == "sqlite" else value


class KeyDay(Day):
    """A day that may be missing and still stands in a key: None is kept as the last day there is."""

    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: sa.Dialect) -> Any:
        return super().process_bind_param(NO_DAY if value is None else value, dialect)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> date | None:
        day = super().process_result_value(value, dialect)
        return None if day == NO_DAY else day


class Word(TypeDecorator[str]):
    """One of a few words, kept as its place in the list: small, and in the list's own order."""

    impl = sa.SmallInteger
    cache_ok = True

    def __init__(self, *words: str) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: str | None, _dialect: sa.Dialect) -> int | None:
        return None if value is None else self.words.index(value)

    def process_result_value(self, value: int | None, _dialect: sa.Dialect) -> str | None:
        return None if value is None else self.words[value]


class Digest(TypeDecorator[str]):
    """A SHA-256 as 32 bytes; the empty text is no bytes at all."""

    impl = sa.LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: sa.Dialect) -> bytes | None:
        return None if value is None else bytes.fromhex(value)

    def process_result_value(self, value: bytes | None, _dialect: sa.Dialect) -> str | None:
        return None if value is None else bytes(value).hex()
