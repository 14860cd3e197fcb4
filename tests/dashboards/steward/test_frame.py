"""The frame of stewards' pages."""

from __future__ import annotations

import pytest

from dashboards.i18n import LANGUAGES
from dashboards.steward.frame import SAID, attached, environment
from tests.dashboards.steward.conftest import WORDS


def test_all_templates_can_be_read():
    for name in (
        "steward.html",
        "upload.html",
        "return.html",
        "quarantine.html",
        "figures.html",
        "base.html",
    ):
        assert environment().get_template(name)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_of_the_templates_is_there_under_its_own_short_name(lang):
    assert all(WORDS[lang].t(key) for key in SAID)
    assert len({key.rpartition(".")[2] for key in SAID}) == len(SAID)


def test_a_file_is_for_the_disk_alone():
    answer = attached(b"x", "text/plain", "a.txt")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="a.txt"'
    assert answer.headers["Cache-Control"] == "no-store"


def test_language_links_of_an_answered_form_lead_to_a_page(office):
    answer = office.upload(office.browser("alice"), b"%PDF")
    assert 'href="/steward?lang=zh-Hans"' in answer.text
    assert "/steward/upload?lang=zh-Hans" not in answer.text
