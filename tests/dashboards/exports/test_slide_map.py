"""The map on a slide: a shape for each city, and its figures beside it."""

from __future__ import annotations

import pytest
from pptx import Presentation

from dashboards.exports.images import inlined, paper
from dashboards.exports.slide_map import cut, tiles
from dashboards.exports.slide_words import Box
from dashboards.figures.legend import class_names
from dashboards.i18n import LANGUAGES
from tests.dashboards.exports.decks import opened
from tests.dashboards.exports.everything import one


def group_of(slide):
    return next(shape for shape in slide.shapes if shape.shape_type == 6)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_of_the_eleven_cities_is_a_shape_named_and_told(opening_desk, lang: str) -> None:
    told = one(opening_desk, lang, "map")
    group = group_of(opened(opening_desk, [told], lang).slides[0])
    shapes = {shape.name: shape for shape in group.shapes if shape._element.xpath(".//a:custGeom")}
    assert set(shapes) == set(told.rows["place"])
    for place, figure in zip(told.rows["place"], told.rows["figure"], strict=True):
        assert figure in shapes[place]._element.xpath(".//p:cNvPr")[0].get("descr")
    assert group._element.xpath("./p:nvGrpSpPr/p:cNvPr")[0].get("descr") == told.alt


def test_a_city_is_filled_by_its_class_and_one_without_a_figure_by_a_pattern(opening_desk) -> None:
    told = one(opening_desk, "en", "map")
    fills = told.figure(paper(opening_desk, "en", inlined(opening_desk))).drawn.fills
    group = group_of(opened(opening_desk, [told]).slides[0])
    ids = dict(zip(told.rows["place"], told.rows["place_id"], strict=True))
    absent = set(told.rows.loc[told.rows["value"].isna(), "place"])
    for shape in group.shapes:
        if not shape._element.xpath(".//a:custGeom"):
            continue
        pattern = shape._element.xpath("./p:spPr/a:pattFill")
        assert bool(pattern) == (shape.name in absent)
        if not pattern:
            colour = shape._element.xpath("./p:spPr/a:solidFill/a:srgbClr")[0].get("val")
            assert f"#{colour.lower()}" == fills[ids[shape.name]].colour


def test_the_table_beside_the_map_has_a_row_for_every_city(opening_desk) -> None:
    told = one(opening_desk, "en", "map")
    slide = opened(opening_desk, [told]).slides[0]
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    cells = {row.cells[0].text: row.cells[1].text for row in list(table.rows)[1:]}
    assert cells == dict(zip(told.rows["place"], told.rows["figure"], strict=True))


def test_nothing_of_the_map_leaves_the_slide(opening_desk) -> None:
    deck = opened(opening_desk, [one(opening_desk, "en", "map"), one(opening_desk, "zh-Hant", "kiosk-map")])
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_estuary_close_up_stays_the_estuary_and_inside_its_box(opening_desk, lang: str) -> None:
    told = one(opening_desk, lang, "map", options=(("view", "estuary"),))
    deck = opened(opening_desk, [told], lang)
    group = group_of(deck.slides[0])
    shapes = {shape.name: shape for shape in group.shapes if shape._element.xpath(".//a:custGeom")}
    places = dict(zip(told.rows["place_id"], told.rows["place"], strict=True))
    assert places["hong_kong"] in shapes
    assert places["macao"] in shapes
    assert places["zhaoqing"] not in shapes
    whole = group_of(opened(opening_desk, [one(opening_desk, lang, "map")], lang).slides[0])
    small = next(shape for shape in whole.shapes if shape.name == places["hong_kong"])
    assert shapes[places["hong_kong"]].width > 2 * small.width
    assert all(shape.top + shape.height <= deck.slide_height * 0.95 for shape in shapes.values())


def test_the_legend_names_what_each_class_holds(opening_desk) -> None:
    told = one(opening_desk, "en", "map")
    slide = opened(opening_desk, [told]).slides[0]
    drawn = told.figure(paper(opening_desk, "en", inlined(opening_desk))).drawn
    words = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    for name in class_names(drawn.cuts, paper(opening_desk, "en", inlined(opening_desk))):
        assert name in words


def test_cities_as_tiles_are_tiles_on_the_slide_too(opening_desk) -> None:
    style = paper(opening_desk, "en", inlined(opening_desk))
    told = one(opening_desk, "en", "map")
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    shapes = slide.shapes
    box = Box(x=20, y=40, wide=480, high=380)
    tiles(shapes, box, told.figure(style).drawn, style, told.alt)
    made = [shape for shape in group_of(slide).shapes if shape._element.xpath(".//a:custGeom")]
    assert {shape.name for shape in made} == set(told.rows["place"])
    assert len({(shape.width, shape.height) for shape in made}) == 1


def test_what_is_outside_is_cut_off_along_the_edge() -> None:
    box = Box(x=0, y=0, wide=10, high=10)
    assert set(cut([(-5, -5), (5, -5), (5, 5), (-5, 5)], box)) == {(0, 5), (0, 0), (5, 0), (5, 5)}
    assert cut([(20, 20), (30, 20), (30, 30)], box) == []
