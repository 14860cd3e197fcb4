"""People who sign in and their sessions; each change of a person is stored together with its audit entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from metrics.warehouse.audit import append_audit
from metrics.warehouse.columns import instant_of
from metrics.warehouse.engines.base import Engine
from metrics.warehouse.entries import WarehouseError
from metrics.warehouse.tables_ledger import AUDIT, PERSON, SESSION

SESSIONS_KEPT = timedelta(days=90)
_PERSON = tuple(column for column in PERSON.c if column.name != "changed_at")


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody who may sign in; *password* is a hash, or empty where another house vouches for them."""

    person_id: str
    name: str
    role: str
    password: str = field(default="", repr=False)
    enabled: bool = True
    created_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """A session that is kept under the hash of its id, and whose it is."""

    session_hash: str
    person: Person
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Deed:
    """Who did what to whom: the audit entry that goes with a change. *detail* never holds a secret."""

    actor: str
    action: str
    subject: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditLine:
    """One entry of the audit; *detail* is JSON."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: str


class UnknownPerson(WarehouseError):  # noqa: N818 - it is an answer
    """There is nobody of this name."""


class AlreadyThere(WarehouseError):  # noqa: N818 - it is an answer
    """Somebody of this name is there already."""


Check = Callable[[Sequence[Person], Sequence[Person]], None]


class People:
    """Holds the engine through which people, sessions and audit are kept."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def person(self, person_id: str) -> Person | None:
        """Return one person, or None."""
        # Asked with every request where a proxy signs people in, so straight from the driver.
        text = self.engine.text_of("person", lambda: _person_statement(self.engine))
        rows = self.engine.read(text, {"person_id": person_id})
        return _person_of(*rows[0]) if rows else None

    def listed(self) -> list[tuple[Person, datetime | None]]:
        """Return everybody, with when they were last seen, by name."""
        seen = sa.select(sa.func.max(SESSION.c.seen_at)).where(SESSION.c.person_id == PERSON.c.person_id)
        asked = sa.select(*_PERSON, seen.scalar_subquery().label("seen_at")).order_by(PERSON.c.person_id)
        with self.engine.sa.connect() as connection:
            rows = connection.execute(asked).mappings().all()
        return [
            (Person(**{name: row[name] for name in row if name != "seen_at"}), row["seen_at"]) for row in rows
        ]

    def add(self, person: Person, deed: Deed, at: datetime) -> None:
        """Add *person*; raise AlreadyThere when the name is taken."""
        with self._changing() as connection:
            if _person(connection, person.person_id):
                raise AlreadyThere(
                    f"person {person.person_id}: expected a name not taken yet, found somebody; "
                    "choose another, or change the role of the one there"
                )
            row = {
                "person_id": person.person_id,
                "name": person.name,
                "role": person.role,
                "password": person.password,
                "enabled": person.enabled,
                "created_at": at,
                "changed_at": at,
            }
            connection.execute(sa.insert(PERSON).values(**row))
            self._tell(connection, deed, at)

    def change(
        self, person_id: str, deed: Deed, at: datetime, *, check: Check | None = None, **to: Any
    ) -> int:
        """Change name, role, password or enabled of a person; return how many of their sessions ended.

        *check* sees everybody as they are and as they would be, and raises to leave all as it was. Whoever is
        disabled or gets a new password is signed out everywhere. Raises UnknownPerson.
        """
        with self._changing() as connection:
            there = _person(connection, person_id)
            if there is None:
                raise UnknownPerson(
                    f"person {person_id}: expected somebody known, found nobody; list people to see who is"
                )
            if check is not None:
                everybody = [Person(**row) for row in connection.execute(sa.select(*_PERSON)).mappings()]
                check(everybody, [replace(p, **to) if p.person_id == person_id else p for p in everybody])
            mine = PERSON.c.person_id == person_id
            connection.execute(sa.update(PERSON).where(mine).values(changed_at=at, **to))
            ended = _end(connection, person_id, at) if "password" in to or to.get("enabled") is False else 0
            self._tell(connection, deed, at)
            return ended

    def rehash(self, person_id: str, before: str, password: str) -> None:
        """Keep the same password under a newer hash, unless it was changed meanwhile."""
        same = sa.and_(PERSON.c.person_id == person_id, PERSON.c.password == before)
        with self.engine.writing("people") as connection:
            connection.execute(sa.update(PERSON).where(same).values(password=password))

    def open_session(self, session: Session, deed: Deed) -> None:
        """Keep a new session; those that ran out a season before it are cleared away."""
        old = SESSION.c.expires_at < session.created_at - SESSIONS_KEPT
        with self._changing() as connection:
            connection.execute(sa.delete(SESSION).where(old))
            row = {
                "session_hash": session.session_hash,
                "person_id": session.person.person_id,
                "created_at": session.created_at,
                "seen_at": session.seen_at,
                "expires_at": session.expires_at,
                "ended_at": None,
            }
            connection.execute(sa.insert(SESSION).values(**row))
            self._tell(connection, deed, session.created_at)

    def session(self, session_hash: str) -> Session | None:
        """Return the session kept under *session_hash*, over or not, or None."""
        # Asked with every request of somebody signed in, so straight from the driver.
        text = self.engine.text_of("session", lambda: _session_statement(self.engine))
        rows = self.engine.read(text, {"hash": bytes.fromhex(session_hash)})
        if not rows:
            return None
        *whose, created, seen, expires, ended = rows[0]
        person = _person_of(*whose)
        return Session(
            session_hash=session_hash,
            person=person,
            created_at=instant_of(created),
            seen_at=instant_of(seen),
            expires_at=instant_of(expires),
            ended_at=None if ended is None else instant_of(ended),
        )

    def see_session(self, session_hash: str, at: datetime) -> bool:
        """Write down that a session was used; False when the warehouse has no time for it now."""
        mine = SESSION.c.session_hash == session_hash
        try:
            with self.engine.writing("people") as connection:
                connection.execute(sa.update(SESSION).where(mine).values(seen_at=at))
        except sa.exc.OperationalError:
            return False
        return True

    def end_session(self, session_hash: str, at: datetime, deed: Deed | None = None) -> None:
        """End a session; it cannot be used again."""
        mine = sa.and_(SESSION.c.session_hash == session_hash, SESSION.c.ended_at.is_(None))
        with self._changing() as connection:
            connection.execute(sa.update(SESSION).where(mine).values(ended_at=at))
            if deed is not None:
                self._tell(connection, deed, at)

    def note(self, deed: Deed, at: datetime) -> int:
        """Add an audit entry that goes with no change, and return its number."""
        with self.engine.writing("audit", durable=True) as connection:
            return _append(connection, deed, at)

    def audit_lines(self, limit: int = 50) -> list[AuditLine]:
        """Return the newest entries of the audit, newest first."""
        columns = (AUDIT.c.number, AUDIT.c.at, AUDIT.c.actor, AUDIT.c.action, AUDIT.c.subject, AUDIT.c.detail)
        with self.engine.sa.connect() as connection:
            rows = connection.execute(sa.select(*columns).order_by(AUDIT.c.number.desc()).limit(limit))
            return [AuditLine(**row) for row in rows.mappings()]

    def _changing(self) -> Any:
        return self.engine.writing("people", durable=True)

    def _tell(self, connection: sa.Connection, deed: Deed, at: datetime) -> None:
        self.engine.take_lock(connection, "audit")
        _append(connection, deed, at)


