"""Turn the entries of the agenda's files into values, each checked by itself."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from metrics.agenda_reading import Faults, Reader, gathered_on, known, tables
from metrics.agenda_values import (
    DIRECTIONS,
    MEETING_PRECISIONS,
    MILESTONE_KINDS,
    MODELS,
    OUTCOMES,
    TARGET_KINDS,
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
from metrics.warehouse.values import ABSENCES, QUALIFIERS, SPANS

WORK_ITEMS = (1, 2, 3, 4, 5)
SETTLED = frozenset({"happened", "met", "missed", "dropped"})
_OUTCOMES_BY_KIND = {
    "event": {"happened"},
    "target": {"met", "missed", "dropped", "pending", "not_verified"},
    "plan": set(OUTCOMES),
}


def reason(reader: Reader) -> Mapping[str, str]:
    """Return the words of one reason."""
    reader.get("id", str, "")
    words = reader.words("name")
    reader.done()
    return words


def work_items(folder: Path, faults: Faults) -> Mapping[int, WorkItem]:
    """Return the five work items by number."""
    found = {}
    for reader in tables(folder, "work_items.toml", "work_item", faults):
        item = WorkItem(
            number=reader.need("number", int, 0),
            statement=reader.words("statement"),
            title=reader.words("title"),
            house_translation=reader.ids("house_translation"),
            headline=reader.ids("headline"),
        )
        reader.done()
        found[item.number] = item
    if tuple(found) != WORK_ITEMS:
        faults.add("work_items.toml", f"holds {sorted(found)}; expected 1 to 5, in order")
    return MappingProxyType(found)


def initiative(reader: Reader) -> Initiative:
    """Return one initiative."""
    one = Initiative(
        id=reader.need("id", str, ""),
        work_item=_number(reader),
        names=reader.words("name"),
        owner=reader.need("owner", str, ""),
        partners=reader.ids("partners"),
        website=reader.url("website"),
        places=reader.ids("places"),
        indicators=reader.ids("indicators"),
        milestones=reader.ids("milestones"),
    )
    reader.done()
    return one


def _number(reader: Reader) -> int:
    number = reader.need("work_item", int, 0)
    if number not in WORK_ITEMS:
        reader.fault(f"work_item = {number}; expected 1 to 5")
    return number


def milestones(folder: Path, faults: Faults) -> Mapping[str, Milestone]:
    """Return the milestones by id, in the order of the file."""
    limit = gathered_on(folder, "milestones.toml", faults)
    found = [_milestone(r, limit) for r in tables(folder, "milestones.toml", "milestone", faults)]
    return MappingProxyType({m.id: m for m in found})


def _milestone(reader: Reader, limit: date) -> Milestone:
    inferred = reader.ids("inferred")
    source = reader.evidence()
    announced_on, due_on = reader.dated("announced_on"), reader.dated("due_on")
    outcome_on = reader.dated("outcome_known_on")
    kind = reader.choice("kind", MILESTONE_KINDS)
    milestone = Milestone(
        id=reader.need("id", str, ""),
        work_item=_number(reader),
        kind=kind,
        names=reader.words("title"),
        outcome=reader.choice("outcome", OUTCOMES),
        owner=reader.get("owner", str, ""),
        announced_on=announced_on,
        due_on=due_on,
        happened_on=reader.dated("happened_on"),
        outcome_known_on=outcome_on,
        announced=None if kind == "event" else _announced(announced_on, source, due_on, limit, inferred),
        outcome_known=known(outcome_on, limit, inferred="outcome_known_on" in inferred)
        if outcome_on
        else None,
        weak=reader.get("weak", bool, False),
        inferred=inferred,
        source=source,
    )
    _milestone_faults(reader, milestone)
    reader.done()
    return milestone


def _announced(
    announced_on: Dated | None, source: Evidence, due_on: Dated | None, limit: date, inferred: tuple[str, ...]
) -> Known:
    """Return when a commitment was known: as dated, else by its source's date, at the latest by its due date."""
    if announced_on:
        return known(announced_on, limit, inferred="announced_on" in inferred)
    bounds = [d.on for d in (source.published_on, due_on) if d]
    return Known(on=min([*bounds, limit]), precision="estimated")


