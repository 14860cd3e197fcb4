"""Words on slides."""

from __future__ import annotations

import pytest

from dashboards.exports.slide_master import PANEL, blank
from dashboards.exports.slide_words import LEAD, Box, Said, decorative, describe, height, textbox
from dashboards.i18n import LANGUAGES


def slide():
    deck = blank("en", "x")
    return deck.slides.add_slide(deck.slide_layouts[PANEL])


def test_a_line_is_as_high_as_it_says_whatever_its_typeface() -> None:
    made = textbox(slide().shapes, Box(x=0, y=0, wide=100, high=20), [Said(text="a", size=10)], "en")
    assert made.text_frame.paragraphs[0].line_spacing.pt == 10 * LEAD


def test_only_web_addresses_become_links() -> None:
    said = [
        Said(text="a", size=10, href="javascript:x"),
        Said(text="b", size=10, href="https://gba.example/"),
    ]
    made = textbox(slide().shapes, Box(x=0, y=0, wide=100, high=20), said, "en")
    links = [paragraph.runs[0].hyperlink.address for paragraph in made.text_frame.paragraphs]
    assert links == [None, "https://gba.example/"]


def test_a_shape_is_either_told_or_marked_as_decoration() -> None:
    first = textbox(slide().shapes, Box(x=0, y=0, wide=9, high=9), [Said(text="a", size=10)], "en")
    describe(first, "name", "what it shows")
    assert first._element.xpath(".//p:cNvPr")[0].get("descr") == "what it shows"
    decorative(first)
    assert "decorative" in first._element.xml


@pytest.mark.parametrize("lang", LANGUAGES)
def test_longer_text_is_never_lower(lang: str) -> None:
    heights = [height("佛山 Foshan 5G " * n, 12, 200, lang) for n in range(8)]
    assert heights == sorted(heights)
    assert heights[0] == 0
