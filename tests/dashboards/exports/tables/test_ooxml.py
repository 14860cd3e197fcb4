"""Sheets written as text."""

from __future__ import annotations

import pytest

from dashboards.exports.tables.ooxml import WRAPPED, Cells, Sheet, Texts, letters, sheet_xml, width


@pytest.mark.parametrize(
    ("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (702, "AAA")]
)
def test_columns_are_named_as_spreadsheets_name_them(column, name) -> None:
    assert letters(column) == name


def test_a_chinese_character_takes_the_room_of_two() -> None:
    assert width("澳門 5G") == 7


def test_a_text_that_comes_again_is_kept_once() -> None:
    texts = Texts()
    sheet = Sheet(name="x", columns=(Cells(label="a", cells=["same", "same", ""]),))
    xml = sheet_xml(sheet, texts, first=True)
    assert list(texts.places) == ["a", "same"]
    assert xml.count("<v>1</v>") == 2
    assert 'r="A4"' not in xml.split("<sheetData>")[1].replace('<row r="4">', "")


def test_a_sheet_without_rows_has_its_labels() -> None:
    texts = Texts()
    xml = sheet_xml(
        Sheet(name="x", columns=(Cells(label="only", cells=[]),), filtered=True), texts, first=False
    )
    assert '<autoFilter ref="A1:A1"/>' in xml


def test_a_number_that_is_none_leaves_its_cell_out() -> None:
    xml = sheet_xml(
        Sheet(name="x", columns=(Cells(label="n", cells=[float("inf"), float("nan"), None]),)),
        Texts(),
        first=True,
    )
    assert xml.count("<v>") == 1


def test_a_long_text_has_the_lines_it_needs_and_chinese_the_height() -> None:
    cells = Cells(label="x", cells=["short", "字" * 100, "a\nb\nc"], styles=WRAPPED)
    xml = sheet_xml(Sheet(name="x", columns=(cells,)), Texts(), first=True)
    assert '<row r="2">' in xml
    assert '<row r="3" ht="70" customHeight="1">' in xml
    assert '<row r="4" ht="45" customHeight="1">' in xml
