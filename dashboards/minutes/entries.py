"""Make what is kept of what was typed: words about meetings, decisions, actions and overrides."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from dashboards.minutes.answers import EARLIEST, MOST_NAME, Answers
from dashboards.roles import AUDIENCES
from metrics.asof import HONG_KONG
from metrics.meetings import PLENARY, Action, Gathering
from metrics.overrides import Subject
from metrics.progress import OVERRIDE_WORDS
from metrics.warehouse.meetings import ActionWord, DecisionWord, MeetingWord
from metrics.warehouse.overrides import MOST_DAYS, OverrideWord
from metrics.warehouse.values import end_of_day, start_of_day

KINDS = ("plenary", "other")
STATES = ("held", "planned", "cancelled")
PRECISIONS = ("day", "month")
CLOSING = {"open": ("done", "changed", "dropped"), "done": ("reopened",), "dropped": ("reopened",)}
_FAR = 366 * 5


@dataclass(frozen=True, kw_only=True)
class Author:
    """Who enters something, and when."""

    person_id: str
    name: str
    at: datetime

    @property
    def today(self) -> date:
        """Return the Hong Kong day."""
        return self.at.astimezone(HONG_KONG).date()

    def known_at(self, day: date) -> datetime:
        """Return since when something said on *day* could be known: that day's beginning, today from now on."""
        return self.at if day >= self.today else start_of_day(day)

    @property
    def signed(self) -> dict[str, str]:
        """Return the columns that say whose word it is."""
        return {"said_by": self.name, "person_id": self.person_id}


def meeting_word(
    answers: Answers, meeting_id: str, places: tuple[str, ...], by: Author
) -> MeetingWord | None:
    """Return a word about a meeting, or None where *answers* has faults."""
    state = answers.choice("state", STATES)
    precision = answers.choice("held_precision", PRECISIONS, "day")
    ahead = by.today + timedelta(days=_FAR)
    held_on = answers.day("held_on", most=by.today if state == "held" else ahead)
    names = answers.texts("name", most=MOST_NAME)
    said = {
        "kind": answers.choice("kind", KINDS, "other"),
        "place_id": answers.choice("place", ("", *places)),
        "audience": answers.choice("audience", AUDIENCES, "public"),
        "source_title": answers.text("source_title"),
        "source_url": answers.url("source_url"),
    }
    known_on = answers.day("known_on", most=by.today, needed=False)
    if answers.faults or held_on is None:
        return None
    # That a meeting was held is known on its day; that one is to come, when somebody says so.
    since = known_on or (held_on if state == "held" else by.today)
    return MeetingWord(
        meeting_id=meeting_id,
        state=state,
        held_on=held_on,
        held_precision=precision,
        as_of=end_of_day(held_on),
        names=names,
        known_at=by.known_at(since),
        **said,
        **by.signed,
    )


def decision_word(answers: Answers, decision_id: str, meeting: Gathering, by: Author) -> DecisionWord | None:
    """Return a decision of *meeting*, or None where *answers* has faults."""
    texts = answers.texts("decision")
    on = answers.day("on", least=min(meeting.as_of, by.today), most=by.today, needed=False)
    said = {
        "work_item": int(answers.choice("work_item", ("0", "1", "2", "3", "4", "5"), "0")),
        "audience": answers.choice("audience", AUDIENCES, "public"),
        "source_title": answers.text("source_title"),
        "source_url": answers.url("source_url"),
    }
    if answers.faults:
        return None
    since = on or min(meeting.as_of, by.today)
    return DecisionWord(
        decision_id=decision_id,
        meeting_id=meeting.id,
        texts=texts,
        known_at=by.known_at(since),
        **said,
        **by.signed,
    )


def action_word(answers: Answers, action_id: str, meeting: Gathering, by: Author) -> ActionWord | None:
    """Return an action that *meeting* sets in motion, or None where *answers* has faults."""
    texts = answers.texts("action")
    on = answers.day("on", least=min(meeting.as_of, by.today), most=by.today, needed=False)
    owner = answers.text("owner", needed=True, most=MOST_NAME)
    due = answers.day("due_on", least=meeting.as_of, most=by.today + timedelta(days=_FAR), needed=False)
    work_item = int(answers.choice("work_item", ("0", "1", "2", "3", "4", "5"), "0"))
    audience = answers.choice("audience", AUDIENCES, "public")
    if answers.faults:
        return None
    return ActionWord(
        action_id=action_id,
        meeting_id=meeting.id,
        work_item=work_item,
        texts=texts,
        owner=owner,
        due_on=due,
        audience=audience,
        known_at=by.known_at(on or min(meeting.as_of, by.today)),
        **by.signed,
    )


def action_event(answers: Answers, action: Action, by: Author) -> ActionWord | None:
    """Return what becomes of *action*: done, dropped, changed or opened again; None where *answers* has faults."""
    last = action.story[-1]
    event = answers.choice("event", CLOSING[action.state])
    on = answers.day("on", least=min(action.on, by.today), most=by.today, needed=False)
    why = answers.text("why", needed=event in {"dropped", "reopened"})
    owner, due = last.owner, last.due_on
    if event == "changed":
        owner = answers.text("owner", needed=True, most=MOST_NAME)
        due = answers.day("due_on", least=EARLIEST, most=by.today + timedelta(days=_FAR), needed=False)
    if answers.faults:
        return None
    # Words of one action follow one another, however exact the day of each is.
    known_at = max(by.known_at(on or by.today), last.known_at)
    signed = {"known_at": known_at, "recorded_at": None, **by.signed}
    return replace(last, event=event, owner=owner, due_on=due, why=why, **signed)


def withdrawal(word: DecisionWord, answers: Answers, by: Author) -> DecisionWord | None:
    """Return the word that takes a decision back, or None where no reason is given."""
    why = answers.text("why", needed=True)
    if answers.faults:
        return None
    signed = {"known_at": max(by.at, word.known_at), "recorded_at": None, **by.signed}
    return replace(word, state="withdrawn", why=why, **signed)


def override_word(answers: Answers, override_id: str, subject: Subject, by: Author) -> OverrideWord | None:
    """Return a word set beside the status of *subject*, or None where *answers* has faults."""
    kind, subject_id = subject
    word = answers.choice("word", OVERRIDE_WORDS[kind])
    reasons = answers.texts("reason")
    until = answers.day("expires_on", least=by.today, most=by.today + timedelta(days=MOST_DAYS))
    if answers.faults or until is None:
        return None
    return OverrideWord(
        override_id=override_id,
        subject_kind=kind,
        subject_id=subject_id,
        word=word,
        reasons=reasons,
        expires_on=until,
        **by.signed,
    )


def next_plenary(taken: Iterable[str]) -> str:
    """Return the id of the expert group's next meeting: one more than the highest that was ever given."""
    numbers = [int(one.removeprefix(PLENARY)) for one in taken if one.removeprefix(PLENARY).isdecimal()]
    return f"{PLENARY}{max(numbers, default=0) + 1}"


def other_id(day: date, taken: Collection[str]) -> str:
    """Return the id of another meeting: its day, with a letter more where that is taken."""
    stem = f"m_{day:%Y%m%d}"
    return next(one for one in (stem, *(f"{stem}_{n}" for n in range(2, 1000))) if one not in taken)
