"""The stewards' list of meetings: one is entered, once, with its audit entry, or its faults are named."""

from __future__ import annotations

import pytest

from metrics.meetings import held
from tests.dashboards.minutes.conftest import HELD, text


def test_a_meeting_is_entered_with_its_author_and_its_audit_entry(minutes):
    assert minutes.entered(minutes.browser()) == "egscc_3"
    (word,) = minutes.kept.meetings
    assert (word.said_by, word.person_id, word.kind) == ("Ling", "ling", "plenary")
    assert word.names == {"en": "Third meeting", "zh-Hant": "第三次會議"}
    assert word.stamp is not None
    assert minutes.house.deeds()[-1] == "meeting"
    assert minutes.house.warehouse.verify_audit() == []
    assert "The meeting is entered." in text(minutes.browser().get("/steward/meetings/egscc_3?done=entered"))


def test_every_page_knows_of_it_from_then_on(minutes):
    stamp = minutes.house.warehouse.stamp()
    minutes.entered(minutes.browser())
    assert minutes.house.warehouse.stamp() > stamp
    from metrics.asof import now_as_of

    found = held(minutes.metrics, now_as_of(minutes.house.now))
    assert [(one.id, one.number) for one in found][-1] == ("egscc_3", 3)


def test_faults_stand_beside_their_fields_and_what_was_typed_stays(minutes):
    browser = minutes.browser()
    wrong = HELD | {
        "name_en": "",
        "name_zh-Hant": "",
        "held_on": "2026-11-30",
        "source_url": "javascript:x()",
    }
    answer = minutes.send(browser, "/steward/meetings?lang=en", wrong)
    assert answer.status_code == 422
    page = answer.text
    for name, said in (
        ("name_en", "Write it in at least one language."),
        ("held_on", "Enter a day from 1 Jan 2015 to 21 Nov 2026."),
        ("source_url", "Enter a web address that begins with https://"),
    ):
        assert f'<p class="fault" id="new-meeting-{name}-fault">{said}</p>' in page
        box = page.partition(f'id="new-meeting-{name}"')[2].partition(">")[0]
        assert 'aria-invalid="true"' in box
        assert f"new-meeting-{name}-fault" in box
    assert 'value="javascript:x()"' in page
    assert 'value="guangzhou" selected' in page
    assert minutes.kept.meetings == ()
    assert "meeting" not in minutes.house.deeds()


@pytest.mark.parametrize("lang", ["zh-Hant", "zh-Hans"])
def test_faults_are_told_in_the_readers_language(minutes, lang):
    answer = minutes.send(minutes.browser(), f"/steward/meetings?lang={lang}", HELD | {"held_on": ""})
    assert {"zh-Hant": "請填寫此項。", "zh-Hans": "请填写此项。"}[lang] in answer.text


def test_what_a_person_typed_is_shown_and_never_run(minutes):
    hostile = '"><script>alert(1)</script>'
    browser = minutes.browser()
    minutes.entered(browser, name_en=hostile, source_title=hostile)
    for path in ("/steward/meetings", "/steward/meetings/egscc_3"):
        page = browser.get(path).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_meetings_of_others_are_named_by_their_day_and_each_has_its_own(minutes):
    browser = minutes.browser()
    assert minutes.entered(browser, kind="other") == "m_20261120"
    assert minutes.entered(browser, kind="other") == "m_20261120_2"
    assert minutes.entered(browser) == "egscc_3"
    assert minutes.entered(browser, state="planned", held_on="2027-05-01") == "egscc_4"
