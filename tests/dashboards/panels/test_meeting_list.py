"""The list of the meetings, and the way to the next one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from dash import html

from dashboards.briefings.values import FILES
from dashboards.desk import Filters
from dashboards.panels.meeting_list import lines, list_panel, next_panel
from metrics.asof import day_as_of
from metrics.review import reviews
from tests.dashboards.panels.drawn import LANGUAGES, NOW, on, put, text
from tests.dashboards.panels.kept import ACTION, DECISION, MEETING, with_kept

FILTERS = Filters(as_of=NOW)


def test_the_words_are_those_of_each_meetings_own_day(opening_desk):
    found = lines(with_kept(opening_desk, MEETING), FILTERS)
    assert [one.meeting.id for one in found] == ["egscc_3", "egscc_2", "egscc_1"]
    for line in found:
        then = reviews(opening_desk.metrics, day_as_of(line.meeting.as_of))
        assert line.words == {number: review.verdict.word for number, review in then.items()}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_meeting_tells_how_much_it_left_to_do(opening_desk, lang):
    desk = with_kept(opening_desk, MEETING, DECISION, ACTION)
    words = text(list_panel(), desk, Filters(lang=lang, as_of=NOW))
    t = desk.words[lang].t
    assert t("meeting_page.count_decisions", n=1) in words
    assert t("meeting_page.count_overdue", n=1) in words
    assert t("meeting_page.nothing_entered") in words  # of the first two


def test_before_the_first_meeting_there_was_none(opening_desk):
    assert "No meeting was known at that time." in text(
        list_panel(), opening_desk, Filters(as_of=on(2019, 1, 1))
    )


def test_no_date_is_claimed_that_nobody_announced(opening_desk):
    assert "No date has been announced." in text(next_panel(), with_kept(opening_desk, MEETING), FILTERS)
    plan = replace(MEETING, state="planned", held_on=date(2026, 12, 31), held_precision="month")
    words = text(next_panel(), with_kept(opening_desk, plan), FILTERS)
    assert "Third meeting: announced for Dec 2026" in words
    assert "No date" not in words


def test_a_day_that_went_by_without_word_of_a_meeting_says_so(opening_desk):
    plan = replace(MEETING, state="planned", held_on=date(2026, 11, 1))
    words = text(next_panel(), with_kept(opening_desk, plan), FILTERS)
    assert "was announced for 1 Nov 2026; whether it was held has not been entered" in words
    assert [one.meeting.id for one in lines(with_kept(opening_desk, plan), FILTERS)] == ["egscc_2", "egscc_1"]


def test_a_cancelled_meeting_is_told_as_such_and_has_no_statuses(opening_desk):
    off = replace(MEETING, state="cancelled")
    (line, *_) = lines(with_kept(opening_desk, off), FILTERS)
    assert (line.meeting.id, dict(line.words)) == ("egscc_3", {})
    assert "cancelled" in text(list_panel(), with_kept(opening_desk, off), FILTERS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_briefing_of_each_meeting_and_of_the_next_is_taken_away_from_the_list(opening_desk, lang):
    filters = Filters(lang=lang, as_of=NOW)
    for panel, meetings in ((list_panel(), ("egscc_1", "egscc_2")), (next_panel(), ("next",))):
        made = put(panel, opening_desk, filters).component
        found = {one.href for one in made._traverse() if isinstance(one, html.A)}
        for meeting in meetings:
            for form in FILES:
                assert f"/exports/briefings/{meeting}?lang={lang}&format={form}" in found
