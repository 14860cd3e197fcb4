"""Slides as markup: every line there, a shape beside its word, tables with what can be read from a distance."""

from __future__ import annotations

import re

import pandas as pd

from dashboards.briefings.drawn import colour, deck, shape, shown_columns, table
from dashboards.briefings.values import Line, Slide
from dashboards.exports.columns import Column
from dashboards.i18n import words

EN = words("en")
SLIDE = Slide(
    id="late",
    kind="late",
    lang="en",
    title="What is <late>",
    lines=(
        Line(text="Milestones", role="heading", detail="1"),
        Line(text="Sandbox & more", role="item", mark="late", detail="326 days"),
        Line(text="3 more", role="detail"),
    ),
    foot="As known",
)


def test_every_word_is_there_and_escaped():
    (text,) = deck([SLIDE], None, EN)
    for said in ("What is &lt;late&gt;", "Sandbox &amp; more", "326 days", "3 more", "As known", "1 / 1"):
        assert said in text


def test_a_state_is_a_shape_beside_its_words_never_alone():
    (text,) = deck([SLIDE], None, EN)
    assert 'class="shape shape-off_track step-late" aria-hidden="true"' in text
    assert (shape("late"), colour("late")) == ("off_track", "step-late")
    assert (shape("at_risk"), colour("at_risk")) == ("at_risk", "status-at_risk")


def test_the_second_language_is_marked_as_such_and_not_said_twice():
    other = Slide(id="late", kind="late", lang="zh-Hant", title="逾期", foot="", lines=(
        Line(text="里程碑", role="heading", detail="1"),
        Line(text="沙盒", role="item", mark="late", detail="逾期326日"),
        Line(text="3 more", role="detail"),
    ))  # fmt: skip
    (text,) = deck([SLIDE], [other], EN)
    assert text.count("沙盒") == 1
    told = re.findall(r'<(?:p|span)[^>]*class="slide-second"[^>]*>', text)
    assert len(told) == 3
    assert all('lang="zh-Hant-HK"' in one for one in told)
    assert text.count("3 more") == 1


def test_a_table_shows_the_figure_as_written_and_leaves_out_what_never_differs():
    columns = (
        Column(id="place", label="Place", kind="text"),
        Column(id="figure", label="Figure", kind="text"),
        Column(id="unit", label="Unit", kind="text"),
        Column(id="value", label="Value", kind="number"),
        Column(id="place_id", label="Code", kind="code"),
    )
    rows = pd.DataFrame(
        {"place": ["Macao", "Foshan"], "figure": ["over 5", "no figure"], "unit": ["x", "x"],
         "value": [5.0, None], "place_id": ["macao", "foshan"]}
    )  # fmt: skip
    assert [one.id for one in shown_columns(columns, rows)] == ["place", "figure"]
    slide = Slide(id="a", kind="table", lang="en", title="A")
    said = str(table(columns, rows, slide))
    assert "over 5" in said
    assert "no figure" in said


def test_a_telling_slide_without_rows_draws_nothing_in_their_place():
    empty = Slide(id="a", kind="table", lang="en", title="A", lines=(Line(text="No figure", role="lead"),))
    (text,) = deck([empty], None, EN)
    assert "<table" not in text
    assert "No figure" in text
