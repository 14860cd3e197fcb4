import itertools

import pytest

from dashboards.figures import crossings
from dashboards.figures.map_labels import Screen
from tests.dashboards.figures.world import EVERY_STYLE, figures, flows, one, sound, style, texts

SCREEN = Screen(bounds=(113.8, 22.2, 114.3, 22.6), width=286)


def discs(figure):
    return [trace for trace in figure.data if getattr(trace, "fill", None) == "toself"]


def clockwise(lons, lats):
    points = list(zip(lons, lats, strict=True))
    return sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in itertools.pairwise(points)) > 0


@pytest.mark.parametrize("look", EVERY_STYLE)
def test_each_direction_of_each_placed_crossing_is_a_half_circle(look):
    figure = crossings.crossings(flows(), look)
    sound(figure)
    assert len(discs(figure)) == 2 * 4


@pytest.mark.parametrize("look", EVERY_STYLE)
def test_a_crossing_without_coordinates_is_named_below_the_map(look):
    assert look.place("sz_wenjindu")[-4:] in texts(crossings.crossings(flows(), look)).replace("\n", "")


def test_an_empty_frame_says_so():
    assert style().t("ui.no_figure") in texts(crossings.crossings(figures(), style()))
    assert crossings.alt(figures(), style()) == "no figure."


def test_one_crossing_is_drawn_in_a_view_of_its_own():
    figure = crossings.crossings(flows().head(2), style())
    west, east = figure.layout.geo.lonaxis.range
    assert west < 114.1133 < east
    assert east - west < 1


@pytest.mark.parametrize("side", [1, -1, 0])
def test_half_circles_turn_the_way_maps_want_them(side):
    assert clockwise(*crossings.half_circle((114.0, 22.4), 20, side, SCREEN))


def test_areas_are_in_the_proportion_of_the_figures():
    def area(trace):
        points = [SCREEN.px(point) for point in zip(trace.lon, trace.lat, strict=True)]
        return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(points)))

    first, second = discs(crossings.crossings(flows(), style()))[:2]
    assert area(first) / area(second) == pytest.approx(1_000_000 / 1_050_000, rel=0.01)


def test_zero_and_no_figure_are_hollow_dots_and_not_discs():
    frame = figures(
        one("hk_lo_wu", 0.0, direction="arrival", lon=114.1, lat=22.5),
        one("hk_hzmb", float("nan"), direction="arrival", lon=113.9, lat=22.3),
    )
    figure = crossings.crossings(frame, style())
    sound(figure)
    assert not discs(figure)
    assert set(figure.data[-1].marker.symbol) == {"circle-open"}
    assert style().t("figure.no_figure") in texts(figure)


def test_an_unsplit_figure_gives_way_to_a_split_one_and_is_never_added_to_it():
    total = one("hk_lo_wu", 9e6, "2026-02-28", direction="", lon=114.1, lat=22.5)
    split = one("hk_lo_wu", 4e6, "2026-02-28", direction="arrival", lon=114.1, lat=22.5)
    (crossing,) = crossings.gather(figures(total, split), style())
    assert crossing.total == 4e6


def test_of_each_direction_the_newest_figure_counts():
    old, new = (
        one("hk_lo_wu", value, end, direction="arrival")
        for value, end in ((1.0, "2025-01-31"), (2.0, "2026-01-31"))
    )
    (crossing,) = crossings.gather(figures(new, old), style())
    assert crossing.total == 2.0


def test_a_name_on_the_map_leaves_out_what_every_crossing_is_called():
    assert crossings.short_name("Lo Wu Control Point", style()) == "Lo Wu"
    assert crossings.short_name("羅湖管制站", style("zh-Hant")) == "羅湖"
    assert crossings.short_name("Shenzhen Bay Control Point (HK Port Area)", style()) == "Shenzhen Bay"


@pytest.mark.parametrize("look", EVERY_STYLE)
def test_the_words_for_the_map_tell_both_directions(look):
    said = crossings.alt(flows(), look)
    assert "1,050,000" in said
    assert "1,000,000" in said
