"""The parts of an XLSX file, written as text: rows by the ten thousand in a second, the same bytes every time.

There is no way to a formula here: a cell is a number, a day or a text of the shared table.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from xml.sax.saxutils import quoteattr

from dashboards.exports.tables.ooxml_frame import HEAD, MAIN, Properties, frame_parts, safe, zipped

_EPOCH = date(1899, 12, 30)
_FIRST_DAY = date(1900, 3, 1)  # before it a spreadsheet counts a day that never was
_WIDEST, _NARROWEST = 60, 8
LINE, HIGH_LINE = 15, 17.5
"""The height of a line of text, and of one in Chinese, whose typefaces stand higher."""
PLAIN, TITLE, WRAPPED, DAY = 0, 1, 2, 3
"""Styles of cells that are always there; number formats follow."""


@dataclass(frozen=True, kw_only=True)
class Cells:
    """A column of a sheet: its *label*, its *cells* (text, number, date or None) and their *styles*, one or each."""

    label: str
    cells: Sequence[Any]
    styles: int | Sequence[int] = PLAIN


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet: *name*, *columns*; with *filtered* its first row can be filtered by."""

    name: str
    columns: tuple[Cells, ...]
    filtered: bool = False

    @property
    def height(self) -> int:
        """Return how many rows there are below the labels."""
        return len(self.columns[0].cells) if self.columns else 0

    @property
    def reach(self) -> str:
        """Return the name of the last cell."""
        return f"{letters(len(self.columns) - 1)}{self.height + 1}"


@dataclass(kw_only=True)
class Texts:
    """Holds every text once, as cells point to them."""

    places: dict[str, int] = field(default_factory=dict)
    used: int = 0

    def place(self, text: str) -> int:
        """Return where *text* stands."""
        self.used += 1
        return self.places.setdefault(text, len(self.places))

    def xml(self) -> str:
        """Return the shared texts as the part of the file."""
        items = "".join(f'<si><t xml:space="preserve">{safe(text)}</t></si>' for text in self.places)
        return f'{HEAD}<sst xmlns="{MAIN}" count="{self.used}" uniqueCount="{len(self.places)}">{items}</sst>'


def letters(column: int) -> str:
    """Return the name of a column, the first being 0: A, B ... Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def width(text: str) -> int:
    """Return the room that *text* takes, in digits: a Chinese character is two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _fragments(column: int, cells: Cells, texts: Texts) -> list[str]:
    name = letters(column)
    styles = [cells.styles] * len(cells.cells) if isinstance(cells.styles, int) else cells.styles
    return [
        _cell(f"{name}{row}", cell, style, texts)
        for row, (cell, style) in enumerate(zip(cells.cells, styles, strict=True), 2)
    ]


def _cell(at: str, cell: Any, style: int, texts: Texts) -> str:
    if isinstance(cell, str):
        return f'<c r="{at}" s="{style}" t="s"><v>{texts.place(cell)}</v></c>' if cell else ""
    if cell is None:
        return ""
    if isinstance(cell, date):
        if cell < _FIRST_DAY:
            return f'<c r="{at}" t="s"><v>{texts.place(cell.isoformat())}</v></c>'
        return f'<c r="{at}" s="{DAY}"><v>{(cell - _EPOCH).days}</v></c>'
    if not math.isfinite(cell):
        return ""
    return (
        f'<c r="{at}" s="{style}"><v>{int(cell) if float(cell).is_integer() else repr(float(cell))}</v></c>'
    )


def _room(cells: Cells) -> int:
    longest = max((width(line) for text in _sample(cells) for line in text.split("\n")), default=0)
    return min(max(longest + 2, _NARROWEST), _WIDEST)


def _sample(cells: Cells) -> list[str]:
    """Return texts that say how wide a column should be: each that differs, numbers as they are shown."""
    shown = {cell if isinstance(cell, str) else "0000-00-00" if isinstance(cell, date) else f"{cell:,}"
             for cell in dict.fromkeys(cells.cells[:20_000]) if cell is not None}  # fmt: skip
    return [cells.label, *shown]


