"""Meetings, decisions and actions as known at an instant, to one audience."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from metrics.agenda import agenda
from metrics.asof import day_as_of, now_as_of
from metrics.meetings import (
    actions,
    decisions,
    gatherings,
    held,
    last_before,
    open_actions,
    planned,
    spoken,
)
from metrics.warehouse.columns import microseconds
from metrics.warehouse.meetings import ActionWord, DecisionWord, Kept, MeetingWord
from metrics.warehouse.values import end_of_day, start_of_day

CLOCK = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
NOW = now_as_of(CLOCK)
HELD_ON = date(2026, 6, 10)
HELD = MeetingWord(
    meeting_id="egscc_3",
    kind="plenary",
    held_on=HELD_ON,
    as_of=end_of_day(HELD_ON),
    place_id="guangzhou",
    names={"en": "Third meeting"},
    known_at=start_of_day(HELD_ON),
    recorded_at=CLOCK - timedelta(days=30),
    said_by="Chan",
)
DECIDED = DecisionWord(
    decision_id="d1",
    meeting_id="egscc_3",
    texts={"zh-Hant": "互認"},
    known_at=start_of_day(HELD_ON),
    recorded_at=CLOCK - timedelta(days=29),
    said_by="Chan",
)
OPENED = ActionWord(
    action_id="a1",
    meeting_id="egscc_2",
    texts={"en": "Publish the list"},
    owner="Digital Policy Office",
    due_on=date(2026, 9, 30),
    known_at=start_of_day(date(2025, 5, 15)),
    recorded_at=CLOCK - timedelta(days=28),
    said_by="Chan",
)


def metrics(*words, audiences=("public",)) -> SimpleNamespace:
    kept = Kept(
        meetings=tuple(one for one in words if isinstance(one, MeetingWord)),
        decisions=tuple(one for one in words if isinstance(one, DecisionWord)),
        actions=tuple(one for one in words if isinstance(one, ActionWord)),
    )
    return SimpleNamespace(agenda=agenda(), kept=lambda: kept, audiences=frozenset(audiences))


def on(day: str, stamp: datetime | None = None):
    as_of = day_as_of(date.fromisoformat(day), clock=CLOCK)
    return replace(as_of, stamp=microseconds(stamp)) if stamp else as_of


def ids(found) -> list[str]:
    return [one.id for one in found]


def test_meetings_of_the_agenda_and_of_people_stand_in_one_order_and_are_counted():
    found = held(metrics(HELD), NOW)
    assert [(one.id, one.number, one.kept) for one in found] == [
        ("egscc_1", 1, False),
        ("egscc_2", 2, False),
        ("egscc_3", 3, True),
    ]
    assert found[-1].moment(clock=CLOCK).instant == end_of_day(HELD_ON)


def test_a_meeting_is_not_known_before_it_was_held():
    assert ids(held(metrics(HELD), on("2026-06-09"))) == ["egscc_1", "egscc_2"]
    assert ids(held(metrics(HELD), on("2026-06-10"))) == ["egscc_1", "egscc_2", "egscc_3"]
    assert held(metrics(HELD), on("2019-01-01")) == ()


def test_the_last_meeting_is_one_that_people_keep_too():
    assert last_before(metrics(HELD), NOW).id == "egscc_3"
    assert last_before(metrics(HELD), on("2026-06-10")).id == "egscc_2"
    assert last_before(metrics(HELD), on("2024-03-28")) is None


def test_other_meetings_are_told_and_not_counted():
    other = replace(HELD, meeting_id="m_20260301", kind="other", held_on=date(2026, 3, 1),
                    as_of=end_of_day(date(2026, 3, 1)), known_at=start_of_day(date(2026, 3, 1)))  # fmt: skip
    assert [one.number for one in held(metrics(HELD, other), NOW)] == [1, 2, 0, 3]


def test_a_meeting_for_the_group_does_not_exist_for_the_public():
    word = replace(HELD, audience="group")
    assert ids(held(metrics(word), NOW)) == ["egscc_1", "egscc_2"]
    assert ids(held(metrics(word, audiences=("public", "group")), NOW))[-1] == "egscc_3"
    # what was public and is the group's from now on, is gone from the public
    again = replace(word, known_at=word.known_at + timedelta(days=1))
    assert ids(held(metrics(HELD, again), NOW)) == ["egscc_1", "egscc_2"]
    # nor is what a hidden meeting decided told without it
    assert decisions(metrics(word, DECIDED), NOW) == ()


def test_a_meeting_ahead_is_planned_until_somebody_says_it_was_held():
    plan = replace(
        HELD,
        state="planned",
        known_at=start_of_day(date(2026, 5, 2)),
        recorded_at=start_of_day(date(2026, 5, 2)),
    )
    assert ids(planned(metrics(plan), on("2026-05-01"))) == []
    assert ids(planned(metrics(plan), on("2026-05-02"))) == ["egscc_3"]
    assert ids(held(metrics(plan), NOW)) == ["egscc_1", "egscc_2"]
    assert ids(planned(metrics(plan, HELD), NOW)) == []
    off = replace(plan, state="cancelled", known_at=start_of_day(date(2026, 5, 20)))
    assert [(one.id, one.state, one.number) for one in gatherings(metrics(plan, off), NOW)][-1] == (
        "egscc_3", "cancelled", 0,
    )  # fmt: skip


def test_the_agendas_word_counts_where_both_tell_a_meeting():
    mine = replace(HELD, meeting_id="egscc_2", held_on=date(2025, 5, 20), names={"en": "Mine"})
    found = held(metrics(mine), NOW)
    assert [(one.id, one.date, one.kept) for one in found][-1] == ("egscc_2", date(2025, 5, 15), False)


def test_what_was_recorded_after_a_stamp_is_not_in_what_was_frozen_by_it():
    assert ids(decisions(metrics(HELD, DECIDED), NOW)) == ["d1"]
    before = on("2026-11-20", stamp=CLOCK - timedelta(days=29, seconds=1))
    assert ids(held(metrics(HELD, DECIDED), before))[-1] == "egscc_3"
    assert decisions(metrics(HELD, DECIDED), before) == ()


def test_a_decision_taken_back_is_gone_from_that_day_on():
    back = replace(DECIDED, state="withdrawn", known_at=start_of_day(date(2026, 8, 1)))
    assert ids(decisions(metrics(HELD, DECIDED, back), on("2026-07-31"))) == ["d1"]
    assert decisions(metrics(HELD, DECIDED, back), on("2026-08-01")) == ()


@pytest.mark.parametrize(
    ("day", "state", "late"),
    [
        ("2025-05-14", None, 0),
        ("2025-05-15", "open", 0),
        ("2026-09-30", "open", 0),
        ("2026-10-10", "open", 10),
        ("2026-10-11", "done", 0),
        ("2026-10-12", "open", 12),
    ],
)
def test_an_action_is_what_it_was_on_each_day(day, state, late):
    done = replace(OPENED, event="done", known_at=start_of_day(date(2026, 10, 11)), why="gazetted")
    again = replace(OPENED, event="reopened", known_at=start_of_day(date(2026, 10, 12)))
    found = actions(metrics(OPENED, done, again), on(day))
    assert [(one.state, one.days_late(on(day).day)) for one in found] == ([(state, late)] if state else [])


def test_an_action_tells_its_earlier_due_dates_and_its_story():
    moved = replace(
        OPENED, event="changed", due_on=date(2027, 1, 31), known_at=start_of_day(date(2026, 9, 1))
    )
    (found,) = actions(metrics(OPENED, moved), NOW)
    assert (found.due_on, found.earlier_due) == (date(2027, 1, 31), (date(2026, 9, 30),))
    assert [word.event for word in found.story] == ["opened", "changed"]


def test_open_actions_come_in_the_order_in_which_they_are_due():
    none = replace(OPENED, action_id="a0", due_on=None)
    soon = replace(OPENED, action_id="a2", due_on=date(2026, 1, 31))
    over = replace(OPENED, action_id="a3", event="opened")
    dropped = replace(over, event="dropped", known_at=CLOCK)
    found = metrics(none, OPENED, soon, over, dropped)
    assert ids(open_actions(found, NOW)) == ["a2", "a1", "a0"]
    assert ids(actions(found, NOW)) == ["a2", "a1", "a0", "a3"]


def test_a_text_is_read_in_the_nearest_language_there_is():
    assert spoken({"en": "x", "zh-Hant": "互認"}, "zh-Hans") == ("互認", "zh-Hant")
    assert spoken({"zh-Hans": "互认"}, "en") == ("互认", "zh-Hans")
    assert spoken({"en": "x"}, "zh-Hant") == ("x", "en")
    assert spoken({}, "en") == ("", "en")
