"""The cells of a return read one by one: what was expected and what was found, never a guess."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ingest.errors import ShapeError
from ingest.numbers import day, excel_day, number

LONGEST = 200
_TEXT_FOUND = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A cell as it stands: *kind* is what the workbook says it is (``f`` a formula, ``e`` an error)."""

    address: str
    value: Any = None
    kind: str = "n"

    @property
    def blank(self) -> bool:
        """Say whether nothing stands in it."""
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())

    @property
    def found(self) -> str:
        """Return what stands in it, as one short line of text; empty where nothing does."""
        if self.blank:
            return ""
        value = self.value
        if isinstance(value, datetime) and value.time() == datetime.min.time():
            value = value.date()
        if isinstance(value, date):
            return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
            value = int(value)
        text = "".join(sign if sign.isprintable() else " " for sign in str(value))
        return text if len(text) <= _TEXT_FOUND else text[: _TEXT_FOUND - 1] + "…"


class CellFault(Exception):  # noqa: N818 - it is an answer
    """A cell is not what it should be; *key* and *args_said* say in any language what was expected."""

    def __init__(self, cell: Cell, key: str, **args: Any) -> None:
        super().__init__(f"{cell.address}: {key}")
        self.cell = cell
        self.key = key
        self.args_said = args


def typed(cell: Cell) -> Cell:
    """Return *cell* unless it is a formula, which stands for whatever some other cell says."""
    if cell.kind == "f" or (isinstance(cell.value, str) and cell.value.startswith("=")):
        raise CellFault(cell, "wrong.formula")
    return cell


def number_in(cell: Cell) -> float:
    """Return the plain number in *cell*; a number typed as text counts, words beside it do not."""
    typed(cell)
    if cell.blank:
        raise CellFault(cell, "wrong.missing")
    value = cell.value
    if isinstance(value, str) and cell.kind != "e":
        try:
            value = number(value)
        except ShapeError:
            value = None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise CellFault(cell, "wrong.number", qualifier={"kind": "column", "ids": ["qualifier"]})
    return float(value)


def day_in(cell: Cell, *, needed: bool = True) -> date | None:
    """Return the day in *cell*: a date, or text in the form 2026-03-31; None where blank and not *needed*."""
    typed(cell)
    if cell.blank:
        if needed:
            raise CellFault(cell, "wrong.missing")
        return None
    try:
        return day(cell.value.strip(), "%Y-%m-%d") if isinstance(cell.value, str) else excel_day(cell.value)
    except (ShapeError, OverflowError):
        raise CellFault(cell, "wrong.date") from None


def text_in(cell: Cell, most: int = LONGEST) -> str:
    """Return the text in *cell* in one line; empty where blank."""
    typed(cell)
    if cell.blank:
        return ""
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in str(cell.value)).split())
    if len(text) > most:
        raise CellFault(cell, "wrong.long", most=most)
    return text


def address_in(cell: Cell) -> str:
    """Return the web address in *cell*; empty where blank."""
    text = text_in(cell, most=500)
    if text and (not text.startswith(("https://", "http://")) or any(sign in text for sign in " \"'<>\\")):
        raise CellFault(cell, "wrong.url")
    return text


def choice_in(
    cell: Cell, choices: Mapping[str, Sequence[str]], kind: str, *, among: Sequence[str] | None = None
) -> str:
    """Return the id that the label in *cell* stands for; *choices* gives the ids of each label.

    *among* narrows them, and tells apart those that share a label. Raises CellFault naming what there is.
    """
    typed(cell)
    if cell.blank:
        raise CellFault(cell, "wrong.missing")
    label = cell.value.strip() if isinstance(cell.value, str) else ""
    found = [one for one in choices.get(label, ()) if among is None or one in among]
    if len(found) == 1:
        return found[0]
    known = among if among is not None else [one for some in choices.values() for one in some]
    raise CellFault(cell, "wrong.choice", choices={"kind": kind, "ids": list(known)})
