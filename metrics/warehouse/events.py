"""Store scope, milestone events and target events: only what is news; a correction is a newer recording."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from metrics.warehouse.tables import MILESTONE_EVENT, SCOPE, TARGET_EVENT
from metrics.warehouse.values import Counts, MilestoneEvent, ScopeRow, TargetEvent


def append_scope(connection: sa.Connection, rows: Iterable[ScopeRow], stored: Mapping[str, Any]) -> Counts:
    """Store scope rows that are news; *stored* has the run and the instant of recording."""
    renamed = {"start": "from_day", "end": "to_day"}
    return _append(connection, SCOPE, [_renamed(asdict(row), renamed) for row in rows], stored)


def append_milestones(
    connection: sa.Connection, events: Iterable[MilestoneEvent], stored: Mapping[str, Any]
) -> Counts:
    """Store milestone events that are news."""
    return _append(connection, MILESTONE_EVENT, [asdict(event) for event in events], stored)


def append_targets(
    connection: sa.Connection, events: Iterable[TargetEvent], stored: Mapping[str, Any]
) -> Counts:
    """Store target events that are news."""
    return _append(connection, TARGET_EVENT, [asdict(event) for event in events], stored)


def newest_recorded(
    connection: sa.Connection, table: sa.Table, stamp: datetime | None = None
) -> list[dict[str, Any]]:
    """Return the rows of *table*, of each key only the one recorded last (no later than *stamp*)."""
    statement = sa.select(table).order_by(table.c.recorded_at)
    if stamp is not None:
        statement = statement.where(table.c.recorded_at <= stamp)
    newest = {_key(table, row): dict(row) for row in connection.execute(statement).mappings()}
    return list(newest.values())


def _renamed(row: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {names.get(name, name): value for name, value in row.items()}


def _key(table: sa.Table, row: Mapping[str, Any]) -> tuple:
    return tuple(row[column.name] for column in table.primary_key if column.name != "recorded_at")


def _append(
    connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]], stored: Mapping[str, Any]
) -> Counts:
    if not rows:
        return Counts()
    told = {_key(table, row): row for row in newest_recorded(connection, table)}
    news: dict[tuple, dict[str, Any]] = {}
    for row in rows:
        key = _key(table, row)
        if not _same(news.get(key, told.get(key)), row):
            news[key] = row
    if news:
        connection.execute(sa.insert(table), [{**row, **stored} for row in news.values()])
    return Counts(new=len(news), unchanged=len(rows) - len(news))


def _same(stored: Mapping[str, Any] | None, row: Mapping[str, Any]) -> bool:
    return stored is not None and all(stored[name] == value for name, value in row.items())
