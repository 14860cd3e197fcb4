"""Documents of many panels: a chart in each section where one can be drawn, a sentence where not."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from dashboards.briefings.packs.paper import told
from dashboards.exports.document import pdf
from dashboards.exports.engine import ImageError
from dashboards.exports.fonts import FontsMissingError
from tests.dashboards.briefings.packs.packing import MAP, RANKING, of_panels

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><rect width="9" height="9"/>'
    b'<text y="40">drawn-here</text></svg>'
)


def test_every_chart_is_drawn_and_progress_is_told(opening_desk):
    made = of_panels(opening_desk, MAP, RANKING)
    steps = []
    body = pdf(told(made), made.style_of, lambda *_: SVG, progress=lambda done, of: steps.append((done, of)))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)
    assert text.count("drawn-here") == 2
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_the_same_document_is_the_same_file(opening_desk):
    made = of_panels(opening_desk, MAP)
    assert pdf(told(made), made.style_of, None) == pdf(told(made), made.style_of, None)


def test_a_chart_that_fails_is_told_of_and_the_others_stand(opening_desk):
    made = of_panels(opening_desk, MAP, RANKING)
    left = [SVG]

    def draw(*_):
        if not left:
            raise ImageError("picture.image_failed", "no")
        return left.pop()

    text = "".join(
        page.extract_text() for page in PdfReader(BytesIO(pdf(told(made), made.style_of, draw))).pages
    )
    assert "drawn-here" in text
    assert text.count("could not be drawn") == 1


def test_a_character_that_no_font_has_is_an_error_and_never_a_box(opening_desk):
    made = of_panels(opening_desk, MAP)
    with pytest.raises(FontsMissingError):
        pdf(replace(told(made), title="\U00013000\U000e0fff"), made.style_of, None)
