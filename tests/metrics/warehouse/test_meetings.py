"""Meetings, decisions and actions in the warehouse: every word kept with who said it, on every engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from metrics.warehouse.meetings import (
    ActionWord,
    AlreadyIs,
    DecisionWord,
    MeetingBook,
    MeetingWord,
    UnknownSubject,
)
from metrics.warehouse.people import Deed

AT = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
HELD = MeetingWord(
    meeting_id="egscc_3",
    kind="plenary",
    held_on=date(2026, 11, 20),
    as_of=datetime(2026, 11, 20, 15, 59, 59, 999999, tzinfo=UTC),
    place_id="guangzhou",
    names={"en": "Third meeting", "zh-Hant": "第三次會議"},
    known_at=AT,
    said_by="Chan Tai Man",
    person_id="tmchan",
)
DECIDED = DecisionWord(
    decision_id="d1",
    meeting_id="egscc_3",
    work_item=3,
    texts={"zh-Hant": "公布互認清單"},
    audience="group",
    known_at=AT,
    said_by="Chan Tai Man",
)
OPENED = ActionWord(
    action_id="a1",
    meeting_id="egscc_3",
    texts={"en": "Publish the list"},
    owner="Digital Policy Office",
    due_on=date(2027, 3, 31),
    known_at=AT,
    said_by="Chan Tai Man",
)


def deed(action: str = "meeting") -> Deed:
    return Deed(actor="tmchan", action=action, subject="egscc_3")


@pytest.fixture
def book(warehouse) -> MeetingBook:
    return MeetingBook(warehouse.engine)


@pytest.mark.engine
def test_what_is_said_is_kept_as_it_was_said(book, warehouse):
    words = (
        book.say_meeting(HELD, deed(), AT),
        book.say_decision(DECIDED, deed("decision"), AT),
        book.say_action(OPENED, deed("action"), AT),
    )
    kept = book.words()
    assert (*kept.meetings, *kept.decisions, *kept.actions) == words
    assert [replace(one, recorded_at=None) for one in words] == [HELD, DECIDED, OPENED]
    assert sorted(warehouse.audit()["action"]) == ["action", "decision", "meeting"]
    assert warehouse.verify_audit() == []


@pytest.mark.engine
def test_each_word_has_its_own_instant_after_all_that_is_recorded_and_is_news(book, warehouse):
    before = warehouse.stamp()
    words = [book.say_action(OPENED, deed(), AT)]
    words += [book.say_action(replace(OPENED, event=event), deed(), AT) for event in ("done", "reopened")]
    recorded = [one.recorded_at for one in words]
    assert recorded == sorted(set(recorded))
    assert recorded[0] == AT
    assert warehouse.stamp() > before
    assert [one.event for one in book.words().actions] == ["opened", "done", "reopened"]


@pytest.mark.engine
def test_a_word_that_does_not_follow_leaves_nothing_behind(book, warehouse):
    book.say_action(OPENED, deed(), AT)
    book.say_action(replace(OPENED, event="done"), deed(), AT)
    stamp = warehouse.stamp()
    for event in ("done", "dropped", "changed", "opened"):
        with pytest.raises(AlreadyIs, match="is done"):
            book.say_action(replace(OPENED, event=event), deed("wrong"), AT)
    with pytest.raises(UnknownSubject, match="found none"):
        book.say_action(replace(OPENED, action_id="a9", event="done"), deed("wrong"), AT)
    with pytest.raises(UnknownSubject):
        book.say_decision(replace(DECIDED, state="withdrawn"), deed("wrong"), AT)
    assert len(book.words().actions) == 2
    assert "wrong" not in set(warehouse.audit()["action"])
    assert warehouse.stamp() == stamp


@pytest.mark.engine
def test_of_two_people_who_close_an_action_at_once_one_is_told_so(book):
    book.say_action(OPENED, deed(), AT)
    others = MeetingBook(book.engine)
    others.say_action(replace(OPENED, event="dropped", said_by="Lee"), deed(), AT + timedelta(seconds=1))
    with pytest.raises(AlreadyIs, match="is dropped, and cannot be done"):
        book.say_action(replace(OPENED, event="done"), deed(), AT + timedelta(seconds=1))


def test_a_new_meeting_does_not_overwrite_one_that_somebody_entered_meanwhile(sqlite_warehouse):
    book = MeetingBook(sqlite_warehouse.engine)
    book.say_meeting(HELD, deed(), AT, new=True)
    with pytest.raises(AlreadyIs, match="entered it meanwhile"):
        book.say_meeting(replace(HELD, names={"en": "Mine"}), deed(), AT, new=True)
    book.say_meeting(replace(HELD, state="cancelled"), deed(), AT)
    assert [one.state for one in book.words().meetings] == ["held", "cancelled"]


def test_what_is_missing_is_said(sqlite_warehouse):
    book = MeetingBook(sqlite_warehouse.engine)
    for say, word, fault in (
        (book.say_meeting, replace(HELD, state="dreamt"), "planned, held, cancelled, found 'dreamt'"),
        (book.say_meeting, replace(HELD, kind="party"), "plenary, other"),
        (book.say_meeting, replace(HELD, held_precision="week"), "day, month, reported"),
        (book.say_meeting, replace(HELD, names={"en": " "}), "expected a text in one language"),
        (book.say_meeting, replace(HELD, said_by=" "), "sign in first"),
        (book.say_decision, replace(DECIDED, audience="nobody"), "public, group, officials, found 'nobody'"),
        (book.say_decision, replace(DECIDED, state="maybe"), "taken, withdrawn"),
        (book.say_action, replace(OPENED, owner=""), "name an owner"),
        (book.say_action, replace(OPENED, event="slept"), "opened, changed, done, dropped, reopened"),
    ):
        with pytest.raises(ValueError, match=fault):
            say(word, deed(), AT)
    assert book.words().meetings == ()
    assert sqlite_warehouse.stamp() == 0


def test_a_decision_is_taken_back_once(sqlite_warehouse):
    book = MeetingBook(sqlite_warehouse.engine)
    book.say_decision(DECIDED, deed(), AT)
    book.say_decision(replace(DECIDED, state="withdrawn", why="entered twice"), deed(), AT)
    assert [one.state for one in book.words().decisions] == ["taken", "withdrawn"]
    with pytest.raises(AlreadyIs):
        book.say_decision(replace(DECIDED, state="withdrawn"), deed(), AT)
