"""Departmental returns: handed in by one person, reviewed by another; each step stored with its audit entry."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from metrics.warehouse.audit import append_audit
from metrics.warehouse.engines.base import Engine
from metrics.warehouse.entries import WarehouseError
from metrics.warehouse.ledger import new_run_id
from metrics.warehouse.people import Deed
from metrics.warehouse.tables_ledger import PERSON, RETURN, RETURN_REVIEW

VERDICTS = ("approve", "send_back")


@dataclass(frozen=True, kw_only=True, slots=True)
class Return:
    """A return as handed in, and its review if there was one.

    *rows* are the figures read and *faults* the doubts about them, as plain values; *verdict* is empty while
    it waits, and *run_id* names the run that loaded it.
    """

    return_id: str
    template: str
    department: str
    handed_in_by: str
    handed_in_at: datetime
    payload_sha256: str
    rows: Sequence[Mapping[str, Any]] = field(repr=False)
    faults: Sequence[Mapping[str, Any]] = field(repr=False)
    verdict: str = ""
    reviewed_by: str = ""
    reviewed_at: datetime | None = None
    why: str = ""
    run_id: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What a second person decides: "approve" or "send_back", and why; *run_id* where figures are loaded."""

    return_id: str
    by: str
    what: str
    why: str = ""
    run_id: str = ""


class UnknownReturn(WarehouseError):  # noqa: N818 - it is an answer
    """There is no return of this name."""


class AlreadyReviewed(WarehouseError):  # noqa: N818 - it is an answer
    """Somebody has decided about this return."""


class SamePerson(WarehouseError):  # noqa: N818 - it is an answer
    """Who handed a return in cannot review it."""


class HandedInBefore(WarehouseError):  # noqa: N818 - it is an answer
    """The same bytes wait for review, or were approved."""


class ReturnBook:
    """Holds the engine through which returns and their reviews are kept."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def hand_in(self, given: Return, deed: Deed) -> None:
        """Keep a return that is handed in, with its audit entry; raise HandedInBefore."""
        if not given.handed_in_by:
            raise ValueError("a return needs a name; say who hands it in")
        with self.engine.writing("returns", durable=True) as connection:
            for other in _read(connection, RETURN.c.payload_sha256 == given.payload_sha256):
                if other.verdict != "send_back":
                    raise HandedInBefore(
                        f"return {other.return_id}: the same file waits or was approved; correct the file first"
                    )
            row = {
                "return_id": given.return_id,
                "template": given.template,
                "department": given.department,
                "handed_in_by": given.handed_in_by,
                "handed_in_at": given.handed_in_at,
                "payload_sha256": given.payload_sha256,
                "rows": _json(given.rows),
                "faults": _json(given.faults),
            }
            connection.execute(sa.insert(RETURN).values(**row))
            self._tell(connection, deed, given.handed_in_at)

    def returned(self, return_id: str) -> Return | None:
        """Return one return, or None."""
        with self.engine.sa.connect() as connection:
            found = _read(connection, RETURN.c.return_id == return_id)
        return found[0] if found else None

    def listed(self, limit: int = 100) -> list[Return]:
        """Return the newest returns, those that wait for review first, newest first in each half."""
        with self.engine.sa.connect() as connection:
            return _read(connection, sa.true(), limit)

    def reviewable(self, return_id: str, by: str) -> Return:
        """Return a return that *by* may review; raise UnknownReturn, AlreadyReviewed or SamePerson."""
        with self.engine.sa.connect() as connection:
            return _reviewable(connection, return_id, by)

    def review(self, verdict: Verdict, deed: Deed, at: datetime) -> None:
        """Keep a verdict that loads nothing, with its audit entry; raise as ``reviewable``."""
        with self.engine.writing("returns", durable=True) as connection:
            self._keep(connection, verdict, deed, at)

    def review_within(self, connection: sa.Connection, verdict: Verdict, deed: Deed, at: datetime) -> None:
        """Keep a verdict inside the loading that it lets in: all of it is stored, or none. Raise as ``reviewable``."""
        self.engine.take_lock(connection, "returns")
        self._keep(connection, verdict, deed, at)

    def _keep(self, connection: sa.Connection, verdict: Verdict, deed: Deed, at: datetime) -> None:
        if verdict.what not in VERDICTS:
            raise ValueError(f"verdict {verdict.what!r} is not known; expected one of {', '.join(VERDICTS)}")
        if verdict.what == "send_back" and not verdict.why:
            raise ValueError("a return that is sent back needs a reason; say what is to be mended")
        _reviewable(connection, verdict.return_id, verdict.by)
        row = {
            "return_id": verdict.return_id,
            "reviewed_at": at,
            "reviewed_by": verdict.by,
            "verdict": verdict.what,
            "why": verdict.why,
            "run_id": verdict.run_id or None,
        }
        connection.execute(sa.insert(RETURN_REVIEW).values(**row))
        self._tell(connection, deed, at)

    def _tell(self, connection: sa.Connection, deed: Deed, at: datetime) -> None:
        self.engine.take_lock(connection, "audit")
        append_audit(
            connection,
            actor=deed.actor,
            action=deed.action,
            subject=deed.subject,
            detail=deed.detail,
            now=at,
        )


def new_return_id(at: datetime) -> str:
    """Return a return's name: in the order of time, so that of two figures of one day the later one counts."""
    return f"r{new_run_id(at)}"


def _json(values: Sequence[Mapping[str, Any]]) -> str:
    return json.dumps([dict(one) for one in values], ensure_ascii=False, sort_keys=True)


def _read(connection: sa.Connection, which: sa.ColumnElement[bool], limit: int | None = None) -> list[Return]:
    review = RETURN_REVIEW.c
    asked = (
        sa.select(RETURN, review.verdict, review.reviewed_by, review.reviewed_at, review.why, review.run_id)
        .select_from(RETURN.outerjoin(RETURN_REVIEW, review.return_id == RETURN.c.return_id))
        .where(which)
        .order_by(review.verdict.is_not(None), RETURN.c.handed_in_at.desc(), RETURN.c.return_id.desc())
        .limit(limit)
    )
    return [_return(row) for row in connection.execute(asked).mappings()]


def _return(row: Mapping[str, Any]) -> Return:
    told = {name: row[name] or "" for name in ("verdict", "reviewed_by", "why", "run_id")}
    kept = ("return_id", "template", "department", "handed_in_by", "handed_in_at", "payload_sha256")
    return Return(
        **{name: row[name] for name in kept},
        **told,
        reviewed_at=row["reviewed_at"],
        rows=json.loads(row["rows"]),
        faults=json.loads(row["faults"]),
    )


def _reviewable(connection: sa.Connection, return_id: str, by: str) -> Return:
    found = _read(connection, RETURN.c.return_id == return_id)
    if not found:
        raise UnknownReturn(
            f"return {return_id}: expected one that was handed in, found none; list them first"
        )
    if found[0].verdict:
        raise AlreadyReviewed(
            f"return {return_id}: was decided already ({found[0].verdict} by {found[0].reviewed_by})"
        )
    if not by.strip():
        raise ValueError("a review needs a name; say who decides")
    name = connection.execute(sa.select(PERSON.c.name).where(PERSON.c.person_id == by)).scalar()
    # A file laid in a folder is signed with whatever its author calls themself: their id, or their name.
    if _folded(found[0].handed_in_by) in {_folded(by), _folded(name or by)}:
        raise SamePerson(
            f"return {return_id}: was handed in by {found[0].handed_in_by}; a second person must review it"
        )
    return found[0]


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
