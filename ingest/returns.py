"""Departments' returns on their way in: read, handed in, approved by a second person, loaded through the pipeline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from geo.places import atlas
from ingest.errors import ShapeError
from ingest.pipeline import run_payload
from ingest.report import RunReport
from ingest.returns_difference import Change, difference
from ingest.returns_form import (
    FORM,
    MEDIA_TYPE,
    Fault,
    RefusedReturn,
    Returned,
    ReturnRow,
    returnable,
    row_of,
)
from ingest.returns_words import said, texts
from ingest.source import Payload, Record, Row, Source
from ingest.tools import Tools
from metrics.indicators import catalogue
from metrics.warehouse.loading import Loading
from metrics.warehouse.people import Deed
from metrics.warehouse.returns import Return, ReturnBook, Verdict, new_return_id
from metrics.warehouse.values import HONG_KONG

SOURCE_ID = "returns"
_ADDRESS = "return:"
# A figure that was published nowhere else is known when it is approved: never by its period and a lag.
_NEVER_BY_LAG = 36_500


@dataclass(frozen=True, kw_only=True)
class Hand:
    """Who does something with a return, from where (an address, or the inbox)."""

    person_id: str
    where: str = ""

    def deed(self, action: str, subject: str, **detail: Any) -> Deed:
        """Return the audit entry of what they did."""
        where = {"address": self.where} if self.where else {}
        return Deed(actor=self.person_id, action=action, subject=subject, detail=where | detail)


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A file without faults: what it says, and what that would change."""

    returned: Returned
    changes: Sequence[Change]
    sha256: str


class FaultyReturn(ValueError):  # noqa: N818 - it is an answer
    """A return with faults; *returned* holds all of them."""

    def __init__(self, returned: Returned) -> None:
        super().__init__("; ".join(fault.line("en") for fault in returned.faults))
        self.returned = returned

    @property
    def faults(self) -> Sequence[Fault]:
        """Return every fault."""
        return self.returned.faults


def today_of(now: datetime) -> date:
    """Return the Hong Kong day of *now*."""
    return now.astimezone(HONG_KONG).date()


def template(department: str, indicators: Sequence[str], lang: str, tools: Tools) -> bytes:
    """Return the template of a department for these indicators, with the last known figures; raise RefusedReturn."""
    wanted = [one for one in indicators if one in catalogue() and returnable(catalogue().get(one))]
    now = tools.clock()
    if not wanted:
        raise RefusedReturn("answer.no_indicators")
    from ingest.returns_template import template as make_template  # noqa: PLC0415 - its library is large

    known = tools.warehouse.latest(wanted, as_of=now)
    return make_template(department, wanted, lang, known, today=today_of(now))


def _read(content: bytes, now: datetime) -> Returned:
    from ingest.returns_reading import read  # noqa: PLC0415 - its library is large

    return read(content, today=today_of(now))


def check(content: bytes, tools: Tools) -> Checked:
    """Return what a file says and would change; raise RefusedReturn, or FaultyReturn with every fault of it."""
    now = tools.clock()
    returned = _read(content, now)
    if returned.faults:
        raise FaultyReturn(returned)
    payload = _payload(content, "", now)
    changes = difference(returned.rows, tools.warehouse, now=now)
    return Checked(returned=returned, changes=changes, sha256=payload.sha256)


def keep(content: bytes, tools: Tools) -> str:
    """Keep the bytes of a sound file in the archive until it is handed in, and return their SHA-256."""
    payload = _payload(content, "", tools.clock())
    tools.archive.keep(payload)
    return payload.sha256


def submit(content: bytes, tools: Tools, by: Hand) -> Return:
    """Hand a file in for review by somebody else: archive its bytes, keep its figures and doubts, write the audit.

    Raises as ``check``, and HandedInBefore.
    """
    checked = check(content, tools)
    sha256, now = keep(content, tools), tools.clock()
    returned = checked.returned
    given = Return(
        return_id=new_return_id(now),
        template=f"{FORM}/{returned.lang}",
        department=returned.department,
        handed_in_by=by.person_id,
        handed_in_at=now,
        payload_sha256=sha256,
        rows=[row.plain() for row in returned.rows],
        faults=[doubt for change in checked.changes for doubt in change.plain_doubts()],
    )
    told = {"step": "submitted", "department": given.department, "payload": sha256, "rows": len(given.rows)}
    ReturnBook(tools.warehouse.engine).hand_in(given, by.deed("return", given.return_id, **told))
    return given


