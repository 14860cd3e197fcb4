import pandas as pd
import pytest

from dashboards.figures import calendar
from tests.dashboards.figures.world import EVERY_STYLE, figures, one, sound, style, texts


def days(first, last, **more):
    return figures(
        *(
            one("macao", 1_000.0 + 10 * n, day, day, span="day", **more)
            for n, day in enumerate(pd.date_range(first, last))
        )
    )


def cells(figure):
    return [
        [level for row in trace.z for level in row if level is not None]
        for trace in figure.data
        if trace.type == "heatmap"
    ]


@pytest.mark.parametrize("look", EVERY_STYLE)
@pytest.mark.parametrize("span", [("2025-03-01", "2025-03-01"), ("2024-11-01", "2026-02-20")])
def test_every_day_between_the_first_and_the_last_has_a_cell(span, look):
    figure = calendar.heat(days(*span), look)
    sound(figure)
    assert sum(map(len, cells(figure))) == len(pd.date_range(*span))


def test_an_empty_frame_says_so():
    assert style().t("ui.no_figure") in texts(calendar.heat(figures(), style()))


def test_the_newest_year_comes_first_and_each_year_is_named():
    figure = calendar.heat(days("2024-11-01", "2026-02-20"), style())
    years = [a.text for a in figure.layout.annotations if a.text.startswith("<b>")]
    assert years == ["<b>2026</b>", "<b>2025</b>", "<b>2024</b>"]


def test_a_day_stands_in_its_week_and_on_its_weekday():
    figure = calendar.heat(days("2025-01-01", "2025-01-06"), style())
    z = figure.data[0].z
    assert z[2][0] is not None, "1 January 2025 was a Wednesday of the first week"
    assert z[0][0] is None
    assert z[0][1] is not None, "6 January was the Monday of the second"


def test_leap_years_and_years_that_begin_on_a_sunday_lose_no_day():
    for year, count in ((2024, 366), (2023, 365), (2028, 366)):
        figure = calendar.heat(days(f"{year}-01-01", f"{year}-12-31"), style())
        assert len(cells(figure)[0]) == count


def test_no_figure_zero_and_a_low_figure_look_different():
    frame = days("2025-01-01", "2025-01-20").drop(index=[3])
    frame.loc[5, "value"] = 0.0
    figure = calendar.heat(frame, style())
    z = figure.data[0].z
    assert z[5][0] == 0.5, "4 January has no figure"
    assert z[0][1] == 1.5, "6 January is zero"
    assert z[2][0] == 2.5, "1 January is in the lowest class"
    assert len(figure.data[1].x) == 1
    assert {style().t("figure.no_figure"), "zero"} <= set(texts(figure).split("\n"))


def test_figures_of_other_spans_are_left_out():
    frame = figures(one("macao", 5.0, "2025-01-31", "2025-01-01", span="month"))
    assert style().t("ui.no_figure") in texts(calendar.heat(frame, style()))


def test_no_more_than_six_years_are_drawn():
    assert len(cells(calendar.heat(days("2017-12-30", "2026-01-02"), style()))) == calendar.MOST_YEARS


@pytest.mark.parametrize("look", EVERY_STYLE)
def test_the_words_tell_the_most_the_least_and_the_missing(look):
    said = calendar.alt(days("2025-01-01", "2025-01-20").drop(index=[3]), look)
    assert "1,190" in said
    assert "1,000" in said
    assert look.t("figure.days_without", n=1) in said
