"""The review: a second person, and only a second person."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from dashboards.i18n import LANGUAGES
from tests.dashboards.steward.conftest import WORDS, sound, text

LATER = datetime(2100, 1, 1, tzinfo=UTC)


def stored(office):
    return office.house.warehouse.latest(["iam_smart_users"], as_of=LATER)


@pytest.fixture
def waiting(office):
    alice = office.browser("alice")
    return office.hand_in(
        alice, sound(L5="2026-11-02", M5="Annual report", N5="https://www.digitalpolicy.gov.hk/")
    ), alice


def test_who_handed_in_is_offered_no_decision_and_cannot_force_one(office, waiting):
    return_id, alice = waiting
    page = alice.get(f"/steward/returns/{return_id}")
    assert 'name="do"' not in page.text
    for do in ("approve", "send_back"):
        forced = alice.post(f"/steward/returns/{return_id}", {"do": do, "why": "mine"})
        assert forced.status_code == 409
        assert "You handed this return in. A second person must review it." in text(forced)
    assert stored(office).empty
    assert "review" not in office.house.deeds()


def test_an_administrator_cannot_approve_what_they_handed_in_either(office):
    root = office.browser("chief", "admin")
    return_id = office.hand_in(root, sound())
    assert root.post(f"/steward/returns/{return_id}", {"do": "approve"}).status_code == 409
    assert stored(office).empty


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_second_person_sees_the_figures_and_approves_and_they_appear(office, waiting, lang):
    return_id, _ = waiting
    bob, words = office.browser("bob"), WORDS[lang]
    page = text(bob.get(f"/steward/returns/{return_id}?lang={lang}"))
    for part in (
        "I5",
        words.t("indicator.iam_smart_users"),
        words.t("place.hong_kong"),
        "Annual report",
        "alice",
    ):
        assert part in page
    done = bob.post(f"/steward/returns/{return_id}?lang={lang}", {"do": "approve", "why": ""})
    assert done.status_code == 200
    assert words.t("steward.verdict_approve") in text(done)
    (figure,) = stored(office).to_dict("records")
    assert (figure["source_id"], figure["value"], figure["tier"]) == ("returns", 4_100_000.0, "official")
    cited = office.house.warehouse.documents("citation")[figure["figure_ref"]]
    assert (cited["publisher"], cited["title"]) == ("dpo", "Annual report")
    (line,) = [one for one in office.house.register.people.audit_lines(50) if one.action == "review"]
    detail = json.loads(line.detail)
    assert (line.actor, line.subject, detail["handed_in_by"]) == ("bob", return_id, "alice")
    assert detail["address"] == "192.0.2.7"


def test_the_file_can_be_fetched_as_it_was_handed_in(office, waiting):
    return_id, alice = waiting
    answer = alice.client.get(f"/steward/returns/{return_id}/file")
    assert answer.data == office.desk.file(return_id)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="return.xlsx"'


def test_what_is_sent_back_needs_a_reason_and_shows_it(office, waiting):
    return_id, alice = waiting
    bob = office.browser("bob")
    bob.get(f"/steward/returns/{return_id}")
    assert bob.post(f"/steward/returns/{return_id}", {"do": "send_back", "why": " "}).status_code == 409
    done = bob.post(f"/steward/returns/{return_id}", {"do": "send_back", "why": "<b>wrong month</b>"})
    assert done.status_code == 200
    assert "&lt;b&gt;wrong month&lt;/b&gt;" in alice.get(f"/steward/returns/{return_id}").text
    again = bob.post(f"/steward/returns/{return_id}", {"do": "approve"})
    assert "This was decided already." in text(again)
    assert stored(office).empty


def test_doubtful_figures_are_approved_with_a_reason_only(office):
    return_id = office.hand_in(office.browser("alice"), sound(90_000_000))
    bob = office.browser("bob")
    assert "required" in bob.get(f"/steward/returns/{return_id}").text
    assert bob.post(f"/steward/returns/{return_id}", {"do": "approve"}).status_code == 409
    assert bob.post(f"/steward/returns/{return_id}", {"do": "approve", "why": "announced"}).status_code == 200


@pytest.mark.parametrize("return_id", ["r0", "..%2f..%2fetc", "%3Cscript%3E", "x" * 200])
def test_a_return_that_there_is_not_is_said_calmly(office, return_id):
    browser = office.browser("alice")
    for path in (f"/steward/returns/{return_id}", f"/steward/returns/{return_id}/file"):
        answer = browser.get(path)
        assert answer.status_code == 404
        assert "<script>" not in answer.text


def test_a_form_that_asks_nothing_we_know_changes_nothing(office, waiting):
    return_id, _ = waiting
    bob = office.browser("bob")
    bob.get("/steward")
    assert bob.post(f"/steward/returns/{return_id}", {"do": "erase"}).status_code == 400
    assert stored(office).empty
