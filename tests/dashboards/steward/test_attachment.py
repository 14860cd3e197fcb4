"""Who may see stewards' pages, and what their forms refuse."""

from __future__ import annotations

import pytest

from dashboards.guard import MOST_UPLOAD
from dashboards.i18n import LANGUAGES
from tests.dashboards.steward.conftest import WORDS, office_of, text

PAGES = (
    "/steward",
    "/steward/template?department=dpo&set=own&form_lang=en",
    "/steward/upload",
    "/steward/submit",
    "/steward/returns/r1",
    "/steward/returns/r1/file",
    "/steward/quarantine",
    "/steward/proposals",
    "/steward/proposals/x",
)
FORMS = ("/steward/upload", "/steward/submit", "/steward/returns/r1", "/steward/quarantine",
         "/steward/proposals/x")  # fmt: skip


@pytest.mark.parametrize("role", ["viewer", "member"])
@pytest.mark.parametrize("path", PAGES)
def test_others_get_a_calm_page_and_nothing_else(office, role, path):
    browser = office.browser("somebody", role)
    answer = browser.get(path)
    assert answer.status_code == 403
    assert WORDS["en"].t("steward.not_allowed") in text(answer)
    assert "dpo" not in answer.text


@pytest.mark.parametrize("role", ["viewer", "member"])
@pytest.mark.parametrize("path", FORMS)
def test_others_can_do_nothing(office, role, path):
    browser = office.browser("somebody", role)
    before = office.house.deeds()
    answer = browser.post(path, {"do": "approve", "why": "x", "sha256": "0" * 64})
    assert answer.status_code == 403
    assert office.house.deeds() == before


@pytest.mark.parametrize("path", PAGES)
def test_a_visitor_is_asked_to_sign_in_and_comes_back(office, path):
    answer = office.house.browser().get(path)
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in?lang=en&next=%2Fsteward")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_nobody_signs_in_the_pages_say_so(house_of, tmp_path, lang):
    office = office_of(house_of(mode="open"), tmp_path)
    answer = office.house.browser().get(f"/steward?lang={lang}")
    assert answer.status_code == 403
    assert WORDS[lang].t("sign_in.open_mode") in text(answer)


@pytest.mark.parametrize("path", FORMS)
def test_a_form_of_another_site_is_refused(office, path):
    browser = office.browser("alice")
    browser.token = "0" * 64
    before = office.house.deeds()
    assert browser.post(path, {"do": "approve"}).status_code == 403
    browser.get("/steward")
    foreign = browser.post(path, {"do": "approve"}, headers={"Origin": "https://elsewhere.example"})
    assert foreign.status_code == 403
    assert office.house.deeds() == before


def test_a_disabled_steward_is_out_at_once(office):
    browser = office.browser("alice")
    assert browser.get("/steward").status_code == 200
    from dashboards.sign_in.register import Author

    office.house.register.disable("alice", Author(person_id="root"))
    assert browser.get("/steward").status_code == 303


def test_answers_are_kept_by_nobody_and_carry_the_guards_headers(office):
    answer = office.browser("alice").get("/steward")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "<script>" not in answer.text
    assert "onclick" not in answer.text


def test_a_file_beyond_the_doors_limit_is_not_read(office):
    browser = office.browser("alice")
    kind = "multipart/form-data; boundary=x"
    answer = browser.client.post("/steward/upload", data=b"\x00" * (MOST_UPLOAD + 1), content_type=kind)
    assert answer.status_code == 413
