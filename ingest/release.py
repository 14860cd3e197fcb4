"""A person lets a record out of quarantine: the only way from there into the warehouse."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ingest.entry import Entry
from ingest.errors import CheckError
from ingest.lease import TakenError
from ingest.pipeline import Ready, as_ours, load, stored_form
from ingest.quarantine import record_of
from ingest.report import RunReport
from ingest.source import Payload, Source
from ingest.tools import Tools, kept_payload
from metrics.warehouse.loading import Loading
from metrics.warehouse.quarantine import decide


def release(item: str, tools: Tools, *, known: Mapping[str, Source], by: str, why: str) -> RunReport:
    """Load a record as of its own payload together with who releases it and why: both are stored, or neither.

    Raises CheckError for an item that is not there, is no single record, or has been decided.
    """
    held = _held(item, tools)
    if "record" not in held["record"]:
        raise CheckError(
            f"quarantine {item}: a whole payload was refused; mend the source's form and replay it"
        )
    if held["source_id"] not in known:
        raise CheckError(f"quarantine {item}: its source {held['source_id']!r} is no longer known")
    source = known[held["source_id"]]
    payload = _payload(held, source, tools)
    entry = Entry(source, tools, "hand")
    try:
        with entry.held():
            entry.open(f"release {item}")
            record = record_of(held["record"])
            entry.counts["read"] = 1

            def decided(tx: Loading) -> None:
                now = tools.warehouse.engine.now(tx.connection)
                decide(tx.connection, item, by=by, what="release", why=why, now=now)

            ready = Ready(payload=payload, **stored_form(source, [record], payload))
            load(entry, [ready], also=decided)
    except TakenError as error:
        entry.stand_back(error)
    except Exception as error:
        entry.fail(as_ours(error, entry))
    return entry.report()


def reject(item: str, tools: Tools, *, by: str, why: str) -> None:
    """Write down who keeps *item* out for good, and why; raises CheckError as release does."""
    _held(item, tools)
    tools.warehouse.decide_quarantine(item, by=by, what="reject", why=why)


def _held(item: str, tools: Tools) -> Mapping[str, Any]:
    frame = tools.warehouse.quarantined(open_only=False)
    rows = frame[frame["item"] == item].to_dict("records")
    if not rows:
        raise CheckError(f"quarantine {item}: expected an item that is held, found none; list them first")
    if rows[0]["what"]:
        raise CheckError(
            f"quarantine {item}: was decided already ({rows[0]['what']} by {rows[0]['decided_by']})"
        )
    return rows[0]


def _payload(held: Mapping[str, Any], source: Source, tools: Tools) -> Payload:
    from_source = tools.warehouse.payloads_of(source.id)
    kept = next((one for one in from_source if one.sha256 == held["payload_sha256"]), None)
    if kept is None:
        raise CheckError(f"quarantine {held['item']}: its payload is not in the books; run the source again")
    return kept_payload(kept, tools)
