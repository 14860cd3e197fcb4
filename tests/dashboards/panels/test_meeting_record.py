"""What a meeting decided: the published told apart from what people entered, for those who may see it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboards.desk import Filters
from dashboards.panels.meeting_record import actions_panel, decisions_panel, published_panel
from dashboards.panels.work_item_told import Told
from metrics.meetings import held
from tests.dashboards.panels.drawn import LANGUAGES, NOW, on, text
from tests.dashboards.panels.kept import ACTION, DECISION, MEETING, with_kept

FILTERS = Filters(as_of=NOW)


def meeting(desk, meeting_id: str):
    return next(one for one in held(desk.metrics, NOW) if one.id == meeting_id)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_published_of_the_first_meeting_stands_with_its_source(opening_desk, lang):
    first = meeting(opening_desk, "egscc_1")
    filters = Filters(lang=lang, as_of=NOW)
    words = text(published_panel(Told(desk=opening_desk, as_of=NOW), first), opening_desk, filters)
    for milestone in first.milestones:
        assert opening_desk.words[lang].t(f"milestone.{milestone}") in words
    assert "粤港共建智慧城市群专责小组联席会议第一次会议" in words


def test_nothing_is_invented_for_a_meeting_of_which_nothing_was_published(opening_desk):
    desk = with_kept(opening_desk, MEETING)
    third = meeting(desk, "egscc_3")
    assert "No outcome of this meeting has been published" in text(
        published_panel(Told(desk=desk, as_of=NOW), third), desk, FILTERS
    )
    assert "No decision has been entered" in text(decisions_panel(third), desk, FILTERS)
    assert "No action has been entered" in text(actions_panel(third), desk, FILTERS)


def test_decisions_and_actions_are_those_of_the_meeting(opening_desk):
    desk = with_kept(opening_desk, MEETING, DECISION, ACTION)
    third, second = meeting(desk, "egscc_3"), meeting(desk, "egscc_2")
    assert "Publish <b>the list</b>" in text(decisions_panel(third), desk, FILTERS)
    assert "Publish" not in text(decisions_panel(second), desk, FILTERS)
    assert "overdue by 52 days" in text(actions_panel(third), desk, FILTERS)
    assert "Draft the list" not in text(actions_panel(second), desk, FILTERS)
    assert "Draft the list" in text(actions_panel(None, only_open=True), desk, FILTERS)


@pytest.mark.parametrize(("audience", "seen"), [("public", False), ("group", True), ("officials", True)])
def test_what_is_for_the_group_is_for_the_group(opening_desk, audience, seen):
    words = (MEETING, replace(DECISION, audience="group"), replace(ACTION, audience="group"))
    desk = with_kept(opening_desk, *words, audience=audience)
    third = meeting(desk, "egscc_3")
    assert ("the list" in text(decisions_panel(third), desk, FILTERS)) is seen
    assert ("Draft the list" in text(actions_panel(third), desk, FILTERS)) is seen


def test_the_past_does_not_know_what_was_decided_later(opening_desk):
    desk = with_kept(opening_desk, MEETING, DECISION, ACTION)
    before = Filters(as_of=on(2026, 6, 9))
    assert "Draft the list" not in text(actions_panel(None, only_open=True), desk, before)
    on_the_day = Filters(as_of=on(2026, 6, 10))
    assert "overdue" not in text(actions_panel(None, only_open=True), desk, on_the_day)
