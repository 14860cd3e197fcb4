"""The stewards' first page: template, upload with every fault in the file's language, submission."""

from __future__ import annotations

import io
import re

import pytest
from openpyxl import load_workbook

from dashboards.i18n import LANGUAGES
from dashboards.steward.pages import SETS
from ingest.stewards import Stewards
from tests.dashboards.steward.conftest import WORDS, sound, text
from tests.ingest.filling import filled, made


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_speaks_the_readers_language(office, lang):
    answer = office.browser("alice").get(f"/steward?lang={lang}")
    assert answer.status_code == 200
    words = WORDS[lang]
    for key in ("steward.template_note", "steward.none_waiting", "steward.waiting", "organisation.dpo"):
        assert words.t(key) in text(answer)
    assert f'lang="{words.html_lang}"' in answer.text


def test_every_set_has_its_name(office):
    assert set(SETS) == set(office.desk.sets())
    assert isinstance(office.desk, Stewards)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_template_is_downloaded_in_the_language_asked_for(office, lang):
    browser = office.browser("alice")
    answer = browser.client.get(f"/steward/template?lang=en&department=dpo&set=own&form_lang={lang}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="return-dpo-own-{lang}.xlsx"'
    book = load_workbook(io.BytesIO(answer.data))
    assert WORDS[lang].t("organisation.dpo") in book.worksheets[0]["B1"].value


@pytest.mark.parametrize(
    "query", ["", "department=dpo&set=all", "department=%0d%0aX:1&set=own", "department=egscc&set=own"]
)
def test_a_template_that_there_is_not_is_said_calmly(office, query):
    answer = office.browser("alice").get(f"/steward/template?lang=zh-Hans&{query}")
    assert answer.status_code == 400
    assert "没有须报送的指标" in text(answer)


def test_every_wrong_cell_is_named_in_the_language_of_the_file(office):
    wrong = filled(made("zh-Hant"), {"F5": "31/10/2026", "I5": "逾四百萬", "I6": "=1+1", "I7": 16_000_000})
    answer = office.upload(office.browser("alice"), wrong, "en")
    assert answer.status_code == 422
    assert 'lang="zh-Hant-HK"' in answer.text
    said = text(answer)
    assert "3個儲存格有誤，並無呈交任何數字；另有1個數字無誤。" in said
    for cell, expected, found in (
        ("數字 F5", "日期，例如 2026-03-31", "31/10/2026"),
        ("數字 I5", "純數字，例如 1234.5（「超過」等字眼請在「數字說明」欄選擇）", "逾四百萬"),
        ("數字 I6", "直接輸入的內容，不可用公式", "=1+1"),
    ):
        assert re.search(f"{re.escape(cell)} .*{re.escape(expected)} {re.escape(found)}", said)
    assert 'name="sha256"' not in answer.text
    assert 'type="file"' in answer.text  # the mended file is handed in from here


@pytest.mark.parametrize(
    ("content", "lang", "words"), [(b"%PDF", "zh-Hant", "這不是活頁簿"), (b"", "en", "Choose a file first")]
)
def test_what_is_no_return_is_refused_in_the_readers_language(office, content, lang, words):
    answer = office.upload(office.browser("alice"), content, lang)
    assert answer.status_code in {400, 422}
    assert words in text(answer)


def test_what_a_person_typed_is_shown_and_never_run(office):
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    answer = office.upload(office.browser("alice"), sound(hostile))
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text
    assert "<img" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_a_sound_file_shows_what_it_would_change_and_is_handed_in(office):
    browser = office.browser("alice")
    answer = office.upload(browser, sound(90_000_000), "zh-Hant")
    assert answer.status_code == 200
    said = text(answer)
    assert "1個數字：1個新、0個有更改、0個與已知相同；1個存疑。" in said
    assert "90,000,000" in said
    assert "超出此指標的合理範圍" in said
    assert office.desk.returns() == []
    return_id = office.hand_in(browser, sound(90_000_000), "zh-Hant")
    page = text(browser.get(f"/steward/returns/{return_id}?lang=zh-Hant&done=submitted"))
    assert "已呈交，現須由另一人批准。" in page
    assert "此報表由你呈交，須由另一人覆核。" in page
    assert return_id in text(browser.get("/steward"))
    assert office.house.deeds()[-3:] == ["return", "return", "return"]


@pytest.mark.parametrize(("sha256", "status"), [("", 400), ("../../etc/passwd", 400), ("0" * 64, 409)])
def test_what_was_not_uploaded_cannot_be_handed_in(office, sha256, status):
    browser = office.browser("alice")
    browser.get("/steward")
    answer = browser.post("/steward/submit", {"sha256": sha256})
    assert answer.status_code == status
    assert office.desk.returns() == []


def test_the_same_file_twice_is_said_calmly(office):
    browser, content = office.browser("alice"), sound()
    office.hand_in(browser, content)
    sha256 = office.desk.returns()[0].sha256
    answer = browser.post("/steward/submit", {"sha256": sha256})
    assert answer.status_code == 409
    assert "The same file is waiting for review" in text(answer)


def test_the_address_of_a_form_shows_the_first_page(office):
    browser = office.browser("alice")
    assert WORDS["en"].t("steward.template_note") in text(browser.get("/steward/upload"))
    assert WORDS["en"].t("steward.template_note") in text(browser.get("/steward/submit"))
