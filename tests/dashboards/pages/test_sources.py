"""The sources page: what it holds, and that it stands in every language."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.pages.sources import PAGE
from dashboards.panels import sources_health
from tests.dashboards.panels.drawn import LANGUAGES, NOW, failures, on


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("moment", [NOW, on(2024, 3, 28)])
def test_every_panel_draws(opening_desk, lang, moment):
    assert failures(PAGE, opening_desk, Filters(lang=lang, as_of=moment)) == []


def test_the_page_has_its_own_address_and_renews_with_readings():
    assert (PAGE.path, PAGE.shows_readings) == ("/sources", True)
    assert (PAGE.rests_on, PAGE.renews) == (sources_health.mark, sources_health.seconds)
    assert [panel.id for panel in PAGE.panels] == ["sources-summary", "sources-list", "quarantine"]
