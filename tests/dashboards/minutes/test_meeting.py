"""One meeting as stewards keep it: decisions, actions, changes; each audited, each as of its day."""

from __future__ import annotations

from datetime import timedelta

from metrics.asof import day_as_of, now_as_of
from metrics.meetings import actions, decisions, gatherings
from tests.dashboards.minutes.conftest import ACTION, DECISION, HELD, text

PATH = "/steward/meetings/egscc_2"


def test_a_decision_and_an_action_of_a_published_meeting_are_entered(minutes):
    browser = minutes.browser()
    assert minutes.send(browser, PATH, DECISION).status_code == 303
    assert minutes.send(browser, PATH, ACTION).status_code == 303
    (decision,), (action,) = minutes.kept.decisions, minutes.kept.actions
    assert (decision.audience, decision.work_item, decision.said_by) == ("group", 3, "Ling")
    assert (action.owner, action.texts) == ("Digital Policy Office", {"zh-Hant": "草擬清單"})
    assert minutes.house.deeds()[-2:] == ["decision", "action"]
    page = text(browser.get(PATH))
    assert "Publish the list" in page
    assert "members of the Expert Group" in page
    # known since the day of the meeting, to those who may see it
    then = day_as_of(day_as_of(minutes.metrics.agenda.meeting("egscc_2").as_of).day, clock=minutes.house.now)
    assert len(actions(minutes.metrics, then)) == 1
    assert decisions(minutes.metrics, then) == ()


def test_a_faulty_form_stays_open_with_its_fault_and_the_others_stay_folded(minutes):
    answer = minutes.send(minutes.browser(), PATH, ACTION | {"owner": "", "due_on": "2020-01-01"})
    assert answer.status_code == 422
    assert 'id="new-action-owner-fault"' in answer.text
    assert "Enter a day from 15 May 2025" in answer.text
    assert answer.text.count("<details") == 1  # the form of decisions
    assert "草擬清單" in answer.text
    assert minutes.kept.actions == ()


def test_a_decision_is_taken_back_with_a_reason_once(minutes):
    browser = minutes.browser()
    minutes.send(browser, PATH, DECISION)
    decision = minutes.kept.decisions[0].decision_id
    form = {"do": "take_back", "decision": decision}
    assert minutes.send(browser, PATH, form).status_code == 422
    assert minutes.send(browser, PATH, form | {"why": "entered twice"}).status_code == 303
    assert minutes.send(browser, PATH, form | {"why": "again"}).status_code == 409
    assert [one.state for one in minutes.kept.decisions] == ["taken", "withdrawn"]
    assert "Publish the list" not in text(browser.get(PATH))
    assert minutes.send(browser, PATH, form | {"decision": "d-nothing", "why": "x"}).status_code == 422


def test_a_decision_of_another_meeting_is_not_taken_back_here(minutes):
    browser = minutes.browser()
    minutes.send(browser, PATH, DECISION)
    form = {"do": "take_back", "decision": minutes.kept.decisions[0].decision_id, "why": "x"}
    assert minutes.send(browser, "/steward/meetings/egscc_1", form).status_code == 422
    assert len(minutes.kept.decisions) == 1


def test_a_meeting_that_people_keep_is_changed_by_another_word_and_keeps_its_kind(minutes):
    browser = minutes.browser()
    meeting = minutes.entered(browser)
    minutes.house.later(days=1)
    browser = minutes.browser()
    changed = HELD | {"do": "meeting", "kind": "other", "name_en": "Third meeting, Guangzhou"}
    assert minutes.send(browser, f"/steward/meetings/{meeting}", changed).status_code == 303
    first, last = minutes.kept.meetings
    assert (first.names["en"], last.names["en"]) == ("Third meeting", "Third meeting, Guangzhou")
    assert last.kind == "plenary"
    now = now_as_of(minutes.house.now + timedelta(seconds=1))
    assert gatherings(minutes.metrics, now)[-1].names["en"] == "Third meeting, Guangzhou"


def test_a_meeting_cancelled_by_mistake_comes_back(minutes):
    browser = minutes.browser()
    meeting = minutes.entered(browser)
    for state in ("cancelled", "held"):
        minutes.send(browser, f"/steward/meetings/{meeting}", HELD | {"do": "meeting", "state": state})
    now = now_as_of(minutes.house.now + timedelta(seconds=1))
    assert [word.state for word in minutes.kept.meetings] == ["held", "cancelled", "held"]
    assert gatherings(minutes.metrics, now)[-1].state == "held"


def test_a_published_meeting_is_not_changed_here(minutes):
    answer = minutes.send(minutes.browser(), PATH, HELD | {"do": "meeting"})
    assert answer.status_code == 400
    assert "cannot be changed here" in text(answer)
    assert minutes.kept.meetings == ()


def test_a_form_that_is_none_of_ours_does_nothing(minutes):
    assert minutes.send(minutes.browser(), PATH, {"do": "burn"}).status_code == 400
