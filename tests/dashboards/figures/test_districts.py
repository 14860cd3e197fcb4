import pytest

from dashboards.figures.districts import HONG_KONG, alt, districts
from tests.dashboards.figures.world import EVERY_STYLE, figures, one, sound, style, texts

PLACES = ("macao", "zhuhai", "zhongshan")  # any places that the small world can hatch


def frame():
    made = figures(one("macao", 40.0), one("zhuhai", 70.5), one("zhongshan", 0.0))
    made["absence"] = ["", "", "no_figure"]
    return made


@pytest.mark.parametrize("look", EVERY_STYLE)
def test_it_draws_something_sound_whatever_it_is_given(look):
    for given in (figures(), figures(one("macao", 12.0)), frame()):
        sound(districts(given, look))


def test_a_district_without_a_figure_is_hatched_and_has_no_class():
    figure = districts(frame(), style())
    assert set(figure.data[0].locations) == set(PLACES)
    hatched = [
        trace
        for trace in figure.data[1:]
        if trace.mode == "lines" and trace.line.color == style().palette.hatch
    ]
    assert len(hatched) == 1
    assert "no figure" in texts(figure)
    assert len(set(figure.data[0].z)) == 3


def test_it_is_cut_to_hong_kong_and_takes_the_finer_layer():
    geo = districts(frame(), style()).layout.geo
    assert (geo.lonaxis.range, geo.lataxis.range) == (
        (HONG_KONG[0], HONG_KONG[2]),
        (HONG_KONG[1], HONG_KONG[3]),
    )


def test_in_words_the_fastest_comes_first_and_absences_last():
    said = alt(frame(), style())
    assert said.index("70.5") < said.index("40") < said.index("no figure")
    assert alt(figures(), style())
