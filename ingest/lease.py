"""Hold a lease for as long as something takes: renewed while it is held, taken over from the dead, given back."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from ingest.errors import IngestError
from ingest.holder import is_gone
from metrics.warehouse.entries import Fence
from metrics.warehouse.warehouse import Warehouse

SECONDS = 40.0
log = logging.getLogger("ingest")


class TakenError(IngestError):
    """Somebody else holds the lease; the message says who."""

    stage = "lease"
    transient = True


@dataclass(kw_only=True)
class Held:
    """A lease in hand; *lost* is set when it could not be renewed in time."""

    fence: Fence
    lost: threading.Event


@contextmanager
def held(
    warehouse: Warehouse, name: str, holder: str, *, seconds: float = SECONDS, wait: float = 0.0
) -> Iterator[Held]:
    """Hold the lease *name* meanwhile; raises TakenError where another still holds it after *wait* seconds.

    *holder* must name this holding alone: the warehouse lets one name take its lease again.
    """
    token = taken(warehouse, name, holder, seconds=seconds, wait=wait)
    mine = Held(fence=Fence(name=name, token=token), lost=threading.Event())
    done = threading.Event()
    keeper = threading.Thread(
        target=_keep, args=(warehouse, mine, done, seconds), daemon=True, name=f"lease {name}"
    )
    keeper.start()
    try:
        yield mine
    finally:
        done.set()
        keeper.join(timeout=seconds)
        _give_back(warehouse, mine)


def taken(warehouse: Warehouse, name: str, holder: str, *, seconds: float, wait: float = 0.0) -> int:
    """Take the lease *name* and return its fencing number; raises TakenError that says who holds it."""
    until = time.monotonic() + wait
    while True:
        token = warehouse.acquire_lease(name, holder, timedelta(seconds=seconds))
        if token is not None:
            return token
        lease = warehouse.lease(name)
        if lease is not None and is_gone(lease.holder):
            warehouse.release_lease(name, lease.token)
        elif time.monotonic() >= until:
            who = f"{lease.holder}, until {lease.expires_at:%H:%M:%S} UTC" if lease else "somebody else"
            raise TakenError(f"{name}: held by {who}")
        else:
            time.sleep(min(0.2, max(0.0, until - time.monotonic())))


def _keep(warehouse: Warehouse, mine: Held, done: threading.Event, seconds: float) -> None:
    while not done.wait(seconds / 4):
        try:
            if not warehouse.renew_lease(mine.fence.name, mine.fence.token, timedelta(seconds=seconds)):
                mine.lost.set()
                return
        except Exception as error:
            # The warehouse may be away for a while; the lease runs out by itself if that lasts.
            log.warning("lease %s could not be renewed: %s", mine.fence.name, error)


def _give_back(warehouse: Warehouse, mine: Held) -> None:
    try:
        warehouse.release_lease(mine.fence.name, mine.fence.token)
    except Exception as error:
        log.warning("lease %s could not be given back: %s", mine.fence.name, error)
