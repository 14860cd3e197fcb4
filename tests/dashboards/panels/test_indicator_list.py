"""The list of indicators: newest figures with qualifier and date, none where none is, filters that count."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboards.desk import Filters
from dashboards.panels.indicator_list import Register, list_panels
from metrics.warehouse.values import Reading, Series
from metrics.warehouse.warehouse import open_warehouse
from tests.dashboards.panels.drawn import NOW, on, text
from tests.opened import NOW as CLOCK


def said(desk, *options, as_of=NOW, lang="en") -> str:
    filters = Filters(lang=lang, as_of=as_of, options=options)
    return " || ".join(text(panel, desk, filters) for panel in list_panels(desk, filters))


def chosen(desk, *options, as_of=NOW) -> list[str]:
    return [one.id for one in Register(desk=desk, filters=Filters(as_of=as_of, options=options)).chosen]


def test_a_newest_figure_keeps_its_qualifier_place_date_and_tier(opening_desk):
    line = said(opening_desk, ("find", "fiveg_subsidised_projects"))
    assert "over 160 projects | Hong Kong · 2 Dec 2022" in line
    assert "third party" in said(opening_desk, ("find", "fiveg_base_stations"))


def test_a_figure_is_told_as_it_was_known(opening_desk):
    now = Register(desk=opening_desk, filters=Filters(as_of=NOW)).newest["fiveg_base_stations"]
    then = Register(desk=opening_desk, filters=Filters(as_of=on(2020, 6, 1))).newest["fiveg_base_stations"]
    assert then["period_end"] < now["period_end"]
    assert then["known_at"] <= on(2020, 6, 1).instant


def test_an_indicator_without_a_figure_says_so(opening_desk):
    assert "road_speed_kmh" in chosen(opening_desk, ("figures", "none"))
    assert "road_speed_kmh" not in chosen(opening_desk, ("figures", "yes"))
    assert "no data" in said(opening_desk, ("find", "road speed"))


def test_with_and_without_figures_are_all_there_are(opening_desk):
    both = chosen(opening_desk, ("figures", "yes")) + chosen(opening_desk, ("figures", "none"))
    assert sorted(both) == sorted(chosen(opening_desk))
    counts = said(opening_desk)
    with_figures = len(chosen(opening_desk, ("figures", "yes")))
    assert f"all {len(both)}" in counts
    assert f"with figures {with_figures}" in counts


def test_before_any_figure_nothing_has_one(opening_desk):
    assert chosen(opening_desk, ("figures", "yes"), as_of=on(2005, 1, 1)) == []
    assert len(chosen(opening_desk, as_of=on(2005, 1, 1))) == len(opening_desk.catalogue)


@pytest.mark.parametrize("words", ["5G基站", "5G 基站", "5g base stations", "fiveg_base_stations"])
def test_words_of_any_language_find_the_indicator_first(opening_desk, words):
    assert chosen(opening_desk, ("find", words))[0] == "fiveg_base_stations"


def test_traditional_and_simplified_find_each_other(opening_desk):
    assert set(chosen(opening_desk, ("find", "數據"))) == set(chosen(opening_desk, ("find", "数据")))


def test_the_owner_finds_what_it_answers_for(opening_desk):
    assert "bcp_passengers_daily" in chosen(opening_desk, ("find", "入境事務處"))


def test_filters_narrow_together(opening_desk):
    found = chosen(opening_desk, ("work_item", "2"), ("topic", "transport"), ("figures", "yes"))
    catalogue = opening_desk.catalogue
    assert found
    assert {(catalogue.get(one).work_item, catalogue.get(one).domain) for one in found} == {(2, "transport")}


def test_nothing_found_is_said_calmly(opening_desk):
    assert "No indicator matches" in said(opening_desk, ("find", "unheard-of words"))


def test_figures_for_another_audience_are_not_in_the_list(opening_desk):
    book = opening_desk.catalogue
    hidden = replace(book.get("fiveg_base_stations"), audience="officials")
    book = replace(book, by_id={**book.by_id, hidden.id: hidden})
    public = replace(opening_desk, catalogue=book, metrics=replace(opening_desk.metrics, catalogue=book))
    assert hidden.id not in chosen(public)
    officials = replace(public, metrics=replace(public.metrics, audiences=frozenset({"public", "officials"})))
    assert hidden.id in chosen(officials)
    assert "for officials" in said(officials, ("find", hidden.id))


def test_a_live_indicator_says_when_its_newest_reading_was_taken(opening_desk, tmp_path):
    warehouse = open_warehouse(f"sqlite:///{tmp_path / 'live.db'}")
    warehouse.migrate()
    series = Series(indicator_id="road_speed_kmh", place_id="hong_kong", span="other", unit="km/h")
    warehouse.append_readings(
        [Reading(series=series, at=CLOCK, sum=50.0, weight=1.0, n=1, minutes=1)], run_id="a"
    )
    desk = replace(opening_desk, metrics=replace(opening_desk.metrics, warehouse=warehouse))
    assert chosen(desk, ("figures", "yes")) == ["road_speed_kmh"]
    assert "newest reading 21 Nov 2026, 12:00" in said(desk, ("find", "road speed"))
    warehouse.close()
