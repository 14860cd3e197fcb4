"""What the commands of ``app.py`` do here: run sources, replay the archive, load tables and the agenda."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from geo.places import atlas
from ingest import returns, rota
from ingest.errors import ArchiveError, IngestError
from ingest.opening import FIGURES, PASSENGERS, TABLES, table_source
from ingest.pipeline import run, run_payload
from ingest.registry import sources
from ingest.report import RunReport
from ingest.source import Payload, Source
from ingest.tools import Tools, kept_payload
from metrics.agenda import agenda, milestone_events, scope_rows, target_events
from metrics.warehouse.entries import KeptPayload


class UnknownSourceError(IngestError):
    """No source of that name; the message says which there are."""


def run_sources(
    ids: Sequence[str] | None,
    tools: Tools,
    *,
    known: Mapping[str, Source] | None = None,
    trigger: str = "hand",
    accept_shorter: bool = False,
) -> list[RunReport]:
    """Run the sources *ids* (None for all) once, one after another, and return their reports.

    Runs that a killed process left open are closed first. Raises UnknownSourceError.
    """
    known = sources() if known is None else known
    rota.recover(tools)
    return [
        run(source, tools, trigger=trigger, accept_shorter=accept_shorter) for source in _chosen(ids, known)
    ]


def replay(source_id: str, tools: Tools, *, known: Mapping[str, Source] | None = None) -> list[RunReport]:
    """Parse every archived payload of a source again, oldest first; what is news is stored.

    Raises UnknownSourceError.
    """
    (source,) = _chosen([source_id], every_source(tools, known))
    return [_again(source, kept, tools) for kept in tools.warehouse.payloads_of(source.id)]


def every_source(tools: Tools, known: Mapping[str, Source] | None = None) -> dict[str, Source]:
    """Return the sources, the tables in our own form and the returns by id: all that archive and quarantine name."""
    tables = {name: _table(name, tools) for name in TABLES if name != "agenda"}
    handed_in = {returns.SOURCE_ID: returns.source(tools)}
    return {**(sources() if known is None else known), **tables, **handed_in}


def _again(source: Source, kept: KeptPayload, tools: Tools) -> RunReport:
    try:
        payload = kept_payload(kept, tools)
    except ArchiveError as error:
        return RunReport(source_id=source.id, status="failed", failed=1, message=str(error))
    return run_payload(source, payload, tools, trigger="replay", again=True)


def load_opening(tools: Tools) -> list[RunReport]:
    """Load the opening figures and the agenda through the ledger; what is loaded already costs a look."""
    files = {"opening_figures": FIGURES, "opening_passengers": PASSENGERS}
    reports = [_load_table(_table(name, tools), file, tools) for name, file in files.items()]
    return [*reports, load_agenda(tools)]


def load_figures(file: Path, tools: Tools) -> RunReport:
    """Load a table of published figures that somebody hands in (columns as the opening figures)."""
    return _load_table(_table("handed_in_figures", tools), file, tools)


def load_agenda(tools: Tools) -> RunReport:
    """Load scope, milestones and targets of the agenda; only news is stored."""
    book = agenda()
    events = {
        "scope": scope_rows(book),
        "milestones": milestone_events(book),
        "targets": target_events(book),
    }
    content = json.dumps(
        {name: [asdict(one) for one in some] for name, some in events.items()},
        default=str,
        ensure_ascii=False,
        sort_keys=True,
    ).encode()
    payload = Payload(content=content, url="agenda", media_type="application/json", fetched_at=tools.clock())
    return run_payload(_table("agenda", tools), payload, tools, events=events)


def _load_table(source: Source, file: Path, tools: Tools) -> RunReport:
    try:
        content = file.read_bytes()
    except OSError as error:
        message = f"{file}: expected a readable table, found {error.strerror or error}"
        return RunReport(source_id=source.id, status="failed", failed=1, message=message)
    payload = Payload(
        content=content, url=f"file:{file.name}", media_type="text/csv", fetched_at=tools.clock()
    )
    return run_payload(source, payload, tools)


def _table(source_id: str, tools: Tools) -> Source:
    places = tuple(place.id for place in atlas())
    return table_source(source_id, dict.fromkeys(tools.meanings, places))


def _chosen(ids: Sequence[str] | None, known: Mapping[str, Source]) -> list[Source]:
    if ids is None:
        return list(known.values())
    for name in ids:
        if name not in known:
            raise UnknownSourceError(f"no source {name!r}; there are {', '.join(known)}")
    return [known[name] for name in dict.fromkeys(ids)]
