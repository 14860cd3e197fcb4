"""The audit: who did what, each entry sealed with the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa

from metrics.warehouse.columns import microseconds
from metrics.warehouse.frames import texts
from metrics.warehouse.tables_ledger import AUDIT, AUDIT_HEAD

_HEAD = "audit"
_TEXTS = ("actor", "action", "subject", "detail", "digest")


def _seal(previous: str, row: Mapping[str, Any]) -> str:
    told = [
        row["number"],
        microseconds(row["at"]),
        row["actor"],
        row["action"],
        row["subject"],
        row["detail"],
    ]
    return hashlib.sha256((previous + json.dumps(told, ensure_ascii=False)).encode()).hexdigest()


def append_audit(
    connection: sa.Connection,
    *,
    actor: str,
    action: str,
    subject: str,
    detail: Mapping[str, Any],
    now: datetime,
) -> int:
    """Add an entry to the chain and return its number; the caller holds the audit's lock."""
    head = connection.execute(sa.select(AUDIT_HEAD)).mappings().one_or_none()
    previous = head["digest"] if head else ""
    row = {
        "number": head["number"] + 1 if head else 1,
        "at": now,
        "actor": actor,
        "action": action,
        "subject": subject,
        "detail": json.dumps(dict(detail), sort_keys=True, ensure_ascii=False, default=str),
    }
    digest = _seal(previous, row)
    connection.execute(sa.insert(AUDIT).values(**row, previous=previous, digest=digest))
    sealed = {"number": row["number"], "digest": digest}
    if head:
        connection.execute(sa.update(AUDIT_HEAD).values(**sealed))
    else:
        connection.execute(sa.insert(AUDIT_HEAD).values(name=_HEAD, **sealed))
    return row["number"]


def verify_audit(connection: sa.Connection) -> list[str]:
    """Return what is wrong with the chain, one line an entry, naming it; an empty list when it is whole."""
    faults: list[str] = []
    number, previous = 0, ""
    for row in connection.execute(sa.select(AUDIT).order_by(AUDIT.c.number)).mappings():
        number += 1
        if row["number"] != number:
            missing = f"{number}" if row["number"] == number + 1 else f"{number} to {row['number'] - 1}"
            faults.append(f"audit entry {missing}: missing")
            number = row["number"]
        elif row["previous"] != previous:
            faults.append(f"audit entry {number}: does not follow from the entry before it")
        if _seal(row["previous"], row) != row["digest"]:
            faults.append(f"audit entry {number}: its content is not what was sealed")
        previous = row["digest"]
    head = connection.execute(sa.select(AUDIT_HEAD)).mappings().one_or_none()
    end = (head["number"], head["digest"]) if head else (0, "")
    if end[0] > number:
        faults.append(f"audit entry {number + 1} to {end[0]}: missing at the end")
    elif end != (number, previous):
        faults.append(f"audit entry {number}: is not where the chain was last sealed ({end[0]})")
    return faults


def audit_frame(connection: sa.Connection, limit: int) -> pd.DataFrame:
    """Return the newest entries, newest first: number, at, actor, action, subject, detail (JSON), digest."""
    rows = connection.execute(sa.select(AUDIT).order_by(AUDIT.c.number.desc()).limit(limit)).mappings().all()
    at = pd.to_datetime(pd.Series([row["at"] for row in rows], dtype=object), utc=True)
    return pd.DataFrame(
        {
            "number": pd.Series([row["number"] for row in rows], dtype="int64"),
            "at": at.astype("datetime64[us, UTC]"),
            **{name: texts([row[name] for row in rows]) for name in _TEXTS},
        }
    )
