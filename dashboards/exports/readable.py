"""The columns of a table that is read on paper and on slides: all that a row says, in as few columns as it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

import pandas as pd

from dashboards.exports.columns import SPECS
from dashboards.exports.telling import Telling
from dashboards.style import Style

MOST_COLUMNS = 7
"""Above this, what belongs to a figure is written beside it in one cell; no column is left away for want of room."""

_READ = ("label", "place", "indicator", "direction", "breakdown_words", "period", "figure", "unit", "status_words",
         "basis", "divided_by", "underived", "absence_reason", "source")  # fmt: skip
_KNOWN = frozenset(spec.id for spec in SPECS)
_SAME = ("unit", "basis", "indicator")
"""What is told above the table where all its rows are alike in it."""

_NAMES = ("indicator", "place")
"""What a crowded table leaves away where another column says it too."""

_BESIDE = (("unit", "figure"), ("status_words", "figure"), ("divided_by", "figure"), ("basis", "figure"),
           ("absence_reason", "figure"), ("underived", "figure"), ("breakdown_words", "indicator"),
           ("direction", "place"), ("period", "figure"), ("place", "indicator"))  # fmt: skip
"""Which column goes beside which in a crowded table, one after the other until there is room."""

_WRITTEN = MappingProxyType({
    "due_on": "due", "happened_on": "happened", "target": "target_words", "baseline": "baseline_words",
    "earlier_value": "earlier", "before": "earlier",
})  # fmt: skip
"""Numbers and dates that another column of the same table writes in words, with their qualifier and precision."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column as it is read: its *label*, its *cells*, and whether it is set to the right."""

    label: str
    cells: tuple[str, ...]
    right: bool


def readable(telling: Telling, style: Style, rows: pd.DataFrame, most: int = MOST_COLUMNS) -> list[Column]:
    """Return what *rows* (of the telling's) say to a reader, column by column; *most* columns if they can be so few."""
    kinds = {column.id: column.kind for column in telling.columns}
    labels = {column.id: column.label for column in telling.columns}
    cells = {
        name: [_text(cell, style) for cell in rows[name]] for name, kind in kinds.items() if kind != "code"
    }
    own = [name for name, kind in kinds.items() if name not in _KNOWN and kind != "code"]
    shown = _shown(own, cells)
    _spared(shown, cells, most)
    if len(shown) > most:
        _united(shown, cells, rows, style)
    _put_beside(shown, cells, style, most)
    return [
        Column(
            label=labels[name],
            cells=tuple(cells[name]),
            right=kinds[name] == "number" or (name == "figure" and _short(cells[name])),
        )
        for name in shown
    ]


def _text(cell: Any, style: Style) -> str:
    if cell is None or cell != cell:  # noqa: PLR0124 (not a number)
        return ""
    if isinstance(cell, date):
        return style.words.day(cell)
    return style.number(cell) if isinstance(cell, float) else str(cell)


def _shown(own: Sequence[str], cells: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the ids of the columns that tell something which no other tells."""
    wanted = [*own, *(name for name in _READ if name in cells)]
    told = [name for name in dict.fromkeys(wanted) if any(cells[name])]
    told = [name for name in told if _WRITTEN.get(name) not in told]
    if "label" in told and cells["label"] == cells.get("place"):
        told.remove("label")
    for name in _SAME:
        if name in told and len(set(cells[name])) == 1 and len(told) > 3:
            told.remove(name)
    return told


def _spared(shown: list[str], cells: Mapping[str, Sequence[str]], most: int) -> None:
    """Take from *shown* what is said elsewhere, as long as there are more than *most*."""
    for name in ("source", *_NAMES):  # every source is named below the table
        if len(shown) <= most or name not in shown:
            continue
        if name == "source" or _said_by_another(name, shown, cells):
            shown.remove(name)


def _united(shown: list[str], cells: dict[str, list[str]], rows: pd.DataFrame, style: Style) -> None:
    """Write figures with their units, and leave unsaid that they were counted as published."""
    if {"unit", "figure"} <= set(shown) and "unit_id" in rows:
        cells["figure"] = _with_units(cells["figure"], rows, style)
        shown.remove("unit")
    if "basis" in shown:
        usual = style.t("basis.as_published")
        cells["basis"] = ["" if one == usual else one for one in cells["basis"]]


def _put_beside(shown: list[str], cells: dict[str, list[str]], style: Style, most: int) -> None:
    """Bring *shown* down to *most* as far as cells can stand beside others; nothing they say is lost."""
    for name, beside in _BESIDE:
        if len(shown) > most and name in shown and beside in shown:
            join = _before(style) if name == "place" else _after(style)
            cells[beside] = [
                _joined(one, other, join) for one, other in zip(cells[beside], cells[name], strict=True)
            ]
            shown.remove(name)
    for name in [name for name in shown if set(cells[name]) == {"0"}]:
        if len(shown) > most + 2:
            shown.remove(name)


def _with_units(figures: Sequence[str], rows: pd.DataFrame, style: Style) -> list[str]:
    """Return each figure written with its unit, as sentences write it."""
    known = rows.reindex(columns=["value", "qualifier", "unit_id"]).itertuples(index=False, name=None)
    return [
        figure if pd.isna(value) or not unit else style.number(value, qualifier or "exact", unit)
        for figure, (value, qualifier, unit) in zip(figures, known, strict=True)
    ]


def _said_by_another(name: str, shown: Sequence[str], cells: Mapping[str, Sequence[str]]) -> bool:
    """Say whether another column that is shown says in each row what column *name* does."""
    return any(
        all(one in text for one, text in zip(cells[name], cells[other], strict=True))
        for other in shown
        if other != name
    )


def _joined(text: str, aside: str, join: Callable[[str, str], str]) -> str:
    return join(text, aside) if text and aside and aside not in text else text or aside


def _after(style: Style) -> Callable[[str, str], str]:
    return lambda text, aside: style.t("figure.aside", text=text, aside=aside)


def _before(style: Style) -> Callable[[str, str], str]:
    return lambda text, name: style.t("figure.named", name=name, figure=text)


def _short(cells: Sequence[str]) -> bool:
    """Say whether the cells of a column are figures and no more than that."""
    return max(map(len, cells), default=0) <= 40
