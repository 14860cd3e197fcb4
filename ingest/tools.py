"""What a run works with: made once in ``app.py``, handed to everything here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.archive import Archive
from ingest.checks import Meaning
from ingest.corrections import Correction, corrections
from ingest.fetch import Fetcher
from ingest.headers import instant
from ingest.report import Step
from ingest.source import Payload
from metrics.warehouse.entries import KeptPayload
from metrics.warehouse.warehouse import Warehouse

KEEP_PAYLOADS_DAYS = 90
"""Days for which a payload of readings alone is kept; one that figures came of is kept for ever."""


def now() -> datetime:
    """Return the present instant in UTC."""
    return datetime.now(UTC)


def _silent(*_words: Any) -> None:
    return


@dataclass(frozen=True, kw_only=True)
class Tools:
    """Warehouse, fetcher, archive and clock; what the figures mean; the sources' keys; who is told of progress."""

    warehouse: Warehouse
    fetch: Fetcher
    archive: Archive
    meanings: Mapping[str, Meaning]
    clock: Callable[[], datetime] = now
    keys: Mapping[str, str] = field(default_factory=dict)
    known_errors: tuple[Correction, ...] = ()
    keep_payloads_days: int = KEEP_PAYLOADS_DAYS
    step: Step = _silent


def kept_payload(kept: KeptPayload, tools: Tools) -> Payload:
    """Return a payload from the archive as it first came; raises ArchiveError."""
    return Payload(
        content=tools.archive.read(kept.sha256),
        url=kept.url,
        media_type=kept.media_type,
        fetched_at=kept.fetched_at,
        last_modified=instant(kept.last_modified),
    )


def tools_for(
    warehouse: Warehouse,
    *,
    archive: Path,
    fetch: Fetcher,
    meanings: Mapping[str, Meaning],
    keys: Mapping[str, str],
    **more: Any,
) -> Tools:
    """Return the tools of a product run: payloads under *archive*, the declared corrections; *more* goes to Tools."""
    return Tools(
        warehouse=warehouse,
        fetch=fetch,
        archive=Archive(archive),
        meanings=meanings,
        keys=keys,
        known_errors=corrections(),
        **more,
    )
