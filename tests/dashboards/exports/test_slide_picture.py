"""Charts that slides have no form of their own for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image

from dashboards.exports.engine import ImageError
from dashboards.i18n import LANGUAGES
from tests.dashboards.exports.chromiums import needs_chromium
from tests.dashboards.exports.decks import opened, texts
from tests.dashboards.exports.everything import one


@needs_chromium
def test_a_calendar_is_a_sharp_picture_with_alt_text(days_desk, engine, tmp_path) -> None:
    told = one(days_desk, "en", "calendar")
    slide = opened(days_desk, [told], draw=engine.draw).slides[0]
    (picture,) = [shape for shape in slide.shapes if shape.shape_type == 13]
    assert picture._element.xpath(".//p:cNvPr")[0].get("descr") == told.alt
    file = tmp_path / "picture.png"
    file.write_bytes(picture.image.blob)
    with Image.open(file) as image:
        assert image.width > 2 * picture.width / 12700
        assert abs(image.width / image.height - picture.width / picture.height) < 0.01


def broken(*_: object) -> bytes:
    raise ImageError("picture.image_failed", "no")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("draw", "why"), [(None, "picture.not_drawn"), (broken, "pack.no_chart")])
def test_without_a_picture_the_table_stands_in_its_place_and_the_slide_says_so(
    days_desk, lang: str, draw, why: str
) -> None:
    told = one(days_desk, lang, "calendar")
    first, *more = opened(days_desk, [told], lang, draw=draw).slides
    (table,) = [shape for shape in first.shapes if shape.has_table]
    (said,) = [
        shape
        for shape in first.shapes
        if shape.has_text_frame and shape.text_frame.text == days_desk.words[lang].t(why)
    ]
    assert first.shapes.title.top + first.shapes.title.height <= said.top
    assert said.top + said.height <= table.top
    source = next(shape for shape in first.shapes if shape.name == "Source")
    assert table.top + table.height <= source.top
    assert all(days_desk.words[lang].t(why) not in texts(slide) for slide in more)


def test_a_chart_that_slides_have_a_form_for_says_nothing_of_pictures(days_desk) -> None:
    told = one(days_desk, "en", "fiveg-ranking")
    (slide,) = opened(days_desk, [told], draw=None).slides
    assert days_desk.words["en"].t("picture.not_drawn") not in texts(slide)


def test_a_table_alone_says_nothing_of_pictures(days_desk) -> None:
    told = replace(one(days_desk, "en", "calendar"), figure=None)
    for slide in opened(days_desk, [told], draw=None).slides:
        assert days_desk.words["en"].t("picture.not_drawn") not in texts(slide)
