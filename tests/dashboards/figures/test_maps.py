from dataclasses import replace

import pytest

from dashboards.figures import maps
from dashboards.figures.canvas import BELOW
from tests.dashboards.figures.world import (
    CITIES,
    EVERY_STYLE,
    SHAPES,
    figures,
    one,
    sound,
    stations,
    style,
    texts,
)

FRAMES = {"empty": figures(), "one city": figures(one("macao", 12.0)), "full": stations()}
DRAWINGS = (maps.choropleth, maps.tiles)


def colours(figure):
    trace = figure.data[0]
    scale = [colour for n, (_, colour) in enumerate(trace.colorscale) if n % 2 == 0]
    return {place: scale[int(level)] for place, level in zip(trace.locations, trace.z, strict=True)}


@pytest.mark.parametrize("look", EVERY_STYLE)
@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("draw", DRAWINGS)
def test_all_eleven_cities_are_drawn_and_named_whatever_the_frame_holds(draw, frame, look):
    figure = draw(frame, look)
    sound(figure)
    assert all(look.place(place) in texts(figure) for place in CITIES)


@pytest.mark.parametrize("look", EVERY_STYLE)
@pytest.mark.parametrize("draw", DRAWINGS)
def test_every_figure_can_be_read_with_its_qualifier(draw, look):
    seen = texts(draw(stations(), look))
    assert look.t("qualifier.over_pattern", n="65,000") in seen
    assert look.t("flag.zero") in seen
    for key in ("figure.no_figure", "flag.not_in_scope", "flag.withheld", "figure.not_published"):
        assert look.t(key) in seen


def test_zero_no_figure_and_the_lowest_class_have_three_colours():
    figure = maps.choropleth(stations(), style())
    drawn = colours(figure)
    assert len({drawn["zhuhai"], drawn["hong_kong"], drawn["foshan"]}) == 3


def test_a_higher_class_is_darker_on_a_light_ground():
    drawn = colours(maps.choropleth(stations(), style()))
    ramp = style().palette.ramp
    assert [ramp.index(drawn[place]) for place in ("foshan", "dongguan", "huizhou", "guangzhou", "shenzhen")] == [
        0, 1, 2, 3, 4,
    ]  # fmt: skip


def test_an_over_figure_is_marked_on_the_map_itself():
    figure = maps.choropleth(stations(), style())
    assert "Shenzhen ▲" in figure.data[-1].text
    assert "Guangzhou" in figure.data[-1].text


def test_a_province_is_not_a_city():
    frame = figures(one("guangdong", 443_000.0), one("shenzhen", 65_000.0))
    assert "443,000" not in texts(maps.choropleth(frame, style()))


def test_different_counting_bases_are_told():
    assert style().t("figure.bases_differ")[:20] in texts(maps.choropleth(stations(), style()))
    assert style().t("figure.bases_differ")[:20] not in texts(
        maps.choropleth(figures(one("macao", 1.0)), style())
    )


def test_figures_of_other_years_share_the_classes():
    frame = figures(one("macao", 5.0), one("zhuhai", 6.0))
    frame.attrs["scale"] = [5.0, 6.0, 100.0, 1_000.0, 10_000.0]
    assert "10,000 or more" in texts(maps.choropleth(frame, style()))
    assert "10,000 or more" not in texts(maps.choropleth(figures(one("macao", 5.0)), style()))


def test_the_estuary_close_up_shows_the_small_cities_on_finer_shapes():
    frame = stations()
    frame.attrs["view"] = "estuary"
    figure = maps.choropleth(frame, style(shapes=replace(SHAPES, layers={"cities": "/geo/cities.json"})))
    named = {name.rstrip(" ▲▼○–") for name in figure.data[-1].text}
    assert {"Hong Kong", "Macao", "Shenzhen"} <= named
    assert "Zhaoqing" not in named
    assert figure.data[0].geojson == "/geo/cities.json"


def test_a_map_says_who_drew_its_boundaries():
    drawn_by = replace(SHAPES, caption={"en": "The Surveyor"})
    assert "Boundaries: The Surveyor" in texts(maps.choropleth(stations(), style(shapes=drawn_by)))
    assert "Boundaries" not in texts(maps.choropleth(stations(), style()))


def test_a_map_without_shapes_still_draws():
    bare = style(shapes=type(SHAPES)())
    sound(maps.choropleth(stations(), bare))
    sound(maps.tiles(stations(), bare))


@pytest.mark.parametrize("look", EVERY_STYLE)
def test_the_words_for_a_map_tell_every_city_the_largest_first(look):
    said = maps.choropleth_alt(stations(), look)
    assert all(look.place(place) in said for place in CITIES)
    assert (
        said.index(look.place("shenzhen"))
        < said.index(look.place("guangzhou"))
        < said.index(look.place("macao"))
    )
    assert look.t("qualifier.over_pattern", n="65,000") in said


def test_the_view_decides_between_a_map_and_tiles():
    frame = stations()
    assert maps.cities(frame, style()).data[0].type == "choropleth"
    frame.attrs["view"] = "tiles"
    figure = maps.cities(frame, style())
    assert figure.data[0].type == "scatter"
    assert figure.drawn.cuts == maps.choropleth(stations(), style()).drawn.cuts


def test_tiles_of_one_size_know_their_city_and_grow_with_the_page():
    figure = maps.tiles(stations(), style())
    boxes = [
        shape
        for shape in figure.layout.shapes
        if shape.type in {None, "rect"} and shape.name not in {None, BELOW}
    ]
    assert {shape.name for shape in boxes} == set(CITIES) == set(figure.data[0].customdata)
    assert len({(round(s.x1 - s.x0, 3), round(s.y1 - s.y0, 3)) for s in boxes}) == 1
    assert figure.layout.meta["ratio"] > 0
    assert figure.layout.meta["foot"] == figure.layout.margin.b
