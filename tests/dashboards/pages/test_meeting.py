"""One meeting as of its date, and the draft of the next."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboards.desk import Filters
from dashboards.pages.meeting import PAGE
from dashboards.panel import panels_of, said
from dashboards.shell import view_of
from dashboards.style import Shapes
from tests.dashboards.panels.drawn import LANGUAGES, NOW, failures, on, text
from tests.dashboards.panels.kept import ACTION, DECISION, MEETING, OVERRIDE, with_kept

MOMENTS = {"now": NOW, "second meeting": on(2025, 5, 15), "empty": on(2005, 1, 1)}
ALL = (MEETING, DECISION, ACTION, OVERRIDE)


def asked(item: str, **more) -> Filters:
    return Filters(**({"as_of": NOW, "item": item} | more))


def title(desk, filters) -> str:
    return said(PAGE.title, view_of(desk, filters, date(2026, 11, 21), Shapes()))


@pytest.mark.parametrize("item", ["egscc_1", "egscc_2", "egscc_3", "next"])
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_panel_draws_at_every_moment(opening_desk, lang, moment, item):
    desk = with_kept(opening_desk, *ALL)
    assert failures(PAGE, desk, asked(item, lang=lang, as_of=MOMENTS[moment])) == []


def test_there_is_a_page_for_each_meeting_and_for_the_next(opening_desk):
    assert PAGE.items(with_kept(opening_desk)) == ("egscc_1", "egscc_2", "next")
    assert PAGE.items(with_kept(opening_desk, MEETING)) == ("egscc_1", "egscc_2", "egscc_3", "next")


def test_a_meeting_of_the_group_has_no_page_for_the_public_and_no_name(opening_desk):
    hidden = replace(MEETING, audience="group")
    public, group = with_kept(opening_desk, hidden), with_kept(opening_desk, hidden, audience="group")
    assert "egscc_3" not in PAGE.items(public)
    assert "egscc_3" in PAGE.items(group)
    # even where a path gets through, nothing of it is told
    filters = asked("egscc_3")
    assert title(public, filters) == "Unknown meeting"
    (panel,) = panels_of(PAGE, public, filters)
    assert "Nothing was known of this meeting" in text(panel, public, filters)
    assert title(group, filters) == "Third meeting"


def test_what_was_known_then_is_told_as_of_the_meeting_whenever_it_is_read(opening_desk):
    desk = with_kept(opening_desk, *ALL)
    now = {p.id: text(p, desk, asked("egscc_2")) for p in panels_of(PAGE, desk, asked("egscc_2"))}
    assert "As known on 15 May 2025" in now["known-then"]
    assert "over 210,000" in now["known-then"]  # 443,000 was published later
    assert "What changed since Meeting 1" in now["changes-then"]
    assert "As known on 15 May 2025" in now["changes-then"]
    later = asked("egscc_2", as_of=on(2026, 6, 10))
    for panel in panels_of(PAGE, desk, later):
        if panel.id in {"known-then", "changes-then", "published"}:
            assert text(panel, desk, later) == now[panel.id]


def test_a_meeting_that_was_not_held_yet_is_calmly_not_known(opening_desk):
    desk = with_kept(opening_desk)
    filters = asked("egscc_2", as_of=on(2025, 5, 14))
    assert [panel.id for panel in panels_of(PAGE, desk, filters)] == ["meeting"]
    assert title(desk, filters) == "Unknown meeting"


def test_a_meeting_that_is_only_announced_tells_its_date_and_no_more(opening_desk):
    plan = replace(MEETING, state="planned", held_on=date(2026, 12, 9))
    desk = with_kept(opening_desk, plan)
    filters = asked("egscc_3")
    (panel,) = panels_of(PAGE, desk, filters)
    words = text(panel, desk, filters)
    assert "9 Dec 2026" in words
    assert "announced" in words


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_draft_has_its_own_title(opening_desk, lang):
    desk = with_kept(opening_desk)
    assert title(desk, asked("next", lang=lang)) == desk.words[lang].t("meeting_page.draft_title")
