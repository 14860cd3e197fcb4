"""The template that a department fills in: prefilled rows, drop-downs, units, and codes that nobody has to read."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from geo.places import atlas
from ingest.returns_form import (
    CODES,
    COLUMNS,
    FILLED,
    FIRST_ROW,
    FIXED,
    FORM,
    FREE,
    FREE_ROWS,
    HEADER_ROW,
    KEY_ROW,
    LISTS,
    MARK,
    MOST_PREFILLED,
    Fixed,
    RefusedReturn,
)
from ingest.returns_periods import due_periods
from ingest.returns_words import counted, figure, named, said
from metrics.indicators import catalogue
from metrics.warehouse.values import QUALIFIERS, STATUSES

if TYPE_CHECKING:
    import pandas as pd

MOST_PERIODS = 12
_WIDTHS = (3, 44, 22, 20, 13, 15, 16, 26, 16, 14, 14, 14, 36, 36)
_GREY = PatternFill("solid", fgColor="EEF1F4")
_HEAD = PatternFill("solid", fgColor="1F2F46")
_EDGE = Border(*(Side(style="thin", color="C9D1DA"),) * 4)
_OPEN = Protection(locked=False)
_DAY = "yyyy-mm-dd"
_STEPS = ("step_value", "step_qualifier", "step_period", "step_published", "step_free", "step_send")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of the template; a free one fixes nothing."""

    fixed: Fixed | None = None

    def open_columns(self) -> tuple[str, ...]:
        """Return the columns that the department fills in."""
        if self.fixed is None:
            return tuple(name for name in COLUMNS if name not in {"counted", "known"})
        if self.fixed.end is not None:
            return FILLED
        return ("end", *FILLED) if self.fixed.span in {"point", "day"} else ("start", "end", *FILLED)


