"""The list of briefings: one for each meeting and the next, and what people saved for the reader's audience."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.pages.briefings import PAGE
from dashboards.panel import panels_of
from tests.dashboards.panels.drawn import LANGUAGES, NOW, failures, put


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_panel_draws(opening_desk, lang):
    assert failures(PAGE, opening_desk, Filters(lang=lang, as_of=NOW)) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_meeting_can_be_presented_and_composed_further_in_the_readers_language(opening_desk, lang):
    filters = Filters(lang=lang, as_of=NOW)
    drawn = " ".join(
        str(put(panel, opening_desk, filters).component) for panel in panels_of(PAGE, opening_desk, filters)
    )
    for meeting in ("next", "egscc_2", "egscc_1"):
        assert f"/present/{meeting}" in drawn
        assert f"/briefings/compose?from={meeting}&lang={lang}" in drawn
        if meeting != "next":
            assert opening_desk.words[lang].t(f"meeting.{meeting}") in drawn


def test_it_is_reached_from_the_foot_of_every_page_and_not_from_the_navigation():
    assert not PAGE.nav
    assert PAGE.path == "/briefings"
