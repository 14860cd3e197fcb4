"""What may be put into a briefing."""

from __future__ import annotations

import pytest

from dashboards.briefings import composing
from dashboards.briefings.making import found
from dashboards.briefings.offers import choice_lines, moments, offers
from dashboards.briefings.values import Choice
from dashboards.desk import Filters
from dashboards.i18n import LANGUAGES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_offer_is_a_panel_that_can_be_shown(opening_desk, lang):
    words = opening_desk.words[lang]
    groups = offers(opening_desk, words)
    assert groups[0][0] == words.t("briefing.own_slides")
    offered = [one for _title, panels in groups[1:] for one in panels]
    assert len(offered) > 40
    for one in offered:
        named = composing.named_panel(one.value)
        assert one.title
        assert found(named, opening_desk, Filters(lang=lang)) is not None, one.value


def test_a_choice_has_its_title_page_and_audience_and_is_asked_once(opening_desk):
    words, known = opening_desk.words["zh-Hant"], {}
    mine = composing.added(
        composing.blank(opening_desk, "zh-Hant"),
        [Choice(page_path="/services", panel_id="iam-smart-users"), Choice(page_path="", panel_id="late"),
         Choice(page_path="/services", panel_id="gone"), Choice(page_path="", panel_id="nothing")],
    )  # fmt: skip
    lines = choice_lines(mine, opening_desk, words, known)
    assert [line.well for line in lines] == [True, True, False, False]
    assert lines[0].page == words.t("services.title")
    assert lines[1].title == words.t("briefing.late_title")
    assert {line.audience for line in lines} == {"public"}
    assert choice_lines(mine, opening_desk, words, known) == lines
    assert len(known) == 4


def test_the_moments_are_now_each_meeting_and_any_day(opening_desk):
    words = opening_desk.words["en"]
    mine = composing.blank(opening_desk, "en")
    assert [one for one, _said, _chosen in moments(mine, opening_desk, words)] == [
        "moving", "frozen", "egscc_2", "egscc_1", "day",
    ]  # fmt: skip
    frozen = composing.filled_in(mine, {"moment": "egscc_1"}, opening_desk)
    chosen = [(one, said) for one, said, is_it in moments(frozen, opening_desk, words) if is_it]
    assert chosen[0][0] == "kept"
    assert "2024" in chosen[0][1]
