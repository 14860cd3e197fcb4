"""The columns of a table that leaves a page: which of them a frame can fill, and what each cell says.

A frame of the warehouse fills columns by its own. Codes (ids, qualifiers, statuses) stand in columns of the kind
"code", and beside each the same in the reader's words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd

from dashboards.desk import Desk
from dashboards.exports import cells as fill
from dashboards.exports.cells import Cells, Filling, Teller
from dashboards.panel import View

Kind = Literal["text", "number", "date", "code"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """A column of a table: *id* for programs, *label* for the reader, *kind* of what its cells hold."""

    id: str
    label: str
    kind: Kind


@dataclass(frozen=True, kw_only=True, slots=True)
class Spec:
    """How a column is filled: it is there when a frame has all of *needs*."""

    id: str
    kind: Kind
    needs: tuple[str, ...]
    cells: Filling


def _spec(name: str, kind: Kind, cells: Filling, *needs: str) -> Spec:
    return Spec(id=name, kind=kind, needs=needs, cells=cells)


SPECS = (
    _spec("label", "text", fill.codes("label"), "label"),
    _spec("place", "text", fill.named("place", "place_id"), "place_id"),
    _spec("indicator", "text", lambda frame, teller: fill.said_once(fill.indicators(frame), teller.term("indicator")),
          "indicator_id"),
    _spec("direction", "text", fill.named("figure", "direction"), "direction"),
    _spec("breakdown_words", "text", fill.parts, "breakdown"),
    _spec("period", "text", fill.period, "period_end"),
    _spec("figure", "text", fill.figures, "value"),
    _spec("unit", "text", fill.named("unit", "unit"), "unit"),
    _spec("value", "number", fill.as_it_is("value"), "value"),
    _spec("qualifier_words", "text", fill.named("qualifier", "qualifier"), "qualifier"),
    _spec("status_words", "text", fill.flag, "status"),
    _spec("basis", "text", fill.named("basis", "counting_basis"), "counting_basis"),
    _spec("divided_by", "text", fill.divisor, "per_value", "per_qualifier", "per_period_end"),
    _spec("absence_reason", "text", fill.absent_because, "why", "value"),
    _spec("underived", "text", fill.named("reason", "reason"), "reason", "derived"),
    _spec("source", "text", fill.publishers, "source_id"),
    _spec("source_title", "text", fill.cited("title"), "figure_ref"),
    _spec("source_url", "text", fill.cited("url"), "figure_ref"),
    _spec("tier_words", "text", fill.named("tier", "tier"), "tier"),
    _spec("published_on", "date", fill.published, "known_at"),
    _spec("published_precision", "code", fill.codes("known_precision"), "known_precision"),
    _spec("known_at", "text", fill.instants, "known_at"),
    _spec("period_start", "date", fill.days("period_start"), "period_start"),
    _spec("period_end", "date", fill.days("period_end"), "period_end"),
    _spec("span", "code", fill.codes("span"), "span"),
    _spec("place_id", "code", fill.codes("place_id"), "place_id"),
    _spec("indicator_id", "code", lambda frame, _teller: fill.said_once(fill.indicators(frame), lambda one: one or ""),
          "indicator_id"),
    _spec("breakdown", "code", fill.codes("breakdown"), "breakdown"),
    _spec("unit_id", "code", fill.codes("unit"), "unit"),
    _spec("qualifier", "code", fill.codes("qualifier"), "qualifier"),
    _spec("status", "code", fill.codes("status"), "status"),
    _spec("counting_basis", "code", fill.codes("counting_basis"), "counting_basis"),
    _spec("divided_by_value", "number", fill.as_it_is("per_value"), "per_value"),
    _spec("divided_by_qualifier", "code", fill.codes("per_qualifier"), "per_qualifier"),
    _spec("divided_by_on", "date", fill.days("per_period_end"), "per_period_end"),
    _spec("absence", "code", fill.absences, "value"),
    _spec("tier", "code", fill.codes("tier"), "tier"),
    _spec("source_id", "code", fill.codes("source_id"), "source_id"),
    _spec("figure_ref", "code", fill.codes("figure_ref"), "figure_ref"),
)  # fmt: skip
INTERNAL = frozenset({"series_id", "recorded_at", "run_id", "payload_sha256", "bases", "series_break"})
"""Columns of a frame that say something to nobody outside."""

KNOWN = INTERNAL | {spec.id for spec in SPECS} | {name for spec in SPECS for name in spec.needs}
"""Columns of a frame that the specs above read or make, or that stay inside."""


def told(
    frame: pd.DataFrame, desk: Desk, view: View, *, own: bool
) -> tuple[tuple[Column, ...], pd.DataFrame]:
    """Return the columns that *frame* fills, and the rows (one column of cells for each, by its id).

    With *own* the columns of the frame that no spec knows come first, as a panel's table has them: their labels
    are the terms ``column.<id>``, their kinds follow from what they hold. A panel's table may also fill a column
    that a spec would ("figure", "period", "source"): its cells then stand as they are.
    """
    teller = Teller(desk=desk, view=view)
    columns: list[Column] = []
    cells: dict[str, Cells] = {}

    def add(name: str, kind: Kind, found: Cells) -> None:
        columns.append(Column(id=name, label=view.t(f"column.{name}"), kind=kind))
        cells[name] = found

    for name in [name for name in frame.columns if name not in KNOWN] if own else []:
        kind = _kind(name, frame[name])
        add(name, kind, _own_cells(kind, name, frame, teller))
    for spec in SPECS:
        if own and spec.id in frame.columns and spec.id not in spec.needs:
            add(spec.id, spec.kind, _own_cells(spec.kind, spec.id, frame, teller))
        elif all(name in frame.columns for name in spec.needs):
            add(spec.id, spec.kind, spec.cells(frame, teller))
    rows = {column.id: pd.Series(cells[column.id], dtype=_DTYPES[column.kind]) for column in columns}
    return tuple(columns), pd.DataFrame(rows)


_DTYPES: Mapping[Kind, Any] = {"text": "str", "code": "str", "number": "float64", "date": "object"}


def _kind(name: str, cells: pd.Series) -> Kind:
    if pd.api.types.is_datetime64_any_dtype(cells):
        return "date"
    if pd.api.types.is_numeric_dtype(cells) and not pd.api.types.is_bool_dtype(cells):
        return "number"
    return "code" if name.endswith("_id") else "text"


def _own_cells(kind: Kind, name: str, frame: pd.DataFrame, teller: Teller) -> Cells:
    if kind == "date":
        return fill.days(name)(frame, teller)
    return fill.as_it_is(name)(frame, teller) if kind == "number" else fill.codes(name)(frame, teller)
