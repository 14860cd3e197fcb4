"""Notes under slides."""

from __future__ import annotations

from dataclasses import replace

from dashboards.exports.images import inlined, paper
from dashboards.exports.slide_notes import notes
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
