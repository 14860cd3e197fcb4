"""The pages of proposed milestones: the list, the form, a person's word."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dashboards.i18n import LANGUAGES
from dashboards.steward.proposals import EVENTS, PRECISIONS
from metrics.agenda import agenda
from metrics.warehouse import values
from metrics.warehouse.entries import Suspect
from tests.dashboards.steward.conftest import WORDS, text
from tests.ingest.proposing import proposal

GOOD = {
    "do": "accept", "milestone": "cbps_kiosk_mo", "event": "happened", "on": "2025-12-29", "precision": "day",
    "evidence": "", "why": "the kiosk is open",
}  # fmt: skip
HOSTILE = "iAM Smart <script>alert(1)</script>"


def kept(office, **more) -> str:
    """Keep a proposal of the press watch as a run does."""
    from dataclasses import asdict

    one = proposal(**more)
    row = {"proposal": asdict(one) | {"published_on": one.published_on.isoformat()}}
    suspect = Suspect(source_id="hk_press_watch", rule="milestone_proposed", said=one.title, row=row)
    office.house.warehouse.quarantine([suspect], "r1")
    return next(found.item for found in office.desk.proposals("en") if found.title == one.title)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_list_and_the_form_speak_the_readers_language(office, lang):
    item = kept(office)
    browser = office.browser("alice")
    listed = browser.get(f"/steward/proposals?lang={lang}")
    words = WORDS[lang]
    for said in (words.t("steward.proposals_note"), proposal().title, words.t("work_item.1")):
        assert said in text(listed)
    form = browser.get(f"/steward/proposals/{item}?lang={lang}")
    assert form.status_code == 200
    assert words.t("milestone.cbps_kiosk_mo") in text(form)
    assert form.text.count("<option") == 1 + len(agenda().milestones) + len(EVENTS) + len(PRECISIONS)
    assert form.text.index(f'label="{words.t("work_item.1")}"') < form.text.index(words.t("work_item.5"))
    assert 'value="2025-12-29"' in form.text
    assert 'lang="en-HK"' in form.text
    home = browser.get(f"/steward?lang={lang}")
    assert words.t("steward.proposals") in text(home)


def test_events_and_precisions_are_those_of_the_warehouse():
    assert (tuple(EVENTS), tuple(PRECISIONS)) == (values.MILESTONE_EVENTS, values.PRECISIONS)


def test_a_proposal_is_no_figure_and_not_in_quarantine(office):
    item = kept(office)
    answer = office.browser("alice").get("/steward/quarantine")
    assert item not in answer.text
    assert WORDS["en"].t("steward.nothing_held") in text(answer)


def test_what_was_published_is_shown_and_never_run(office):
    item = kept(office, title=HOSTILE)
    browser = office.browser("alice")
    for path in ("/steward/proposals", f"/steward/proposals/{item}"):
        answer = browser.get(path)
        assert "<script>alert" not in answer.text
        assert "&lt;script&gt;" in answer.text


def test_a_person_accepts_with_milestone_event_date_and_reason(office):
    item = kept(office)
    browser = office.browser("alice")
    browser.get(f"/steward/proposals/{item}")
    moved = browser.post(f"/steward/proposals/{item}?lang=zh-Hant", GOOD)
    assert (moved.status_code, moved.location) == (303, "/steward/proposals?lang=zh-Hant&done=accepted")
    assert WORDS["zh-Hant"].t("steward.done_accepted") in text(browser.get(moved.location))
    events = office.house.warehouse.milestone_events(datetime(2100, 1, 1, tzinfo=UTC))
    assert events["milestone_id"].tolist() == ["cbps_kiosk_mo"]
    assert office.house.deeds()[-1] == "accept"
    assert office.house.warehouse.verify_audit() == []
    assert browser.get(f"/steward/proposals/{item}").status_code == 404


def test_a_form_with_a_fault_comes_back_as_it_was_filled_in(office):
    item = kept(office)
    browser = office.browser("alice")
    browser.get(f"/steward/proposals/{item}")
    wrong = GOOD | {"milestone": "", "event": "met", "why": "as <b>seen</b>"}
    answer = browser.post(f"/steward/proposals/{item}?lang=zh-Hans", wrong)
    assert answer.status_code == 409
    assert "请从列表选择里程碑" in text(answer)
    assert '<option value="met" selected>' in answer.text
    assert "as &lt;b&gt;seen&lt;/b&gt;</textarea>" in answer.text
    odd = browser.post(f"/steward/proposals/{item}", GOOD | {"do": "burn"})
    assert odd.status_code == 400


def test_a_person_turns_one_down_with_a_reason(office):
    item = kept(office)
    browser = office.browser("alice")
    browser.get(f"/steward/proposals/{item}")
    no = {"do": "turn_down", "why": ""}
    assert browser.post(f"/steward/proposals/{item}", no).status_code == 409
    moved = browser.post(f"/steward/proposals/{item}", no | {"why": "another kiosk"})
    assert WORDS["en"].t("steward.done_turned_down") in text(browser.get(moved.location))
    assert WORDS["en"].t("steward.none_proposed") in text(browser.get("/steward/proposals"))


def test_others_see_and_decide_nothing(office):
    item = kept(office)
    member = office.browser("mary", "member")
    assert member.get("/steward/proposals").status_code == 403
    assert member.get(f"/steward/proposals/{item}").status_code == 403
    assert member.post(f"/steward/proposals/{item}", GOOD).status_code == 403
    assert office.house.browser().get(f"/steward/proposals/{item}").status_code == 303
    assert len(office.desk.proposals("en")) == 1
