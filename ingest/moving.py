"""The whole warehouse, vintages and all, carried into another engine and proven to be equal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from metrics.warehouse.entries import WarehouseError
from metrics.warehouse.transfer import content_hash, copy
from metrics.warehouse.warehouse import Warehouse

LEASE = "scheduler"


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What was carried over: *rows* by table and the hash of the *content*, the same on both sides."""

    rows: dict[str, int]
    content: str


def move(source: Warehouse, target: Warehouse, now: datetime) -> Moved:
    """Copy *source* into the empty *target* and prove that both hold the same; *source* stays as it is.

    Raises WarehouseError while a scheduler works on *source* (what it loads meanwhile would be left behind),
    where *target* is not empty, and where the two differ afterwards.
    """
    lease = source.lease(LEASE)
    if lease is not None and lease.expires_at > now:
        raise WarehouseError(
            f"{lease.holder} is running sources on this warehouse until {lease.expires_at:%H:%M:%S} UTC; "
            "stop web and scheduler, then move"
        )
    before = content_hash(source)
    rows = copy(source, target)
    after = content_hash(target)
    if before != after or content_hash(source) != before:
        raise WarehouseError(
            f"the copy holds {after[:12]}, the warehouse {before[:12]}: something wrote meanwhile; stop web and "
            "scheduler, empty the new database and move again"
        )
    return Moved(rows=rows, content=after)
