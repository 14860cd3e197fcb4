"""What is kept of what was typed: since when it is known, and that words of one thing follow one another."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from dashboards.minutes.answers import Answers
from dashboards.minutes.entries import (
    Author,
    action_event,
    action_word,
    decision_word,
    meeting_word,
    next_plenary,
    other_id,
    override_word,
    withdrawal,
)
from metrics.meetings import Gathering, _action
from metrics.warehouse.values import start_of_day

AT = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
BY = Author(person_id="ling", name="Lee Siu Ling", at=AT)
MEETING = Gathering(
    id="egscc_2", names={}, date=date(2025, 5, 15), precision="day", place="", as_of=date(2025, 5, 15)
)
PLACES = ("hong_kong",)


def read(**typed: str) -> Answers:
    return Answers(typed=typed)


def test_a_meeting_held_is_known_on_its_day_and_one_announced_from_now():
    held = meeting_word(read(state="held", held_on="2026-11-20", name_en="x", kind="other"), "m", PLACES, BY)
    plan = meeting_word(read(state="planned", held_on="2027-02-01", name_en="x"), "m", PLACES, BY)
    assert held.known_at == start_of_day(date(2026, 11, 20))
    assert plan.known_at == AT
    earlier = meeting_word(
        read(state="planned", held_on="2027-02-01", name_en="x", known_on="2026-10-01"), "m", PLACES, BY
    )
    assert earlier.known_at == start_of_day(date(2026, 10, 1))


def test_a_meeting_that_is_still_to_come_was_not_held():
    answers = read(state="held", held_on="2026-11-22", name_en="x")
    assert meeting_word(answers, "m", PLACES, BY) is None
    assert set(answers.faults) == {"held_on"}


def test_a_decision_is_known_from_the_day_of_its_meeting_unless_said_otherwise():
    assert decision_word(read(decision_en="x"), "d", MEETING, BY).known_at == start_of_day(MEETING.date)
    later = decision_word(read(decision_en="x", on="2025-06-01"), "d", MEETING, BY)
    assert later.known_at == start_of_day(date(2025, 6, 1))
    answers = read(decision_en="x", on="2025-05-14")
    assert decision_word(answers, "d", MEETING, BY) is None
    assert answers.faults["on"].key == "minutes.fault_between"


def test_an_action_needs_an_owner_and_is_not_due_before_its_meeting():
    answers = read(action_en="x", due_on="2025-05-14")
    assert action_word(answers, "a", MEETING, BY) is None
    assert set(answers.faults) == {"owner", "due_on"}


@pytest.mark.parametrize("on", ["2025-05-15", "2026-11-21", ""])
def test_words_of_an_action_follow_one_another_however_exact_their_days_are(on):
    opened = action_word(read(action_en="x", owner="DPO", on="2026-11-21"), "a", MEETING, BY)
    later = Author(person_id="b", name="Ho", at=AT + timedelta(hours=1))
    done = action_event(read(event="done", on="2026-11-21"), _action([opened]), later)
    assert done.known_at >= opened.known_at
    early = action_word(read(action_en="x", owner="DPO", on="2025-05-15"), "a", MEETING, BY)
    answers = read(event="done", on=on)
    assert action_event(answers, _action([early]), later).known_at >= early.known_at


def test_what_is_dropped_or_opened_again_says_why():
    opened = action_word(read(action_en="x", owner="DPO"), "a", MEETING, BY)
    answers = read(event="dropped")
    assert action_event(answers, _action([opened]), BY) is None
    assert set(answers.faults) == {"why"}
    dropped = action_event(read(event="dropped", why="merged"), _action([opened]), BY)
    assert (dropped.event, dropped.texts, dropped.said_by) == ("dropped", {"en": "x"}, "Lee Siu Ling")
    answers = read(event="done")
    assert action_event(answers, _action([opened, dropped]), BY) is None
    assert set(answers.faults) == {"event"}


def test_a_change_takes_owner_and_date_and_a_closing_leaves_them():
    opened = action_word(read(action_en="x", owner="DPO", due_on="2026-12-31"), "a", MEETING, BY)
    changed = action_event(read(event="changed", owner="OGCIO", due_on="2027-01-31"), _action([opened]), BY)
    assert (changed.owner, changed.due_on) == ("OGCIO", date(2027, 1, 31))
    done = action_event(read(event="done", owner="other", due_on="2030-01-01"), _action([opened]), BY)
    assert (done.owner, done.due_on) == ("DPO", date(2026, 12, 31))


def test_a_decision_is_withdrawn_with_a_reason_from_now_on():
    word = decision_word(read(decision_en="x"), "d", MEETING, BY)
    assert withdrawal(word, read(why=" "), BY) is None
    back = withdrawal(word, read(why="entered twice"), BY)
    assert (back.state, back.why, back.known_at) == ("withdrawn", "entered twice", AT)


@pytest.mark.parametrize(
    ("kind", "word", "until", "faults"),
    [
        ("work_item", "at_risk", "2027-01-31", set()),
        ("milestone", "done", "2026-11-21", set()),
        ("work_item", "done", "2027-01-31", {"word"}),
        ("measure", "missed", "2027-05-21", {"expires_on"}),
        ("measure", "missed", "2026-11-20", {"expires_on"}),
    ],
)
def test_an_override_takes_a_word_of_its_subject_and_ends_within_half_a_year(kind, word, until, faults):
    answers = read(word=word, reason_en="x", expires_on=until)
    made = override_word(answers, "o", (kind, "x"), BY)
    assert set(answers.faults) == faults
    assert (made is None) is bool(faults)


def test_ids_are_never_given_twice():
    assert next_plenary({"egscc_1", "egscc_2", "m_20260301", "egscc_x"}) == "egscc_3"
    assert next_plenary(()) == "egscc_1"
    assert other_id(date(2026, 3, 1), set()) == "m_20260301"
    assert other_id(date(2026, 3, 1), {"m_20260301", "m_20260301_2"}) == "m_20260301_3"
