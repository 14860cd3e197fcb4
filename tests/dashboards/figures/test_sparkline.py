import xml.etree.ElementTree as ET

import pytest

from dashboards.figures import sparkline
from tests.dashboards.figures.world import EVERY_STYLE, figures, one, style


def history(*values, **last):
    rows = [one("macao", value, f"{2015 + n}-12-31") for n, value in enumerate(values)]
    rows[-1] = one("macao", values[-1], f"{2015 + len(values) - 1}-12-31", **last)
    return figures(*rows)


@pytest.mark.parametrize("look", EVERY_STYLE)
@pytest.mark.parametrize("values", [(1.0,), (1.0, 1.0), (3.0, 1.0, 4.0, 1.0, 5.0)])
def test_a_line_is_a_sound_picture_within_its_bounds(values, look):
    root = ET.fromstring(sparkline.svg(history(*values), look))  # noqa: S314  (our own text)
    for line in root.iter("{http://www.w3.org/2000/svg}polyline"):
        for point in line.get("points").split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= sparkline.WIDTH
            assert 0 <= y <= sparkline.HEIGHT


def test_no_figure_is_no_picture_and_a_word():
    assert sparkline.svg(figures(), style()) == ""
    assert sparkline.alt(figures(), style()) == "no figure."


def test_the_end_says_what_kind_of_figure_it_is():
    exact, over, about, provisional = (
        sparkline.svg(history(1.0, 2.0, **last), style())
        for last in ({}, {"qualifier": "over"}, {"qualifier": "approx"}, {"status": "provisional"})
    )
    assert "<circle" in exact
    assert "<path" in over
    assert 'fill="#ffffff"' in about
    assert 'fill="#ffffff"' in provisional
    assert "stroke-dasharray" not in exact
    assert "stroke-dasharray" in over


def test_gaps_stay_open():
    frame = figures(
        *(
            one("macao", 1.0, f"{year}-12-31", f"{year}-01-01", span="year")
            for year in (2018, 2019, 2022, 2023)
        )
    )
    assert sparkline.svg(frame, style()).count("<polyline") == 2


def test_a_rise_goes_up():
    root = ET.fromstring(sparkline.svg(history(1.0, 2.0), style()))  # noqa: S314  (our own text)
    points = root.find("{http://www.w3.org/2000/svg}polyline").get("points").split()
    assert float(points[0].split(",")[1]) > float(points[1].split(",")[1])


@pytest.mark.parametrize("look", EVERY_STYLE)
def test_the_words_tell_where_it_began_and_where_it_is(look):
    said = sparkline.alt(history(1.0, 2.0, qualifier="over"), look)
    assert look.t("qualifier.over_pattern", n="2") in said
    assert look.place("macao") in said