def _heights(sheet: Sheet) -> dict[int, str]:
    """Return the height of each row that needs more than one line for a wrapped text, as its attributes."""
    needed: dict[int, float] = {}
    for cells in sheet.columns:
        if cells.styles != WRAPPED:
            continue
        room = _room(cells) - 1
        for row, text in enumerate(cells.cells, 2):
            said = str(text or "")
            lines = sum(max(math.ceil(width(line) / room), 1) for line in said.split("\n"))
            high = lines * (HIGH_LINE if width(said) > len(said) else LINE)
            needed[row] = max(needed.get(row, 0), high if lines > 1 else 0)
    return {row: f' ht="{high:g}" customHeight="1"' for row, high in needed.items() if high}


def sheet_xml(sheet: Sheet, texts: Texts, *, first: bool) -> str:
    """Return a sheet as the part of the file: labels in a row that stays, a row for each line."""
    last, chosen = sheet.reach, 'tabSelected="1" ' if first else ""
    heads = "".join(
        _cell(f"{letters(at)}1", cells.label, TITLE, texts) for at, cells in enumerate(sheet.columns)
    )
    columns = [_fragments(at, cells, texts) for at, cells in enumerate(sheet.columns)]
    heights = _heights(sheet)
    rows = "".join(
        f'<row r="{number}"{heights.get(number, "")}>{"".join(cells)}</row>'
        for number, cells in enumerate(zip(*columns, strict=True), 2)
    )
    rooms = "".join(
        f'<col min="{at}" max="{at}" width="{_room(cells)}" customWidth="1"/>'
        for at, cells in enumerate(sheet.columns, 1)
    )
    return "".join([
        f'{HEAD}<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
        f'<dimension ref="A1:{last}"/><sheetViews><sheetView {chosen}',
        'workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>',
        '<selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>',
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{rooms}</cols>',
        f'<sheetData><row r="1">{heads}</row>{rows}</sheetData>',
        f'<autoFilter ref="A1:{last}"/>' if sheet.filtered else "",
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>',
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
        f'<ignoredErrors><ignoredError sqref="A1:{last}" numberStoredAsText="1"/></ignoredErrors></worksheet>',
    ])  # fmt: skip


def styles_xml(properties: Properties) -> str:
    """Return the styles: plain, title, wrapped, day, then one for each number format."""
    font = f'<sz val="11"/><name val={quoteattr(properties.font)}/><family val="2"/>'
    formats = "".join(
        f'<numFmt numFmtId="{at}" formatCode={quoteattr(said)}/>'
        for at, said in enumerate(("yyyy-mm-dd", *properties.formats), 164)
    )
    more = "".join(
        f'<xf numFmtId="{at}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        for at in range(165, 165 + len(properties.formats))
    )
    line = '<left/><right/><top/><bottom style="thin"><color rgb="FF14213D"/></bottom><diagonal/>'
    return "".join([
        f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="{1 + len(properties.formats)}">{formats}</numFmts>',
        f'<fonts count="2"><font>{font}</font><font><b/>{font}</font></fonts>',
        '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/>',
        '</fill><fill><patternFill patternType="solid"><fgColor rgb="FFE3EEF2"/></patternFill></fill></fills>',
        '<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>',
        f'<border>{line}</border></borders>',
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
        f'<cellXfs count="{4 + len(properties.formats)}">',
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
        '<xf numFmtId="0" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1"/>',
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">',
        '<alignment vertical="top" wrapText="1"/></xf>',
        '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>',
        f'{more}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
        "</styleSheet>",
    ])  # fmt: skip


def workbook(sheets: Sequence[Sheet], properties: Properties) -> bytes:
    """Return the file of *sheets*, the first one open."""
    texts = Texts()
    parts = {
        f"xl/worksheets/sheet{number}.xml": sheet_xml(sheet, texts, first=number == 1)
        for number, sheet in enumerate(sheets, 1)
    }
    parts |= {"xl/sharedStrings.xml": texts.xml(), "xl/styles.xml": styles_xml(properties)}
    return zipped(
        frame_parts([(sheet.name, sheet.reach if sheet.filtered else "") for sheet in sheets], properties)
        | parts
    )
