"""The agenda: five work items, their initiatives, milestones and targets, and the expert group's meetings."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from metrics import agenda_entries as entries
from metrics.agenda_events import milestone_events, scope_rows, target_events
from metrics.agenda_reading import AgendaFaults, Faults, tables
from metrics.agenda_values import (
    Agenda,
    Dated,
    Evidence,
    Initiative,
    Known,
    Meeting,
    Milestone,
    ScopeEntry,
    Target,
    WorkItem,
)

__all__ = [
    "FOLDER",
    "Agenda",
    "AgendaFaults",
    "Dated",
    "Evidence",
    "Initiative",
    "Known",
    "Meeting",
    "Milestone",
    "ScopeEntry",
    "Target",
    "WorkItem",
    "agenda",
    "disagreements",
    "milestone_events",
    "read_agenda",
    "scope_rows",
    "target_events",
]

FOLDER = Path(__file__).resolve().parent / "catalogue" / "agenda"


@lru_cache(maxsize=1)
def agenda() -> Agenda:
    """Return the product's own agenda; raises AgendaFaults with every fault at once."""
    return read_agenda(FOLDER)


def read_agenda(folder: Path) -> Agenda:
    """Read and check the six files of *folder*; raises AgendaFaults with every fault at once."""
    faults = Faults()
    reasons = {
        r.entry.get("id", ""): entries.reason(r) for r in tables(folder, "scope.toml", "reason", faults)
    }
    book = Agenda(
        work_items=entries.work_items(folder, faults),
        initiatives=tuple(
            entries.initiative(r) for r in tables(folder, "initiatives.toml", "initiative", faults)
        ),
        milestones=entries.milestones(folder, faults),
        targets=entries.targets(folder, faults),
        meetings=tuple(entries.meeting(r) for r in tables(folder, "meetings.toml", "meeting", faults)),
        scope=tuple(
            e
            for r in tables(folder, "scope.toml", "scope", faults)
            for e in entries.scope_entries(r, reasons)
        ),
        reasons=MappingProxyType(reasons),
    )
    _holds_together(book, faults)
    if faults.said:
        raise AgendaFaults(faults.said)
    return book


def disagreements(
    book: Agenda,
    *,
    indicators: Collection[str],
    places: Collection[str],
    organisations: Collection[str],
) -> Iterator[str]:
    """Yield what the agenda names and the catalogue or the atlas does not know, as ``file: entry: what``."""
    known_ids = {"indicator": indicators, "place": places, "organisation": organisations}
    for where, kind, ids in _named(book):
        for one in ids:
            if one not in known_ids[kind]:
                yield f"{where}: {kind} {one!r} is not known"


def _named(book: Agenda) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for number, item in book.work_items.items():
        led = [one.partition("@") for one in item.headline if one != "meetings"]
        yield f"work_items.toml: {number}", "indicator", tuple(indicator for indicator, _, _ in led)
        yield f"work_items.toml: {number}", "place", tuple(place for _, _, place in led)
    for i in book.initiatives:
        where = f"initiatives.toml: {i.id}"
        yield where, "indicator", i.indicators
        yield where, "place", i.places
        yield where, "organisation", (i.owner, *i.partners)
    for m in book.milestones.values():
        yield f"milestones.toml: {m.id}", "organisation", (m.owner,) if m.owner else ()
    for entry in (*book.targets, *book.scope):
        where = f"targets.toml: {entry.id}" if isinstance(entry, Target) else f"scope.toml: {entry.reason}"
        yield where, "indicator", (entry.indicator_id,)
        yield where, "place", (entry.place_id,)
    for meeting in book.meetings:
        yield f"meetings.toml: {meeting.id}", "place", (meeting.place,)


def _holds_together(book: Agenda, faults: Faults) -> None:
    for i in book.initiatives:
        _known_milestones(f"initiatives.toml: {i.id}", i.milestones, book, faults)
    for m in book.meetings:
        _known_milestones(f"meetings.toml: {m.id}", m.milestones, book, faults)
    if list(book.meetings) != sorted(book.meetings, key=lambda m: m.date):
        faults.add("meetings.toml", "the meetings are not in order of their dates")
    seen: set[object] = set()
    for t in book.targets:
        key = (t.indicator_id, t.place_id, t.due_on and t.due_on.on, t.announced.on)
        if key in seen:
            faults.add(f"targets.toml: {t.id}", "one indicator, place, due date and announcement comes twice")
        seen.add(key)


def _known_milestones(where: str, ids: tuple[str, ...], book: Agenda, faults: Faults) -> None:
    for one in ids:
        if one not in book.milestones:
            faults.add(where, f"milestone {one!r} is not known")
