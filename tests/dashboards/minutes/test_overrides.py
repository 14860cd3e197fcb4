"""Statuses set by hand: a word, a reason, a last day; withdrawn by another word; each in the audit."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from metrics.asof import now_as_of
from metrics.overrides import overrides
from metrics.review import reviews
from tests.dashboards.minutes.conftest import text

FORM = {
    "do": "set",
    "word": "at_risk",
    "reason_en": "Works have stopped <b>here</b>.",
    "expires_on": "2027-01-31",
}
PATH = "/steward/overrides?kind=work_item&id=3"


def now(minutes):
    return now_as_of(minutes.house.now + timedelta(seconds=1))


def test_a_status_is_set_beside_the_computed_one_with_its_audit_entry(minutes):
    computed = reviews(minutes.metrics, now(minutes))[3].verdict.word
    browser = minutes.browser()
    assert minutes.send(browser, PATH, FORM).status_code == 303
    verdict = reviews(minutes.metrics, now(minutes))[3].verdict
    assert (verdict.word, verdict.override.word, verdict.override.by) == (computed, "at_risk", "Ling")
    line = minutes.house.register.people.audit_lines(1)[0]
    assert (line.actor, line.action, line.subject) == ("ling", "override", "work_item:3")
    assert json.loads(line.detail)["until"] == "2027-01-31"
    page = browser.get("/steward/overrides")
    assert "Works have stopped &lt;b&gt;here&lt;/b&gt;." in page.text
    assert "Set by Ling on 21 Nov 2026, until 31 Jan 2027" in text(page)


def test_it_is_withdrawn_and_the_story_stays(minutes):
    browser = minutes.browser()
    minutes.send(browser, PATH, FORM)
    form = {"do": "withdraw", "override": minutes.overrides[0].override_id}
    assert minutes.send(minutes.browser("ho"), "/steward/overrides", form).status_code == 303
    assert overrides(minutes.metrics, now(minutes)) == {}
    assert "Withdrawn by Ho on 21 Nov 2026" in text(browser.get("/steward/overrides"))
    assert minutes.send(browser, "/steward/overrides", form).status_code == 409
    assert minutes.house.deeds().count("override_withdrawn") == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason_en": " "}, "reason_en"),
        ({"expires_on": "2027-05-21"}, "expires_on"),
        ({"expires_on": ""}, "expires_on"),
        ({"word": "splendid"}, "word"),
        ({"word": "done"}, "word"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(minutes, changes, field):
    answer = minutes.send(minutes.browser(), PATH, FORM | changes)
    assert answer.status_code == 422
    assert f'id="override-{field}-fault"' in answer.text
    assert minutes.overrides == ()


@pytest.mark.parametrize("kind", ["measure", "milestone"])
def test_measures_and_milestones_are_set_too(minutes, kind):
    review = reviews(minutes.metrics, now(minutes))[3]
    node = review.measures[0].target.id if kind == "measure" else review.steps[0].milestone.id
    word = "unverified"
    path = f"/steward/overrides?kind={kind}&id={node}"
    assert minutes.send(minutes.browser(), path, FORM | {"word": word}).status_code == 303
    assert overrides(minutes.metrics, now(minutes))[kind, node].word == word


@pytest.mark.parametrize("query", ["", "?kind=work_item&id=9", "?kind=milestone&id=../x", "?kind=&id="])
def test_what_has_no_status_cannot_be_set(minutes, query):
    assert minutes.send(minutes.browser(), f"/steward/overrides{query}", FORM).status_code == 400
    assert minutes.overrides == ()


def test_every_node_is_listed_with_its_computed_status(minutes):
    page = text(minutes.browser().get("/steward/overrides?item=2"))
    review = reviews(minutes.metrics, now(minutes))[2]
    from tests.dashboards.steward.conftest import WORDS

    for step in review.steps:
        assert WORDS["en"].t(f"milestone.{step.milestone.id}") in page
    assert page.count("computed") >= len(review.steps)
