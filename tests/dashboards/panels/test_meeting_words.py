"""Decisions and actions in words: every text escaped, in the nearest language, with its state and its audience."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboards.desk import Filters
from dashboards.fragments import markup
from dashboards.panels.meeting_words import (
    action_table,
    audience_flag,
    decision_list,
    item_said,
    source_said,
    state_of,
)
from metrics.meetings import actions, decisions
from metrics.warehouse.values import start_of_day
from tests.dashboards.panels.drawn import NOW, view_of
from tests.dashboards.panels.kept import ACTION, DECISION, MEETING, with_kept


def written(desk, make, lang: str = "en") -> str:
    return markup(make(view_of(desk, Filters(lang=lang, as_of=NOW)))) or ""


def of_actions(desk, day: date = NOW.day):
    found = actions(desk.metrics, NOW)
    return lambda view: action_table(found, day, "All", view)


def test_a_text_from_a_person_is_never_markup(opening_desk):
    desk = with_kept(opening_desk, MEETING, DECISION)
    found = decisions(desk.metrics, NOW)
    html = written(desk, lambda view: decision_list(found, view))
    assert "Publish &lt;b&gt;the list&lt;/b&gt;" in html
    assert "<b>the list" not in html


def test_a_text_in_another_language_says_which(opening_desk):
    desk = with_kept(opening_desk, MEETING, DECISION)
    found = decisions(desk.metrics, NOW)
    assert '<span lang="zh-Hant-HK">公布清單</span>' in written(
        desk, lambda view: decision_list(found, view), "zh-Hans"
    )


def test_an_action_tells_its_owner_its_date_and_that_it_is_overdue(opening_desk):
    desk = with_kept(opening_desk, MEETING, ACTION)
    html = written(desk, of_actions(desk))
    for part in (
        "Draft the list",
        "Digital Policy Office",
        "30 Sep 2026",
        "overdue by 52 days",
        "Work item 3",
    ):
        assert part in html


@pytest.mark.parametrize(
    ("event", "state", "words"), [("done", "done", "gazetted"), ("dropped", "dropped", "gazetted")]
)
def test_a_closed_action_tells_who_closed_it_and_why(opening_desk, event, state, words):
    closed = replace(
        ACTION, event=event, why="gazetted", said_by="Ho", known_at=start_of_day(date(2026, 10, 11))
    )
    desk = with_kept(opening_desk, MEETING, ACTION, closed)
    (one,) = actions(desk.metrics, NOW)
    assert state_of(one, NOW.day) == state
    html = written(desk, of_actions(desk))
    assert "Ho, 11 Oct 2026" in html
    assert words in html
    assert "overdue" not in html


def test_a_date_that_was_moved_shows_the_earlier_one_struck(opening_desk):
    moved = replace(
        ACTION, event="changed", due_on=date(2027, 1, 31), known_at=start_of_day(date(2026, 9, 1))
    )
    desk = with_kept(opening_desk, MEETING, ACTION, moved)
    html = written(desk, of_actions(desk))
    assert "31 Jan 2027" in html
    assert "30 Sep 2026</del>" in html


def test_what_not_everybody_may_see_says_so(opening_desk):
    view = view_of(opening_desk, Filters())
    assert audience_flag("public", view) == []
    assert "members" in (markup(audience_flag("group", view)) or "")
    assert "officials" in (markup(audience_flag("officials", view)) or "")
    assert item_said(0, view) == "All five work items"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//elsewhere.example", "JAVASCRIPT:x"]
)
def test_only_a_web_address_is_followed(url: str):
    (said,) = source_said("A notice", url)
    assert "href" not in (markup(said) or "")
    (linked,) = source_said("A notice", "https://www.example.org/notice")
    assert 'href="https://www.example.org/notice"' in (markup(linked) or "")
