"""Native lines: a dated table behind them, gaps that stay gaps."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pandas as pd
import pytest

from dashboards.exports.images import inlined, paper
from dashboards.exports.slide_labels import day_of
from dashboards.exports.slide_lines import _first_tick, dated
from dashboards.figures.series import lines as gathered
from dashboards.i18n import LANGUAGES
from tests.dashboards.exports.decks import charts, held, opened
from tests.dashboards.exports.everything import everything, one


def frame(*rows: tuple[str, str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"label": label, "period_start": pd.Timestamp(start), "period_end": pd.Timestamp(end), "value": value,
             "span": "month" if start != end else "point", "qualifier": "exact", "status": "final",
             "counting_basis": "as_published", "unit": "count"}
            for label, start, end, value in rows
        ]
    )  # fmt: skip


def lines_of(desk, *rows):
    return gathered(frame(*rows), paper(desk, "en", inlined(desk)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_line_chart_holds_every_figure_of_its_panel(opening_desk, lang: str) -> None:
    style = paper(opening_desk, lang, inlined(opening_desk))
    tried = 0
    for told in everything(opening_desk, lang):
        drawn = getattr(told.figure(style), "drawn", None) if told.figure else None
        if not hasattr(drawn, "lines"):
            continue
        tried += 1
        (chart,) = charts(opened(opening_desk, [told], lang).slides[0])
        plotted = sorted(
            value for series in chart.plots[0].series for value in series.values if value is not None
        )
        assert plotted == sorted(dot.row.value for line in drawn.lines for dot in line.dots), told.panel_id
        assert set(plotted) <= set(told.rows["value"])
        cells = [cell for row in held(chart) for cell in row]
        assert all(value in cells for value in plotted)
    assert tried > 8


def test_neighbouring_months_make_one_table_and_a_missing_month_leaves_its_line_open(opening_desk) -> None:
    found = lines_of(
        opening_desk,
        ("a", "2024-01-01", "2024-01-31", 1),
        ("a", "2024-02-01", "2024-02-29", 2),
        ("a", "2024-04-01", "2024-04-30", 4),
    )
    days = dated(found)
    assert days is not None
    assert [day for day in days if day not in {date(2024, n, 1) for n in (1, 2, 4)}] == [date(2024, 3, 2)]


def test_lines_whose_days_would_cut_one_another_are_kept_apart(opening_desk) -> None:
    crossed = lines_of(
        opening_desk,
        ("a", "2024-01-10", "2024-01-10", 1),
        ("a", "2024-03-10", "2024-03-10", 3),
        ("b", "2024-02-01", "2024-02-01", 2),
        ("b", "2024-04-01", "2024-04-01", 2),
    )
    assert dated(crossed) is None


def test_dates_stand_in_the_workbook_as_dates(opening_desk) -> None:
    (chart,) = charts(opened(opening_desk, [one(opening_desk, "en", "health-institutions")]).slides[0])
    first = [row[0] for row in held(chart)[1:]]
    assert all(isinstance(day, datetime) for day in first)
    assert first == sorted(first)


def test_the_newest_figure_is_written_out_with_its_qualifier(opening_desk) -> None:
    told = one(opening_desk, "en", "iam-smart-users")
    (chart,) = charts(opened(opening_desk, [told]).slides[0])
    labels = chart._chartSpace.xpath(".//c:dLbl//a:t/text()")
    assert "over 4 million" in labels


def test_one_name_is_once_in_the_legend_or_not_at_all(opening_desk) -> None:
    (chart,) = charts(opened(opening_desk, [one(opening_desk, "en", "iam-smart-users")]).slides[0])
    assert not chart.has_legend
    (chart,) = charts(opened(opening_desk, [one(opening_desk, "en", "fiveg-share")]).slides[0])
    names = [series.name for series in chart.plots[0].series]
    dropped = {int(each.get("val")) for each in chart._chartSpace.xpath(".//c:legendEntry/c:idx")}
    shown = [name for n, name in enumerate(names) if n not in dropped]
    assert sorted(shown) == sorted(set(names))


def test_steps_of_a_mean_year_name_every_year_once() -> None:
    for year in range(1990, 2030):
        for first in (date(year, 1, 1), date(year, 1, 2), date(year, 12, 31)):
            start = _first_tick(first)
            assert start <= first
            named = [(start + timedelta(days=365.25 * n)).year for n in range(30)]
            assert named == sorted(set(named))


def test_ticks_named_by_their_year_alone_stand_in_its_january(opening_desk) -> None:
    style = paper(opening_desk, "en", inlined(opening_desk))
    yearly = 0
    for told in everything(opening_desk, "en"):
        drawn = getattr(told.figure(style), "drawn", None) if told.figure else None
        if not hasattr(drawn, "lines"):
            continue
        (chart,) = charts(opened(opening_desk, [told]).slides[0])
        axis = chart.category_axis
        if axis.tick_labels.number_format != "yyyy" or not axis._element.tag.endswith("}dateAx"):
            continue
        yearly += 1
        start = date(1899, 12, 30) + timedelta(days=axis.minimum_scale)
        assert (start.month, start.day) == (1, 1), told.panel_id
        assert start <= min(day_of(dot) for line in drawn.lines for dot in line.dots)
    assert yearly > 3


def test_words_beside_a_line_are_read_on_the_ground_whatever_goes_behind_them(opening_desk) -> None:
    (chart,) = charts(opened(opening_desk, [one(opening_desk, "en", "iam-smart-users")]).slides[0])
    labels = chart._chartSpace.xpath(".//c:dLbl[c:tx]")
    assert len(labels) > 3
    for each in labels:
        children = [child.tag.partition("}")[2] for child in each]
        assert children[children.index("tx") + 1] == "spPr"
        assert each.xpath("c:spPr/a:solidFill/a:srgbClr/@val") == ["FFFFFF"]
