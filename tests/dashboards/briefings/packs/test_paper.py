"""A pack on paper: every slide is a section, and what its reader looks for is found by search."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from dashboards.briefings.packs.paper import pdf, said, told
from tests.dashboards.briefings.packs.packing import HOSTILE, MAP, of_meeting, of_panels, sixty
from tests.dashboards.exports.chromiums import needs_chromium

KANGXI = re.compile("[\u2e80-\u2fdf]")


def words_of(body: bytes) -> str:
    if shutil.which("pdftotext"):
        done = subprocess.run(["pdftotext", "-", "-"], input=body, capture_output=True, check=True)
        return done.stdout.decode()
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)


def test_chinese_is_found_by_search_and_no_radical_stands_for_a_character(meeting_forms):
    text = words_of(meeting_forms["pdf"])
    for word in ("澳門", "佛山", "中山", "江門", "5G"):
        assert word in text
    assert not KANGXI.search(text)


@pytest.mark.parametrize("lang", ["en", "zh-Hans"])
def test_every_slide_is_in_the_contents_and_has_its_section(opening_desk, lang):
    made = of_meeting(opening_desk, lang)
    file = PdfReader(BytesIO(pdf(made, None)))
    outline = [one.title for one in file.outline if not isinstance(one, list)]
    for slide in made.slides[1:]:
        assert slide.title in outline
    assert file.metadata.title == made.title
    assert file.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert file.trailer["/Root"]["/Lang"].startswith("en" if lang == "en" else "zh")


def test_texts_are_never_read_as_markup(opening_desk):
    text = words_of(pdf(of_panels(opening_desk, MAP), None))
    squeezed = "".join(text.split())
    assert "".join(HOSTILE.split()) in squeezed


def test_a_document_without_a_chart_says_so_and_keeps_the_table(opening_desk, panel_forms):
    text = words_of(panel_forms["pdf"])
    assert "The chart could not be drawn" in text
    telling = of_panels(opening_desk, MAP).slides[1].telling
    assert all(figure in text for figure in telling.rows["figure"])


def test_an_audience_stands_on_every_page(opening_desk):
    from dataclasses import replace

    made = of_panels(opening_desk, MAP)
    strict = replace(made, slides=tuple(replace(one, audience="officials") for one in made.slides))
    mark = opening_desk.words["en"].t("picture.audience_officials")
    pages = PdfReader(BytesIO(pdf(strict, None))).pages
    assert all(mark in page.extract_text() for page in pages)
    assert told(made).stamp == ""


def test_the_second_language_is_said_where_it_says_otherwise(opening_desk):
    pairs = list(of_meeting(opening_desk, "zh-Hant", "en").pairs())
    lines = list(said(*pairs[1]))
    assert any(one.second for one in lines)
    assert not any(one.second for one in said(pairs[1][0], None))


@needs_chromium
@pytest.mark.smoke
def test_sixty_panels_are_sixty_charts_none_of_them_half_drawn(opening_desk, engine):
    drawn = []

    def draw(figure, canvas) -> bytes:
        drawn.append(engine.draw(figure, canvas))
        return drawn[-1]

    seen = []
    body = pdf(of_panels(opening_desk, *sixty()), draw, progress=lambda done, of: seen.append((done, of)))
    assert len(drawn) == 60
    assert all(one.startswith(b"<svg") and one.rstrip().endswith(b"</svg>") for one in drawn)
    marks = [len(re.findall(rb"<(?:path|rect|text)[ >]", one)) for one in drawn]
    assert [
        marks[at] for at in range(4)
    ] * 15 == marks  # the same panel is the same chart, each of the fifteen times
    assert min(marks) > 30
    file = PdfReader(BytesIO(body))
    figures = [one for one in tags(file.trailer["/Root"]["/StructTreeRoot"]) if one.get("/S") == "/Figure"]
    assert len(figures) == 60
    assert all(one["/Alt"] for one in figures)
    assert "could not be drawn" not in words_of(body)
    assert seen == [(at, 61) for at in range(1, 62)]


def tags(node: object) -> Iterator[DictionaryObject]:
    """Yield the elements of a document's structure."""
    held = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(held, DictionaryObject):
        yield held
        held = held.get("/K", [])
        held = held.get_object() if hasattr(held, "get_object") else held
    for child in held if isinstance(held, list) else [held]:
        if isinstance(child, DictionaryObject | IndirectObject):
            yield from tags(child)
