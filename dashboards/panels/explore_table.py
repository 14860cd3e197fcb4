"""The table of an answer: every figure that the charts draw and those they leave out, as words that sort by number."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.desk import Desk, Filters
from dashboards.figures.rows import Row, absence_words, figure_words, period_words, rows
from dashboards.grid import MOST_ROWS, Cell, GridColumn, copy_button, grid
from dashboards.panel import Panel, View
from dashboards.panels.explore_read import Explored, breakdown_words, place_said
from dashboards.style import Style

GRID = "explore-grid"


def table_panel(held: Explored) -> Panel:
    """Return the panel with the table; without any row it says so."""

    def query(_desk: Desk, _filters: Filters) -> pd.DataFrame:
        return held.frame

    def body(frame: pd.DataFrame, view: View) -> list[Component]:
        return table(frame, view)

    def unit(view: View) -> str:
        return view.words.listing([*same_in_all(held.frame, view), rows_said(held.frame, view)])

    return Panel(
        id="explore-table", title="explore.table", query=query, body=body, size="full", unit=unit,
        indicators=held.question.indicators, empty="explore.nothing",
    )  # fmt: skip


def rows_said(frame: pd.DataFrame, view: View) -> str:
    """Write how many rows there are."""
    return view.t("explore.rows", n=view.words.number(len(frame)))


def same_in_all(frame: pd.DataFrame, view: View) -> list[str]:
    """Write what all rows share and no column says: the indicator, the unit."""
    said = []
    if frame["indicator_id"].nunique() == 1:
        said.append(view.t(f"indicator.{frame['indicator_id'].iloc[0]}"))
    if _one_unit(frame):
        first = frame[frame["value"].notna()].iloc[0]
        said.append(unit_words(first["unit"], first["of_unit"], view.style))
    return said


def _one_unit(frame: pd.DataFrame) -> bool:
    stated = frame[frame["value"].notna()]
    return stated["unit"].nunique() == 1


def table(frame: pd.DataFrame, view: View) -> list[Component]:
    """Return the grid of *frame*, newest first; how many rows it leaves to the exports, where it does."""
    shown = newest_first(frame).head(MOST_ROWS)
    columns = columns_of(frame, view)
    lines = lines_of(shown, columns, view)
    bar = html.Div([copy_button(GRID, view.words)], className="grid-bar")
    parts = [bar, grid(GRID, columns, lines, view.words, label=view.t("explore.table"))]
    if len(frame) > len(shown):
        left = view.t("explore.more_rows", n=view.words.number(len(shown)), all=view.words.number(len(frame)))
        parts.append(html.P(left, className="note"))
    return parts


def newest_first(frame: pd.DataFrame) -> pd.DataFrame:
    """Return *frame* by indicator and place, in each the newest period first; what has no figure at all comes last."""
    order = frame.reset_index(drop=True)
    lanes = order.groupby(["indicator_id", "place_id", "counting_basis", "breakdown"], sort=False).ngroup()
    keys = {"never": order["period_end"].isna(), "lane": lanes}
    order = order.assign(**keys).sort_values(
        ["never", "lane", "period_end"], ascending=[True, True, False], kind="stable"
    )
    return order.drop(columns=list(keys))


def columns_of(frame: pd.DataFrame, view: View) -> list[GridColumn]:
    """Return the columns: those that would be empty, or that the table's heading says for all, are left out."""
    said = view.t
    columns = [GridColumn(id="place", label=said("column.place"), width=120, flex=1)]
    if frame["indicator_id"].nunique() > 1:
        columns.insert(0, GridColumn(id="indicator", label=said("column.indicator"), width=220, flex=3))
    if frame["breakdown"].ne("").any():
        columns.append(GridColumn(id="breakdown", label=said("explore.breakdown"), width=160))
    columns += [
        GridColumn(id="period", label=said("column.period"), kind="period", width=150),
        GridColumn(id="figure", label=said("column.figure"), kind="number", width=150, flex=1),
    ]
    if not _one_unit(frame):
        columns.append(GridColumn(id="unit", label=said("column.unit"), width=150))
    if (~frame["counting_basis"].isin(["", "as_published"])).any():
        columns.append(GridColumn(id="basis", label=said("column.basis"), width=160))
    if (~frame["status"].isin(["", "final"])).any():
        columns.append(GridColumn(id="flag", label=said("column.status_words"), width=110))
    return [
        *columns,
        GridColumn(id="source", label=said("column.source"), width=220, flex=4),
        GridColumn(id="known", label=said("explore.known_since"), kind="period", width=155),
    ]


def lines_of(frame: pd.DataFrame, columns: Sequence[GridColumn], view: View) -> list[list[Cell | str]]:
    """Return the cells of *frame*, a list a row, in the order of *columns*."""
    told = rows(frame.drop(columns=["absence"]).assign(absence=frame["absence"]), view.style)
    sources = _sources(frame, view)
    lines = []
    for row, source, cells in zip(told, sources, frame.to_dict("records"), strict=True):
        known = cells["known_at"]
        said: dict[str, Cell | str] = {
            "indicator": view.t(f"indicator.{cells['indicator_id']}"),
            "place": place_said(cells["place_id"], view.style),
            "breakdown": breakdown_words(cells["breakdown"], view.style),
            "period": Cell(said=period_words(row, view.style), by=row.end.isoformat() if row.end else None),
            "figure": Cell(said=figure_said(row, cells["why"], view), by=row.value if row.known else None),
            "unit": unit_words(cells["unit"], cells["of_unit"], view.style) if row.known else "",
            "basis": _term("basis", cells["counting_basis"], view, without=("as_published",)),
            "flag": _term("flag", cells["status"], view, without=("final",)),
            "source": source,
            "known": Cell(said="", by=None) if pd.isna(known) else Cell(
                said=view.words.day(_hong_kong_day(known)), by=known.isoformat()
            ),
        }  # fmt: skip
        lines.append([said[column.id] for column in columns])
    return lines


def _hong_kong_day(known: pd.Timestamp):
    return known.tz_convert("Asia/Hong_Kong").date()


def figure_said(row: Row, why: str, view: View) -> str:
    """Return the figure with its qualifier, or why there is none."""
    if row.known:
        return figure_words(row, view.style)
    key = f"reason.{why}"
    return view.t(key) if why and view.words.has(key) else absence_words(row.absence, view.style)


def unit_words(unit: str, of_unit: str, style: Style) -> str:
    """Return a unit in words, with what it was before anything was worked out."""
    said = style.t(f"unit.{unit}") if style.words.has(f"unit.{unit}") else unit
    if unit == of_unit or unit in {"%", "index"} or not style.words.has(f"unit.{of_unit}"):
        return said
    return style.t("format.pair", a=style.t(f"unit.{of_unit}"), b=said)


def _term(prefix: str, code: str, view: View, *, without: Sequence[str]) -> str:
    if not code or code in without:
        return ""
    return view.t(f"{prefix}.{code}") if view.words.has(f"{prefix}.{code}") else code


def _sources(frame: pd.DataFrame, view: View) -> list[str]:
    """Return who published each figure, asked once for each pair of source and publication."""
    known: dict[tuple[str, str, str], str] = {}
    pairs = list(zip(frame["source_id"], frame["figure_ref"], frame["tier"], strict=True))
    for pair in dict.fromkeys(pairs):
        first = frame.iloc[[pairs.index(pair)]].assign(value=0.0)
        known[pair] = view.words.listing(view.publishers(first)) if pair[0] else ""
    return [known[pair] for pair in pairs]
