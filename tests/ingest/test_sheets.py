"""Spreadsheets and tables of web pages."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import openpyxl
import pytest

from ingest import sheets
from ingest.errors import ShapeError
from ingest.sheets import html_rows, xlsx_rows
from tests.ingest.making import payload


def book(rows: list[list[object]], sheet: str = "Data") -> bytes:
    made = openpyxl.Workbook()
    made.active.title = sheet
    for row in rows:
        made.active.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


MAY_15 = datetime(2025, 5, 15)  # noqa: DTZ001  a sheet has no zone


def test_a_sheet_is_read_by_name_with_typed_cells():
    content = book([["About"], ["Day", "Count"], [MAY_15, 7], [None, None], [45792, 8]])
    found = list(xlsx_rows(payload(content), sheet="Data", expect=("Day", "Count"), header_row=2))
    assert [(row["Day"], row["Count"], row.number) for row in found] == [
        (MAY_15, 7, 3),
        (45792, 8, 5),
    ]


def test_another_sheet_header_or_file_is_refused():
    good = book([["Day", "Count"], [1, 2]])
    with pytest.raises(ShapeError, match="expected the sheet 'Other', found Data"):
        list(xlsx_rows(payload(good), sheet="Other", expect=("Day", "Count")))
    with pytest.raises(ShapeError, match="missing 'Total'"):
        list(xlsx_rows(payload(good), sheet="Data", expect=("Day", "Total")))
    with pytest.raises(ShapeError, match="found more"):
        list(xlsx_rows(payload(book([["Day"], [1, 2]])), sheet="Data", expect=("Day",)))
    for wrong in (b"a,b\n1,2\n", good[:200], b""):
        with pytest.raises(ShapeError, match="spreadsheet"):
            list(xlsx_rows(payload(wrong), sheet="Data", expect=("Day",)))


def test_a_spreadsheet_that_unpacks_to_a_flood_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sheets, "_UNPACKED", 1000)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("xl/workbook.xml", bytes(100_000))
    with pytest.raises(ShapeError, match="unpacked"):
        list(xlsx_rows(payload(file.getvalue()), sheet="Data", expect=("Day",)))


TABLE = """<html><body><table><tr><td>menu</td></tr></table>
<table><tr><th>Point</th><th>Way</th><th>Cars</th></tr>
<tr><td rowspan="2">Lo&nbsp;Wu</td><td>in</td><td>1,234</td></tr>
<tr><td>out</td><td>-</td></tr><tr><td colspan=2>All</td><td>9<br>9</td></tr></table></body></html>"""


def test_the_one_fitting_table_of_a_page_is_read_with_its_spans():
    found = [tuple(row.values()) for row in html_rows(payload(TABLE), expect=("Point", "Way", "Cars"))]
    assert found == [("Lo Wu", "in", "1,234"), ("Lo Wu", "out", "-"), ("All", "All", "9 9")]


def test_a_page_without_the_table_says_what_it_has():
    with pytest.raises(ShapeError, match=r"found 0 .menu; Point, Way, Cars"):
        list(html_rows(payload(TABLE), expect=("Point", "Cars")))


def test_a_ragged_table_is_refused():
    ragged = "<table><tr><th>a<th>b</tr><tr><td>1</tr></table>"
    with pytest.raises(ShapeError, match="row 2: expected 2 cells"):
        list(html_rows(payload(ragged), expect=("a", "b")))
