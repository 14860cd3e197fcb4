"""The charts of an answer: one unit in each, every absence told, nothing drawn twice, no more than a page bears."""

from __future__ import annotations

import pytest

from dashboards.panels.explore_charts import (
    MOST_CHARTS,
    MOST_LINES,
    chart_panels,
    newest_each,
    without_repetition,
)
from tests.dashboards.panels.drawn import text
from tests.dashboards.panels.explored import answer

KINDS = {
    "line": "indicators=fiveg_base_stations,fiveg_pop_coverage_pct&chart=line",
    "bars": "indicators=fiveg_base_stations&group=cities&chart=bars",
    "by_place": "indicators=resident_population&group=cities&chart=by_place",
    "by_indicator": "indicators=resident_population,land_area_km2&group=cities&chart=by_indicator",
    "map": "indicators=fiveg_base_stations&chart=map&per=capita",
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_chart_holds_one_unit(opening_desk, kind: str) -> None:
    held = answer(opening_desk, KINDS[kind])
    panels = chart_panels(held)
    assert 1 <= len(panels) <= MOST_CHARTS
    for panel in panels:
        frame = panel.query(opening_desk, held.filters)
        assert frame[frame["value"].notna()]["unit"].nunique() == 1


def test_a_table_alone_has_no_chart(opening_desk) -> None:
    assert chart_panels(answer(opening_desk, "indicators=fiveg_base_stations&chart=table")) == ()
    assert chart_panels(answer(opening_desk, "indicators=fiveg_base_stations&as_of=2005-01-01")) == ()


def test_a_ranking_tells_the_cities_without_a_figure_and_why_in_their_kind(opening_desk) -> None:
    held = answer(opening_desk, f"{KINDS['bars']}&per=capita")
    (panel,) = chart_panels(held)
    frame = panel.query(opening_desk, held.filters)
    assert frame["place_id"].nunique() == 11
    assert set(frame.loc[frame["value"].isna(), "absence"]) <= {"not_published", "no_figure", "not_defined"}
    assert "over 36.8" in text(panel, opening_desk, held.filters)


def test_of_many_lines_the_largest_are_drawn_and_the_rest_told(opening_desk) -> None:
    held = answer(opening_desk, "indicators=bcp_passengers_monthly&chart=line")
    (panel,) = chart_panels(held)
    assert panel.query(opening_desk, held.filters)["place_id"].nunique() == MOST_LINES
    assert f"{MOST_LINES} of 16 lines" in text(panel, opening_desk, held.filters)


def test_what_is_the_same_as_of_both_dates_is_drawn_once(opening_desk) -> None:
    held = answer(opening_desk, "indicators=fiveg_base_stations&places=shenzhen&against=2022-01-01")
    assert held.both["earlier"].any()
    assert not without_repetition(held.both)["earlier"].any()
    revised = held.both.assign(value=held.both["value"].where(~held.both["earlier"], held.both["value"] + 1))
    assert without_repetition(revised)["earlier"].any()


def test_the_newest_figure_stands_for_each_place(opening_desk) -> None:
    held = answer(opening_desk, "indicators=fiveg_base_stations&places=shenzhen,macao")
    newest = newest_each(held.both)
    assert newest["place_id"].tolist() == ["shenzhen", "macao"]
    assert newest.iloc[0]["period_end"] == held.figures["period_end"].max()


def test_an_index_says_its_base(opening_desk) -> None:
    held = answer(opening_desk, "indicators=bcp_passengers_monthly&places=hk_lo_wu&change=index&base=2023-06")
    (panel,) = chart_panels(held)
    assert "Base period = 100: 30 Jun 2023." in text(panel, opening_desk, held.filters)
