"""The first bytes: language, title, description, nothing unescaped, nothing that calls out."""

from __future__ import annotations

import json
import re

from flask import Flask

from dashboards.desk import Filters
from dashboards.files import load_assets
from dashboards.i18n import LANGUAGES, words
from dashboards.index import MARKS, alternates, filled, index_template, page_marks, plain_page, scriptless
from dashboards.server import ASSETS, dash_in

FILES = load_assets(ASSETS).addresses


def template() -> str:
    return index_template(dash_in(Flask("index")), FILES)


def test_the_index_names_our_files_by_their_content() -> None:
    text = template()
    assert "@file:" not in text
    for name in ("pages.js", "early.js", "00-plotly-geo.js", "style.css", "plotly.min.js"):
        assert FILES[name] in text


def test_dash_says_nothing_of_what_runs_here_and_asks_nobody_for_news() -> None:
    settings = json.loads(
        re.search(r'<script id="_dash-config"[^>]*>(.*?)</script>', template(), re.DOTALL)[1]
    )
    assert settings["python_version"] == ""
    assert settings["dash_version_url"] == ""
    assert settings["disable_version_check"] is True


def test_scripts_that_no_page_uses_are_left_out() -> None:
    assert "dash_table/bundle" not in template()


def test_no_inline_script_but_the_one_dash_writes() -> None:
    inline = re.findall(
        r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>(.*?)</script>", template(), re.DOTALL
    )
    assert inline == ["var renderer = new DashRenderer();"]


def test_every_mark_is_filled_and_escaped() -> None:
    marks = dict.fromkeys(MARKS, '<&">')
    text = filled("|".join(f"@{name}@" for name in MARKS), marks)
    parts = dict(zip(MARKS, text.split("|"), strict=True))
    assert parts["links"] == '<&">'
    assert {text for name, text in parts.items() if name != "links"} == {"&lt;&amp;&quot;&gt;"}


def test_a_page_is_announced_in_its_language_with_links_to_the_others() -> None:
    for lang in LANGUAGES:
        book = words(lang)
        marks = page_marks(book, "T", "D", "/x", Filters(lang=lang))
        text = filled(template(), marks)
        assert f'<html lang="{book.html_lang}">' in text
        assert "<title>T</title>" in text
        assert "@" not in re.sub(r"polyfill@|react@|react-dom@|prop-types@", "", text)


def test_alternates_keep_the_state() -> None:
    links = alternates("/x", Filters(lang="en", places=("macao",), options=(("year", "2024"),)))
    assert 'hreflang="zh-Hant-HK" href="/x?lang=zh-Hant&amp;places=macao&amp;year=2024"' in links


def test_a_plain_page_stands_without_scripts_of_dash() -> None:
    text = plain_page(words("zh-Hant"), FILES, "找不到網頁", ["<b>"], '/"><script>')
    assert '<html lang="zh-Hant-HK">' in text
    assert "&lt;b&gt;" in text
    assert '"><script>' not in text
    assert "_dash" not in text
    assert text.count("<script") == 1


def test_without_scripts_a_work_item_leads_to_its_own_plain_page_and_others_to_the_index() -> None:
    filters = Filters(lang="zh-Hant", places=("macao",))
    assert scriptless("/work-items/3", filters) == "/plain/work-items/3?lang=zh-Hant"
    assert scriptless("/connectivity", filters) == "/plain?lang=zh-Hant"
    assert scriptless("/work-items", Filters()) == "/plain"
