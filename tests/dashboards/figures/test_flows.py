import pytest

from dashboards.figures import flows as balance_of
from dashboards.figures.canvas import BELOW
from tests.dashboards.figures.world import CROSSINGS, EVERY_STYLE, figures, flows, one, sound, style, texts


@pytest.mark.parametrize("look", EVERY_STYLE)
def test_every_crossing_has_both_bars_and_its_difference(look):
    figure = balance_of.balance(flows(), look)
    sound(figure)
    assert [len(trace.x) for trace in figure.data] == [len(CROSSINGS)] * 2
    assert "↑ 50,000" in texts(figure) or "↑ " + look.words.compact(50_000) in texts(figure)


@pytest.mark.parametrize("look", EVERY_STYLE)
def test_an_empty_frame_and_one_crossing_draw(look):
    assert look.t("ui.no_figure") in texts(balance_of.balance(figures(), look))
    sound(balance_of.balance(flows().head(2), look))


def test_a_difference_of_qualified_figures_is_not_told():
    frame = flows().head(2).assign(qualifier=["over", "exact"])
    seen = texts(balance_of.balance(frame, style()))
    assert "↑ 50,000" not in seen
    assert "over 1,000,000" in seen


def test_a_direction_without_a_figure_is_told_in_words():
    frame = flows().head(2)
    frame.loc[0, "value"] = float("nan")
    figure = balance_of.balance(frame, style())
    assert style().t("figure.no_figure") in texts(figure)
    assert [len(trace.x) for trace in figure.data] == [1, 0]


def test_even_is_even_and_more_arriving_points_down():
    even = figures(one("hk_lo_wu", 5.0, direction="northbound"), one("hk_lo_wu", 5.0, direction="southbound"))
    assert "even" in texts(balance_of.balance(even, style()))
    south = figures(
        one("hk_lo_wu", 5.0, direction="northbound"), one("hk_lo_wu", 9.0, direction="southbound")
    )
    assert "↓ 4" in texts(balance_of.balance(south, style()))
    assert "upper bar: northbound" in texts(balance_of.balance(south, style()))


def test_directions_are_told_by_words_and_place_and_not_only_by_colour():
    seen = texts(balance_of.balance(flows(), style()))
    assert "upper bar: departures" in seen
    assert "lower bar: arrivals" in seen


@pytest.mark.parametrize("look", EVERY_STYLE)
def test_the_words_tell_both_figures_of_every_crossing(look):
    said = balance_of.alt(flows(), look)
    assert all(look.place(place) in said for place in CROSSINGS)
    assert "1,050,000" in said


def test_bars_and_words_know_their_crossing():
    figure = balance_of.balance(flows(), style())
    assert [list(trace.customdata) for trace in figure.data] == [list(CROSSINGS)] * 2
    named = [note.name for note in figure.layout.annotations if note.name not in {None, BELOW}]
    assert sorted(named) == sorted([*CROSSINGS, *CROSSINGS])
