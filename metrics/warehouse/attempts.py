"""Counts of attempts, shared by all processes of one warehouse: what slows down those who guess."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from metrics.warehouse.engines.base import Engine
from metrics.warehouse.tables_ledger import ATTEMPT

KEPT = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempts:
    """How often in a row something went wrong, when last, and until when the next try has to wait."""

    failures: int
    last_at: datetime
    until: datetime


Counts = Mapping[str, Attempts]


class AttemptBook:
    """Holds the engine through which attempts are counted; whom they concern is kept as a hash."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def update(
        self, subjects: Sequence[str], at: datetime, change: Callable[[Counts], Counts]
    ) -> Mapping[str, Attempts]:
        """Read the counts of *subjects*, store what *change* makes of them, and return what was there.

        Nobody else counts in between. A subject without attempts is not in the mapping; those that *change*
        leaves as they are cost no write.
        """
        names = {_hashed(subject): subject for subject in subjects}
        with self.engine.writing("attempts") as connection:
            asked = sa.select(ATTEMPT).where(ATTEMPT.c.subject.in_(list(names)))
            before = {
                names[row["subject"]]: Attempts(
                    failures=row["failures"], last_at=row["last_at"], until=row["until"]
                )
                for row in connection.execute(asked).mappings()
            }
            after = change(before)
            for hashed, subject in names.items():
                if after.get(subject) != before.get(subject):
                    _store(connection, hashed, after.get(subject))
            _clear(connection, at)
        return before


def _store(connection: sa.Connection, hashed: str, attempts: Attempts | None) -> None:
    connection.execute(sa.delete(ATTEMPT).where(ATTEMPT.c.subject == hashed))
    if attempts is not None:
        row = {"failures": attempts.failures, "last_at": attempts.last_at, "until": attempts.until}
        connection.execute(sa.insert(ATTEMPT).values(subject=hashed, **row))


def _clear(connection: sa.Connection, at: datetime) -> None:
    old = sa.and_(ATTEMPT.c.last_at < at - KEPT, ATTEMPT.c.until < at)
    connection.execute(sa.delete(ATTEMPT).where(old))


def _hashed(subject: str) -> str:
    return hashlib.sha256(subject.encode("utf-8", "surrogatepass")).hexdigest()
