"""The slides that are no panel: the words and figures on them are those of the pages."""

from __future__ import annotations

import pytest

from dashboards.briefings import briefing, slides
from dashboards.briefings.own import cited, own_ids
from dashboards.i18n import LANGUAGES
from dashboards.panels.work_item_told import Told
from metrics.asof import now_as_of
from metrics.meetings import NEXT
from tests.opened import NOW


@pytest.fixture(scope="module")
def told(opening_desk):
    return Told(desk=opening_desk, as_of=now_as_of(NOW))


def deck(desk, lang="en", meeting=NEXT):
    return {one.id: one for one in slides(briefing(meeting, desk), desk, lang)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_work_items_slide_has_its_computed_word_and_milestones_counted(opening_desk, told, lang):
    made, words = deck(opening_desk, lang), opening_desk.words[lang]
    for number, review in told.reviews.items():
        slide = made[f"work-item-{number}"]
        status = next(line for line in slide.lines if line.role == "status")
        assert (status.mark, status.text) == (review.verdict.word, words.t(f"status.{review.verdict.word}"))
        late = [line for line in slide.lines if line.mark == "late"]
        assert len(late) == min(review.count("late"), 3)


def test_the_figure_that_leads_keeps_its_qualifier(opening_desk, told):
    made = deck(opening_desk)
    for number, lead in told.headlines.items():
        said = [line.text for line in made[f"work-item-{number}"].lines if line.role == "figure"]
        if lead and lead.row and lead.qualifier == "over":
            assert said[0].startswith("over ")
    assert any(lead and lead.qualifier == "over" for lead in told.headlines.values())


def test_the_history_that_a_work_item_shows_ends_with_the_figure_that_leads(opening_desk, told):
    drawn = 0
    for number, lead in told.headlines.items():
        telling = deck(opening_desk)[f"work-item-{number}"].telling
        if telling is not None:
            drawn += 1
            assert telling.rows["value"].iloc[-1] == lead.value
            assert telling.figure is not None
    assert drawn


def test_what_is_late_is_told_longest_first_and_what_nobody_published_is_not_late(opening_desk, told):
    slide = deck(opening_desk)["late"]
    steps = [step for review in told.reviews.values() for step in review.steps]
    late = [step for step in steps if step.state == "late"]
    named = [line.text for line in slide.lines if line.mark == "late"]
    assert named == [f"{opening_desk.words['en'].t(f'milestone.{step.milestone.id}')}" for step in late]
    unverified = sum(step.state == "unverified" for step in steps)
    assert str(unverified) in slide.lines[-1].text


def test_before_the_first_meeting_there_is_nothing_to_compare_with(opening_desk):
    slide = deck(opening_desk, meeting="egscc_1")["changed"]
    assert [line.role for line in slide.lines] == ["lead"]


def test_the_ids_of_these_slides_are_those_of_the_agenda(opening_desk):
    assert own_ids(opening_desk)[0] == "work-item-1"
    assert own_ids(opening_desk)[-2:] == ("changed", "late")


def test_nobody_is_cited_where_there_are_no_tellings(opening_desk):
    assert cited([], None) == []
