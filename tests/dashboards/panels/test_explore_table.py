"""The table of an answer: figures in words that sort by number, absences in words, nothing that says itself twice."""

from __future__ import annotations

from dataclasses import replace

from dashboards.credits import publishers
from dashboards.grid import MOST_ROWS, Cell
from dashboards.panels import explore_table
from dashboards.panels.explore_table import columns_of, lines_of, newest_first, table, table_panel
from tests.dashboards.panels.drawn import text, told, view_of
from tests.dashboards.panels.explored import answer


def cells(desk, query: str) -> tuple[list[str], list[dict]]:
    held = answer(desk, query)
    view = view_of(desk, held.filters)
    view = replace(view, publishers=lambda frame: publishers(frame, desk, view.words))
    columns = columns_of(held.frame, view)
    lines = lines_of(newest_first(held.frame), columns, view)
    ids = [column.id for column in columns]
    return ids, [dict(zip(ids, line, strict=True)) for line in lines]


def test_a_qualified_figure_is_written_as_such_and_sorts_by_its_number(opening_desk) -> None:
    _, rows = cells(opening_desk, "indicators=fiveg_base_stations&places=shenzhen")
    assert Cell(said="over 65,000", by=65000.0) in [row["figure"] for row in rows]
    assert rows[0]["period"].said == "15 Feb 2023"


def test_absences_are_told_in_words_and_come_last(opening_desk) -> None:
    _, rows = cells(opening_desk, "indicators=fiveg_base_stations&group=cities")
    last = rows[-1]
    assert last["figure"].by is None
    assert last["figure"].said == "No published count of this place was found"
    assert last["period"] == Cell(said="", by=None)


def test_a_figure_that_cannot_be_stated_says_why(opening_desk) -> None:
    _, rows = cells(opening_desk, "indicators=fiveg_base_stations&places=shenzhen&change=previous")
    assert Cell(said="no earlier figure to compare with", by=None) in [row["figure"] for row in rows]


def test_columns_that_would_say_the_same_are_left_to_the_heading(opening_desk) -> None:
    one, _ = cells(opening_desk, "indicators=resident_population&group=cities")
    assert "indicator" not in one
    assert "unit" not in one
    two, _ = cells(opening_desk, "indicators=resident_population,land_area_km2&group=cities")
    assert {"indicator", "unit"} <= set(two)
    split, _ = cells(opening_desk, "indicators=bcp_passengers_monthly&split=group")
    assert "breakdown" in split
    held = answer(opening_desk, "indicators=resident_population&group=cities")
    assert "Resident population" in text(table_panel(held), opening_desk, held.filters)


def test_every_row_names_its_source(opening_desk) -> None:
    _, rows = cells(opening_desk, "indicators=fiveg_base_stations&places=shenzhen")
    assert all(row["source"] for row in rows)


def test_a_page_carries_so_many_rows_and_says_how_many_there_are(opening_desk, monkeypatch) -> None:
    monkeypatch.setattr(explore_table, "MOST_ROWS", 10)
    held = answer(opening_desk, "indicators=bcp_passengers_monthly&places=hk_lo_wu")
    parts = table(held.frame, view_of(opening_desk, held.filters))
    assert "The first 10 of 62 rows are shown." in " ".join(told(parts))
    assert MOST_ROWS >= 1000
