"""The five work-item pages: every panel in every language at every moment, and what stands above them."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.pages.work_item import PAGE
from dashboards.panel import said
from tests.dashboards.panels.drawn import LANGUAGES, NOW, failures, on, told, view_of

MOMENTS = {"now": NOW, "second meeting": on(2025, 5, 15), "empty": on(2005, 1, 1)}


@pytest.mark.parametrize("number", "12345")
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_panel_draws_at_every_moment(opening_desk, lang, moment, number):
    assert failures(PAGE, opening_desk, Filters(lang=lang, as_of=MOMENTS[moment], item=number)) == []


def test_there_is_a_page_for_each_work_item_and_no_other(opening_desk):
    assert list(PAGE.items(opening_desk)) == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_statement_is_told_and_a_house_translation_says_so(opening_desk, lang):
    view = view_of(opening_desk, Filters(lang=lang, as_of=NOW, item="4"))
    item = opening_desk.agenda.work_items[4]
    assert item.statement[lang] in said(PAGE.lead, view)
    marked = view.t("work_item_page.house_translation") in list(told(PAGE.intro(opening_desk, view)))
    assert marked == (lang in item.house_translation)


def test_the_way_to_the_others_marks_the_one_shown(opening_desk):
    view = view_of(opening_desk, Filters(as_of=on(2025, 5, 15), item="2"))
    links = PAGE.intro(opening_desk, view)[-1].children
    assert [getattr(link, "aria-current", None) for link in links] == [None, "true", None, None, None]
    assert links[4].href == "/work-items/5?as_of=2025-05-15"
