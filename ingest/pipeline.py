"""The straight line: fetch, keep, parse, check, load. All of a payload is parsed or nothing of it is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from ingest.checks import check_age, check_growth, check_listing, doubts
from ingest.contract import discarded_rows, read
from ingest.corrections import corrected
from ingest.difference import Difference, difference
from ingest.entry import SAME_BYTES, Entry
from ingest.errors import IngestError, LoadError, NotConfiguredError, SupersededError
from ingest.fetch import Validators
from ingest.headers import http_day, instant
from ingest.lease import TakenError
from ingest.observations import observations, readings
from ingest.past import past_of
from ingest.proposals import proposed
from ingest.quarantine import released, suspects_of, told
from ingest.report import RunReport
from ingest.source import Payload, Record, Request, Source
from ingest.tools import Tools
from metrics.warehouse.batch import Batch, batches_of
from metrics.warehouse.entries import AlreadyRun, FenceLost, Suspect, WarehouseError
from metrics.warehouse.loading import Loading
from metrics.warehouse.values import HONG_KONG, Reading

_BELIEVED = timedelta(hours=20)  # how long a publisher's "not modified" is taken at its word


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A payload that may be loaded, as the warehouse takes it in, and the records held back.

    *known* says that the same bytes were what came last. *proposals* are for a person, and no doubt about a figure.
    """

    payload: Payload
    figures: Sequence[Batch] = ()
    slots: Sequence[Reading] = ()
    events: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    citations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    held_back: Sequence[Suspect] = ()
    proposals: Sequence[Suspect] = ()
    known: bool = False


def run(
    source: Source,
    tools: Tools,
    *,
    trigger: str = "hand",
    logical_time: datetime | None = None,
    accept_shorter: bool = False,
    bring: Callable[[Entry], list[Payload]] | None = None,
) -> RunReport:
    """Run *source* once and return what it did; no exception leaves this function.

    *logical_time* is the scheduled tick; by hand a run is told by what it fetched, or by its time where the same
    bytes later are another reading. *accept_shorter* lets a file be shorter or older than before, for when its
    publisher really took figures away. *bring* gives payloads of elsewhere, all of which are parsed.
    """
    entry = Entry(source, tools, trigger)
    with entry.told():
        try:
            with entry.held():
                if logical_time is not None:
                    entry.open(logical_time)
                payloads = bring(entry) if bring else _fetched(entry)
                entry.open(logical_time or ("" if source.snapshots else _told_by(payloads)) or tools.clock())
                how = {"growing": not accept_shorter, "again": bring is not None}
                ready = [_ready(payload, entry, **how) for payload in payloads]
                load(entry, [one for one in ready if one is not None])
        except (TakenError, AlreadyRun) as error:
            entry.stand_back(error)
        except Exception as error:
            entry.fail(as_ours(error, entry))
    return entry.report()


def run_payload(
    source: Source,
    payload: Payload,
    tools: Tools,
    *,
    trigger: str = "hand",
    again: bool = False,
    events: Mapping[str, Sequence[Any]] | None = None,
    also: Callable[[Loading], None] | None = None,
) -> RunReport:
    """Load one payload that is at hand, and return what it brought; no exception leaves this function.

    The run is told by the payload's hash. *again* parses what was loaded before. *events* is what the payload
    says, where that is events of the agenda and not figures. *also* is done in the transaction that loads it,
    and not where the payload is refused.
    """
    entry = Entry(source, tools, trigger)
    with entry.told():
        try:
            with entry.held():
                entry.open(payload.sha256)
                ready = _ready(payload, entry, growing=False, again=again, events=events)
                load(entry, [ready] if ready is not None else [], also=also)
        except TakenError as error:
            entry.stand_back(error)
        except Exception as error:
            entry.fail(as_ours(error, entry))
    return entry.report()


def _fetched(entry: Entry) -> list[Payload]:
    """Fetch every request; those that fail are said, and fail the run only if nothing came at all."""
    source, tools = entry.source, entry.tools
    key = tools.keys.get(source.id, "")
    if source.key_needed and not key:
        raise NotConfiguredError(f"needs a key; set GBA_KEY_{source.id.upper()}")
    entry.reach("fetch")
    payloads: list[Payload] = []
    faults: list[IngestError] = []
    for request in source.requests:
        try:
            seen = None if source.snapshots else _seen(request, source, tools)
            payload = tools.fetch(request, seen=seen, key=key)
        except IngestError as error:
            faults.append(error)
            continue
        if payload is not None:
            payloads.append(payload)
    if faults and len(faults) == len(source.requests):
        raise faults[0]
    for error in faults:
        entry.refuse(error)
    return payloads


def _seen(request: Request, source: Source, tools: Tools) -> Validators | None:
    last = tools.warehouse.last_fetch(request.url, source.id)
    # A publisher's "not modified" may be a lie, so now and then the whole file is asked for again.
    if last is None or tools.clock() - last.at > _BELIEVED:
        return None
    return Validators(etag=last.etag, last_modified=instant(last.last_modified))


def _told_by(payloads: Sequence[Payload]) -> str:
    """Return what tells a run by hand: the hash of what it fetched."""
    if len(payloads) < 2:
        return payloads[0].sha256 if payloads else ""
    return hashlib.sha256("".join(payload.sha256 for payload in payloads).encode()).hexdigest()


