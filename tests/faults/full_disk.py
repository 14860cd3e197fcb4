"""A disk without room under processes that run, and a database that says the same: for a while."""

from __future__ import annotations

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import sqlalchemy as sa

from metrics.warehouse.warehouse import Warehouse

WRITTEN = ("run", "observation", "audit")
REFUSE = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full';
END $$
"""


@contextmanager
def no_room_for(pids: Callable[[], list[int]], size: int) -> Iterator[None]:
    """Let no file grow beyond *size* bytes by what the processes write; those they start meanwhile are let go too.

    Whoever writes gets an error and, of a larger piece, a part written, as on a full disk. No rights are needed.
    """
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        _limit(pids(), (size, unlimited[1]))
        yield
    finally:
        for _ in range(2):  # the second time for those that were just being started
            _limit(pids(), unlimited)


def _limit(pids: list[int], to: tuple[int, int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, to)


@contextmanager
def no_room_in(warehouse: Warehouse) -> Iterator[None]:
    """Let a database on PostgreSQL say to every writer that its disk is full; SQLite's files have the limit above."""
    if warehouse.dialect == "sqlite":
        yield
        return
    _tell(warehouse, REFUSE, *(_trigger(name) for name in WRITTEN))
    try:
        yield
    finally:
        _tell(warehouse, "DROP FUNCTION no_room() CASCADE")


def _trigger(name: str) -> str:
    return f"CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON {name} EXECUTE FUNCTION no_room()"


def _tell(warehouse: Warehouse, *statements: str) -> None:
    with warehouse.engine.sa.begin() as connection:
        connection.execute(sa.text("SET LOCAL lock_timeout = '20s'"))
        for statement in statements:
            connection.exec_driver_sql(statement)
