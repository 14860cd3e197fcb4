"""Word going out put together: from the product's settings, for the pages and for the round of post."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from dashboards.opened import Desks
from dashboards.outbox.alarm import Alert
from dashboards.outbox.post import PostRoom
from dashboards.outbox.sending import sender
from metrics.warehouse.outbox import Outbox


def _nothing(_now: datetime) -> Sequence[Alert]:
    return ()


def post_room(
    warehouse: Any, desks: Desks, chosen: Any, alerts: Callable[[datetime], Sequence[Alert]] = _nothing
) -> PostRoom:
    """Return what a round of post works with; *chosen* are the product's settings.

    *alerts* tells what somebody should look at; the pages do not need it.
    """
    return PostRoom(
        outbox=Outbox(warehouse.engine),
        settings=chosen,
        desk_of=desks.of,
        alerts=alerts,
        send=sender(chosen),
        home=chosen.public_url.rstrip("/"),
    )
