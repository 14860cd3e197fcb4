"""The draft of the next meeting: only what is known, under the work item it belongs to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from dash import html

from dashboards.briefings.values import FILES
from dashboards.desk import Filters
from dashboards.panels.meeting_draft import agenda_panel, announcement_panel, late, late_panel, points
from dashboards.panels.work_item_told import Told
from tests.dashboards.panels.drawn import LANGUAGES, NOW, on, put, text
from tests.dashboards.panels.kept import ACTION, DECISION, MEETING, OVERRIDE, with_kept

FILTERS = Filters(as_of=NOW)


def told(desk, as_of=NOW) -> Told:
    return Told(desk=desk, as_of=as_of)


def test_every_late_milestone_and_missed_measure_is_on_the_agenda_of_its_item(opening_desk):
    shared = told(opening_desk)
    found = {(one.work_item, one.id) for one in points(shared)}
    for number, review in shared.reviews.items():
        wanted = {step.milestone.id for step in review.steps if step.state == "late"}
        wanted |= {
            one.target.id
            for one in review.measures
            if one.judged and one.verdict.status in {"missed", "off_track", "at_risk"}
        }
        assert {(number, one) for one in wanted} <= found
    assert any(one.step for one in late(shared))


def test_what_is_done_or_far_ahead_is_not_on_the_agenda(opening_desk):
    shared = told(opening_desk)
    on_it = {one.id for one in points(shared) if one.step}
    for review in shared.reviews.values():
        for step in review.steps:
            if step.state in {"done", "dropped", "planned", "unverified"}:
                assert step.milestone.id not in on_it


def test_what_is_late_names_who_answers_for_it(opening_desk):
    shared = told(opening_desk)
    owners = {one.step.milestone.owner for one in late(shared) if one.step}
    assert owners
    said = text(late_panel(shared), opening_desk, FILTERS)
    for owner in owners:
        assert f"Owner: {opening_desk.catalogue.organisations.name(owner, 'en')}" in said


def test_an_overdue_action_comes_first_under_its_item_and_is_late(opening_desk):
    desk = with_kept(opening_desk, MEETING, DECISION, ACTION)
    mine = [one for one in points(told(desk)) if one.work_item == 3]
    assert (mine[0].kind, mine[0].id) == ("overdue", "a1")
    assert "overdue by 52 days" in text(late_panel(told(desk)), desk, FILTERS)


def test_an_action_of_the_whole_is_a_matter_arising(opening_desk):
    desk = with_kept(opening_desk, MEETING, replace(ACTION, work_item=0))
    words = text(agenda_panel(told(desk)), desk, FILTERS)
    assert (
        words.index("Matters arising") < words.index("Draft the list") < words.index("Cross-boundary Public")
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_five_work_items_are_the_agenda_even_with_nothing_known(opening_desk, lang):
    early = Filters(lang=lang, as_of=on(2005, 1, 1))
    words = text(agenda_panel(told(opening_desk, early.as_of)), opening_desk, early)
    for number in opening_desk.agenda.work_items:
        assert opening_desk.words[lang].t(f"work_item.{number}") in words
    assert words.count(opening_desk.words[lang].t("meeting_page.for_information")) == 5
    assert opening_desk.words[lang].t("meeting_page.nothing_late") in text(
        late_panel(told(opening_desk, early.as_of)), opening_desk, early
    )


def test_a_status_set_by_hand_is_marked_beside_the_computed_one(opening_desk):
    desk = with_kept(opening_desk, OVERRIDE)
    assert "set by hand until 31 Dec 2026" in text(agenda_panel(told(desk)), desk, FILTERS)


def test_the_last_meeting_is_named_whoever_kept_it_and_no_date_is_made_up(opening_desk):
    words = text(announcement_panel(told(opening_desk)), opening_desk, FILTERS)
    assert "No date has been announced." in words
    assert "Last meeting: Meeting 2, 15 May 2025, 555 days before" in words
    desk = with_kept(opening_desk, MEETING)
    assert "Last meeting: Meeting 3, 10 Jun 2026, 164 days before" in text(
        announcement_panel(told(desk)), desk, FILTERS
    )


def test_the_draft_leads_to_its_briefing_in_every_form(opening_desk):
    made = put(announcement_panel(told(opening_desk)), opening_desk, FILTERS).component
    found = {one.href for one in made._traverse() if isinstance(one, html.A)}
    assert {f"/exports/briefings/next?lang=en&format={form}" for form in FILES} <= found
