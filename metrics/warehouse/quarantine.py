"""Records held back until a person decides."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime

import pandas as pd
import sqlalchemy as sa

from metrics.warehouse.entries import Suspect, WarehouseError
from metrics.warehouse.frames import texts
from metrics.warehouse.tables_ledger import QUARANTINE, QUARANTINE_DECISION

DECISIONS = ("release", "reject")
_TEXTS = ("item", "run_id", "source_id", "rule", "said", "payload_sha256", "what", "decided_by", "why")


def item_of(suspect: Suspect) -> str:
    """Return the name of a suspect record: the same record with the same fault has the same name."""
    told = json.dumps([suspect.source_id, suspect.rule, _record(suspect)], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:24]


def _record(suspect: Suspect) -> str:
    return json.dumps(dict(suspect.row), sort_keys=True, ensure_ascii=False, default=str)


def hold(connection: sa.Connection, suspects: Iterable[Suspect], run_id: str, now: datetime) -> int:
    """Keep the suspects that are not held yet and return how many those were."""
    items = {item_of(suspect): suspect for suspect in suspects}
    if not items:
        return 0
    held = set(connection.scalars(sa.select(QUARANTINE.c.item)))
    rows = [
        {
            "item": item,
            "run_id": run_id,
            "source_id": suspect.source_id,
            "rule": suspect.rule,
            "said": suspect.said,
            "record": _record(suspect),
            "payload_sha256": suspect.payload_sha256,
            "recorded_at": now,
        }
        for item, suspect in items.items()
        if item not in held
    ]
    if rows:
        connection.execute(sa.insert(QUARANTINE), rows)
    return len(rows)


def decide(connection: sa.Connection, item: str, *, by: str, what: str, why: str, now: datetime) -> None:
    """Write down what a person decided about an item: release or reject, and why."""
    if what not in DECISIONS:
        raise ValueError(f"decision {what!r} is not known; expected one of {', '.join(DECISIONS)}")
    if not by or not why:
        raise ValueError("a decision needs a name and a reason; say who decides and why")
    if connection.execute(sa.select(QUARANTINE.c.item).where(QUARANTINE.c.item == item)).first() is None:
        raise WarehouseError(f"quarantine {item}: there is no such item; list the open ones first")
    row = {"item": item, "decided_at": now, "what": what, "decided_by": by, "why": why}
    connection.execute(sa.insert(QUARANTINE_DECISION).values(**row))


def held_frame(connection: sa.Connection, *, open_only: bool) -> pd.DataFrame:
    """Return what is held, newest first.

    Columns item, run_id, source_id, rule, said, payload_sha256, what, decided_by, why (str; the last three
    empty while open), record (dict, the row as read), recorded_at and decided_at (datetime64[us, UTC]).
    """
    later = QUARANTINE_DECISION.alias()
    newest = (
        sa.select(sa.func.max(later.c.decided_at)).where(later.c.item == QUARANTINE.c.item).scalar_subquery()
    )
    decided = QUARANTINE_DECISION.c
    asked = (
        sa.select(QUARANTINE, decided.decided_at, decided.what, decided.decided_by, decided.why)
        .select_from(
            QUARANTINE.outerjoin(
                QUARANTINE_DECISION,
                sa.and_(decided.item == QUARANTINE.c.item, decided.decided_at == newest),
            )
        )
        .order_by(QUARANTINE.c.recorded_at.desc(), QUARANTINE.c.item)
    )
    if open_only:
        asked = asked.where(decided.decided_at.is_(None))
    rows = connection.execute(asked).mappings().all()
    out: dict[str, object] = {name: texts([row[name] or "" for row in rows]) for name in _TEXTS}
    out["record"] = pd.Series([json.loads(row["record"]) for row in rows], dtype=object)
    for name in ("recorded_at", "decided_at"):
        values = pd.Series([row[name] for row in rows], dtype=object)
        out[name] = pd.to_datetime(values, utc=True).astype("datetime64[us, UTC]")
    return pd.DataFrame(out)


def mark(connection: sa.Connection) -> tuple[int, int]:
    """Return what differs whenever something was held back or decided."""
    held, decided = (
        sa.select(sa.func.count()).select_from(table).scalar_subquery()
        for table in (QUARANTINE, QUARANTINE_DECISION)
    )
    return tuple(connection.execute(sa.select(held, decided)).one())
