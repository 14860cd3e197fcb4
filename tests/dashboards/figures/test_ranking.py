import pytest

from dashboards.figures import ranking
from dashboards.figures.lettering import width
from tests.dashboards.figures.world import CITIES, EVERY_STYLE, figures, one, sound, stations, style, texts


def bars(figure):
    return sorted((y, x) for trace in figure.data for x, y in zip(trace.x, trace.y, strict=True))


@pytest.mark.parametrize("look", EVERY_STYLE)
def test_a_full_frame_names_every_city_and_writes_every_figure(look):
    figure = ranking.bars(stations(), look)
    sound(figure)
    assert all(look.place(place) in texts(figure) for place in CITIES)
    assert look.t("qualifier.over_pattern", n="65,000") in texts(figure)
    assert look.t("flag.withheld") in texts(figure)


@pytest.mark.parametrize("look", EVERY_STYLE)
def test_one_city_and_none_are_drawn_truly(look):
    sound(ranking.bars(figures(one("macao", 3.0)), look))
    assert look.t("ui.no_figure") in texts(ranking.bars(figures(), look))
    sound(ranking.bars(figures(one("macao", float("nan"))), look))


def test_the_longest_bar_comes_first():
    assert [x for _, x in bars(ranking.bars(stations(), style()))] == [
        65_000,
        48_000,
        21_000,
        8_305,
        7_472,
        0,
    ]


def test_a_place_without_a_figure_has_no_bar():
    assert len(bars(ranking.bars(stations(), style()))) == 6


def test_years_stand_beside_figures_when_they_differ_and_not_otherwise():
    assert {"2023", "2020", "2025"} <= set(texts(ranking.bars(stations(), style())).split("\n"))
    same = figures(one("macao", 3.0), one("zhuhai", 4.0))
    assert "2025" not in texts(ranking.bars(same, style())).split("\n")


def test_an_over_figure_has_an_open_end_and_an_exact_one_has_none():
    exact = ranking.bars(figures(one("macao", 3.0)), style())
    over = ranking.bars(figures(one("macao", 3.0, qualifier="over")), style())
    assert not exact.layout.shapes
    assert len(over.layout.shapes) == 3
    assert all(shape.x0 > 0 and shape.xanchor == 3.0 for shape in over.layout.shapes)
    assert style().t("figure.open_end") in texts(over)


def test_a_provisional_figure_is_hatched_and_says_so():
    figure = ranking.bars(figures(one("macao", 3.0, status="provisional"), one("zhuhai", 2.0)), style())
    assert {trace.marker.pattern.shape for trace in figure.data} == {"/", None}
    hatched = next(trace for trace in figure.data if trace.marker.pattern.shape).marker
    assert hatched.pattern.bgcolor == hatched.color != hatched.pattern.fgcolor
    assert "provisional" in texts(figure)


def test_an_upper_limit_is_hollow():
    figure = ranking.bars(figures(one("macao", 3.0, qualifier="under")), style())
    assert figure.data[0].marker.color == style().palette.ground


def test_zero_is_a_tick_and_a_word_and_not_a_gap():
    figure = ranking.bars(figures(one("macao", 0.0)), style())
    assert "0" in texts(figure).split("\n")
    assert len(figure.layout.shapes) == 1


def test_falling_figures_go_the_other_way_from_a_line_at_zero():
    figure = ranking.bars(figures(one("macao", -3.0), one("zhuhai", 4.0)), style())
    assert figure.layout.xaxis.range[0] < -3
    assert any(shape.x0 == shape.x1 == 0 for shape in figure.layout.shapes)


@pytest.mark.parametrize("lang", ["en", "zh-Hant", "zh-Hans"])
def test_columns_leave_room_for_bars_on_a_telephone(lang):
    figure = ranking.bars(stations(), style(lang))
    assert figure.layout.margin.l + figure.layout.margin.r <= 286 - 40


def test_the_newest_figure_of_a_city_is_its_bar():
    frame = figures(one("macao", 3.0, "2020-12-31"), one("macao", 9.0, "2024-12-31"))
    assert [x for _, x in bars(ranking.bars(frame, style()))] == [9.0]


@pytest.mark.parametrize("look", EVERY_STYLE)
def test_the_words_for_the_bars_tell_every_figure(look):
    said = ranking.alt(stations(), look)
    assert all(number in said for number in ("65,000", "48,000", "21,000", "8,305", "7,472"))
    assert look.t("flag.not_in_scope") in said
    assert width(ranking.alt(figures(), look), 1) > 0


def test_a_name_too_long_for_its_line_stands_in_two_smaller_ones():
    long = "Guangdong (28 Mar 2024)"
    frame = figures(one("macao", 2.0, "2021-12-31"), one("zhuhai", 1.0, "2021-12-31")).assign(
        label=[long, "Zhuhai"]
    )
    written = {note.text: note.font.size for note in ranking.bars(frame, style()).layout.annotations}
    assert written["Guangdong (28 Mar<br>2024)"] < style().size
    assert written["Zhuhai"] == style().size
    endless = frame.assign(label=[long * 4, "Zhuhai"])
    (cut,) = [note.text for note in ranking.bars(endless, style()).layout.annotations if "<br>" in note.text]
    assert cut.count("<br>") == 1
    assert cut.endswith("…")