def _columns(engine: Engine) -> list[sa.ColumnElement]:
    """Return what ``_person_of`` takes."""
    person = PERSON.c
    plain = [person.person_id, person.name, person.role, person.password, person.enabled]
    return [*plain, engine.number_of(person.created_at)]


def _person_of(person_id: str, name: str, role: str, password: str, enabled: object, added: int) -> Person:
    return Person(
        person_id=person_id,
        name=name,
        role=role,
        password=password,
        enabled=bool(enabled),
        created_at=instant_of(added),
    )


def _person_statement(engine: Engine) -> sa.Select:
    mine = PERSON.c.person_id == sa.bindparam("person_id", type_=sa.Text())
    return sa.select(*_columns(engine)).where(mine)


def _session_statement(engine: Engine) -> sa.Select:
    session = SESSION.c
    instants = (session.created_at, session.seen_at, session.expires_at, session.ended_at)
    return (
        sa.select(*_columns(engine), *(engine.number_of(column) for column in instants))
        .join_from(SESSION, PERSON, PERSON.c.person_id == session.person_id)
        .where(session.session_hash == sa.bindparam("hash", type_=sa.LargeBinary()))
    )


def _append(connection: sa.Connection, deed: Deed, at: datetime) -> int:
    return append_audit(
        connection,
        actor=deed.actor,
        action=deed.action,
        subject=deed.subject,
        detail=deed.detail,
        now=at,
    )


def _person(connection: sa.Connection, person_id: str) -> Person | None:
    row = (
        connection.execute(sa.select(*_PERSON).where(PERSON.c.person_id == person_id))
        .mappings()
        .one_or_none()
    )
    return None if row is None else Person(**row)


def _end(connection: sa.Connection, person_id: str, at: datetime) -> int:
    theirs = sa.and_(SESSION.c.person_id == person_id, SESSION.c.ended_at.is_(None))
    return connection.execute(sa.update(SESSION).where(theirs).values(ended_at=at)).rowcount
