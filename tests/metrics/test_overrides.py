"""Overrides as known at an instant: in force until withdrawn, replaced or run out, and told for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from metrics.asof import day_as_of, now_as_of
from metrics.overrides import overrides, stories, told
from metrics.review import reviews
from metrics.warehouse.columns import microseconds
from metrics.warehouse.overrides import OverrideBook, OverrideWord
from metrics.warehouse.people import Deed

CLOCK = datetime(2027, 6, 1, 4, 0, tzinfo=UTC)
SET = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
WORD = OverrideWord(
    override_id="o1",
    subject_kind="work_item",
    subject_id="3",
    word="at_risk",
    reasons={"en": "Works have stopped."},
    expires_on=date(2027, 1, 31),
    said_by="Lee",
    known_at=SET,
    recorded_at=SET,
)
SUBJECT = ("work_item", "3")


def at(days: int) -> dict[str, datetime]:
    """Return both clocks of a word said some days later."""
    return dict.fromkeys(("known_at", "recorded_at"), SET + timedelta(days=days))


def on(day: str):
    return day_as_of(date.fromisoformat(day), clock=CLOCK)


@pytest.mark.parametrize(
    ("day", "state"),
    [("2026-11-20", None), ("2026-11-21", "in_force"), ("2027-01-31", "in_force"), ("2027-02-01", "expired")],
)
def test_an_override_stands_from_its_day_to_its_last_day(day, state):
    assert [one.state for one in told([WORD], on(day))] == ([state] if state else [])


def test_a_withdrawn_override_is_told_with_who_ended_it_and_when():
    back = replace(WORD, event="withdrawn", said_by="Chan", **at(9))
    (one,) = told([WORD, back], on("2026-12-31"))
    assert (one.state, one.ended_on, one.ended_by) == ("withdrawn", date(2026, 11, 30), "Chan")
    assert (one.override.by, one.override.since) == ("Lee", date(2026, 11, 21))
    assert told([WORD, back], on("2026-11-29"))[0].state == "in_force"


def test_the_newest_of_a_subject_counts_and_withdrawing_it_brings_none_back():
    later = replace(WORD, override_id="o2", word="on_track", **at(2))
    other = replace(WORD, override_id="o3", subject_id="4", **at(3))
    back = replace(later, event="withdrawn", **at(5))
    found = {one.override_id: one for one in told([WORD, later, other, back], on("2026-12-31"))}
    assert {name: one.state for name, one in found.items()} == {
        "o1": "replaced", "o2": "withdrawn", "o3": "in_force",
    }  # fmt: skip
    assert found["o1"].ended_on == date(2026, 11, 23)


def test_one_that_had_run_out_was_not_replaced_by_a_later_one():
    later = replace(WORD, override_id="o2", **at(100))
    found = {one.override_id: one.state for one in told([WORD, later], on("2027-03-02"))}
    assert found["o1"] == "expired"


def test_a_word_that_is_no_status_of_its_subject_says_nothing():
    assert told([replace(WORD, word="done")], on("2026-12-01")) == ()
    assert len(told([replace(WORD, subject_kind="milestone", word="done")], on("2026-12-01"))) == 1


def test_what_was_recorded_after_a_stamp_is_not_seen_by_it():
    as_of = replace(on("2026-12-01"), stamp=microseconds(SET) - 1)
    assert told([WORD], as_of) == ()


@pytest.fixture
def metrics(opening_metrics, sqlite_warehouse):
    """Give the questions over a warehouse that holds overrides alone."""
    return replace(opening_metrics, warehouse=sqlite_warehouse, _said={}, _cited={})


def test_a_review_shows_the_override_beside_the_computed_word_and_not_in_the_past(metrics):
    book = OverrideBook(metrics.warehouse.engine)
    deed = Deed(actor="lee", action="override", subject="work_item:3")
    book.set(replace(WORD, known_at=None, recorded_at=None), deed, SET)
    now = now_as_of(SET + timedelta(minutes=1))
    verdict = reviews(metrics, now)[3].verdict
    assert (verdict.word, verdict.override.word) == ("not_assessed", "at_risk")
    assert verdict.override.reasons == {"en": "Works have stopped."}
    assert reviews(metrics, now)[4].verdict.override is None
    assert reviews(metrics, on("2026-11-20"))[3].verdict.override is None
    book.withdraw("o1", "Chan", "chan", deed, SET + timedelta(minutes=2))
    assert overrides(metrics, now_as_of(SET + timedelta(minutes=3))) == {}
    assert set(overrides(metrics, now)) == {SUBJECT}
    assert [one.state for one in stories(metrics, now_as_of(SET + timedelta(minutes=3)))] == ["withdrawn"]
