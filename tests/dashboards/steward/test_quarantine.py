"""The quarantine page: what is held back, and a person's release or rejection with a reason."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dashboards.i18n import LANGUAGES
from metrics.warehouse.entries import Suspect
from tests.dashboards.steward.conftest import WORDS, sound, text


@pytest.fixture
def item(office) -> str:
    return_id = office.hand_in(office.browser("alice"), sound(90_000_000))
    bob = office.browser("bob")
    bob.get("/steward")
    bob.post(f"/steward/returns/{return_id}", {"do": "approve", "why": "announced"})
    (held,) = office.desk.quarantine("en")
    return held.item


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_held_is_listed_with_its_source_and_reason(office, item, lang):
    answer = office.browser("bob").get(f"/steward/quarantine?lang={lang}")
    assert item in answer.text
    source = {"en": "Departments' returns", "zh-Hant": "部門報表", "zh-Hans": "部门报送表"}[lang]
    assert source in text(answer)
    words = WORDS[lang]
    assert words.t("sources.rule_bounds") in text(answer)
    figure = words.number(90_000_000, "users")
    assert f"{words.t('indicator.iam_smart_users')}" in text(answer)
    assert figure in text(answer)
    assert ("expected a value from 0" in text(answer)) == (lang == "en")
    assert WORDS[lang].t("steward.release") in text(answer)


@pytest.mark.parametrize(("do", "stored"), [("release", 1), ("reject", 0)])
def test_a_person_decides_with_a_reason_and_the_audit_has_it(office, item, do, stored):
    carol = office.browser("carol")
    carol.get("/steward/quarantine")
    assert carol.post("/steward/quarantine", {"item": item, "do": do, "why": " "}).status_code == 409
    done = carol.post("/steward/quarantine", {"item": item, "do": do, "why": "seen the paper"})
    assert done.status_code == 200
    assert "Nothing is held back." in text(done)
    frame = office.house.warehouse.latest(["iam_smart_users"], as_of=datetime(2100, 1, 1, tzinfo=UTC))
    assert len(frame) == stored
    assert office.house.deeds()[-1] == "release"
    assert office.house.warehouse.verify_audit() == []


@pytest.mark.parametrize(
    "form", [{"item": "nothing", "do": "release", "why": "x"}, {"item": "", "do": "", "why": ""}]
)
def test_what_cannot_be_is_said_and_changes_nothing(office, item, form):
    carol = office.browser("carol")
    carol.get("/steward/quarantine")
    assert carol.post("/steward/quarantine", form).status_code in {400, 409}
    assert len(office.desk.quarantine("en")) == 1


def test_a_whole_payload_can_only_be_rejected_and_its_words_are_never_run(office):
    warehouse = office.house.warehouse
    run_id = warehouse.open_run("hk_immigration_daily", trigger="hand", logical_time="x")
    said = "<img src=x onerror=alert(1)>"
    warehouse.quarantine(
        [
            Suspect(
                source_id="hk_immigration_daily",
                rule="payload refused in parse",
                said=said,
                row={"payload": "x"},
            )
        ],
        run_id,
    )
    answer = office.browser("bob").get("/steward/quarantine")
    assert 'value="release"' not in answer.text
    assert 'value="reject"' in answer.text
    assert "<img" not in answer.text
    assert WORDS["en"].t("steward.whole") in text(answer)
