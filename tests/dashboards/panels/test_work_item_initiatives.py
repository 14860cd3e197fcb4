"""Initiatives: each keeps its row, with or without figures and milestones."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.panels.work_item_initiatives import initiatives_panel
from dashboards.panels.work_item_told import told_for
from tests.dashboards.panels.drawn import LANGUAGES, NOW, on, text


def said(opening_desk, number: int, as_of=NOW, lang: str = "en") -> str:
    filters = Filters(lang=lang, as_of=as_of)
    return text(initiatives_panel(told_for(opening_desk, filters), number), opening_desk, filters)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("number", range(1, 6))
@pytest.mark.parametrize("as_of", [NOW, on(2005, 1, 1)])
def test_every_initiative_has_its_row_at_any_time(opening_desk, number, lang, as_of):
    words = said(opening_desk, number, as_of, lang)
    for initiative in opening_desk.agenda.initiatives_of(number):
        assert initiative.names[lang] in words


def test_before_any_figure_each_says_that_none_is_published(opening_desk):
    words = said(opening_desk, 1, on(2005, 1, 1))
    assert words.count("no figure published yet") == len(opening_desk.agenda.initiatives_of(1))


def test_an_indicator_without_a_figure_is_named(opening_desk):
    assert "No figure published yet: " in said(opening_desk, 2)


def test_figures_are_of_the_places_of_the_initiative(opening_desk):
    words = said(opening_desk, 1)
    macao = words.split("Self-service kiosks in Macao")[1].split("iAM Smart")[0]
    assert "Macao" in macao
    assert "Shenzhen" not in macao


def test_owner_and_milestones_are_told(opening_desk):
    words = said(opening_desk, 3)
    assert "Owner: Digital Policy Office" in words
    assert "2 Nov 2023" in words


def test_figures_of_parts_alone_are_no_missing_figure(days_desk):
    filters = Filters(as_of=NOW)
    words = text(initiatives_panel(told_for(days_desk, filters), 2), days_desk, filters)
    assert "series, data to" in words
