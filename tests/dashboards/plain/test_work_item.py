"""The plain page of a work item tells what the page with charts tells: status, headline, milestones, measures."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.panels.work_item_told import Told
from dashboards.plain.work_item import index, numbers, work_item
from tests.dashboards.corrected import CORRECTED
from tests.dashboards.panels.drawn import LANGUAGES, NOW, on, told, view_of

MOMENTS = {"now": NOW, "second meeting": on(2025, 5, 15), "empty": on(2005, 1, 1)}


def said(desk, number, lang="en", as_of=NOW) -> str:
    view = view_of(desk, Filters(lang=lang, as_of=as_of))
    return " | ".join(told(work_item(Told(desk=desk, as_of=as_of), number, view)))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("moment", MOMENTS)
def test_every_milestone_measure_and_word_known_then_is_told(opening_desk, lang, moment):
    view = view_of(opening_desk, Filters(lang=lang, as_of=MOMENTS[moment]))
    shared = Told(desk=opening_desk, as_of=MOMENTS[moment])
    for number, review in shared.reviews.items():
        text = said(opening_desk, number, lang, MOMENTS[moment])
        assert view.t(f"status.{review.verdict.word}") in text
        for step in review.steps:
            assert view.t(f"milestone.{step.milestone.id}") in text
            assert view.t(f"status.{step.state}") in text
        for measure in review.measures:
            assert view.t(f"indicator.{measure.target.indicator_id}") in text


def test_the_headline_keeps_its_qualifier_date_and_publisher(opening_desk):
    lead = Told(desk=opening_desk, as_of=NOW).headlines[2]
    view = view_of(opening_desk, Filters(as_of=NOW))
    written = view.words.compact(lead.value, lead.unit, lead.qualifier)
    assert written in said(opening_desk, 2)


def test_before_anything_was_known_it_is_calm(opening_desk):
    text = said(opening_desk, 3, as_of=on(2005, 1, 1))
    assert "No milestone was known at that time." in text
    assert "No target was known for this work item at that time." in text


def test_what_came_later_is_not_told(opening_desk):
    then, now = said(opening_desk, 1, as_of=on(2024, 3, 28)), said(opening_desk, 1)
    assert len(then) < len(now)


def test_the_index_leads_to_the_five_with_day_and_language_kept(opening_desk):
    view = view_of(opening_desk, Filters(lang="zh-Hans", as_of=on(2025, 5, 15)))
    sections = index(Told(desk=opening_desk, as_of=on(2025, 5, 15)), view)[1:]
    links = [section.children[0].children.href for section in sections]
    assert links == [f"/plain/work-items/{n}?lang=zh-Hans&as_of=2025-05-15" for n in range(1, 6)]
    assert numbers(opening_desk) == ["1", "2", "3", "4", "5"]


def test_a_correction_of_what_it_shows_is_told(corrected_desk):
    shared = Told(desk=corrected_desk, as_of=NOW)
    lead = shared.headlines[1]
    if lead and lead.indicator_id == CORRECTED:
        assert "Corrected 5 Oct 2026" in said(corrected_desk, 1)
    measured = {one.target.indicator_id for one in shared.reviews[1].measures}
    assert CORRECTED in measured or (lead is not None and lead.indicator_id == CORRECTED)
