"""Stamps: how far the recording of facts and of readings has come. They advance only with news."""

from __future__ import annotations

import sqlalchemy as sa

from metrics.warehouse.engines.base import Engine
from metrics.warehouse.tables import STAMP

FACTS, READINGS = "facts", "readings"


def stamp_of(engine: Engine, name: str, connection: sa.Connection | None = None) -> int:
    """Return the stamp *name*: the microsecond at which its newest news was recorded, 0 before the first."""
    text = engine.text_of(
        "stamp", lambda: sa.select(STAMP.c.value).where(STAMP.c.name == sa.bindparam("name", type_=sa.Text()))
    )
    rows = engine.read(text, {"name": name}, connection)
    return rows[0][0] if rows else 0


def advance(connection: sa.Connection, name: str, value: int) -> None:
    """Set the stamp *name*; the caller holds the lock."""
    changed = connection.execute(sa.update(STAMP).where(STAMP.c.name == name).values(value=value))
    if changed.rowcount == 0:
        connection.execute(sa.insert(STAMP).values(name=name, value=value))
