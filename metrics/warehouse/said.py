"""Keep what a person says: one row, its audit entry and the newer stamp, in one transaction or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from metrics.audiences import AUDIENCES
from metrics.warehouse import stamps
from metrics.warehouse.audit import append_audit
from metrics.warehouse.columns import instant_of, microseconds
from metrics.warehouse.engines.base import Engine
from metrics.warehouse.people import Deed


def keep(
    engine: Engine,
    table: sa.Table,
    row: Mapping[str, Any],
    deed: Deed,
    at: datetime,
    *,
    check: Callable[[sa.Connection], None] | None = None,
) -> datetime:
    """Store *row* as recorded at *at*, or just after all that is recorded, and return that instant.

    *check* looks at what is there and raises to leave all as it was. The stamp of the facts advances: pages made
    before are made anew.
    """
    with engine.writing("facts", durable=True) as connection:
        if check is not None:
            check(connection)
        before = max(stamps.stamp_of(engine, name, connection) for name in (stamps.FACTS, stamps.READINGS))
        number = max(microseconds(at), before + 1)
        recorded = instant_of(number)
        connection.execute(sa.insert(table).values(**_written(row), recorded_at=recorded))
        stamps.advance(connection, stamps.FACTS, number)
        engine.take_lock(connection, "audit")
        append_audit(
            connection, actor=deed.actor, action=deed.action, subject=deed.subject, detail=deed.detail, now=at
        )
    return recorded


def _written(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: json.dumps(dict(value), ensure_ascii=False, sort_keys=True)
        if isinstance(value, Mapping)
        else value
        for name, value in row.items()
    }


def texts_of(text: str) -> Mapping[str, str]:
    """Return texts by language as they were kept."""
    return dict(json.loads(text))


def need_texts(texts: Mapping[str, str], what: str) -> None:
    """Raise ValueError unless *texts* say something in some language."""
    if not any(text.strip() for text in texts.values()):
        raise ValueError(f"{what}: expected a text in one language at least, found none; write one")


def need_author(said_by: str, what: str) -> None:
    """Raise ValueError unless somebody puts their name to it."""
    if not said_by.strip():
        raise ValueError(f"{what}: expected the name of who says it, found none; sign in first")


def need_audience(audience: str, what: str) -> None:
    """Raise ValueError for an audience there is not."""
    if audience not in AUDIENCES:
        raise ValueError(f"{what}: expected an audience of {', '.join(AUDIENCES)}, found {audience!r}")
