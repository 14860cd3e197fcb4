"""One round of post: write down what is due, send what waits, keep what became of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from dashboards.desk import Desk
from dashboards.outbox import alarm
from dashboards.outbox.digest import Reader, digest
from dashboards.outbox.sending import NotSentError, Send
from dashboards.outbox.settings import OutboxFields
from dashboards.roles import ROLES
from metrics.warehouse.outbox import Message, Outbox, Subscription
from metrics.warehouse.people import Person

log = logging.getLogger("post")
EVERY = "*/5 * * * *"
PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 360, 720))
"""After each attempt that failed, how long until the next; after the last the message is given up."""


@dataclass(frozen=True, kw_only=True)
class PostRoom:
    """What a round works with: the outbox, the desk of a person, what somebody should look at, how to send.

    *home* is the address people type, for the links in a message.
    """

    outbox: Outbox
    settings: OutboxFields
    desk_of: Callable[[str], Desk]
    alerts: Callable[[datetime], Sequence[alarm.Alert]]
    send: Send
    home: str = ""


@dataclass(frozen=True, kw_only=True)
class Round:
    """What a round did: messages *written*, *sent*, to be tried *again*, *given_up*."""

    written: int = 0
    sent: int = 0
    again: int = 0
    given_up: int = 0


def chore(room: PostRoom) -> dict[str, Any]:
    """Return the round of post as a chore of the scheduler: its id, when, and what to do."""
    return {"id": "post", "crontab": EVERY, "work": lambda: post(room, datetime.now(UTC))}


def post(room: PostRoom, now: datetime) -> Round:
    """Write down and send what is due at *now*; a message is sent again only where it is not known to have arrived."""
    if not (room.settings.mails or room.settings.hooks):
        return Round()
    written = room.outbox.put(list(_due(room, now)))
    states = [_sent(room, posted.message, posted.attempts, now) for posted in room.outbox.due(now)]
    counts = {state: states.count(state) for state in ("sent", "retry", "given_up")}
    return Round(written=written, sent=counts["sent"], again=counts["retry"], given_up=counts["given_up"])


def _due(room: PostRoom, now: datetime) -> list[Message]:
    people = room.outbox.subscribers()
    found = list(room.alerts(now))
    public = room.desk_of("viewer")
    messages = alarm.hooks(found, public, now, room.home) if room.settings.hooks else []
    if not room.settings.mails:
        return messages
    messages += alarm.mails(found, [(person, wish) for person, wish, _ in people], public, now, room.home)
    for person, wish, seen in people:
        if person.role not in ROLES:
            continue
        message = digest(_reader(room, person, wish, seen), now, room.home)
        if message is not None:
            messages.append(message)
    return messages


def _reader(room: PostRoom, person: Person, wish: Subscription, seen: datetime | None) -> Reader:
    last = room.outbox.newest("digest", person.person_id)
    return Reader(wish=wish, desk=room.desk_of(person.role), seen=seen, last=last)


def _sent(room: PostRoom, message: Message, attempts: int, now: datetime) -> str:
    """Try to send *message* once more, write down what became of it and return its state."""
    try:
        room.send(message)
    except NotSentError as error:
        if error.again and attempts < len(PAUSES):
            room.outbox.happened(message.message_id, "retry", now, str(error), now + PAUSES[attempts])
            log.warning("%s: %s; tried again in %s", message.message_id, error, PAUSES[attempts])
            return "retry"
        room.outbox.happened(message.message_id, "given_up", now, str(error))
        log.error("%s: %s; given up", message.message_id, error)
        return "given_up"
    room.outbox.happened(message.message_id, "sent", now)
    return "sent"
