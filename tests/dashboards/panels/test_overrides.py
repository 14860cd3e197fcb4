"""Words set by hand: beside every computed status, never in its place, and told after they ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboards.desk import Filters
from dashboards.i18n import LANGUAGES
from dashboards.panels.overrides import overrides_panel
from dashboards.panels.overview_cards import cards_panel
from dashboards.panels.work_item_index import index_panel
from dashboards.panels.work_item_measures import measures_panel
from dashboards.panels.work_item_milestones import milestones_panel
from dashboards.panels.work_item_status import status_panel
from dashboards.panels.work_item_told import told_for
from metrics.warehouse.values import start_of_day
from tests.dashboards.panels.drawn import NOW, on, text
from tests.dashboards.panels.kept import OVERRIDE, with_kept


def said(desk, make, as_of=NOW, lang: str = "en") -> str:
    filters = Filters(as_of=as_of, lang=lang)
    return text(make(told_for(desk, filters)), desk, filters)


def of_item(make):
    return lambda told: make(told, 3)


@pytest.fixture
def desk(opening_desk):
    return with_kept(opening_desk, OVERRIDE)


def test_a_status_set_by_hand_names_who_why_and_until_when_beside_the_computed_one(desk, opening_desk):
    computed = said(opening_desk, of_item(status_panel)).partition(" ")[0]
    words = said(desk, of_item(status_panel))
    assert words.startswith(computed)
    for part in ("at risk", "Lee Siu Ling", "Works <i>have</i> stopped.", "31 Dec 2026"):
        assert part in words


@pytest.mark.parametrize("make", [cards_panel, index_panel])
def test_lists_of_the_work_items_mark_it(desk, opening_desk, make):
    mark = "set by hand until 31 Dec 2026"
    assert mark in said(desk, make)
    assert mark not in said(opening_desk, make)


def test_the_past_does_not_know_of_it(desk):
    before = on(2026, 10, 31)
    assert "set by hand" not in said(desk, of_item(status_panel), before)
    assert "Nobody has set a status by hand" in said(desk, of_item(overrides_panel), before)


@pytest.mark.parametrize(("kind", "make"), [("measure", measures_panel), ("milestone", milestones_panel)])
def test_measures_and_milestones_carry_theirs(opening_desk, kind, make):
    review = told_for(opening_desk, Filters(as_of=NOW)).reviews[3]
    nodes = {"measure": review.measures[0].target.id, "milestone": review.steps[0].milestone.id}
    word = {"measure": "missed", "milestone": "late"}[kind]
    desk = with_kept(opening_desk, replace(OVERRIDE, subject_kind=kind, subject_id=nodes[kind], word=word))
    words = said(desk, of_item(make))
    assert f"{word} | set by hand until 31 Dec 2026" in words
    assert word in said(desk, of_item(overrides_panel))


def test_what_was_withdrawn_is_told_with_who_and_when(opening_desk):
    back = replace(OVERRIDE, event="withdrawn", said_by="Ho", known_at=start_of_day(date(2026, 11, 9)))
    desk = with_kept(opening_desk, OVERRIDE, back)
    words = said(desk, of_item(overrides_panel))
    assert "Set by Lee Siu Ling on 1 Nov 2026, until 31 Dec 2026" in words
    assert "Withdrawn by Ho on 9 Nov 2026" in words
    assert "set by hand" not in said(desk, of_item(status_panel))


def test_what_ran_out_is_told_and_stands_no_more(opening_desk):
    desk = with_kept(opening_desk, replace(OVERRIDE, expires_on=date(2026, 11, 20)))
    assert "Ran out on 20 Nov 2026" in said(desk, of_item(overrides_panel))
    assert "set by hand" not in said(desk, of_item(status_panel))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_reason_stands_in_the_readers_language_or_the_nearest(desk, lang):
    words = said(desk, of_item(status_panel), lang=lang)
    assert ("工程暫停。" if lang.startswith("zh") else "Works <i>have</i> stopped.") in words
