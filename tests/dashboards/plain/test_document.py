"""A plain document: no script, no style of its own, every text escaped, the day asked for by a plain form."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from dash import dcc, html

from dashboards.desk import Filters
from dashboards.plain.document import NotMarkupError, document
from metrics.asof import day_as_of
from tests.dashboards.panels.drawn import NOW, on, view_of

FILES = {"style.css": "/assets/style.1.css", "icon.svg": "/assets/icon.1.svg"}


def made(desk, main=(), lang="en", as_of=NOW, title="Title") -> str:
    view = view_of(desk, Filters(lang=lang, as_of=as_of))
    return document("/plain", title, "What it is", list(main), view, FILES)


def test_it_needs_no_script_and_has_its_language(opening_desk):
    text = made(opening_desk, lang="zh-Hant")
    assert "<script" not in text
    assert " style=" not in text
    assert '<html lang="zh-Hant-HK"' in text
    assert '<link rel="stylesheet" href="/assets/style.1.css">' in text


def test_what_is_written_into_it_is_escaped(opening_desk):
    text = made(opening_desk, [html.P("<b>&")], title="<i>")
    assert "&lt;b&gt;&amp;" in text
    assert "<title>&lt;i&gt;" in text


def test_the_day_is_asked_for_by_a_form_that_keeps_the_language(opening_desk):
    text = made(opening_desk, lang="zh-Hans", as_of=on(2025, 5, 15))
    assert '<form action="/plain" method="get"' in text
    assert 'name="as_of" min="2015-01-01" max="2026-11-21" value="2025-05-15"' in text
    assert '<input type="hidden" name="lang" value="zh-Hans">' in text
    assert "band band-past" in text
    assert 'name="lang"' not in made(opening_desk)


def test_the_languages_keep_the_day(opening_desk):
    text = made(opening_desk, as_of=on(2025, 5, 15))
    assert 'href="/plain?lang=zh-Hant&amp;as_of=2025-05-15"' in text
    assert 'hreflang="zh-Hans-CN"' in text


def test_an_instant_is_told_as_one(opening_desk):
    instant = day_as_of(datetime(2025, 5, 15, tzinfo=UTC).date())
    assert "As known on 15 May 2025" in made(opening_desk, as_of=instant)


def test_a_live_part_is_refused(opening_desk):
    with pytest.raises(NotMarkupError, match="leave charts out"):
        made(opening_desk, [dcc.Graph(id="chart")])
