"""What measures, initiatives and changes say, as tables."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboards.desk import Filters
from dashboards.panels import work_item_figure_tables as tables
from dashboards.panels.overview_changes import changes_frame, ordered
from dashboards.panels.work_item_initiatives import initiative_figures
from dashboards.panels.work_item_measures import measures_frame
from dashboards.panels.work_item_measures import ordered as measures_of
from dashboards.panels.work_item_told import told_for
from dashboards.panels.work_item_travel import travel_frame
from dashboards.shell import view_of
from dashboards.style import Shapes
from metrics.asof import now_as_of
from tests.opened import NOW

FILTERS = Filters(as_of=now_as_of(NOW))


@pytest.fixture
def told(opening_desk):
    return told_for(opening_desk, FILTERS)


@pytest.fixture
def view(opening_desk):
    return view_of(opening_desk, FILTERS, NOW.date(), Shapes())


def test_a_measure_tells_target_and_figure_as_written_and_as_numbers(opening_desk, told, view) -> None:
    frame = measures_frame(told, 3, opening_desk, FILTERS)
    table = tables.measures_table(lambda: measures_of(told, 3))(frame, view)
    assert len(table) == len(frame)
    assert table["target_words"].ne("").all()
    judged = table[table["value"].notna()]
    assert judged["figure"].str.contains(r"\d").all()
    silent = table[table["value"].isna()]
    assert set(silent["figure"]) <= {"none"}


def test_a_figure_without_target_tells_the_one_before(opening_desk, told, view) -> None:
    frame = travel_frame(told, 3, opening_desk, FILTERS)
    table = tables.travel_table(told)(frame, view)
    earlier = table[table["earlier_value"].notna()]
    assert len(earlier)
    assert earlier["earlier"].str.contains(r"\d").all()
    assert table["travel"].ne("").all()


def test_every_initiative_keeps_a_line(opening_desk, told, view) -> None:
    for number in range(1, 6):
        table = tables.initiatives_table(told, number)(
            initiative_figures(number, opening_desk, FILTERS), view
        )
        assert set(table["initiative_id"]) == {one.id for one in opening_desk.agenda.initiatives_of(number)}


def test_a_milestone_in_a_table_of_figures_is_neither_a_figure_nor_the_lack_of_one(
    opening_desk, told, view
) -> None:
    table = tables.initiatives_table(told, 1)(initiative_figures(1, opening_desk, FILTERS), view)
    steps = table[table["kind"].eq("milestone")]
    assert len(steps)
    assert set(steps["figure"]) == {""}


def test_changes_are_told_from_what_to_what(opening_desk, told, view) -> None:
    frame = changes_frame(told, opening_desk, FILTERS)
    table = tables.changes_table(told, ordered(told), {}, view)
    assert len(table) == len(frame)
    moved = table[table["value"].notna()]
    assert moved["after"].ne("").all()
    assert moved["earlier_value"].notna().sum() == moved["before"].ne("").sum()


def test_a_figure_out_of_date_says_so(view) -> None:
    frame = pd.DataFrame({"state": ["reported", "stale", "not_in_scope"], "value": [1.0, 2.0, None]})
    table = tables.coverage_table(frame, view)
    assert table["stale"].tolist() == ["", "out of date", ""]
    assert table["absence"].tolist() == ["", "", "not_in_scope"]


def test_figures_by_part_are_told_by_how_many_they_are(view) -> None:
    ends = pd.to_datetime(["2025-01-31", "2025-02-28"])
    frame = pd.DataFrame({"breakdown": ["kind=a", "kind=b"], "period_end": ends})
    shown, more = tables.told_of(frame, view)
    assert shown.empty
    assert "2" in more
