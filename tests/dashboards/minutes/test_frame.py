"""Who may write, in which language, and that a form of another page is refused."""

from __future__ import annotations

import pytest

from dashboards.i18n import LANGUAGES
from dashboards.minutes.frame import SAID
from tests.dashboards.minutes.conftest import DECISION, HELD, WORDS, text

PATHS = ("/steward/meetings", "/steward/meetings/egscc_2", "/steward/overrides", "/steward/actions/a1")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("role", ["viewer", "member"])
def test_who_may_not_is_told_so_and_nothing_is_kept(minutes, path, role):
    browser = minutes.browser("mem", role)
    assert browser.get(path).status_code == 403
    for form in (HELD, DECISION, {"do": "set"}, {"do": "withdraw"}, {"event": "done"}):
        assert browser.post(path, form).status_code == 403
    assert minutes.kept.meetings == minutes.kept.decisions == ()
    assert minutes.overrides == ()


@pytest.mark.parametrize("path", PATHS)
def test_a_visitor_is_asked_to_sign_in(minutes, path):
    answer = minutes.house.browser().get(path)
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in")


def test_in_open_mode_nobody_writes(house_of):
    from dataclasses import replace

    from dashboards.minutes.attachment import attach
    from metrics.queries import Metrics

    house = house_of(mode="open", secret_key="")
    metrics = Metrics(warehouse=house.warehouse, catalogue=None, agenda=None, atlas=None)
    attach(house.app, replace(house.door, words=WORDS), metrics)
    for path in PATHS:
        assert house.browser().get(path).status_code == 403
        assert house.browser().post(path, HELD).status_code == 403


def test_a_form_of_another_site_is_refused(minutes):
    browser = minutes.browser()
    browser.get("/steward/meetings")
    browser.token = "0" * 64
    assert browser.post("/steward/meetings", HELD).status_code == 403
    assert minutes.kept.meetings == ()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PATHS[:3])
def test_pages_speak_the_readers_language_and_the_switch_keeps_the_place(minutes, lang, path):
    answer = minutes.browser().get(f"{path}?lang={lang}&kind=work_item&id=3")
    assert answer.status_code == 200
    words = WORDS[lang]
    assert f'lang="{words.html_lang}"' in answer.text
    assert "kind=work_item" in answer.text or path != "/steward/overrides"
    assert answer.headers["Cache-Control"] == "no-store"
    assert all(words.has(key) for key in SAID)


def test_the_page_of_what_is_not_there_is_calm(minutes):
    browser = minutes.browser()
    for path in ("/steward/meetings/nothing", "/steward/actions/nothing"):
        assert browser.get(path).status_code == 404
        assert browser.post(path, DECISION).status_code == 404
    assert "Nobody has set a status by hand" in text(browser.get("/steward/overrides?kind=moon&id=1"))
