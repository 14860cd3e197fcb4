"""Meetings, decisions and actions as known at an instant: those of the agenda, and those that people keep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from metrics.agenda_values import Meeting
from metrics.asof import HONG_KONG, AsOf, day_as_of
from metrics.queries import Metrics
from metrics.warehouse.columns import instant_of
from metrics.warehouse.meetings import ActionWord, DecisionWord, MeetingWord, Word

PLENARY = "egscc_"
NEXT = "next"
_Said = TypeVar("_Said", MeetingWord, DecisionWord, ActionWord)


@dataclass(frozen=True, kw_only=True, slots=True)
class Gathering:
    """A meeting as known then: *as_of* is the day whose knowledge it had.

    *number* counts the expert group's own meetings, 0 for others. *kept* says that people entered it; *milestones*
    are what was published of it. *state* is planned, held or cancelled.
    """

    id: str
    names: Mapping[str, str]
    date: date
    precision: str
    place: str
    as_of: date
    state: str = "held"
    number: int = 0
    milestones: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()
    audience: str = "public"
    kept: bool = False
    said_by: str = ""
    source_title: str = ""
    source_url: str = ""

    def moment(self, *, clock: datetime | None = None) -> AsOf:
        """Return the as-of of the meeting."""
        return day_as_of(self.as_of, clock=clock)


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What a meeting decided, in one to three languages; *work_item* 0 is for all five."""

    id: str
    meeting_id: str
    work_item: int
    texts: Mapping[str, str]
    on: date
    said_by: str
    source_title: str
    source_url: str
    audience: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Action:
    """What somebody is to do by when; *state* is open, done or dropped, *on* since which day, *why* if it was said.

    *earlier_due* are the dates it was due before, oldest first; *story* is every word of it.
    """

    id: str
    meeting_id: str
    work_item: int
    texts: Mapping[str, str]
    owner: str
    due_on: date | None
    earlier_due: tuple[date, ...]
    state: str
    on: date
    why: str
    said_by: str
    audience: str
    story: tuple[ActionWord, ...]

    def days_late(self, day: date) -> int:
        """Return by how many days it is overdue on *day*, 0 where it is not."""
        if self.state != "open" or self.due_on is None:
            return 0
        return max((day - self.due_on).days, 0)


def gatherings(metrics: Metrics, as_of: AsOf) -> tuple[Gathering, ...]:
    """Return the meetings known then to this viewer, by date: of one that both tell, the agenda's word counts."""
    published = [meeting for meeting in metrics.agenda.meetings if meeting.as_of <= as_of.day]
    known = {meeting.id for meeting in published}
    words = _newest(metrics, metrics.kept().meetings, as_of, "meeting_id")
    kept = [word for word in words.values() if word.meeting_id not in known]
    found = [_published(one) for one in published] + [_kept(one) for one in kept]
    found.sort(key=lambda one: (one.date, one.id))
    return tuple(_numbered(found, {one.meeting_id for one in kept if one.kind != "plenary"}))


def held(metrics: Metrics, as_of: AsOf) -> tuple[Gathering, ...]:
    """Return the meetings held by then, by date."""
    return tuple(one for one in gatherings(metrics, as_of) if one.state == "held" and one.as_of <= as_of.day)


def planned(metrics: Metrics, as_of: AsOf) -> tuple[Gathering, ...]:
    """Return the meetings that were announced then and neither held nor cancelled, by date."""
    return tuple(one for one in gatherings(metrics, as_of) if one.state == "planned")


def last_before(metrics: Metrics, as_of: AsOf) -> Gathering | None:
    """Return the last meeting held before the day of *as_of*, None before the first."""
    earlier = [one for one in held(metrics, as_of) if one.as_of < as_of.day]
    return earlier[-1] if earlier else None


def decisions(metrics: Metrics, as_of: AsOf) -> tuple[Decision, ...]:
    """Return the decisions known then and not taken back, of meetings that this viewer knows of, oldest first."""
    words = _of_known(metrics, as_of, _newest(metrics, metrics.kept().decisions, as_of, "decision_id"))
    found = [_decision(one) for one in words.values() if one.state == "taken"]
    return tuple(sorted(found, key=lambda one: (one.on, one.work_item, one.id)))