def _milestone_faults(reader: Reader, m: Milestone) -> None:
    if m.outcome not in _OUTCOMES_BY_KIND[m.kind]:
        reader.fault(f"outcome {m.outcome!r} does not go with kind {m.kind!r}")
    settled = m.outcome in SETTLED
    if settled is (m.outcome_known is None):
        reader.fault(f"outcome {m.outcome!r} {'needs' if settled else 'has no'} outcome_known_on")
    if m.outcome == "happened" and m.happened_on is None:
        reader.fault("happened, but happened_on is missing")
    if m.outcome == "not_verified" and m.due_on is None:
        reader.fault("not_verified needs the date that it was due on")
    if m.announced and m.outcome_known and m.outcome_known.on < m.announced.on:
        reader.fault("its outcome was known before it was announced")
    for name in m.inferred:
        if getattr(m, name, None) is None:
            reader.fault(f"inferred names {name!r}, which is no date of this entry")


def targets(folder: Path, faults: Faults) -> tuple[Target, ...]:
    """Return the targets in the order of the file."""
    limit = gathered_on(folder, "targets.toml", faults)
    return tuple(_target(r, limit) for r in tables(folder, "targets.toml", "target", faults))


def _target(reader: Reader, limit: date) -> Target:
    inferred = reader.ids("inferred")
    source = reader.evidence()
    announced_on, due_on = reader.dated("announced_on"), reader.dated("due_on")
    baseline_on = reader.dated("baseline_on")
    baseline = reader.get("baseline", (int, float), None)
    target = Target(
        id=reader.need("id", str, ""),
        indicator_id=reader.need("indicator", str, ""),
        place_id=reader.need("place", str, ""),
        kind=reader.choice("kind", TARGET_KINDS),
        value=float(reader.need("value", (int, float), 0)),
        qualifier=reader.choice("qualifier", QUALIFIERS),
        unit=reader.need("unit", str, ""),
        direction=reader.choice("direction", DIRECTIONS),
        model=reader.choice("model", MODELS),
        due_on=due_on,
        announced_on=announced_on,
        announced=_announced(announced_on, source, due_on, limit, inferred),
        baseline=None if baseline is None else float(baseline),
        baseline_on=baseline_on.on if baseline_on else None,
        counting_basis=reader.get("counting_basis", str, "as_published"),
        spans=reader.ids("spans") or ("point",),
        inferred=inferred,
        source=source,
    )
    _target_faults(reader, target)
    reader.done()
    return target


def _target_faults(reader: Reader, target: Target) -> None:
    if (target.baseline is None) is not (target.baseline_on is None):
        reader.fault("a baseline has a value and a date, or neither")
    for span in target.spans:
        if span not in SPANS:
            reader.fault(f"spans holds {span!r}; expected some of {', '.join(SPANS)}")
    for name in target.inferred:
        if getattr(target, name, None) is None:
            reader.fault(f"inferred names {name!r}, which is no date of this entry")


def meeting(reader: Reader) -> Meeting:
    """Return one meeting; it knew what the world knew at the end of its day."""
    day = reader.need("date", date, date.max)
    one = Meeting(
        id=reader.need("id", str, ""),
        names=reader.words("name"),
        date=day,
        precision=reader.choice("precision", MEETING_PRECISIONS),
        place=reader.need("place", str, ""),
        as_of=day,
        inferred=reader.ids("inferred"),
        milestones=reader.ids("milestones"),
    )
    reader.done()
    return one


def scope_entries(reader: Reader, reasons: Collection[str]) -> Iterator[ScopeEntry]:
    """Yield one entry for each indicator and place that a row of scope.toml names."""
    kind = reader.choice("kind", ABSENCES)
    why = reader.need("reason", str, "")
    start, end = reader.need("start", date, date.max), reader.get("end", date, None)
    indicators, places = reader.ids("indicators"), reader.ids("places")
    if why not in reasons:
        reader.fault(f"reason {why!r} is not told; add a [[reason]] entry")
    if not indicators or not places:
        reader.fault("names no indicator or no place")
    reader.done()
    for indicator_id in indicators:
        for place_id in places:
            yield ScopeEntry(
                indicator_id=indicator_id, place_id=place_id, kind=kind, reason=why, start=start, end=end
            )
