"""The plain pages of sign-in."""

from __future__ import annotations

import re

import pytest

from dashboards.i18n import LANGUAGES
from dashboards.sign_in.frame import SAID, TEMPLATES, moved
from tests.dashboards.sign_in.conftest import WORDS, text


def test_templates_say_exactly_the_words_that_are_listed():
    used = {
        word
        for path in TEMPLATES.glob("*.html")
        for word in re.findall(r"said\.(\w+)", path.read_text("utf-8"))
    }
    assert used == {key.rpartition(".")[2] for key in SAID}


def test_templates_hold_no_words_scripts_or_styles_of_their_own():
    for path in TEMPLATES.glob("*.html"):
        source = path.read_text("utf-8")
        assert " style=" not in source
        assert "|safe" not in source.replace(" ", "")
        assert not re.search(r"\son\w+=", source)
        bare = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<[^>]*>", " ", source, flags=re.DOTALL)
        assert set(bare.split()) <= {"·", "#"}, path.name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_language_switch_keeps_where_one_is_going(house, lang):
    page = house.browser().get(f"/sign-in?lang={lang}&next=/work-items/3").text
    for other in LANGUAGES:
        assert f'href="/sign-in?lang={other}&amp;next=%2Fwork-items%2F3"' in page
    assert f'lang="{WORDS[lang].html_lang}" aria-current="true"' in re.sub(r' hreflang="[^"]*"', "", page)


@pytest.mark.parametrize(
    ("accepted", "lang"),
    [("zh-HK,en;q=0.5", "zh-Hant"), ("zh-CN", "zh-Hans"), ("fr", "en"), ("", "en"), ("zh-TW", "zh-Hant")],
)
def test_without_a_language_in_the_address_the_browsers_counts(house, accepted, lang):
    answer = house.browser().get("/sign-in", headers={"Accept-Language": accepted})
    assert WORDS[lang].t("sign_in.password") in text(answer)


def test_every_field_has_a_label(house):
    page = house.browser().get("/sign-in").text
    ids = set(re.findall(r'<input id="([^"]+)"', page))
    assert ids == set(re.findall(r'<label for="([^"]+)"', page)) == {"name", "password"}


def test_moving_on_is_a_get_that_nobody_keeps():
    answer = moved("/x")
    assert (answer.status_code, answer.location, answer.headers["Cache-Control"]) == (303, "/x", "no-store")
