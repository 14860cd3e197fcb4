"""PNG and SVG as they leave the engine."""

from __future__ import annotations

import io

import pytest
from defusedxml import ElementTree
from PIL import Image

from dashboards.exports.fonts import check
from dashboards.exports.images import inlined, paper, png, svg
from dashboards.i18n import LANGUAGES
from tests.dashboards.exports.chromiums import needs_chromium
from tests.dashboards.exports.everything import one

SHAPES = {"16x9": (1920, 1080), "a4": (2475, 1750), "a4_upright": (1750, 2475)}


@needs_chromium
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("size", SHAPES)
def test_a_form_has_its_dots_and_the_file_says_what_it_shows(
    opening_desk, engine, lang: str, size: str
) -> None:
    told = one(opening_desk, lang, "fiveg-map")
    image = Image.open(
        io.BytesIO(png(told, paper(opening_desk, lang, inlined(opening_desk)), engine.draw, preset=size))
    )
    assert image.size == SHAPES[size]
    assert image.text["Title"] == told.title
    assert image.text["Description"] == told.alt
    assert image.text["URL"] == told.permalink
    assert len(image.convert("L").getcolors(256)) > 50


@needs_chromium
def test_twice_the_dots_are_twice_the_dots(opening_desk, engine) -> None:
    told, style = one(opening_desk, "en", "fiveg-ranking"), paper(opening_desk, "en", inlined(opening_desk))
    once, twice = (
        Image.open(io.BytesIO(png(told, style, engine.draw, preset=size))) for size in ("1x", "2x")
    )
    assert twice.size == (once.width * 2, once.height * 2)
    assert round(twice.info["dpi"][0]) == 192


@needs_chromium
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_svg_is_well_formed_named_and_all_text(opening_desk, engine, lang: str) -> None:
    told = one(opening_desk, lang, "fiveg-map")
    image = svg(told, paper(opening_desk, lang, inlined(opening_desk)), engine.draw)
    root = ElementTree.fromstring(image)
    space = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{space}title").text == told.title
    assert root.find(f"{space}desc").text == told.alt
    texts = ["".join(each.itertext()) for each in root.iter(f"{space}text")]
    assert told.title in texts
    check(texts, lang)
    assert b"http://" not in image.replace(b"http://www.w3.org/", b"")


@needs_chromium
def test_the_same_telling_gives_the_same_bytes(opening_desk, engine) -> None:
    told, style = one(opening_desk, "en", "fiveg-map"), paper(opening_desk, "en", inlined(opening_desk))
    assert svg(told, style, engine.draw) == svg(told, style, engine.draw)
    assert png(told, style, engine.draw) == png(told, style, engine.draw)


def test_what_is_drawn_stays_as_it_is_even_where_a_number_looks_like_a_name(opening_desk) -> None:
    told, style = one(opening_desk, "en", "fiveg-map"), paper(opening_desk, "en", inlined(opening_desk))
    drawn = b'<svg class="main-svg"><defs id="defs-123456"/><path d="M0.123456,7H9"/></svg>'
    image = svg(told, style, lambda *_: drawn)
    assert image.endswith(drawn.partition(b">")[2])


def test_a_size_that_there_is_not_is_named(opening_desk) -> None:
    told, style = one(opening_desk, "en", "fiveg-map"), paper(opening_desk, "en", inlined(opening_desk))
    with pytest.raises(ValueError, match="no preset '3x': expected one of 1x, 2x, 16x9"):
        png(told, style, lambda *_: b"", preset="3x")
