"""Tables that are worked with: sorted, filtered, copied, by mouse and by keyboard (AG Grid).

A cell shows words and sorts by what they mean: a figure by its number, a period by its end. The script of the grid
is fetched with the first page that holds one; nothing of it is evaluated from text that a reader or a source wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import dash_ag_grid
from dash import html
from dash.development.base_component import Component

from dashboards.i18n import Words

MOST_ROWS = 2000
"""How many rows a page carries; exports carry all of them."""

ROW, HEAD = 34, 40
MOST_SEEN = 15
BUFFER = 3  # rows made ready beyond those seen: a long table is there sooner

# What the grid itself says; those of the filters first. The words are the terms ``grid.<key>``.
SAID = (
    *("filterOoo", "equals", "notEqual", "lessThan", "greaterThan", "lessThanOrEqual", "greaterThanOrEqual"),
    *("inRange", "inRangeStart", "inRangeEnd", "contains", "notContains", "startsWith", "endsWith", "blank"),
    *("notBlank", "andCondition", "orCondition", "noRowsToShow", "ariaFilterInput", "ariaFilterValue"),
    *("ariaFilterFromValue", "ariaFilterToValue", "ariaFilteringOperator", "ariaSortableColumn", "ariaFilterMenuOpen"),
    *("ariaLabelColumnFilter", "ariaMenuColumn", "ariaFilterColumn", "selectAll", "columnFilter"),
)  # fmt: skip

Kind = Literal["text", "number", "period"]


@dataclass(frozen=True, kw_only=True, slots=True)
class GridColumn:
    """A column: *id*, *label*, *kind* of what it sorts by, *width* in px and how it grows (*flex*)."""

    id: str
    label: str
    kind: Kind = "text"
    width: int = 130
    flex: int = 0
    pinned: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A cell: what it shows, and what it sorts by where that is not its text (None comes last)."""

    said: str
    by: float | str | None = None


Row = Sequence[Cell | str]


def grid(
    grid_id: str, columns: Sequence[GridColumn], rows: Sequence[Row], words: Words, *, label: str
) -> Component:
    """Return a table of *rows*, a cell for each of *columns*, named *label*."""
    options = {
        "localeText": {key: words.t(f"grid.{key}") for key in SAID},
        "rowHeight": ROW,
        "headerHeight": HEAD,
        "enableCellTextSelection": True,
        "ensureDomOrder": True,
        "suppressDragLeaveHidesColumns": True,
        "suppressColumnVirtualisation": True,
        "animateRows": False,
        "rowBuffer": BUFFER,
    }
    height = HEAD + ROW * min(max(len(rows), 1), MOST_SEEN) + 18
    table = dash_ag_grid.AgGrid(
        id=grid_id,
        columnDefs=[_definition(column) for column in columns],
        rowData=[_row(columns, row) for row in rows],
        defaultColDef={"sortable": True, "resizable": True, "filter": True, "minWidth": 80},
        dashGridOptions=options,
        dangerously_allow_code=False,
        enableEnterpriseModules=False,
        style={"height": f"{height}px", "width": "100%"},
    )
    return html.Div(table, className="grid", role="group", **{"aria-label": label})


def _definition(column: GridColumn) -> dict[str, Any]:
    found: dict[str, Any] = {
        "field": column.id,
        "headerName": column.label,
        "width": column.width,
        "tooltipField": f"{column.id}_said" if column.kind != "text" else column.id,
    }
    if column.flex:
        found |= {"flex": column.flex, "minWidth": column.width}
    if column.pinned:
        found["pinned"] = "left"
    if column.kind == "text":  # names of sources and bases are long: they take a second line, and none is cut
        return found | {"filter": "agTextColumnFilter", "wrapText": True, "autoHeight": True}
    said = f"params.data && params.data.{column.id}_said"
    found["valueFormatter"] = {"function": said}
    if column.kind == "number":
        return found | {"filter": "agNumberColumnFilter", "type": "rightAligned"}
    return found | {"filter": "agTextColumnFilter", "filterValueGetter": {"function": said}}


def _row(columns: Sequence[GridColumn], row: Row) -> dict[str, Any]:
    cells: dict[str, Any] = {}
    for column, cell in zip(columns, row, strict=True):
        if column.kind == "text":
            cells[column.id] = cell if isinstance(cell, str) else cell.said
        else:
            told = cell if isinstance(cell, Cell) else Cell(said=cell)
            cells |= {column.id: told.by, f"{column.id}_said": told.said}
    return cells


def copy_button(grid_id: str, words: Words) -> Component:
    """Return the button that copies the rows of a grid as they are sorted and filtered, tabs between the cells."""
    return html.Button(
        words.t("grid.copy_table"),
        type="button",
        className="chip",
        **{"data-copy-grid": grid_id, "data-copied": words.t("ui.copied")},
    )
