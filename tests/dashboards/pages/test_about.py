"""The about page: every section in every language, reachable from the chips at its head."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.pages.about import PAGE
from dashboards.panel import panels_of
from tests.dashboards.panels.drawn import LANGUAGES, NOW, failures, on, view_of


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("moment", [NOW, on(2005, 1, 1)])
def test_every_section_draws(opening_desk, lang, moment):
    assert failures(PAGE, opening_desk, Filters(lang=lang, as_of=moment)) == []


def test_every_section_has_its_chip(opening_desk):
    filters = Filters(as_of=NOW)
    chips = PAGE.intro(opening_desk, view_of(opening_desk, filters)).children
    wanted = [f"/about#panel-{panel.id}" for panel in panels_of(PAGE, opening_desk, filters)]
    assert [chip.href for chip in chips] == wanted


def test_it_stands_in_the_footer_not_in_the_navigation():
    assert (PAGE.path, PAGE.nav) == ("/about", False)
