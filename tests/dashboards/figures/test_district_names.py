import itertools
from dataclasses import replace

import pytest

from dashboards.figures.district_names import WIDE, names
from dashboards.figures.districts import HONG_KONG
from dashboards.figures.map_ground import Fill
from dashboards.figures.map_labels import NARROWEST, Screen, box, overlap
from tests.dashboards.figures.world import EVERY_STYLE, style

# west, south, east, north: one wide, three small ones side by side
AREAS = {
    "macao": (113.85, 22.35, 114.2, 22.55),
    "zhuhai": (114.26, 22.3, 114.28, 22.33),
    "zhongshan": (114.28, 22.3, 114.3, 22.33),
    "foshan": (114.3, 22.3, 114.32, 22.33),
}


def lines_over(places):
    lons, lats = [], []
    for west, south, east, north in (AREAS[place] for place in places):
        for n in range(1, 10):
            lat = south + (north - south) * n / 10
            lons += [west, east, None]
            lats += [lat, lat, None]
    return lons, lats


def named(look):
    look = replace(look, shapes=replace(look.shapes, hatch=lines_over))
    fills = {place: Fill(colour="#123456", ink="#ffffff") for place in AREAS}
    return look, names(look, {place: look.place(place) for place in AREAS}, fills, HONG_KONG)


def boxes(trace, wide, look):
    screen = Screen(bounds=HONG_KONG, width=wide)
    return [
        box(screen.px((lon, lat)), position, text, look.size - 1.5)
        for lon, lat, position, text in zip(trace.lon, trace.lat, trace.textposition, trace.text, strict=True)
    ]


@pytest.mark.parametrize("look", EVERY_STYLE)
def test_a_wide_area_carries_its_name_everywhere_and_small_ones_where_there_is_room(look):
    look, (own, leaders, others) = named(look)
    assert list(own.text) == [look.place("macao")]
    assert own.textfont.color == ("#ffffff",)
    assert set(others.text) == {look.place(place) for place in AREAS if place != "macao"}
    assert leaders.mode == "lines"
    assert sum(lon is None for lon in leaders.lon) >= 2


@pytest.mark.parametrize("look", EVERY_STYLE)
def test_no_name_stands_on_another_on_the_screen_it_is_made_for(look):
    look, (own, _, others) = named(look)
    wide = [*boxes(own, WIDE, look), *boxes(others, WIDE, look)]
    for each in (boxes(own, NARROWEST, look), wide):
        assert not any(overlap(one, other) for one, other in itertools.combinations(each, 2))


def test_names_that_stand_away_are_on_open_ground():
    look, (_, _, others) = named(style())
    screen = Screen(bounds=HONG_KONG, width=WIDE)
    away = [
        area
        for area, position in zip(boxes(others, WIDE, look), others.textposition, strict=True)
        if position != "middle center"
    ]
    assert away
    for west, south, east, north in AREAS.values():
        left, bottom = screen.px((west, south))
        right, top = screen.px((east, north))
        assert not any(overlap(area, (left, top, right, bottom)) for area in away)


def test_places_without_a_shape_are_not_named():
    look = style()
    bare = replace(look, shapes=replace(look.shapes, hatch=lambda _places: ([], [])))
    assert names(bare, {"macao": "Macao"}, {"macao": Fill(colour="#fff", ink="#000")}, HONG_KONG) == []
