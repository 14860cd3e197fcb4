"""The index of the work items."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.pages.work_items import PAGE
from tests.dashboards.panels.drawn import LANGUAGES, NOW, failures, on


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("as_of", [NOW, on(2025, 5, 15), on(2005, 1, 1)])
def test_it_draws_at_every_moment(opening_desk, lang, as_of):
    assert failures(PAGE, opening_desk, Filters(lang=lang, as_of=as_of)) == []


def test_it_stands_in_the_navigation_above_the_five_pages():
    assert PAGE.nav
    assert PAGE.path == "/work-items"
