"""Turn the agenda into what the warehouse keeps: what was said, and when the world could know it."""

from __future__ import annotations

from collections.abc import Iterator

from metrics.agenda_values import Agenda, Evidence, Known, Milestone, Target
from metrics.warehouse.values import MilestoneEvent, ScopeRow, TargetEvent, start_of_day


def milestone_events(book: Agenda) -> tuple[MilestoneEvent, ...]:
    """Return the announcements and outcomes of all milestones, in the order of the file.

    An outcome that nobody has published makes no event: after its due date the milestone is then "unverified".
    A due date known by its month or year stands for the last day of it.
    """
    return tuple(event for m in book.milestones.values() for event in _events(m))


def target_events(book: Agenda) -> tuple[TargetEvent, ...]:
    """Return one announcement for each target, in the order of the file."""
    return tuple(_target_event(t) for t in book.targets)


def scope_rows(book: Agenda) -> tuple[ScopeRow, ...]:
    """Return why there is no figure, one row for an indicator and a place; ``why`` is a key of ``reasons``."""
    return tuple(
        ScopeRow(
            indicator_id=s.indicator_id,
            place_id=s.place_id,
            start=s.start,
            end=s.end,
            kind=s.kind,
            why=s.reason,
        )
        for s in book.scope
    )


def _events(m: Milestone) -> Iterator[MilestoneEvent]:
    if m.announced:
        yield _event(m, "announced", m.announced)
    if m.outcome_known:
        yield _event(m, m.outcome, m.outcome_known)


def _event(m: Milestone, event: str, known: Known) -> MilestoneEvent:
    done = event != "announced"
    return MilestoneEvent(
        milestone_id=m.id,
        work_item=m.work_item,
        event=event,
        known_at=start_of_day(known.on),
        known_precision=known.precision,
        due_on=m.due_on.on if m.due_on else None,
        due_precision=m.due_on.precision if m.due_on else "day",
        happened_on=m.happened_on.on if done and m.happened_on else None,
        happened_precision=m.happened_on.precision if done and m.happened_on else "day",
        owner=m.owner,
        evidence=m.source.url or m.source.title,
        said_by=m.source.publisher,
    )


def _target_event(t: Target) -> TargetEvent:
    return TargetEvent(
        indicator_id=t.indicator_id,
        place_id=t.place_id,
        due_on=t.due_on.on if t.due_on else None,
        known_at=start_of_day(t.announced.on),
        known_precision=t.announced.precision,
        value=t.value,
        qualifier=t.qualifier,
        kind=t.kind,
        direction=t.direction,
        model=t.model,
        baseline=t.baseline,
        baseline_on=t.baseline_on,
        source=_cited(t.source),
    )


def _cited(source: Evidence) -> str:
    return f"{source.publisher}: {source.title}"