def _ready(
    payload: Payload,
    entry: Entry,
    *,
    growing: bool,
    again: bool = False,
    events: Mapping[str, Sequence[Any]] | None = None,
) -> Ready | None:
    """Keep, parse and check one payload; None where it is refused, which the entry then says."""
    try:
        entry.reach("archive")
        entry.tools.archive.keep(payload)
        if not again and _came_last(payload, entry):
            return Ready(payload=payload, known=True)
        if events is not None:
            count = sum(map(len, events.values()))
            entry.counts.update(read=count, figures=count)
            return Ready(payload=payload, events=events)
        entry.reach("parse")
        found = read(entry.source, payload, entry.let_be)
        torn = discarded_rows(entry.source, payload, found)
        entry.counts["read"] += found.rows + len(torn)
        proposals = proposed(entry.source, payload)
        entry.reach("check")
        ready = _checked(payload, found.records, entry, growing=growing)
        return replace(ready, held_back=[*ready.held_back, *torn], proposals=proposals)
    except IngestError as error:
        entry.refuse(error, payload)
        return None


def _came_last(payload: Payload, entry: Entry) -> bool:
    # Not whether they ever came: a publisher who takes a change back sends the bytes of before.
    last = entry.tools.warehouse.last_fetch(payload.url, entry.source.id)
    if last is None or last.sha256 != payload.sha256:
        return False
    return not entry.source.snapshots or (payload.filed and payload.etag == last.etag)


def _checked(payload: Payload, records: list[Record], entry: Entry, *, growing: bool) -> Ready:
    source, tools = entry.source, entry.tools
    entry.counts.update(figures=len(records))
    records, said = corrected(source.id, records, tools.known_errors)
    entry.said += said
    then = payload.said_at if entry.trigger == "backfill" else None
    past = past_of(source, records, tools, then)
    if growing:
        check_growth(source, records, past)
        check_age(records, past)
        check_listing(source, records, past)
    today = payload.fetched_at.astimezone(HONG_KONG).date()
    found = doubts(source, records, meanings=tools.meanings, today=today, past=past)
    held = suspects_of(source, records, [doubt for doubt in found if doubt.gates], payload)
    free = released(held, tools)
    kept_out = {index for index in held if index not in free}
    entry.said += told(found, records)
    good = [record for index, record in enumerate(records) if index not in kept_out]
    entry.reaches(good)
    return Ready(
        payload=payload,
        **stored_form(source, good, payload),
        held_back=[held[index] for index in sorted(kept_out)],
    )


def stored_form(source: Source, records: Sequence[Record], payload: Payload) -> dict[str, Any]:
    """Return records as the warehouse takes them in: in columns already, so that the transaction is short."""
    figures = list(batches_of(observations(source, records, payload)))
    cited = {record.figure_ref: source.cite(record) for record in records} if source.cite else {}
    return {"figures": figures, "slots": readings(records), "citations": cited}


def load(entry: Entry, ready: Sequence[Ready], *, also: Callable[[Loading], None] | None = None) -> None:
    """Store everything that is ready and the run's end in one transaction, under the lease's number.

    *also* is a person's decision that is stored with it, on disk before this returns.
    """
    entry.reach("load")
    entry.counts["quarantined"] = sum(len(one.held_back) for one in ready)
    entry.tell(_difference(entry, ready))
    durable = also is not None
    with entry.tools.warehouse.loading(entry.run_id, fence=entry.lease.fence, durable=durable) as tx:
        for one in ready:
            _load_one(tx, one, entry)
        if also is not None and ready:
            also(tx)
        entry.close(tx, came=bool(ready))


def _difference(entry: Entry, ready: Sequence[Ready]) -> Difference | None:
    fresh = [one for one in ready if not one.known]
    wanted = {request.url for request in entry.source.requests}
    then = [one.payload.said_at for one in fresh if entry.trigger in {"replay", "backfill"}]
    return difference(
        entry.source,
        [batch for one in fresh for batch in one.figures],
        entry.tools.warehouse,
        as_of=min(then) if then else entry.tools.clock(),
        whole=bool(wanted) and {one.payload.url for one in fresh} >= wanted,
    )


def _load_one(tx: Loading, one: Ready, entry: Entry) -> None:
    payload = one.payload
    if one.known:
        entry.as_before(SAME_BYTES)
    else:
        tx.record_payload(entry.entry_of(payload))
        counts = tx.append_readings(one.slots) + tx.append_events(**one.events)
        for figures in one.figures:
            counts += tx.load(figures)
        if one.citations:
            tx.put_documents("citation", one.citations)
        tx.quarantine([*one.held_back, *one.proposals])
        entry.counts.update(new=counts.new, unchanged=counts.unchanged)
    tx.run_payload(
        payload.url,
        sha256=payload.sha256,
        etag=payload.etag,
        last_modified=http_day(payload.last_modified) if payload.last_modified else "",
    )


def as_ours(error: Exception, entry: Entry) -> Exception:
    """Return *error* as one of this room where it is the warehouse's: nothing was stored."""
    if isinstance(error, FenceLost):
        return SupersededError(str(error))
    if isinstance(error, WarehouseError):
        return LoadError(str(error))
    if entry.stage == "load" and not isinstance(error, IngestError):
        words = str(error).partition("\n")[0]
        return LoadError(f"the warehouse did not take the figures, nothing was stored ({words})")
    return error
