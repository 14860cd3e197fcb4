"""Native bars: what can be edited is what the panel says."""

from __future__ import annotations

import pytest

from dashboards.exports.images import inlined, paper
from dashboards.figures.rows import figure_words
from dashboards.i18n import LANGUAGES
from tests.dashboards.exports.decks import charts, held, opened
from tests.dashboards.exports.everything import one


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_behind_a_ranking_holds_the_rows_of_the_panel(opening_desk, lang: str) -> None:
    told = one(opening_desk, lang, "fiveg-ranking")
    (chart,) = charts(opened(opening_desk, [told], lang).slides[0])
    cells = {name: value for name, value in held(chart)[1:] if value is not None}
    known = told.rows[told.rows["value"].notna()]
    assert cells == dict(zip(known["place"], known["value"], strict=True))


def test_a_qualified_figure_is_labelled_as_such_and_an_absent_one_in_words(opening_desk) -> None:
    told = one(opening_desk, "en", "fiveg-ranking")
    (chart,) = charts(opened(opening_desk, [told]).slides[0])
    labels = "".join(chart._chartSpace.xpath(".//c:dLbl//a:t/text()"))
    assert "over 65,000" in labels
    absent = told.rows[told.rows["value"].isna()]
    names = list(chart.plots[0].categories)
    for place, why in zip(absent["place"], absent["figure"], strict=True):
        assert f"{place}: {why}" in names
    values = list(chart.plots[0].series[0].values)
    assert values[len(values) - len(absent) :] == [None] * len(absent)


def test_both_ways_over_a_crossing_are_two_series_of_the_same_figures(opening_desk, days_desk) -> None:
    told = one(days_desk, "en", "balance")
    (chart,) = charts(opened(days_desk, [told]).slides[0])
    values = sorted(value for row in held(chart)[1:] for value in row[1:] if value is not None)
    shown = {value for series in chart.plots[0].series for value in series.values if value is not None}
    assert values
    assert set(values) == shown <= set(told.rows["value"])


def test_a_measure_on_its_way_tells_its_share_of_it_and_its_figure(opening_desk) -> None:
    told = one(opening_desk, "en", "tracks")
    drawn = told.figure(paper(opening_desk, "en", inlined(opening_desk))).drawn
    (chart,) = charts(opened(opening_desk, [told]).slides[0])
    assert list(chart.plots[0].series[0].values) == [way.done for way in drawn.ways]
    labels = chart._chartSpace.xpath(".//c:dLbl//a:t/text()")
    assert labels == [way.figure for way in drawn.ways if way.done is not None]
    assert all(way.name in name for way, name in zip(drawn.ways, chart.plots[0].categories, strict=True))


def test_labels_write_figures_as_the_chart_on_the_page_does(opening_desk) -> None:
    told = one(opening_desk, "zh-Hant", "fiveg-ranking")
    (chart,) = charts(opened(opening_desk, [told], "zh-Hant").slides[0])
    labels = chart._chartSpace.xpath(".//c:dLbl//a:t/text()")
    style = paper(opening_desk, "zh-Hant", inlined(opening_desk))
    for label, row in zip(labels, told.figure(style).drawn.known, strict=True):
        assert label.startswith(figure_words(row, style))
