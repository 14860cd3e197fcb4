"""Small descriptions that figures point to: a source as it describes itself, the publication of one figure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from metrics.warehouse.columns import Instant
from metrics.warehouse.tables import key, need, table

KINDS = ("source", "citation")

DOCUMENT = table(
    "document",
    key("kind", sa.Text()),
    key("name", sa.Text()),
    key("recorded_at", Instant()),
    need("body", sa.Text()),
    need("run_id", sa.Text()),
)


def put(
    connection: sa.Connection,
    kind: str,
    bodies: Mapping[str, Mapping[str, Any]],
    *,
    run_id: str,
    now: datetime,
) -> int:
    """Keep what is news among *bodies* (name -> description) and return how many were; nothing is overwritten."""
    if kind not in KINDS:
        raise ValueError(f"no kind of document {kind!r}; expected one of {', '.join(KINDS)}")
    told = _newest(connection, kind, list(bodies))
    news = []
    for name, body in bodies.items():
        text = json.dumps(body, ensure_ascii=False, sort_keys=True)
        if told.get(name) != text:
            news.append({"kind": kind, "name": name, "recorded_at": now, "body": text, "run_id": run_id})
    if news:
        connection.execute(sa.insert(DOCUMENT), news)
    return len(news)


def documents(connection: sa.Connection, kind: str) -> dict[str, dict[str, Any]]:
    """Return every description of *kind* by name, the newest of each."""
    return {name: json.loads(text) for name, text in _newest(connection, kind).items()}


def _newest(connection: sa.Connection, kind: str, names: list[str] | None = None) -> dict[str, str]:
    statement = sa.select(DOCUMENT.c.name, DOCUMENT.c.body).where(DOCUMENT.c.kind == kind)
    if names is not None and len(names) <= 500:
        statement = statement.where(DOCUMENT.c.name.in_(names))
    rows = connection.execute(statement.order_by(DOCUMENT.c.recorded_at)).all()
    return {name: text for name, text in rows}  # noqa: C416 - rows are not plain tuples
