"""The rows of a frame as values, and the words that belong to each: its figure, period, flags, or why it is absent.

Frames are those of the warehouse: ``place_id`` (str), ``value`` (float, NaN where absent), ``qualifier``,
``status``, ``span``, ``unit``, ``counting_basis`` (str), ``period_start``, ``period_end`` (datetime64).
A page may add ``label`` (str: a name to be used instead of the place's) and ``absence`` (str: why a place has
no figure; one of ABSENCES, empty where it has one). Only ``value`` is always needed.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from dashboards.figures.legend import Key
from dashboards.figures.lettering import plain
from dashboards.style import Style

ABSENCES = ("no_figure", "not_published", "withheld", "not_in_scope", "not_defined")
_ABSENCE_WORDS = {
    "no_figure": "figure.no_figure",
    "not_published": "figure.not_published",
    "withheld": "flag.withheld",
    "not_in_scope": "flag.not_in_scope",
    "not_defined": "flag.not_applicable",
}
SIGNS = {"over": "▲", "at_least": "▲", "under": "▼", "at_most": "▼", "approx": "○"}
"""What stands beside a qualified figure where there is no room for its words."""

FLAGS = {"provisional": "flag.provisional", "estimated": "flag.estimated", "revised": "flag.revised"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One figure, or the absence of one (*value* is NaN and *absence* says why)."""

    place_id: str = ""
    label: str = ""
    value: float = math.nan
    qualifier: str = "exact"
    status: str = "final"
    start: date | None = None
    end: date | None = None
    span: str = ""
    unit: str = ""
    basis: str = ""
    absence: str = ""

    @property
    def known(self) -> bool:
        """Say whether there is a figure."""
        return not self.absence and math.isfinite(self.value)


_COLUMNS = {
    "place_id": "place_id", "label": "label", "value": "value", "qualifier": "qualifier", "status": "status",
    "start": "period_start", "end": "period_end", "span": "span", "unit": "unit", "basis": "counting_basis",
    "absence": "absence",
}  # fmt: skip


def _cell(name: str, cell: Any) -> Any:
    if name == "value":
        return math.nan if cell is None or pd.isna(cell) else float(cell)
    if cell is None or pd.isna(cell):
        return None
    return cell.date() if name in {"start", "end"} and hasattr(cell, "date") else cell


def rows(frame: pd.DataFrame, style: Style) -> list[Row]:
    """Return the rows of *frame* in its order, each with a label in the reader's language."""
    columns = {name: column for name, column in _COLUMNS.items() if column in frame.columns}
    found = []
    for cells in zip(*(frame[column] for column in columns.values()), strict=True):
        known = {
            name: value
            for name, cell in zip(columns, cells, strict=True)
            if (value := _cell(name, cell)) is not None
        }
        known.setdefault("label", style.place(known["place_id"]) if known.get("place_id") else "")
        if not math.isfinite(known.get("value", math.nan)):
            known["absence"] = known.get("absence") or "no_figure"
        found.append(Row(**known))
    return found


def by_place(found: Iterable[Row]) -> dict[str, Row]:
    """Return one row for each place: the one with the newest period, a figure before an absence."""
    best: dict[str, Row] = {}
    for row in found:
        held = best.get(row.place_id)
        if held is None or (row.known, row.end or date.min) > (held.known, held.end or date.min):
            best[row.place_id] = row
    return best


def figure_words(row: Row, style: Style, *, unit: bool = False, compact: bool = False) -> str:
    """Return the figure of *row* with its qualifier, or the words for its absence."""
    if not row.known:
        return absence_words(row.absence, style)
    named = row.unit if unit and style.words.has(f"unit.{row.unit}") else ""
    write = style.compact if compact else style.number
    return write(row.value, row.qualifier, named)


def absence_words(absence: str, style: Style) -> str:
    """Return why there is no figure, in words."""
    return style.t(_ABSENCE_WORDS.get(absence, "figure.no_figure"))


def period_words(row: Row, style: Style) -> str:
    """Return the period of *row*; empty where none is given."""
    if row.end is None:
        return ""
    return style.words.period(row.start or row.end, row.end, row.span or "point")


def hover(row: Row, style: Style) -> str:
    """Return the lines of the hover box: name, figure with unit, period, flags."""
    parts = [f"<b>{plain(row.label)}</b>", plain(figure_words(row, style, unit=True))]
    if row.known and (period := period_words(row, style)):
        parts.append(plain(period))
    if row.known and row.status in FLAGS:
        parts.append(plain(style.t(FLAGS[row.status])))
    return "<br>".join(parts)


def sentence(row: Row, style: Style) -> str:
    """Return *row* in words, for the text that stands for a chart."""
    flags = [style.t(FLAGS[row.status])] if row.known and row.status in FLAGS else []
    period = period_words(row, style) if row.known else ""
    aside = style.words.listing([part for part in (period, *flags) if part])
    text = style.t("figure.named", name=row.label, figure=figure_words(row, style))
    return style.t("figure.aside", text=text, aside=aside) if aside else text


def text_of(parts: Iterable[str], style: Style) -> str:
    """Return *parts* as one text."""
    return style.t("figure.sentence_end", text=style.t("figure.sentence_join").join(parts))


def sign_keys(found: Iterable[Row], style: Style) -> list[Key]:
    """Return the legend of the signs that qualified figures among *found* carry."""
    here = {row.qualifier for row in found if row.known}
    return [Key(look=SIGNS[q], text=style.t(f"qualifier.{q}")) for q in SIGNS if q in here]


def bases_differ(found: Iterable[Row]) -> bool:
    """Say whether figures among *found* were counted on different bases."""
    return len({row.basis for row in found if row.known and row.basis}) > 1
