"""The agenda as plain frozen values: work items, initiatives, milestones, targets, meetings, scope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

MILESTONE_KINDS = ("event", "target", "plan")
OUTCOMES = ("happened", "met", "missed", "dropped", "pending", "not_verified")
TARGET_KINDS = ("target", "pledge", "reference")
DIRECTIONS = ("higher_is_better", "lower_is_better")
MODELS = ("linear", "compound", "yes_no", "coverage", "milestone")
MEETING_PRECISIONS = ("day", "reported")


@dataclass(frozen=True, kw_only=True, slots=True)
class Dated:
    """A date as far as it was published: ``on`` is the last day of the day, month or year named."""

    on: date
    precision: str  # day, month, year


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """The day on which the world could know something; ``precision`` day, month or estimated ("about")."""

    on: date
    precision: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """Where it is written: ``url`` is empty where the address is not the publisher's own."""

    title: str
    publisher: str
    tier: str
    published_on: Dated | None = None
    url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkItem:
    """One of the five, in the expert group's words; ``house_translation`` names the languages that are ours.

    ``headline`` are the figures that may lead it, ``indicator@place`` or ``meetings``: the newest known counts.
    """

    number: int
    statement: Mapping[str, str]
    title: Mapping[str, str]
    house_translation: tuple[str, ...] = ()
    headline: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Initiative:
    """What the governments name within a work item; ``places`` empty means wherever its indicators are."""

    id: str
    work_item: int
    names: Mapping[str, str]
    owner: str
    partners: tuple[str, ...] = ()
    website: str = ""
    places: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    milestones: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Milestone:
    """A dated event, an announced target or a plan, with what is known of its outcome.

    ``announced`` and ``outcome_known`` are the bounds used for "as known on"; ``inferred`` names the dates that
    were concluded and not read.
    """

    id: str
    work_item: int
    kind: str
    names: Mapping[str, str]
    outcome: str
    owner: str = ""
    announced_on: Dated | None = None
    due_on: Dated | None = None
    happened_on: Dated | None = None
    outcome_known_on: Dated | None = None
    announced: Known | None = None
    outcome_known: Known | None = None
    weak: bool = False
    inferred: tuple[str, ...] = ()
    source: Evidence

    @property
    def rests_on_estimated_dates(self) -> bool:
        """Return whether a date is inferred or a bound, or the source is not one to rest on."""
        known = [k for k in (self.announced, self.outcome_known) if k is not None]
        return self.weak or bool(self.inferred) or any(k.precision == "estimated" for k in known)


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """An announced target, a standing pledge, or a reference that is drawn and never judged.

    ``counting_basis`` and ``spans`` say which figures of the indicator may judge it.
    """

    id: str
    indicator_id: str
    place_id: str
    kind: str
    value: float
    qualifier: str
    unit: str
    direction: str
    model: str
    due_on: Dated | None = None
    announced_on: Dated | None = None
    announced: Known
    baseline: float | None = None
    baseline_on: date | None = None
    counting_basis: str = "as_published"
    spans: tuple[str, ...] = ("point",)
    inferred: tuple[str, ...] = ()
    source: Evidence

    @property
    def rests_on_estimated_dates(self) -> bool:
        """Return whether the due date is inferred or the announcement is known only by a bound."""
        return bool(self.inferred) or self.announced.precision == "estimated"


@dataclass(frozen=True, kw_only=True, slots=True)
class Meeting:
    """A meeting of the expert group: ``as_of`` is the day whose knowledge the meeting had.

    ``precision`` is ``reported`` when only the day of the report is known.
    """

    id: str
    names: Mapping[str, str]
    date: date
    precision: str
    place: str
    as_of: date
    inferred: tuple[str, ...] = ()
    milestones: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ScopeEntry:
    """Why one indicator has no figure of one place; ``reason`` is a key of ``Agenda.reasons``."""

    indicator_id: str
    place_id: str
    kind: str
    reason: str
    start: date
    end: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Agenda:
    """All of it, checked; look up by number or id."""

    work_items: Mapping[int, WorkItem]
    initiatives: tuple[Initiative, ...]
    milestones: Mapping[str, Milestone]
    targets: tuple[Target, ...]
    meetings: tuple[Meeting, ...]
    scope: tuple[ScopeEntry, ...]
    reasons: Mapping[str, Mapping[str, str]]

    def initiatives_of(self, work_item: int) -> tuple[Initiative, ...]:
        """Return the initiatives of a work item, in the order of the file."""
        return tuple(i for i in self.initiatives if i.work_item == work_item)

    def milestones_of(self, work_item: int) -> tuple[Milestone, ...]:
        """Return the milestones of a work item, in the order of the file."""
        return tuple(m for m in self.milestones.values() if m.work_item == work_item)

    def targets_of(self, indicator_id: str, place_id: str | None = None) -> tuple[Target, ...]:
        """Return the targets of an indicator, of one place or of all, in the order of the file."""
        return tuple(
            t for t in self.targets if t.indicator_id == indicator_id and place_id in (None, t.place_id)
        )

    def targets_known(self, day: date) -> tuple[Target, ...]:
        """Return the targets announced by *day*; of one indicator, place, due date and kind the newest word."""
        newest: dict[object, Target] = {}
        for t in sorted(self.targets, key=lambda t: t.announced.on):
            if t.announced.on <= day:
                newest[t.indicator_id, t.place_id, t.due_on and t.due_on.on, t.kind] = t
        return tuple(t for t in self.targets if t in newest.values())

    def meeting(self, meeting_id: str) -> Meeting:
        """Return the meeting of that id; KeyError names those there are."""
        for meeting in self.meetings:
            if meeting.id == meeting_id:
                return meeting
        known = ", ".join(m.id for m in self.meetings)
        raise KeyError(f"no meeting {meeting_id!r}; there are {known}")

    def meeting_before(self, day: date) -> Meeting | None:
        """Return the last meeting held before *day*, or None."""
        earlier = [m for m in self.meetings if m.as_of < day]
        return earlier[-1] if earlier else None
