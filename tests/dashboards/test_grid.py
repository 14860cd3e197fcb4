"""Tables that are worked with: cells show words and sort by what they mean; every word of the grid is translated."""

from __future__ import annotations

import json

import pytest
from plotly.io.json import to_json_plotly

from dashboards.grid import SAID, Cell, GridColumn, copy_button, grid
from dashboards.i18n import LANGUAGES, words

COLUMNS = (
    GridColumn(id="place", label="Place", flex=1),
    GridColumn(id="period", label="Period", kind="period"),
    GridColumn(id="figure", label="Figure", kind="number"),
)
ROWS = [
    ["Shenzhen", Cell(said="2023", by="2023-12-31"), Cell(said="over 65,000", by=65000.0)],
    ["Zhuhai", "", Cell(said="not published", by=None)],
]


def made(lang: str = "en"):
    component = grid("some-grid", COLUMNS, ROWS, words(lang), label="Figures")
    return component, json.loads(to_json_plotly(component.children))["props"]


def test_a_figure_is_shown_as_written_and_sorted_by_its_number() -> None:
    _, told = made()
    first, second = told["rowData"]
    assert (first["figure"], first["figure_said"]) == (65000.0, "over 65,000")
    assert (second["figure"], second["figure_said"]) == (None, "not published")
    assert (first["period"], first["period_said"]) == ("2023-12-31", "2023")
    columns = {column["field"]: column for column in told["columnDefs"]}
    assert columns["figure"]["filter"] == "agNumberColumnFilter"
    assert columns["period"]["filterValueGetter"] == columns["period"]["valueFormatter"]


def test_no_code_comes_from_what_cells_hold() -> None:
    rows = [["<img src=x onerror=alert(1)>", Cell(said="alert(1)", by="x"), Cell(said="1", by=1.0)]]
    told = grid("some-grid", COLUMNS, rows, words("en"), label="Figures").children
    functions = [
        value["function"]
        for column in told.columnDefs
        for value in column.values()
        if isinstance(value, dict) and "function" in value
    ]
    assert set(functions) == {
        "params.data && params.data.period_said",
        "params.data && params.data.figure_said",
    }
    assert told.dangerously_allow_code is False
    assert "cellRenderer" not in to_json_plotly(told)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_grid_speaks_every_language(lang: str) -> None:
    _, told = made(lang)
    assert set(told["dashGridOptions"]["localeText"]) == set(SAID)
    assert copy_button("some-grid", words(lang)).children == words(lang).t("grid.copy_table")


def test_a_grid_is_named_and_found_by_the_frame() -> None:
    component, _ = made()
    assert component.className == "grid"
    assert getattr(component, "aria-label") == "Figures"
