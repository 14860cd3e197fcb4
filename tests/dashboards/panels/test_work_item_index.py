"""The way to the five work items: each with statement, status and counts."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.panels.work_item_index import index_panel
from dashboards.panels.work_item_told import told_for
from tests.dashboards.panels.drawn import LANGUAGES, NOW, text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_work_item_is_told_with_its_statement_and_word(opening_desk, lang):
    filters = Filters(lang=lang, as_of=NOW)
    shared = told_for(opening_desk, filters)
    said = text(index_panel(shared), opening_desk, filters)
    for number, item in opening_desk.agenda.work_items.items():
        assert item.statement[lang] in said
        assert opening_desk.words[lang].t(f"status.{shared.reviews[number].verdict.word}") in said


def test_references_are_not_counted_as_measures(opening_desk):
    shared = told_for(opening_desk, Filters(as_of=NOW))
    judged = sum(one.judged for one in shared.reviews[2].measures)
    assert judged < len(shared.reviews[2].measures)
    assert f"measures with a target: {judged}" in text(index_panel(shared), opening_desk)
