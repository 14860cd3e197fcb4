"""Our own master: sixteen to nine, the palette of the pages, nothing left of another's template."""

from __future__ import annotations

from io import BytesIO

import pytest
from pptx import Presentation

from dashboards.exports.slide_master import COVER, PANEL, blank
from dashboards.i18n import LANGUAGES
from dashboards.style import LIGHT


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_theme_has_the_colours_of_the_pages_and_the_typeface_of_the_language(lang: str) -> None:
    out = BytesIO()
    blank(lang, "GBA & Co").save(out)
    deck = Presentation(BytesIO(out.getvalue()))
    theme = next(
        rel.target_part.blob.decode()
        for rel in deck.slide_master.part.rels.values()
        if rel.reltype.endswith("/theme")
    )
    assert all(colour[1:].upper() in theme for colour in (*LIGHT.series, LIGHT.ink))
    assert ("Microsoft YaHei" if lang == "zh-Hans" else "Microsoft JhengHei") in theme.split("<a:font ")[0]


def test_there_are_two_layouts_and_both_have_a_title() -> None:
    deck = blank("en", "GBA")
    assert [layout.name for layout in deck.slide_layouts] == ["Panel", "Cover"]
    for at in (PANEL, COVER):
        assert any(each.placeholder_format.type in {1, 3} for each in deck.slide_layouts[at].placeholders)
