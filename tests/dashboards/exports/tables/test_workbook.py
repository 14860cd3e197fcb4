"""XLSX, read back with another library and opened in LibreOffice."""

from __future__ import annotations

import io
import math
import shutil
import subprocess
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboards.exports.tables.workbook import write
from tests.dashboards.exports.tellings import of_cells, of_panel

OFFICE = shutil.which("soffice")


def sheets(body: bytes):
    return openpyxl.load_workbook(io.BytesIO(body)).worksheets


def test_six_sheets_in_the_readers_language(opening_desk) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write(of_panel(opening_desk, "zh-Hant"))))
    assert book.sheetnames == ["關於", "篩選條件", "數字", "數字（代碼）", "定義", "資料來源"]
    assert book.properties.language == "zh-Hant-HK"
    assert book.properties.title == "5G基站數目"


def test_a_qualified_figure_is_a_number_that_reads_with_its_qualifier(opening_desk) -> None:
    telling = of_panel(opening_desk)
    labelled = sheets(write(telling))[2]
    at = [cell.value for cell in labelled[1]].index("Value") + 1
    over = telling.rows.index[telling.rows["qualifier"].eq("over")][0]
    cell = labelled.cell(row=over + 2, column=at)
    assert cell.value == telling.rows["value"][over]
    assert cell.number_format == '"over "#,##0'


def test_both_figure_sheets_hold_every_row_and_can_be_filtered(opening_desk) -> None:
    telling = of_panel(opening_desk)
    for sheet in sheets(write(telling))[2:4]:
        assert sheet.max_row == len(telling.rows) + 1
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")


def test_nothing_in_a_cell_is_ever_a_formula(opening_desk) -> None:
    hostile = ["=1+1", "+1", "-1", "@x", "＝1", '=HYPERLINK("http://x")', "\t=1"]
    body = write(of_cells(opening_desk, hostile, [-1.5] * 7, [date(2025, 5, 15)] * 7))
    cells = [cell for sheet in sheets(body) for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    told = [row[0].value for row in sheets(body)[2].iter_rows(min_row=2)]
    assert told == hostile


def test_a_column_that_says_nothing_is_left_out_of_the_labelled_sheet(opening_desk) -> None:
    body = write(of_cells(opening_desk, ["x"], [1.0], [None]))
    assert [cell.value for cell in sheets(body)[2][1]] == ["Said", "Value"]


def test_days_numbers_and_nothing_keep_their_kinds(opening_desk) -> None:
    body = write(of_cells(opening_desk, ["x", "y"], [-1234.5, None], [date(2025, 5, 15), None]))
    first, second = sheets(body)[2].iter_rows(min_row=2, values_only=True)
    assert first == ("x", -1234.5, datetime(2025, 5, 15))  # noqa: DTZ001 - as the library reads a day
    assert second == ("y", None, None)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    st.lists(
        st.text(
            st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
            min_size=1,
            max_size=12,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_any_text_comes_back(opening_desk, texts) -> None:
    body = write(of_cells(opening_desk, texts, [1.0] * len(texts), [None] * len(texts)))
    told = [row[0].value for row in sheets(body)[2].iter_rows(min_row=2)]
    assert told == texts


def test_signs_that_xml_has_no_place_for_are_left_out(opening_desk) -> None:
    body = write(of_cells(opening_desk, ["a\x00b\x1fc", "_x0041_"], [1.0, 2.0], [None, None]))
    assert [row[0].value for row in sheets(body)[2].iter_rows(min_row=2)] == ["abc", "_x0041_"]


def test_a_table_of_texts_alone_has_them_under_their_ids_too(opening_desk) -> None:
    whole = of_cells(opening_desk, ["x"], [1.0], [None])
    words = replace(whole, columns=whole.columns[:1], rows=whole.rows[["said"]])
    labelled, coded = sheets(write(words))[2:4]
    assert [row[0].value for row in labelled] == ["Said", "x"]
    assert [row[0].value for row in coded] == ["said", "x"]


def test_the_same_question_has_the_same_bytes(opening_desk) -> None:
    assert write(of_panel(opening_desk)) == write(of_panel(opening_desk))


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed: soffice opens the workbook")
@pytest.mark.parametrize("lang", ["en", "zh-Hant", "zh-Hans"])
def test_libreoffice_opens_it_and_reads_the_same_figures(opening_desk, lang, tmp_path) -> None:
    telling = of_panel(opening_desk, lang)
    file = tmp_path / "figures.xlsx"
    file.write_bytes(write(telling))
    office = [OFFICE, "--headless", f"-env:UserInstallation=file://{tmp_path}/office", "--convert-to"]
    for form, folder, read in (
        ("ods", tmp_path, file),
        ("xlsx", tmp_path / "back", tmp_path / "figures.ods"),
    ):
        asked = [*office, form, "--outdir", str(folder), str(read)]
        subprocess.run(asked, check=True, capture_output=True, timeout=120)
    labelled = openpyxl.load_workbook(tmp_path / "back" / "figures.xlsx").worksheets[2]
    rows = list(labelled.iter_rows(values_only=True))
    place = rows[0].index(next(column.label for column in telling.columns if column.id == "value"))
    told = [row[place] for row in rows[1:]]
    assert told == [None if math.isnan(value) else value for value in telling.rows["value"].tolist()]
