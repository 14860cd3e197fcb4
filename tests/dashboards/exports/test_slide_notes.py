"""Notes under slides."""

from __future__ import annotations

from dataclasses import replace

from dashboards.exports.images import inlined, paper
from dashboards.exports.slide_notes import notes, untold
from dashboards.figures.rows import figure_words
from tests.dashboards.exports.everything import one


def test_source_method_and_address_are_in_the_notes(opening_desk) -> None:
    style = paper(opening_desk, "en", inlined(opening_desk))
    told = replace(
        one(opening_desk, "en", "fiveg-ranking"), flags=("provisional",), corrections=("One was put right.",)
    )
    said = "\n".join(each.text for each in notes(told, style, "Mine"))
    assert said.startswith("Mine")
    for text in (told.alt, told.citation, told.permalink, "provisional", "One was put right.", *told.sources):
        assert text in said
    assert all(each.definition in said for each in told.definitions if each.definition)


def test_what_a_chart_does_not_show_is_told_in_the_notes_with_its_qualifier(opening_desk) -> None:
    style = paper(opening_desk, "en", inlined(opening_desk))
    told = one(opening_desk, "en", "fiveg-ranking")
    drawn = told.figure(style).drawn
    assert untold(told, drawn, style, 880) is None
    (first, *others) = drawn.known
    left = untold(told, replace(drawn, known=tuple(others)), style, 880)
    assert [row[0] for row in left.rows] == [first.label]
    said = "\n".join(each.text for each in notes(told, style, "", left))
    assert figure_words(first, style) in said


def test_behind_a_picture_every_row_is_in_the_notes(opening_desk) -> None:
    style = paper(opening_desk, "en", inlined(opening_desk))
    told = one(opening_desk, "en", "fiveg-ranking")
    assert len(untold(told, None, style, 880).rows) == len(told.rows)
