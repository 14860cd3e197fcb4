"""What the panels of one answer share: asked once, as of one moment."""

from __future__ import annotations

from dashboards.desk import Filters
from dashboards.panels.work_item_told import told_for
from tests.dashboards.panels.drawn import NOW, on


def test_the_last_meeting_is_the_one_before_the_as_of(opening_desk):
    now = told_for(opening_desk, Filters(as_of=NOW))
    assert now.since.day.isoformat() == "2025-05-15"
    assert now.meeting.number == 2
    at_second = told_for(opening_desk, Filters(as_of=on(2025, 5, 15)))
    assert at_second.since.day.isoformat() == "2024-03-28"
    assert at_second.meeting.number == 1


def test_before_the_first_meeting_nothing_is_compared(opening_desk):
    told = told_for(opening_desk, Filters(as_of=on(2019, 1, 1)))
    assert told.since is None
    assert (told.before, told.statuses, told.steps, told.figures, told.meeting) == ({}, (), (), (), None)


def test_the_reviews_are_asked_for_once(opening_desk):
    told = told_for(opening_desk, Filters(as_of=NOW))
    assert told.reviews is told.reviews
    assert sorted(told.reviews) == [1, 2, 3, 4, 5]


def test_what_moved_is_what_differs_between_the_two_reviews(opening_desk):
    told = told_for(opening_desk, Filters(as_of=NOW))
    moved = {move.work_item for move in told.statuses}
    differing = {
        number
        for number, review in told.reviews.items()
        if review.verdict.word != told.before[number].verdict.word
    }
    assert moved == differing
    assert moved
