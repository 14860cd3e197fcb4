"""What was worked out is asked for once, of the same day, stamp and question; nothing without a stamp is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from metrics.asof import instant_as_of, now_as_of
from metrics.remembered import Remembered

NOON = datetime(2026, 5, 4, 4, tzinfo=UTC)
NOW = now_as_of(NOON)


def asked(held: Remembered, *questions: tuple) -> list[int]:
    """Return of each question (what, as-of, stamp) how many were made by then."""
    made: list[int] = []
    return [
        held.get(what, as_of, stamp, lambda: made.append(1) or len(made)) for what, as_of, stamp in questions
    ]


def test_the_same_question_is_worked_out_once_a_day_and_stamp():
    later = now_as_of(NOON + timedelta(hours=3))
    tomorrow = now_as_of(NOON + timedelta(hours=13))
    assert asked(Remembered(), ("a", NOW, 1), ("a", later, 1), ("a", tomorrow, 1), ("a", NOW, 1)) == [
        1,
        1,
        2,
        1,
    ]


def test_another_question_or_stamp_is_another_answer():
    assert asked(Remembered(), ("a", NOW, 1), ("b", NOW, 1), ("a", NOW, 2)) == [1, 2, 3]


def test_an_instant_of_today_is_not_the_day():
    then = instant_as_of(NOON - timedelta(hours=1), clock=NOON)
    assert asked(Remembered(), ("a", NOW, 1), ("a", then, 1), ("a", replace(then), 1)) == [1, 2, 2]


def test_without_a_stamp_nothing_is_kept():
    assert asked(Remembered(), ("a", NOW, None), ("a", NOW, None)) == [1, 2]


def test_the_longest_unused_goes_first():
    held = Remembered(most=2)
    questions = [("a", NOW, 1), ("b", NOW, 1), ("a", NOW, 1), ("c", NOW, 1), ("a", NOW, 1), ("b", NOW, 1)]
    assert asked(held, *questions) == [1, 2, 1, 3, 1, 4]


def test_a_newer_stamp_takes_what_was_made_under_older_ones_out_of_memory():
    held = Remembered()
    assert asked(held, ("a", NOW, 1), ("b", NOW, 1), ("a", NOW, 2)) == [1, 2, 3]
    assert len(held._held) == 1