def actions(metrics: Metrics, as_of: AsOf) -> tuple[Action, ...]:
    """Return the actions known then of meetings that this viewer knows of: open ones first, by due date."""
    kept = metrics.kept().actions
    newest = _of_known(metrics, as_of, _newest(metrics, kept, as_of, "action_id"))
    told = _told(kept, as_of)
    found = [_action([one for one in told if one.action_id == name]) for name in newest]
    return tuple(sorted(found, key=lambda one: (one.state != "open", one.due_on or date.max, one.id)))


def open_actions(metrics: Metrics, as_of: AsOf) -> tuple[Action, ...]:
    """Return the actions that were open then, what is due first before the others."""
    return tuple(one for one in actions(metrics, as_of) if one.state == "open")


def spoken(texts: Mapping[str, str], lang: str) -> tuple[str, str]:
    """Return what *texts* say in *lang*, or else in a language that there is, and in which."""
    for one in (lang, *_NEAREST[lang], *texts):
        if texts.get(one):
            return texts[one], one
    return "", lang


_NEAREST: Mapping[str, Sequence[str]] = {
    "en": ("zh-Hant", "zh-Hans"),
    "zh-Hant": ("zh-Hans", "en"),
    "zh-Hans": ("zh-Hant", "en"),
}


def _told(words: Iterable[_Said], as_of: AsOf) -> list[_Said]:
    """Return the words that were known then and, where a stamp is asked, recorded by it; in their order."""
    bound = None if as_of.stamp is None else instant_of(as_of.stamp)
    return sorted(
        (
            word
            for word in words
            if word.known_at <= as_of.instant and (bound is None or _recorded(word) <= bound)
        ),
        key=lambda word: (word.known_at, _recorded(word)),
    )


def _recorded(word: Word) -> datetime:
    return word.recorded_at or word.known_at


def _newest(metrics: Metrics, words: Iterable[_Said], as_of: AsOf, name: str) -> dict[str, _Said]:
    """Return the newest word of each, where this viewer may read it."""
    newest = {getattr(word, name): word for word in _told(words, as_of)}
    return {key: word for key, word in newest.items() if word.audience in metrics.audiences}


def _of_known(metrics: Metrics, as_of: AsOf, words: Mapping[str, Any]) -> dict[str, Any]:
    known = {one.id for one in gatherings(metrics, as_of)}
    return {key: word for key, word in words.items() if word.meeting_id in known}


def _published(meeting: Meeting) -> Gathering:
    return Gathering(
        id=meeting.id,
        names=meeting.names,
        date=meeting.date,
        precision=meeting.precision,
        place=meeting.place,
        as_of=meeting.as_of,
        milestones=meeting.milestones,
        inferred=meeting.inferred,
    )


def _kept(word: MeetingWord) -> Gathering:
    return Gathering(
        id=word.meeting_id,
        names=word.names,
        date=word.held_on,
        precision=word.held_precision,
        place=word.place_id,
        as_of=word.as_of.astimezone(HONG_KONG).date(),
        state=word.state,
        audience=word.audience,
        kept=True,
        said_by=word.said_by,
        source_title=word.source_title,
        source_url=word.source_url,
    )


def _numbered(found: Sequence[Gathering], others: set[str]) -> Iterable[Gathering]:
    """Yield *found* with the expert group's own meetings counted; what was cancelled does not count."""
    count = 0
    for one in found:
        counts = one.id not in others and one.state != "cancelled"
        count += counts
        yield replace(one, number=count if counts else 0)


def _decision(word: DecisionWord) -> Decision:
    return Decision(
        id=word.decision_id,
        meeting_id=word.meeting_id,
        work_item=word.work_item,
        texts=word.texts,
        on=_day(word.known_at),
        said_by=word.said_by,
        source_title=word.source_title,
        source_url=word.source_url,
        audience=word.audience,
    )


def _action(words: Sequence[ActionWord]) -> Action:
    """Return what the words of one action, oldest first, add up to."""
    last = words[-1]
    due = [day for day in dict.fromkeys(word.due_on for word in words) if day and day != last.due_on]
    return Action(
        id=last.action_id,
        meeting_id=last.meeting_id,
        work_item=last.work_item,
        texts=last.texts,
        owner=last.owner,
        due_on=last.due_on,
        earlier_due=tuple(due),
        state=last.event if last.event in {"done", "dropped"} else "open",
        on=_day(last.known_at),
        why=last.why,
        said_by=last.said_by,
        audience=last.audience,
        story=tuple(words),
    )


def _day(instant: datetime) -> date:
    return instant.astimezone(HONG_KONG).date()
