"""Charts that slides have no form of their own for."""

from __future__ import annotations

from PIL import Image

from dashboards.exports.engine import ImageError
from tests.dashboards.exports.chromiums import needs_chromium
from tests.dashboards.exports.decks import opened
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


def test_without_an_engine_the_table_stands_in_its_place(days_desk) -> None:
    def broken(*_: object) -> bytes:
        raise ImageError("picture.image_failed", "no")

    told = one(days_desk, "en", "calendar")
    for draw in (None, broken):
        slide = opened(days_desk, [told], draw=draw).slides[0]
        assert any(shape.has_table for shape in slide.shapes)
