"""Slides of words: all of them have room, in whatever language."""

from __future__ import annotations

import pytest
from pptx import Presentation

from dashboards.exports.images import inlined, paper
from dashboards.exports.slide_text import Sentence, Words, put
from dashboards.exports.slide_words import Box, height


@pytest.mark.parametrize("lang", ["en", "zh-Hant", "zh-Hans"])
@pytest.mark.parametrize("count", [1, 8, 24])
def test_every_line_is_written_and_has_room(opening_desk, lang, count):
    style = paper(opening_desk, lang, inlined(opening_desk))
    text = "廣州市政務服務 " * 4 if lang != "en" else "Government services of Guangzhou " * 3
    lines = [Sentence(text="A", role="heading", detail="3")]
    lines += [Sentence(text=f"{text}{at}", role="item", detail="done", second="x") for at in range(count)]
    words = Words(title="T", lang=lang, lines=tuple(lines), columns=2, second_lang="en")
    deck = Presentation()
    shapes = deck.slides.add_slide(deck.slide_layouts[6]).shapes
    box = Box(x=40, y=80, wide=880, high=400)
    put(shapes, box, words, style)
    written = [paragraph for shape in shapes for paragraph in shape.text_frame.paragraphs]
    assert sum(f"{text}{at}" in one.text for at in range(count) for one in written) >= count
    assert written[1].text == "A  3"
    for shape in shapes:
        wide = shape.width.pt
        used = sum(
            max(height(one.text, one.runs[0].font.size.pt, wide, lang), one.runs[0].font.size.pt * 1.25)
            for one in shape.text_frame.paragraphs
        )
        assert used <= box.high + 1