def template(
    department: str, indicators: Sequence[str], lang: str, known: pd.DataFrame, *, today: date
) -> bytes:
    """Return the template as the bytes of a workbook (.xlsx).

    *known* holds the newest figure of each series (columns of ``Warehouse.latest``); there is a row for every
    period of each that is due by *today*. Raises RefusedReturn where nothing can be returned, or too much.
    """
    lines = [*_prefilled(indicators, lang, known, today), *[Line()] * FREE_ROWS]
    if not indicators:
        raise RefusedReturn("answer.no_indicators")
    book = Workbook()
    book.properties.creator = "GBA Monitor"
    first = book.active
    first.title = said("sheet.instructions", lang)
    _instructions(first, department, lang, today)
    sheet = book.create_sheet(said("sheet.figures", lang))
    codes = book.create_sheet(CODES)
    codes.sheet_state = "veryHidden"
    places = _places(known)
    where = _codes(codes, _meta(department, lang, today), _choices(indicators, places, lang))
    _head(sheet, department, lang, today)
    for number, line in enumerate(lines, FIRST_ROW):
        _line(sheet, number, line)
    _validate(sheet, lines, where, lang)
    book.security = WorkbookProtection(lockStructure=True)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _prefilled(indicators: Sequence[str], lang: str, known: pd.DataFrame, today: date) -> Iterator[Line]:
    rows = sorted(known.to_dict("records"), key=lambda row: indicators.index(row["indicator_id"]))
    if len(rows) > MOST_PREFILLED:
        raise RefusedReturn("answer.too_many_indicators")
    most = max(1, min(MOST_PERIODS, MOST_PREFILLED // max(len(rows), 1)))
    for row in rows:
        frequency = catalogue().get(row["indicator_id"]).frequency
        began, ended = row["period_start"].date(), row["period_end"].date()
        for start, end in due_periods(
            began, ended, span=row["span"], frequency=frequency, today=today, most=most
        ):
            yield Line(fixed=_fixed(row, start, end, lang))


def _fixed(row: Mapping[str, Any], start: date | None, end: date | None, lang: str) -> Fixed:
    day = row["period_end"].date().isoformat()
    shown = {
        "indicator": named("indicator", row["indicator_id"], lang),
        "counted": counted(row["breakdown"], row["counting_basis"], lang),
        "place": named("place", row["place_id"], lang),
        "unit": named("unit", row["unit"], lang),
        "known": said("form.known", lang, figure=figure(row["value"], row["qualifier"], lang), day=day),
    }
    shown |= {"start": start.isoformat() if start else "", "end": end.isoformat()} if end else {}
    return Fixed(
        indicator=row["indicator_id"],
        place=row["place_id"],
        breakdown=row["breakdown"],
        counting_basis=row["counting_basis"],
        span=row["span"],
        unit=row["unit"],
        start=start,
        end=end,
        shown=shown,
    )


def _places(known: pd.DataFrame) -> list[str]:
    wide = [*(city.id for city in atlas().cities), "guangdong", "gba"]
    return list(dict.fromkeys([*wide, *sorted(set(known["place_id"]))]))


def _choices(indicators: Sequence[str], places: Sequence[str], lang: str) -> dict[str, list[tuple[str, str]]]:
    units = dict.fromkeys(unit for one in indicators for unit in catalogue().get(one).units)
    ids = dict(zip(LISTS, (indicators, places, units, QUALIFIERS, STATUSES), strict=True))
    return {kind: _labelled(kind, list(some), lang) for kind, some in ids.items()}


def _labelled(kind: str, ids: Sequence[str], lang: str) -> list[tuple[str, str]]:
    """Return each id with its name; where two share one, both carry their id too."""
    names = [named(kind, one, lang) for one in ids]
    return [
        (one, f"{name} ({one})" if names.count(name) > 1 else name)
        for one, name in zip(ids, names, strict=True)
    ]


def _meta(department: str, lang: str, today: date) -> dict[str, str]:
    return {"form": FORM, "department": department, "lang": lang, "made_on": today.isoformat()}


def _codes(
    sheet: Worksheet, meta: Mapping[str, str], choices: Mapping[str, Sequence[tuple[str, str]]]
) -> dict[str, str]:
    """Write the hidden sheet and return where the labels of each list stand."""
    for name, value in meta.items():
        sheet.append(("meta", name, value))
    where = {}
    for kind, some in choices.items():
        top = sheet.max_row + 1
        for code, label in some:
            sheet.append((kind, code, label))
        where[kind] = f"'{CODES}'!$C${top}:$C${sheet.max_row}"
    return where


def _instructions(sheet: Worksheet, department: str, lang: str, today: date) -> None:
    names = {name: named("column", name, lang) for name in COLUMNS}
    sheet.column_dimensions["A"].hidden = True
    sheet.column_dimensions["B"].width = 34
    sheet.column_dimensions["C"].width = 82
    sheet["A1"] = MARK + "-instructions"
    sheet["B1"] = said("form.title", lang, department=named("department", department, lang))
    sheet["B1"].font = Font(bold=True, size=16)
    sheet["B2"] = said("form.made_on", lang, day=today.isoformat())
    sheet["A4"], sheet["B4"] = "signed", said("form.handed_in_by", lang)
    sheet["C4"].protection, sheet["C4"].border = _OPEN, _EDGE
    sheet["B6"] = said("form.steps", lang)
    for cell in ("B4", "B6"):
        sheet[cell].font = Font(bold=True)
    for number, step in enumerate(_STEPS, 7):
        sheet.cell(number, 2, f"{number - 6}.").alignment = Alignment(horizontal="right", vertical="top")
        sheet.cell(number, 3, said(f"form.{step}", lang, **names)).alignment = Alignment(wrap_text=True)
        sheet.row_dimensions[number].height = 34
    _protect(sheet)


def _head(sheet: Worksheet, department: str, lang: str, today: date) -> None:
    sheet["A1"] = MARK
    sheet["B1"] = said("form.title", lang, department=named("department", department, lang))
    sheet["B1"].font = Font(bold=True, size=14)
    sheet["B2"] = said("form.made_on", lang, day=today.isoformat())
    for place, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.column_dimensions["A"].hidden = True
    sheet.row_dimensions[KEY_ROW].hidden = True
    sheet.row_dimensions[HEADER_ROW].height = 32
    for place, name in enumerate(COLUMNS, 2):
        sheet.cell(KEY_ROW, place, name)
        cell = sheet.cell(HEADER_ROW, place, named("column", name, lang))
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.freeze_panes = sheet.cell(FIRST_ROW, 3)
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    _protect(sheet)


def _protect(sheet: Worksheet) -> None:
    # Against slips, not against people: there is no password, and reading trusts no cell for being locked.
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False


def _line(sheet: Worksheet, number: int, line: Line) -> None:
    sheet.cell(number, 1, line.fixed.code() if line.fixed else FREE)
    editable = line.open_columns()
    for place, name in enumerate(COLUMNS, 2):
        cell = sheet.cell(number, place)
        cell.border = _EDGE
        if name in {"start", "end", "published_on"}:
            cell.number_format = _DAY
        elif name == "value":
            cell.number_format = "#,##0.############"
        if name in editable:
            cell.protection = _OPEN
        else:
            cell.fill = _GREY
        if name in FIXED and line.fixed:
            cell.value = _cell_value(line.fixed.shown.get(name, ""), name)
            cell.alignment = Alignment(wrap_text=name == "indicator", vertical="top")
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type


def _cell_value(text: str, name: str) -> datetime | str | None:
    if not text:
        return None
    return datetime.fromisoformat(text) if name in {"start", "end"} else text


def _validate(sheet: Worksheet, lines: Sequence[Line], where: Mapping[str, str], lang: str) -> None:
    last = FIRST_ROW + len(lines) - 1
    free = last - FREE_ROWS + 1
    letters = {name: get_column_letter(place) for place, name in enumerate(COLUMNS, 2)}
    for name in LISTS:
        top = FIRST_ROW if name in FILLED else free
        rule = DataValidation(type="list", formula1=where[name], allow_blank=True)
        rule.error = rule.prompt = said("form.choose", lang)
        _apply(sheet, rule, f"{letters[name]}{top}:{letters[name]}{last}")
    for name in ("start", "end", "published_on"):
        rule = DataValidation(type="date", operator="between", formula1="36526", formula2="73050")
        rule.error = rule.prompt = said("form.date", lang)
        _apply(sheet, rule, f"{letters[name]}{FIRST_ROW}:{letters[name]}{last}")
    units = [line.fixed.shown["unit"] if line.fixed else "…" for line in lines]
    for unit, some in groupby(enumerate(units, FIRST_ROW), key=itemgetter(1)):
        numbers = [number for number, _ in some]
        rule = DataValidation(type="decimal", operator="between", formula1="-1E+15", formula2="1E+15")
        rule.error = rule.prompt = said("form.number", lang, unit=unit)
        _apply(sheet, rule, f"{letters['value']}{numbers[0]}:{letters['value']}{numbers[-1]}")


def _apply(sheet: Worksheet, rule: DataValidation, cells: str) -> None:
    rule.showErrorMessage = rule.showInputMessage = True
    rule.add(cells)
    sheet.add_data_validation(rule)
