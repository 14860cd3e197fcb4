"""Leases: one holder at a time, with a number that grows, so that a late write of an earlier one is refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from metrics.warehouse.columns import instant_of
from metrics.warehouse.entries import Fence, FenceLost, Lease
from metrics.warehouse.tables_ledger import LEASE

_COLUMNS = LEASE.c


def lease(connection: sa.Connection, name: str) -> Lease | None:
    """Return the lease *name* as it stands, or None when nobody ever held it."""
    row = connection.execute(sa.select(LEASE).where(_COLUMNS.name == name)).mappings().one_or_none()
    return None if row is None else Lease(**row)


def acquire(connection: sa.Connection, name: str, holder: str, ttl: timedelta, now: datetime) -> int | None:
    """Take the lease and return its new number, or None while another holder has it."""
    # FOR UPDATE waits for a loading that has checked its fence on this row.
    asked = sa.select(LEASE).where(_COLUMNS.name == name).with_for_update()
    row: Mapping[str, Any] | None = connection.execute(asked).mappings().one_or_none()
    if row is not None and row["holder"] != holder and row["expires_at"] > now:
        return None
    taken = {"holder": holder, "acquired_at": now, "expires_at": now + ttl}
    if row is None:
        connection.execute(sa.insert(LEASE).values(name=name, token=1, **taken))
        return 1
    token = row["token"] + 1
    connection.execute(sa.update(LEASE).where(_COLUMNS.name == name).values(token=token, **taken))
    return token


def renew(connection: sa.Connection, name: str, token: int, ttl: timedelta, now: datetime) -> bool:
    """Prolong the lease held under *token*; False when it has run out or has another holder."""
    mine = sa.and_(_COLUMNS.name == name, _COLUMNS.token == token, _COLUMNS.expires_at > now)
    return connection.execute(sa.update(LEASE).where(mine).values(expires_at=now + ttl)).rowcount == 1


def release(connection: sa.Connection, name: str, token: int) -> bool:
    """Give the lease held under *token* back; its number is never used again."""
    mine = sa.and_(_COLUMNS.name == name, _COLUMNS.token == token)
    return connection.execute(sa.update(LEASE).where(mine).values(expires_at=instant_of(0))).rowcount == 1


def check(connection: sa.Connection, fence: Fence, now: datetime) -> None:
    """Raise FenceLost unless the lease is still held under the fence's number.

    The row stays locked against a new holder until the transaction ends, not against its own renewal.
    """
    asked = sa.select(LEASE).where(_COLUMNS.name == fence.name).with_for_update(read=True, key_share=True)
    row = connection.execute(asked).mappings().one_or_none()
    if row is None or row["token"] != fence.token or row["expires_at"] <= now:
        found = "nobody" if row is None else f"{row['holder']} with number {row['token']}"
        raise FenceLost(
            f"lease {fence.name}: expected to be held under number {fence.token}, found {found}"
            f"{'' if row is None else ' until ' + row['expires_at'].isoformat()}; nothing was written, "
            "take the lease again and run anew"
        )