def rows_of(given: Return) -> list[ReturnRow]:
    """Return the figures of a return that was handed in."""
    return [row_of(one) for one in given.rows]


def approve(return_id: str, tools: Tools, by: Hand, why: str = "") -> RunReport:
    """Load a return that somebody else handed in: figures, run, verdict and audit in one transaction, or nothing.

    Raises UnknownReturn, AlreadyReviewed, SamePerson, and RefusedReturn where doubtful figures need a reason.
    What the checks hold back waits in quarantine. A report that says failed has left the return undecided.
    """
    book = ReturnBook(tools.warehouse.engine)
    given = book.reviewable(return_id, by.person_id)
    why = " ".join(why.split())
    if given.faults and not why:
        raise RefusedReturn("answer.needs_reason_doubts")
    now = tools.clock()
    payload = _payload(tools.archive.read(given.payload_sha256), return_id, now)
    told = {"verdict": "approve", "handed_in_by": given.handed_in_by, "payload": given.payload_sha256}

    def decide(tx: Loading) -> None:
        verdict = Verdict(return_id=return_id, by=by.person_id, what="approve", why=why, run_id=tx.run_id)
        deed = by.deed("review", return_id, **told, why=why, run=tx.run_id)
        book.review_within(tx.connection, verdict, deed, now)

    return run_payload(source(tools), payload, tools, also=decide)


def send_back(return_id: str, tools: Tools, by: Hand, why: str) -> None:
    """Send a return back with a reason; nothing of it is loaded. Raises as ``approve``."""
    why = " ".join(why.split())
    if not why:
        raise RefusedReturn("answer.needs_reason")
    book = ReturnBook(tools.warehouse.engine)
    given = book.reviewable(return_id, by.person_id)
    told = {"verdict": "send_back", "handed_in_by": given.handed_in_by, "why": why}
    verdict = Verdict(return_id=return_id, by=by.person_id, what="send_back", why=why)
    book.review(verdict, by.deed("review", return_id, **told), tools.clock())


def _payload(content: bytes, return_id: str, now: datetime) -> Payload:
    return Payload(content=content, url=_ADDRESS + return_id, media_type=MEDIA_TYPE, fetched_at=now)


def source(tools: Tools) -> Source:
    """Return the source of departments' returns, as the pipeline knows it."""
    places = tuple(place.id for place in atlas())
    fed = [one for one in tools.meanings if one in catalogue() and returnable(catalogue().get(one))]
    return Source(
        id=SOURCE_ID,
        title=texts()["source"]["title"],
        publisher="",
        page_url="",
        licence="",
        schedule="",
        requests=(),
        parse=records,
        feeds=dict.fromkeys(fed, places),
        fresh_within=timedelta.max,
        lag_days=_NEVER_BY_LAG,
        cite=citation,
    )


def records(payload: Payload) -> Iterator[Record]:
    """Yield the figures of an approved return; each carries the return and the row that it came from."""
    today = today_of(payload.fetched_at)
    returned = _read(payload.content, payload.fetched_at)
    if returned.faults:
        raise ShapeError("; ".join(fault.line("en") for fault in returned.faults))
    return_id = payload.url.removeprefix(_ADDRESS)
    for row in returned.rows:
        yield _record(row, returned, return_id, today)


def _record(row: ReturnRow, returned: Returned, return_id: str, today: date) -> Record:
    said_where = {
        "return": return_id,
        "cell": row.cell,
        "publisher": returned.department,
        "title": row.title or said("form.return_title", returned.lang),
        "url": row.url,
        "published_on": (row.published_on or today).isoformat(),
        "precision": "day",
    }
    return Record(
        indicator=row.indicator,
        place=row.place,
        start=row.start,
        end=row.end,
        span=row.span,
        value=row.value,
        unit=row.unit,
        breakdown=row.breakdown,
        counting_basis=row.counting_basis,
        qualifier=row.qualifier,
        status=row.status,
        known_on=row.published_on,
        figure_ref=f"{return_id}:{row.row}",
        row=Row(said_where.items(), row.row),
    )


def citation(record: Record) -> Mapping[str, str]:
    """Return where a returned figure stands: department (an organisation id), document, address, date, precision."""
    row = record.row or {}
    return {
        name: str(row.get(name, "")) for name in ("publisher", "title", "url", "published_on", "precision")
    }
