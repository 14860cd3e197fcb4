"""Markup as text: what is plain becomes text, what is live stays, and nothing of it is lost or let loose."""

from __future__ import annotations

from dash import dcc, html

from dashboards.fragments import HOLD, lean, markup


def held(component) -> str | None:
    return getattr(component, HOLD, None)


def test_plain_markup_becomes_text_with_its_attributes():
    made = lean(html.Div([html.P(["a ", html.B("b")], className="soft", **{"aria-label": "x"})], id="here"))
    assert made.children is None
    assert made.id == "here"
    assert held(made) == '<p class="soft" aria-label="x">a <b>b</b></p>'


def test_text_from_outside_is_escaped_within_and_in_attributes():
    made = lean(html.Div(html.A("<script>&", href='/x?a="1"&b=2')))
    assert held(made) == '<a href="/x?a=&quot;1&quot;&amp;b=2">&lt;script&gt;&amp;</a>'


def test_a_live_part_stays_and_so_does_what_is_around_it():
    graph = dcc.Graph(id="g")
    made = lean(html.Div([html.P([html.B("said")]), html.Div(graph)]))
    assert held(made) is None
    assert made.children[1].children is graph
    assert held(made.children[0]) == "<b>said</b>"


def test_a_style_is_left_to_the_script_because_the_policy_allows_none_in_text():
    made = lean(html.Div([html.Span("x", style={"width": "50%"}), html.P(html.I())], style={"top": "1px"}))
    assert made.style == {"top": "1px"}
    assert held(made) == '<span data-style="{&quot;width&quot;: &quot;50%&quot;}">x</span><p><i></i></p>'


def test_what_no_script_attends_to_has_no_style_and_may_speak_of_one():
    assert markup(html.Div(html.Span("x", style={"width": "50%"}))) is None
    assert markup(html.P(' data-style="{}"')) == '<p> data-style="{}"</p>'


def test_text_alone_stays_text():
    assert lean(html.P("plain")).children == "plain"
    assert lean("plain") == "plain"
    assert lean(None) is None


def test_true_is_an_attribute_alone_false_and_none_are_left_away():
    assert (
        markup(html.Details(html.Summary("s"), open=True)) == "<details open><summary>s</summary></details>"
    )
    assert markup(html.Details(html.Summary("s"), open=False)) == "<details><summary>s</summary></details>"


def test_empty_elements_are_not_closed_and_an_empty_description_is_kept():
    assert markup(html.Img(src="/a.svg", alt="")) == '<img alt="" src="/a.svg">'


def test_numbers_and_nothing_are_written_as_they_are():
    assert markup(html.Td([3, None, " ", 2.5])) == "<td>3 2.5</td>"


def test_a_frame_in_a_page_is_never_text():
    assert markup(html.Div(html.Iframe(src="/x"))) is None
