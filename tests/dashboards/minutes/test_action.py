"""One action: done, dropped, changed, opened again; its story stays."""

from __future__ import annotations

import pytest

from metrics.asof import day_as_of, now_as_of
from metrics.meetings import actions
from tests.dashboards.minutes.conftest import ACTION, text


@pytest.fixture
def opened(minutes):
    """Give a browser and the address of an action that is open."""
    browser = minutes.browser()
    minutes.send(browser, "/steward/meetings/egscc_2", ACTION | {"due_on": "2026-10-31"})
    return browser, f"/steward/actions/{minutes.kept.actions[0].action_id}"


def test_an_action_is_done_and_was_open_before(minutes, opened):
    browser, path = opened
    assert "overdue by 21 days" in text(browser.get(path))
    assert minutes.send(browser, path, {"event": "done", "on": "2026-11-20"}).status_code == 303
    page = text(browser.get(path))
    assert "20 Nov 2026: done, by Ling" in page
    (now,) = actions(minutes.metrics, now_as_of(minutes.house.now))
    (before,) = actions(minutes.metrics, day_as_of(now.on.replace(day=19), clock=minutes.house.now))
    assert (now.state, before.state) == ("done", "open")
    assert minutes.house.deeds()[-1] == "action"


def test_another_date_is_kept_beside_the_earlier_one(minutes, opened):
    browser, path = opened
    form = {"event": "changed", "owner": "DPO", "due_on": "2027-01-31", "why": "consultation"}
    assert minutes.send(browser, path, form).status_code == 303
    (now,) = actions(minutes.metrics, now_as_of(minutes.house.now))
    assert (now.state, now.owner, now.due_on.isoformat()) == ("open", "DPO", "2027-01-31")
    assert [day.isoformat() for day in now.earlier_due] == ["2026-10-31"]


def test_what_is_dropped_needs_a_reason_and_may_be_opened_again(minutes, opened):
    browser, path = opened
    answer = minutes.send(browser, path, {"event": "dropped"})
    assert answer.status_code == 422
    assert 'id="event-why-fault"' in answer.text
    assert minutes.send(browser, path, {"event": "dropped", "why": "merged"}).status_code == 303
    assert minutes.send(browser, path, {"event": "done"}).status_code == 422
    assert minutes.send(browser, path, {"event": "reopened", "why": "split"}).status_code == 303
    assert [one.event for one in minutes.kept.actions] == ["opened", "dropped", "reopened"]


def test_who_comes_second_is_told_so(minutes, opened):
    browser, path = opened
    browser.get(path)
    minutes.send(minutes.browser("ho"), path, {"event": "done"})
    assert browser.post(path, {"event": "done"}).status_code in {409, 422}
    assert [one.event for one in minutes.kept.actions] == ["opened", "done"]
