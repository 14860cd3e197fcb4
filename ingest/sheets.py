"""Readers of tables that people lay out: spreadsheets and web pages."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import Any

from ingest.errors import ShapeError
from ingest.reading import check_header, kept_rows, may_evolve, note_added, text
from ingest.source import MEGABYTE, Payload, Row

_UNPACKED = 256 * MEGABYTE


class Cells(dict[str, Any]):
    """One row of a spreadsheet by column name, cells as they are typed; *number* is its row in the sheet."""

    __slots__ = ("number",)

    def __init__(self, cells: Any, number: int) -> None:
        super().__init__(cells)
        self.number = number


def xlsx_rows(
    payload: Payload, *, sheet: str, expect: Sequence[str], header_row: int = 1, more: bool = False
) -> Iterator[Cells]:
    """Yield the rows of *sheet* under the header in *header_row*, as csv_rows does, without empty rows."""
    book = _book(payload)
    try:
        if sheet not in book.sheetnames:
            raise ShapeError(f"expected the sheet {sheet!r}, found {', '.join(book.sheetnames)}")
        rows = book[sheet].iter_rows(min_row=header_row, values_only=True)
        names = ["" if cell is None else str(cell).strip() for cell in next(rows, ())]
        while names and not names[-1]:
            names.pop()
        check_header(names, expect, more=may_evolve(payload, more), row=header_row)
        note_added(payload, names, expect)
        numbered = ((cells, number) for number, cells in enumerate(rows, header_row + 1))
        for cells, number in kept_rows(numbered, payload):
            if any(cell is not None for cell in cells):
                if any(cell is not None for cell in cells[len(names) :]):
                    raise ShapeError(f"expected {len(names)} cells, found more", row=number, raw=str(cells))
                yield Cells(zip(names, cells, strict=False), number)
    finally:
        book.close()


def _book(payload: Payload) -> Any:
    import openpyxl  # noqa: PLC0415 - large, and few processes ever read a workbook

    try:
        with zipfile.ZipFile(io.BytesIO(payload.content)) as pack:
            size = sum(part.file_size for part in pack.infolist())
        if size > _UNPACKED:
            raise ShapeError(f"expected at most {_UNPACKED} bytes unpacked, found {size}")
        with warnings.catch_warnings():
            # styles and extensions that openpyxl does not know say nothing about the figures
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(payload.content), read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        start = payload.content[:20]
        raise ShapeError(f"expected a spreadsheet (xlsx), found {start!r} ({error})") from None


def html_rows(payload: Payload, *, expect: Sequence[str], encoding: str = "utf-8-sig") -> Iterator[Row]:
    """Yield the rows of the page's one table whose header names exactly the columns *expect*.

    A cell that spans columns or rows counts in each of them. *number* is the row within the table.
    """
    page = _Tables()
    page.feed(text(payload, encoding))
    page.close()
    fitting = [table for table in page.tables if table and sorted(table[0]) == sorted(expect)]
    if len(fitting) != 1:
        headers = "; ".join(", ".join(table[0]) for table in page.tables if table) or "no table"
        raise ShapeError(
            f"expected one table with the columns {', '.join(expect)}, found {len(fitting)} ({headers[:240]})"
        )
    names, *rows = fitting[0]
    for cells, number in kept_rows(((cells, number) for number, cells in enumerate(rows, 2)), payload):
        if len(cells) != len(names):
            raise ShapeError(f"expected {len(names)} cells, found {cells!r}", row=number, raw="|".join(cells))
        yield Row(zip(names, cells, strict=True), number)


class _Tables(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self._cell: list[str] | None = None
        self._span = (1, 1)
        self._below: dict[int, tuple[int, str]] = {}  # column -> rows still to fill, and with what

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
            self._below = {}
        elif tag == "tr" and self.tables:
            self._end_cell()
            self.tables[-1].append([])
        elif tag in {"td", "th"} and self.tables and self.tables[-1]:
            self._end_cell()
            said = dict(attrs)
            self._cell, self._span = [], (_span(said.get("colspan")), _span(said.get("rowspan")))
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th", "tr", "table"}:
            self._end_cell()
        if tag == "tr" and self.tables and self.tables[-1]:
            self._fill(self.tables[-1][-1])

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        row = self.tables[-1][-1]
        words = " ".join("".join(self._cell).split())
        self._cell = None
        self._fill(row)
        across, down = self._span
        for _ in range(across):
            if down > 1:
                self._below[len(row)] = (down - 1, words)
            row.append(words)

    def _fill(self, row: list[str]) -> None:
        while (waiting := self._below.pop(len(row), None)) is not None:
            rows, words = waiting
            if rows > 1:
                self._below[len(row)] = (rows - 1, words)
            row.append(words)


def _span(words: str | None) -> int:
    return min(int(words), 100) if words and words.isdecimal() and int(words) else 1
