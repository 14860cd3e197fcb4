"""The five cards: word, reason, figure with qualifier, date and publisher, milestones, what changed."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.panels.overview_cards import cards_frame, cards_panel, large, meetings_frame, tally
from dashboards.panels.work_item_told import told_for
from tests.dashboards.panels.drawn import LANGUAGES, NOW, on, text, told, view_of


def card_of(opening_desk, number: int, as_of=NOW, lang: str = "en") -> str:
    """Return what the card of one work item says."""
    filters = Filters(lang=lang, as_of=as_of)
    panel = cards_panel(told_for(opening_desk, filters))
    view = view_of(opening_desk, filters)
    made = panel.body(panel.query(opening_desk, filters), view)
    return " | ".join(told(made[0].children[number - 1]))


def test_each_card_says_the_word_that_the_method_says(opening_desk):
    shared = told_for(opening_desk, Filters(as_of=NOW))
    for number, review in shared.reviews.items():
        assert opening_desk.words["en"].t(f"status.{review.verdict.word}") in card_of(opening_desk, number)


def test_an_over_figure_leads_as_over(opening_desk):
    assert "over 160" in card_of(opening_desk, 2)
    assert "Subsidised 5G projects approved" in card_of(opening_desk, 2)


def test_a_figure_of_a_new_place_says_where_things_stood_before_it(opening_desk):
    said = card_of(opening_desk, 1)
    assert "| 70 |" in said
    assert "before it, Zhongshan: over 70 services (19 Jul 2025)" in said
    assert "此前：中山超過70項（2025年7月19日）" in card_of(opening_desk, 1, lang="zh-Hant")


@pytest.mark.parametrize("number", [2, 3, 4, 5])
def test_one_with_a_line_of_its_own_names_no_other_place(opening_desk, number):
    assert "before it" not in card_of(opening_desk, number)


def test_an_old_figure_is_marked_out_of_date(opening_desk):
    assert "out of date" in card_of(opening_desk, 2)


def test_the_meetings_held_lead_the_fifth_item_and_end_at_the_as_of(opening_desk):
    assert "| 2 |" in card_of(opening_desk, 5)
    assert "| 1 |" in card_of(opening_desk, 5, on(2024, 6, 1))


def test_what_rests_on_estimated_dates_says_so(opening_desk):
    shared = told_for(opening_desk, Filters(as_of=NOW))
    for number, review in shared.reviews.items():
        marked = "rests on estimated dates" in card_of(opening_desk, number)
        assert marked == review.verdict.rests_on_estimated_dates


def test_milestones_are_as_many_squares_as_words_say(opening_desk):
    filters = Filters(as_of=NOW)
    view = view_of(opening_desk, filters)
    for review in told_for(opening_desk, filters).reviews.values():
        squares, said = tally(review, view).children
        assert len(squares.children) == len(review.steps)
        assert f"{review.count('done')} done" in said.children


def test_a_card_links_to_its_page_and_keeps_language_and_day(opening_desk):
    filters = Filters(lang="zh-Hant", as_of=on(2025, 5, 15))
    panel = cards_panel(told_for(opening_desk, filters))
    made = panel.body(panel.query(opening_desk, filters), view_of(opening_desk, filters))
    assert "/work-items/3?lang=zh-Hant&as_of=2025-05-15" in str(made)


def test_the_change_since_the_last_meeting_counts_what_moved(opening_desk):
    shared = told_for(opening_desk, Filters(as_of=NOW))
    milestones = sum(step.milestone.work_item == 2 for step in shared.steps)
    assert f"{milestones} milestones changed" in card_of(opening_desk, 2)
    assert "Since Meeting 2: was on track" in card_of(opening_desk, 2)


def test_nothing_is_compared_before_the_first_meeting(opening_desk):
    assert "Since" not in card_of(opening_desk, 1, on(2019, 1, 1))


def test_the_frame_holds_the_figure_that_is_shown(opening_desk):
    filters = Filters(as_of=NOW)
    frame = cards_frame(told_for(opening_desk, filters), opening_desk, filters)
    assert frame["work_item"].tolist() == [1, 2, 3, 4, 5]
    second = frame.iloc[1]
    assert (second["value"], second["qualifier"], second["unit"]) == (160.0, "over", "projects")


def test_a_unit_that_follows_is_set_small_and_nothing_is_lost(opening_desk):
    view = view_of(opening_desk, Filters(as_of=NOW))
    row = {"value": 160.0, "qualifier": "over", "unit": "projects"}
    assert [part.children for part in large(row, view)] == ["over 160", " projects"]


def test_a_unit_that_stands_before_the_number_stays_with_it(opening_desk):
    view = view_of(opening_desk, Filters(as_of=NOW))
    row = {"value": 66.4, "qualifier": "over", "unit": "HKD bn"}
    assert "".join(part.children for part in large(row, view)) == view.words.compact(66.4, "HKD bn", "over")


def test_meetings_are_drawn_as_one_line(opening_desk):
    from dashboards.figures.series import lines, stretches

    past = told_for(opening_desk, Filters(as_of=NOW)).headlines[5].past
    (line,) = lines(meetings_frame(past), view_of(opening_desk, Filters(as_of=NOW)).style)
    assert len(stretches(line)[0][1]) == 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_cards_say_so_where_nothing_is_known(opening_desk, lang):
    filters = Filters(lang=lang, as_of=on(2005, 1, 1))
    said = text(cards_panel(told_for(opening_desk, filters)), opening_desk, filters)
    words = opening_desk.words[lang]
    assert said.count(words.t("figure.no_figure")) == 5
    assert said.count(words.t("overview.no_milestones")) == 5
