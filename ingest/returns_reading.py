"""Read a return: every figure of it, or every fault of it, cell by cell; hostile files are refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from openpyxl.utils import get_column_letter

from geo.places import LANGUAGES, atlas
from ingest.returns_cells import Cell, CellFault, text_in
from ingest.returns_form import (
    CODES,
    COLUMNS,
    FIRST_ROW,
    FORM,
    FREE,
    KEY_ROW,
    LISTS,
    MARK,
    MOST_ROWS,
    Fault,
    Fixed,
    RefusedReturn,
    Returned,
    ReturnRow,
    fixed_of,
    returnable,
)
from ingest.returns_rows import Labels, Reading, Sheet, is_silent, known_code, read_row
from ingest.returns_workbook import opened_workbook
from metrics.indicators import catalogue
from metrics.warehouse.values import QUALIFIERS, SPANS, STATUSES

_BREAKDOWN = re.compile(r"([a-z0-9_]+=[a-z0-9_.-]+(;[a-z0-9_]+=[a-z0-9_.-]+)*)?")
_MOST_COLUMNS = 40
_MOST_CODES = 5000


def read(content: bytes, *, today: date) -> Returned:
    """Return what a filled-in template says, with every fault of every row; *today* is the day in Hong Kong.

    Raises RefusedReturn for what is no sound template: not a workbook, hostile, damaged, empty.
    """
    with opened_workbook(content) as book:
        try:
            return _read(book, today)
        except (RefusedReturn, CellFault):
            raise
        except Exception as error:  # a stranger's file may break the reader anywhere in its lazy reading
            raise RefusedReturn("refusal.damaged") from error


def _read(book: Any, today: date) -> Returned:
    meta, labels = _codes_of(book)
    figures = next((sheet for sheet in book.worksheets if _corner(sheet) == MARK), None)
    if figures is None:
        raise RefusedReturn("refusal.not_template")
    sheet = Sheet(name=figures.title, labels=labels, today=today)
    rows, faults = _rows(figures, sheet)
    if not rows and not faults:
        raise RefusedReturn("refusal.empty")
    return Returned(
        department=meta["department"],
        lang=meta["lang"],
        made_on=meta["made_on"],
        signed=_signed(book),
        rows=tuple(rows),
        faults=tuple(sorted(faults, key=lambda fault: fault.row)),
    )


def _corner(sheet: Any) -> Any:
    return next(sheet.iter_rows(max_row=1, max_col=1, values_only=True), (None,))[0]


def _codes_of(book: Any) -> tuple[dict[str, str], Labels]:
    if CODES not in book.sheetnames:
        raise RefusedReturn("refusal.not_template")
    meta: dict[str, str] = {}
    labels: dict[str, dict[str, list[str]]] = {kind: {} for kind in LISTS}
    known = _known()
    for kind, code, label in book[CODES].iter_rows(max_row=_MOST_CODES, max_col=3, values_only=True):
        if kind == "meta":
            meta[str(code)] = str(label)
        elif kind in labels and code in known[kind] and isinstance(label, str):
            labels[kind].setdefault(label.strip(), []).append(code)
    well = meta.get("lang") in LANGUAGES and meta.get("department") in catalogue().organisations.by_id
    if meta.get("form") != FORM or "made_on" not in meta or not well:
        raise RefusedReturn("refusal.not_template")
    return meta, labels


def _known() -> Mapping[str, Any]:
    return {
        "indicator": {one.id for one in catalogue() if returnable(one)},
        "place": atlas(),
        "unit": catalogue().unit_table,
        "qualifier": QUALIFIERS,
        "status": STATUSES,
    }


def _signed(book: Any) -> str:
    for sheet in book.worksheets:
        if _corner(sheet) == MARK + "-instructions":
            for code, _, name in sheet.iter_rows(max_row=20, max_col=3, values_only=True):
                if code == "signed" and name is not None:
                    try:
                        return text_in(Cell(address="C4", value=name), most=80)
                    except CellFault:
                        return ""
    return ""


def _rows(figures: Any, sheet: Sheet) -> tuple[list[ReturnRow], list[Fault]]:
    lines = figures.iter_rows(max_row=FIRST_ROW + MOST_ROWS, max_col=_MOST_COLUMNS)
    places: dict[str, int] = {}
    rows: list[ReturnRow] = []
    faults: list[Fault] = []
    for number, line in enumerate(lines, 1):
        if number == KEY_ROW:
            places = _places(line)
        if number < FIRST_ROW:
            continue
        cells = {name: _cell(line, place, number) for name, place in places.items()}
        if number == FIRST_ROW + MOST_ROWS and any(not cell.blank for cell in cells.values()):
            raise RefusedReturn("refusal.too_many_rows", found=number, most=MOST_ROWS)
        found = list(_row(sheet, number, line[0].value if line else None, cells))
        rows += [one for one in found if isinstance(one, ReturnRow)]
        faults += [one for one in found if isinstance(one, Fault)]
    return rows, [*faults, *_twice(sheet.name, rows)]


def _places(line: Sequence[Any]) -> dict[str, int]:
    found = {cell.value: place for place, cell in enumerate(line) if cell.value in COLUMNS}
    if set(found) != set(COLUMNS):
        raise RefusedReturn("refusal.not_template")
    return found


def _cell(line: Sequence[Any], place: int, number: int) -> Cell:
    address = f"{get_column_letter(place + 1)}{number}"
    if place >= len(line):
        return Cell(address=address)
    return Cell(address=address, value=line[place].value, kind=line[place].data_type or "n")


def _row(sheet: Sheet, number: int, code: Any, cells: Mapping[str, Cell]) -> Iterator[ReturnRow | Fault]:
    fixed: Fixed | None = None
    if code not in (None, FREE):
        try:
            fixed = fixed_of(str(code))
        except ValueError:
            yield from _damaged(sheet, number, cells)
            return
    if is_silent(cells, fixed):
        return
    offered = [one for some in sheet.labels["indicator"].values() for one in some]
    if fixed and not (_sound(fixed) and known_code(fixed, offered)):
        yield from _damaged(sheet, number, cells)
        return
    reading = Reading(sheet=sheet, number=number, cells=cells, fixed=fixed)
    row = read_row(reading)
    if row is not None:
        yield row
    yield from reading.told()


def _sound(fixed: Fixed) -> bool:
    return fixed.place in atlas() and fixed.span in SPANS and bool(_BREAKDOWN.fullmatch(fixed.breakdown))


def _damaged(sheet: Sheet, number: int, cells: Mapping[str, Cell]) -> Iterator[Fault]:
    cell = cells["indicator"]
    where = {"sheet": sheet.name, "cell": cell.address, "row": number, "column": "indicator"}
    yield Fault(**where, key="wrong.code", found=cell.found)


def _twice(sheet: str, rows: Sequence[ReturnRow]) -> Iterator[Fault]:
    first: dict[tuple[str, ...], ReturnRow] = {}
    for row in rows:
        before = first.setdefault(row.figure, row)
        if before is not row:
            yield Fault(
                sheet=sheet,
                cell=row.cell,
                row=row.row,
                column="value",
                key="wrong.duplicate",
                found=Cell(address=row.cell, value=row.value).found,
                args={"row": str(before.row)},
                about={"indicator": row.indicator, "place": row.place},
            )
