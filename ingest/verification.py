"""Whether everything is as it was written: the database, the audit chain, every payload that a figure came from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ingest.errors import ArchiveError
from ingest.retention import old_payloads
from ingest.source import Source
from ingest.tools import Tools
from metrics.warehouse.transfer import content_hash

Step = Callable[[str, int, int], None]


@dataclass(frozen=True, kw_only=True)
class Verified:
    """What was looked at and every *fault*; *dropped* payloads are those that retention may have removed."""

    content: str
    payloads: int
    dropped: int
    audit_entries: int
    faults: list[str] = field(default_factory=list)


def verify(sources: Mapping[str, Source], tools: Tools, step: Step) -> Verified:
    """Check database, audit chain and archive; say every fault at once."""
    warehouse = tools.warehouse
    step("the database", 0, 1)
    faults = warehouse.engine.faults()
    step("the audit chain", 0, 1)
    faults += warehouse.verify_audit()
    payloads, dropped, lost = _payloads(sources, tools, step)
    step("the content", 0, 1)
    entries = warehouse.audit(limit=1)
    return Verified(
        content=content_hash(warehouse),
        payloads=payloads,
        dropped=dropped,
        audit_entries=int(entries["number"].max()) if len(entries) else 0,
        faults=faults + lost,
    )


def _payloads(sources: Mapping[str, Source], tools: Tools, step: Step) -> tuple[int, int, list[str]]:
    """Read every payload on record; return how many are sound, how many retention removed, and what is wrong."""
    known = tools.warehouse.every_payload()
    kept = set(tools.archive.there())
    may_go = set(old_payloads(sources, tools, keep_days=tools.keep_payloads_days))
    sound, dropped, faults = 0, 0, []
    for number, sha256 in enumerate(sorted(known), 1):
        step("the archive", number, len(known))
        if sha256 not in kept and sha256 in may_go:
            dropped += 1
            continue
        try:
            tools.archive.read(sha256)
            sound += 1
        except ArchiveError as error:
            faults.append(f"payload {sha256[:12]}: {error}")
    return sound, dropped, faults
