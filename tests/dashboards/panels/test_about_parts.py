from __future__ import annotations

from dash import html

from dashboards.desk import Filters
from dashboards.panels.about_parts import bullets, paragraphs, rows, section
from tests.dashboards.panels.drawn import NOW, text, told, view_of


def test_a_section_says_its_words_and_whose_they_are(opening_desk):
    made = section("made", "about.truth", lambda _frame, _view: html.P("words"))
    said = text(made, opening_desk)
    assert "What holds for every figure" in said
    assert "words" in said
    assert "Source: GBA Monitor." in said
    assert made.speaks is False


def test_lists_and_rows_hold_what_they_are_given(opening_desk):
    view = view_of(opening_desk, Filters(as_of=NOW))
    assert [type(one).__name__ for one in (bullets(["a"]), bullets(["a"], ordered=True))] == ["Ul", "Ol"]
    assert list(told(rows([("mark", "meaning")]))) == ["mark", "meaning"]
    (only,) = paragraphs(("about.changes_notice",), view, least="180", most="730")
    assert "for at least 180 days" in only.children
