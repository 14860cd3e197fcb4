"""Figures written out beside native lines: clear of marks and of one another."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pandas as pd
import pytest
from pptx.enum.chart import XL_LABEL_POSITION

from dashboards.exports.images import inlined, paper
from dashboards.exports.slide_charts import LABEL
from dashboards.exports.slide_labels import Plot, _sides, crosses, day_of, labels
from dashboards.figures.lettering import width
from dashboards.figures.map_labels import overlap
from dashboards.figures.rows import figure_words
from dashboards.figures.series import lines as gathered

PLOT = Plot(first=date(2019, 1, 1), last=date(2023, 1, 1), low=0.0, top=300_000.0, wide=400.0, high=400.0)
STEEP = (
    ("2019-10-01", 20_000, "exact"), ("2020-06-30", 78_000, "exact"), ("2020-07-14", 54_000, "over"),
    ("2020-09-30", 98_000, "exact"), ("2020-12-22", 110_000, "over"), ("2020-12-31", 124_000, "over"),
    ("2021-12-31", 170_000, "approx"), ("2022-11-28", 210_000, "over"),
)  # fmt: skip


@pytest.fixture
def style(opening_desk):
    return paper(opening_desk, "en", inlined(opening_desk))


def lines_of(style, *rows: tuple[str, float, str]):
    frame = pd.DataFrame(
        [
            {"label": "a", "period_start": pd.Timestamp(day), "period_end": pd.Timestamp(day), "value": value,
             "span": "point", "qualifier": qualifier, "status": "final", "counting_basis": "as_published",
             "unit": "count"}
            for day, value, qualifier in rows
        ]
    )  # fmt: skip
    return gathered(frame, style)


def areas(found, told, style):
    """Yield where each label stands."""
    for place, (words, side) in told.items():
        point = PLOT.point(found[0].dots[place])
        yield place, dict(_sides(point, width(words, LABEL)))[side]


def test_no_label_stands_on_a_mark_or_another_label(style) -> None:
    found = lines_of(style, *STEEP)
    (told,) = labels(found, PLOT, style)
    assert len(told) >= 4
    placed = dict(areas(found, told, style))
    for place, area in placed.items():
        assert not any(overlap(area, other) for at, other in placed.items() if at != place)
        marks = [PLOT.point(dot) for dot in found[0].dots]
        assert not any(area[0] < x < area[2] and area[1] < y < area[3] for x, y in marks)


def test_a_label_stands_where_no_line_goes_if_any_side_is_clear(style) -> None:
    found = lines_of(style, *STEEP)
    (told,) = labels(found, PLOT, style)
    points = [PLOT.point(dot) for dot in found[0].dots]
    lowest = next(place for place, dot in enumerate(found[0].dots) if dot.row.value == 54_000)
    area = dict(areas(found, told, style))[lowest]
    assert not any(crosses(one, other, area) for one, other in pairwise(points))


def test_the_newest_figure_stands_right_of_its_line_with_its_qualifier(style) -> None:
    found = lines_of(style, *STEEP)
    (told,) = labels(found, PLOT, style)
    last = len(STEEP) - 1
    assert told[last] == (
        figure_words(found[0].dots[last].row, style, compact=True),
        XL_LABEL_POSITION.RIGHT,
    )
    assert told[last][0].startswith("over")


def test_exact_figures_but_the_newest_are_not_written_out(style) -> None:
    found = lines_of(style, *((day, value, "exact") for day, value, _ in STEEP))
    assert [list(told) for told in labels(found, PLOT, style)] == [[len(STEEP) - 1]]


def test_a_stock_stands_at_its_day_and_what_is_counted_over_a_month_at_its_first(style) -> None:
    (stock,) = lines_of(style, ("2020-12-31", 1, "exact"))
    assert day_of(stock.dots[0]) == date(2020, 12, 31)
    month = pd.DataFrame(
        [{"label": "a", "period_start": pd.Timestamp("2020-12-01"), "period_end": pd.Timestamp("2020-12-31"),
          "value": 1.0, "span": "month", "qualifier": "exact", "status": "final", "counting_basis": "",
          "unit": "count"}]
    )  # fmt: skip
    (line,) = gathered(month, style)
    assert day_of(line.dots[0]) == date(2020, 12, 1)


@pytest.mark.parametrize(
    ("one", "other", "through"),
    [
        ((0, 0), (10, 10), True),
        ((0, 5), (4, 5), True),
        ((5, 5), (6, 6), True),
        ((0, 0), (3, 0), False),
        ((0, 9), (9, 20), False),
        ((2, 0), (2, 20), False),
        ((5, -5), (5, 30), True),
    ],
)
def test_a_line_goes_through_an_area_or_passes_it(one, other, through) -> None:
    assert crosses(one, other, (4, 4, 8, 8)) is through
    assert crosses(other, one, (4, 4, 8, 8)) is through
