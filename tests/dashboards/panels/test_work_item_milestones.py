"""The timeline: what happened, what is due, what slipped, who says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboards.desk import Filters
from dashboards.panels.work_item_milestones import milestones_body, milestones_frame, milestones_panel
from dashboards.panels.work_item_told import told_for
from tests.dashboards.panels.drawn import NOW, on, text, told, view_of


def said(opening_desk, number: int, as_of=NOW, lang: str = "en") -> str:
    filters = Filters(lang=lang, as_of=as_of)
    return text(milestones_panel(told_for(opening_desk, filters), number), opening_desk, filters)


@pytest.mark.parametrize("number", range(1, 6))
def test_every_milestone_known_is_told_with_its_state(opening_desk, number):
    shared = told_for(opening_desk, Filters(as_of=NOW))
    words = said(opening_desk, number)
    for step in shared.reviews[number].steps:
        assert step.milestone.names["en"] in words
    assert len(milestones_frame(shared, number, opening_desk, Filters(as_of=NOW))) == len(
        shared.reviews[number].steps
    )


def test_what_was_learnt_later_is_not_there_at_the_second_meeting(opening_desk):
    later = opening_desk.agenda.milestones["ng15_held"].names["en"]
    assert later in said(opening_desk, 2)
    assert later not in said(opening_desk, 2, on(2025, 5, 15))


def test_a_month_is_told_as_a_month_and_a_concluded_day_as_about(opening_desk):
    assert "| Aug 2012 |" in said(opening_desk, 3)
    assert "| about 31 Dec 2025 |" in said(opening_desk, 3)


@pytest.mark.parametrize("number", range(1, 6))
def test_who_answers_for_a_milestone_is_named_and_it_is_not_the_paper_that_wrote_of_it(opening_desk, number):
    shared = told_for(opening_desk, Filters(as_of=NOW))
    words = said(opening_desk, number)
    owners = {step.milestone.owner for step in shared.reviews[number].steps} - {""}
    assert owners
    for owner in owners:
        assert f"Owner: {opening_desk.catalogue.organisations.name(owner, 'en')}" in words
    assert "Owner: etnet" not in words


def test_an_earlier_due_date_is_struck(opening_desk):
    filters = Filters(as_of=NOW)
    shared = told_for(opening_desk, filters)
    review = shared.reviews[2]
    slipped = replace(next(s for s in review.steps if s.state == "due"), earlier_due=(date(2026, 6, 30),))
    shared.reviews = {**shared.reviews, 2: replace(review, steps=(slipped,))}
    made = milestones_body(shared, 2, None, view_of(opening_desk, filters))
    assert "Del(" in str(made)
    assert "30 Jun 2026" in list(told(made))


def test_sources_are_linked_only_where_there_is_an_address(opening_desk):
    shared = told_for(opening_desk, Filters(as_of=NOW))
    made = str(milestones_body(shared, 2, None, view_of(opening_desk, Filters(as_of=NOW))))
    linked = {step.milestone.source.url for step in shared.reviews[2].steps if step.milestone.source.url}
    assert made.count("href=") == sum(bool(step.milestone.source.url) for step in shared.reviews[2].steps)
    assert all(url in made for url in linked)


def test_a_time_before_any_milestone_is_calm(opening_desk):
    assert "No milestone was known at that time." in said(opening_desk, 5, on(2005, 1, 1))
