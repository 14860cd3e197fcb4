"""Word going out: each message is written down once before it is sent, and so is what became of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from metrics.warehouse.engines.base import Engine
from metrics.warehouse.people import Person
from metrics.warehouse.tables_ledger import PERSON, SESSION
from metrics.warehouse.tables_outbox import MESSAGE, MESSAGE_EVENT, SUBSCRIPTION

STATES = ("sent", "retry", "given_up")
DIGESTS = ("off", "daily", "weekly")
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """What is to be sent: *message_id* says why, so that the same reason makes one message.

    *channel* is mail or webhook; *recipient* a person's id, or operators.
    """

    message_id: str
    kind: str
    recipient: str
    channel: str
    address: str
    lang: str
    subject: str
    body: str
    made_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Posted:
    """A message and how it stands: *state* is waiting, sent, retry or given_up, *why* what the last attempt said."""

    message: Message
    state: str = "waiting"
    attempts: int = 0
    why: str = ""
    at: datetime | None = None
    next_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Subscription:
    """What a person wants: a *digest* (off, daily, weekly) of work *items* (empty for all), *alerts*, and where to."""

    person_id: str
    address: str
    lang: str
    items: tuple[int, ...] = ()
    digest: str = "off"
    alerts: bool = False


class Outbox:
    """Holds the engine through which messages and wishes are kept."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def put(self, messages: Sequence[Message]) -> int:
        """Write down the messages that are not there yet, all or none, and return how many those were."""
        with self.engine.writing("outbox") as connection:
            ids = [one.message_id for one in messages]
            there = set(
                connection.execute(
                    sa.select(MESSAGE.c.message_id).where(MESSAGE.c.message_id.in_(ids))
                ).scalars()
            )
            new = {one.message_id: one for one in messages if one.message_id not in there}
            if new:
                rows = [{name: getattr(one, name) for name in MESSAGE.c.keys()} for one in new.values()]  # noqa: SIM118
                connection.execute(sa.insert(MESSAGE), rows)
        return len(new)

    def due(self, now: datetime, limit: int = 100) -> list[Posted]:
        """Return what is to be sent now, oldest first."""
        waiting = [one for one in self._posted() if one.state in {"waiting", "retry"}]
        return [one for one in reversed(waiting) if one.next_at is None or one.next_at <= now][:limit]

    def listed(self, limit: int = 200) -> list[Posted]:
        """Return the newest messages and how each stands, newest first."""
        return self._posted(limit)

    def happened(
        self, message_id: str, state: str, at: datetime, why: str = "", next_at: datetime | None = None
    ) -> None:
        """Write down what became of one more attempt; raises ValueError for a state there is not."""
        if state not in STATES:
            raise ValueError(
                f"message {message_id}: expected a state of {', '.join(STATES)}, found {state!r}"
            )
        mine = MESSAGE_EVENT.c.message_id == message_id
        with self.engine.writing("outbox") as connection:
            last = connection.execute(
                sa.select(sa.func.max(MESSAGE_EVENT.c.attempt)).where(mine)
            ).scalar_one()
            row = {"message_id": message_id, "attempt": (last or 0) + 1, "at": at}
            connection.execute(
                sa.insert(MESSAGE_EVENT).values(**row, state=state, why=why[:1000], next_at=next_at)
            )

    def newest(self, kind: str, recipient: str) -> datetime | None:
        """Return when the newest message of *kind* to somebody was written, None for never."""
        asked = sa.select(sa.func.max(MESSAGE.c.made_at)).where(
            MESSAGE.c.kind == kind, MESSAGE.c.recipient == recipient
        )
        with self.engine.sa.connect() as connection:
            return connection.execute(asked).scalar_one()

    def _posted(self, limit: int | None = None) -> list[Posted]:
        last = (
            sa.select(MESSAGE_EVENT.c.message_id, sa.func.max(MESSAGE_EVENT.c.attempt).label("attempt"))
            .group_by(MESSAGE_EVENT.c.message_id)
            .subquery()
        )
        event = MESSAGE_EVENT
        asked = (
            sa.select(MESSAGE, event.c.state, event.c.attempt, event.c.why, event.c.at, event.c.next_at)
            .select_from(
                MESSAGE.outerjoin(last, last.c.message_id == MESSAGE.c.message_id).outerjoin(
                    event,
                    sa.and_(event.c.message_id == last.c.message_id, event.c.attempt == last.c.attempt),
                )
            )
            .order_by(MESSAGE.c.made_at.desc(), MESSAGE.c.message_id)
            .limit(limit)
        )
        with self.engine.sa.connect() as connection:
            return [_posted(row) for row in connection.execute(asked).mappings()]

    # Who wants what

    def subscribe(self, wish: Subscription, at: datetime) -> None:
        """Keep what a person wants from now on; raises ValueError for a digest there is not."""
        if wish.digest not in DIGESTS:
            raise ValueError(f"digest: expected one of {', '.join(DIGESTS)}, found {wish.digest!r}")
        row = {
            "person_id": wish.person_id, "address": wish.address, "lang": wish.lang, "digest": wish.digest,
            "items": json.dumps(sorted(wish.items)), "alerts": wish.alerts,
        }  # fmt: skip
        mine = SUBSCRIPTION.c.person_id == wish.person_id
        with self.engine.writing("outbox") as connection:
            last = connection.execute(
                sa.select(sa.func.max(SUBSCRIPTION.c.recorded_at)).where(mine)
            ).scalar_one()
            moment = max(at, last + _MICROSECOND) if last else at
            connection.execute(sa.insert(SUBSCRIPTION).values(**row, recorded_at=moment))

    def subscription(self, person_id: str) -> Subscription | None:
        """Return what a person wants, None where they never said."""
        asked = (
            sa.select(SUBSCRIPTION)
            .where(SUBSCRIPTION.c.person_id == person_id)
            .order_by(SUBSCRIPTION.c.recorded_at.desc())
            .limit(1)
        )
        with self.engine.sa.connect() as connection:
            row = connection.execute(asked).mappings().one_or_none()
        return _subscription(row) if row else None

    def subscribers(self) -> list[tuple[Person, Subscription, datetime | None]]:
        """Return those who may sign in and said what they want, each with when they last looked at a page."""
        with self.engine.sa.connect() as connection:
            wishes: dict[str, Subscription] = {}
            for row in connection.execute(
                sa.select(SUBSCRIPTION).order_by(SUBSCRIPTION.c.recorded_at)
            ).mappings():
                wishes[row["person_id"]] = _subscription(row)
            seen = dict(
                connection.execute(
                    sa.select(SESSION.c.person_id, sa.func.max(SESSION.c.seen_at)).group_by(
                        SESSION.c.person_id
                    )
                ).all()
            )
            people = connection.execute(sa.select(PERSON).where(PERSON.c.enabled)).mappings()
            return [
                (
                    Person(person_id=row["person_id"], name=row["name"], role=row["role"]),
                    wishes[row["person_id"]],
                    seen.get(row["person_id"]),
                )
                for row in people
                if row["person_id"] in wishes
            ]


def _posted(row: sa.RowMapping) -> Posted:
    message = Message(**{name: row[name] for name in MESSAGE.c.keys()})  # noqa: SIM118 - not a mapping
    if row["state"] is None:
        return Posted(message=message)
    told = {name: row[name] for name in ("state", "why", "at", "next_at")}
    return Posted(message=message, attempts=row["attempt"], **told)


def _subscription(row: sa.RowMapping) -> Subscription:
    told = {name: row[name] for name in ("person_id", "address", "lang", "digest")}
    return Subscription(**told, items=tuple(json.loads(row["items"])), alerts=bool(row["alerts"]))
