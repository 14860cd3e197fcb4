"""How long payloads are kept: for ever where a figure came of them, some days where only readings did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from ingest.source import Source
from ingest.tools import Tools


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """What retention removed from the archive: *payloads* and the *size* they took on disk, in bytes."""

    payloads: int
    size: int


def readings_only(sources: Mapping[str, Source], tools: Tools) -> list[str]:
    """Return the sources of which no figure ever came: what they bring is stored as readings, or as proposals.

    A source is asked by its figures, not by its description, so that one that changes its ways keeps its bytes.
    """
    ask = tools.warehouse.brought_figures
    return [source.id for source in sources.values() if not ask(source.id, sorted(source.feeds))]


def old_payloads(sources: Mapping[str, Source], tools: Tools, *, keep_days: int) -> list[str]:
    """Return the payloads older than *keep_days* that hold readings alone and that no decision refers to."""
    before = tools.clock() - timedelta(days=keep_days)
    return tools.warehouse.expendable_payloads(readings_only(sources, tools), before)


def drop_old(sources: Mapping[str, Source], tools: Tools, *, keep_days: int) -> Dropped:
    """Remove the ``old_payloads``; each figure keeps the bytes it came from.

    The ledger keeps every payload's address, hash and time. May be stopped at any moment and called again.
    """
    sizes = [tools.archive.drop(sha256) for sha256 in old_payloads(sources, tools, keep_days=keep_days)]
    freed = [size for size in sizes if size]
    return Dropped(payloads=len(freed), size=sum(freed))
