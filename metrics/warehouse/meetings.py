"""Meetings, decisions and actions that people keep: every word said of them, each stored with its audit entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from metrics.warehouse.engines.base import Engine
from metrics.warehouse.entries import WarehouseError
from metrics.warehouse.people import Deed
from metrics.warehouse.said import keep, need_audience, need_author, need_texts, texts_of
from metrics.warehouse.tables_meetings import ACTION_EVENT, DECISION, MEETING

MEETING_STATES = ("planned", "held", "cancelled")
MEETING_KINDS = ("plenary", "other")
MEETING_PRECISIONS = ("day", "month", "reported")
DECISION_STATES = ("taken", "withdrawn")
ACTION_EVENTS = ("opened", "changed", "done", "dropped", "reopened")
CLOSED = ("done", "dropped")


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """What each word carries: for whom, since when it could be known, where it stands, whose it is.

    *recorded_at* is None until it is kept.
    """

    audience: str = "public"
    known_at: datetime
    source_title: str = ""
    source_url: str = ""
    said_by: str
    person_id: str = ""
    recorded_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingWord(Word):
    """A word about a meeting, one of MEETING_STATES; *held_on* is as exact as *held_precision*.

    *as_of* bounds what the meeting could know, *stamp* what was recorded when it was first told as held.
    """

    meeting_id: str
    state: str = "held"
    kind: str = "other"
    held_on: date
    held_precision: str = "day"
    as_of: datetime
    stamp: int | None = None
    place_id: str = ""
    names: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class DecisionWord(Word):
    """A word about a decision, one of DECISION_STATES; *work_item* 0 stands for all five."""

    decision_id: str
    state: str = "taken"
    meeting_id: str
    work_item: int = 0
    texts: Mapping[str, str]
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionWord(Word):
    """A word about an action, one of ACTION_EVENTS, with the whole of it as it is from then on."""

    action_id: str
    event: str = "opened"
    meeting_id: str
    work_item: int = 0
    texts: Mapping[str, str]
    owner: str
    due_on: date | None = None
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """Every word there is, oldest first."""

    meetings: tuple[MeetingWord, ...] = ()
    decisions: tuple[DecisionWord, ...] = ()
    actions: tuple[ActionWord, ...] = field(default=())


class UnknownSubject(WarehouseError):  # noqa: N818 - it is an answer
    """There is no such meeting, decision or action."""


class AlreadyIs(WarehouseError):  # noqa: N818 - it is an answer
    """It is what it is to become already, or can become it no more."""


class MeetingBook:
    """Holds the engine through which meetings, decisions and actions are kept."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def words(self) -> Kept:
        """Return every word about meetings, decisions and actions."""
        with self.engine.snapshot() as connection:
            return Kept(
                meetings=tuple(_meetings(connection)),
                decisions=tuple(_decisions(connection)),
                actions=tuple(_actions(connection)),
            )

    def say_meeting(self, word: MeetingWord, deed: Deed, at: datetime, *, new: bool = False) -> MeetingWord:
        """Keep a word about a meeting and return it as kept; with *new* raise AlreadyIs for one that is there."""
        what = f"meeting {word.meeting_id}"
        _one_of(word.state, MEETING_STATES, what)
        _one_of(word.kind, MEETING_KINDS, what)
        _one_of(word.held_precision, MEETING_PRECISIONS, what)
        need_texts(word.names, what)

        def check(connection: sa.Connection) -> None:
            if new and any(one.meeting_id == word.meeting_id for one in _meetings(connection)):
                raise AlreadyIs(f"{what}: somebody entered it meanwhile; look at it before you change it")

        return self._keep(MEETING, word, deed, at, check)

    def say_decision(self, word: DecisionWord, deed: Deed, at: datetime) -> DecisionWord:
        """Keep a word about a decision; raise UnknownSubject or AlreadyIs where it does not follow."""
        what = f"decision {word.decision_id}"
        _one_of(word.state, DECISION_STATES, what)
        need_texts(word.texts, what)

        def check(connection: sa.Connection) -> None:
            said = [one.state for one in _decisions(connection) if one.decision_id == word.decision_id]
            _follows(what, said, word.state, first="taken", after={"withdrawn": ("taken",)})

        return self._keep(DECISION, word, deed, at, check)

    def say_action(self, word: ActionWord, deed: Deed, at: datetime) -> ActionWord:
        """Keep a word about an action; raise UnknownSubject or AlreadyIs where it does not follow."""
        what = f"action {word.action_id}"
        _one_of(word.event, ACTION_EVENTS, what)
        need_texts(word.texts, what)
        if not word.owner.strip():
            raise ValueError(f"{what}: expected who does it, found nobody; name an owner")
        open_now = ("opened", "changed", "reopened")
        after = {"changed": open_now, "done": open_now, "dropped": open_now, "reopened": CLOSED}

        def check(connection: sa.Connection) -> None:
            said = [one.event for one in _actions(connection) if one.action_id == word.action_id]
            _follows(what, said, word.event, first="opened", after=after)

        return self._keep(ACTION_EVENT, word, deed, at, check)

    def _keep(self, table: sa.Table, word: Any, deed: Deed, at: datetime, check: Any = None) -> Any:
        need_author(word.said_by, table.name)
        need_audience(word.audience, table.name)
        row = {name: value for name, value in asdict(word).items() if name != "recorded_at"}
        return replace(word, recorded_at=keep(self.engine, table, row, deed, at, check=check))


def _one_of(found: str, known: Sequence[str], what: str) -> None:
    if found not in known:
        raise ValueError(f"{what}: expected one of {', '.join(known)}, found {found!r}")


def _follows(
    what: str, said: Sequence[str], now: str, *, first: str, after: Mapping[str, Sequence[str]]
) -> None:
    """Raise unless *now* may be said after all that was *said*."""
    if not said and now != first:
        raise UnknownSubject(f"{what}: expected one that was {first}, found none; list them first")
    if said and said[-1] not in after.get(now, ()):
        raise AlreadyIs(f"{what}: is {said[-1]}, and cannot be {now} after that")


def _meetings(connection: sa.Connection) -> list[MeetingWord]:
    return [MeetingWord(**row | {"names": texts_of(row["names"])}) for row in _rows(connection, MEETING)]


def _decisions(connection: sa.Connection) -> list[DecisionWord]:
    return [DecisionWord(**row | {"texts": texts_of(row["texts"])}) for row in _rows(connection, DECISION)]


def _actions(connection: sa.Connection) -> list[ActionWord]:
    return [ActionWord(**row | {"texts": texts_of(row["texts"])}) for row in _rows(connection, ACTION_EVENT)]


def _rows(connection: sa.Connection, table: sa.Table) -> list[dict[str, Any]]:
    asked = sa.select(table).order_by(table.c.recorded_at, *table.primary_key)
    return [dict(row) for row in connection.execute(asked).mappings()]
