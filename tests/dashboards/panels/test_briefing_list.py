"""Cards of briefings: name, moment, audience, maker, and what can be done with each."""

from __future__ import annotations

from dataclasses import replace

from dashboards.briefings import briefing
from dashboards.desk import Filters
from dashboards.panels.briefing_list import begin, briefings_frame, list_panel
from dashboards.shell import view_of
from dashboards.style import Shapes
from tests.opened import NOW


def test_a_saved_briefing_says_whose_it_is_and_for_whom(opening_desk):
    ready = briefing("egscc_2", opening_desk)
    mine = replace(
        ready, id="b-1", names={"en": "Mine <b>"}, about={}, made_by="alice", audience="group", version=2
    )
    frame = briefings_frame(lambda _desk: [mine], opening_desk, Filters())
    view = view_of(opening_desk, Filters(lang="en"), NOW.date(), Shapes())
    said = str(list_panel("x", "briefing.ready", tuple, "briefing.none_saved").body(frame, view))
    for words in (
        "Mine <b>",
        "by alice",
        "Members of the Expert Group",
        "As known on 15 May 2025",
        "/present/b-1",
    ):
        assert words in said


def test_a_briefing_that_moves_says_so(opening_desk):
    frame = briefings_frame(lambda desk: [briefing("next", desk)], opening_desk, Filters())
    view = view_of(opening_desk, Filters(lang="en"), NOW.date(), Shapes())
    assert "As known on the day it is shown" in str(
        list_panel("x", "briefing.ready", tuple, "briefing.none_saved").body(frame, view)
    )


def test_none_is_a_calm_sentence_under_its_heading(opening_desk):
    panel = list_panel("x", "briefing.ready", lambda _desk: (), "briefing.none_saved")
    frame = panel.query(opening_desk, Filters())
    assert frame.empty
    view = view_of(opening_desk, Filters(lang="en"), NOW.date(), Shapes())
    said = str(panel.body(frame, view))
    assert view.t("briefing.ready") in said
    assert view.t("briefing.none_saved") in said


def test_a_new_one_begins_in_the_readers_language(opening_desk):
    view = view_of(opening_desk, Filters(lang="zh-Hant"), NOW.date(), Shapes())
    assert "/briefings/compose?new=1&lang=zh-Hant" in str(begin(opening_desk, view))
