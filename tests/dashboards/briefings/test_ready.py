"""Briefings made ready: one a meeting, frozen as of its day, and one for the next."""

from __future__ import annotations

from datetime import date

from dashboards.briefings.making import found
from dashboards.briefings.ready import CHARTS, all_ready, draft_of, panels, ready_made
from dashboards.briefings.values import Choice
from dashboards.desk import Filters
from dashboards.i18n import LANGUAGES


def test_every_meeting_has_one_by_its_own_id_and_so_has_the_next(opening_desk):
    made = all_ready(opening_desk)
    assert [one.id for one in made] == ["next", "egscc_2", "egscc_1"]
    assert [ready_made(one.id, opening_desk) for one in made] == list(made)
    assert all(one.meeting_id == one.id and one.ready_made for one in made)


def test_it_is_frozen_as_of_the_day_of_the_meeting_and_the_next_is_as_known_now(opening_desk):
    second = ready_made("egscc_2", opening_desk)
    assert second is not None
    assert (second.as_of.day, second.as_of.current) == (date(2025, 5, 15), False)
    coming = ready_made("next", opening_desk)
    assert coming is not None
    assert coming.as_of.current


def test_it_is_named_and_dated_in_every_language(opening_desk):
    for one in all_ready(opening_desk):
        assert all(one.names[lang] and one.about[lang] for lang in LANGUAGES)


def test_there_is_none_for_a_meeting_there_was_not(opening_desk):
    assert ready_made("egscc_99", opening_desk) is None
    assert ready_made("", opening_desk) is None


def test_it_holds_every_work_item_what_changed_and_what_is_late(opening_desk):
    own = [one.panel_id for one in panels(opening_desk) if not one.page_path]
    assert own == [*(f"work-item-{n}" for n in range(1, 6)), "changed", "late"]


def test_each_of_its_charts_is_a_panel_of_a_page_today(opening_desk):
    for path, panel, query in CHARTS:
        choice = Choice(page_path=path, panel_id=panel, query=query)
        assert found(choice, opening_desk, Filters()) is not None, (path, panel)


def test_what_is_composed_further_is_nobodys_yet_and_leaves_nothing_out(opening_desk):
    coming = ready_made("next", opening_desk)
    assert coming is not None
    draft = draft_of(coming, "zh-Hans")
    assert draft.languages == ("zh-Hans",)
    assert (draft.id, draft.meeting_id, draft.version) == ("", "", 0)
    assert not any(one.yields for one in draft.panels)
    assert [one.panel_id for one in draft.panels] == [one.panel_id for one in coming.panels]
