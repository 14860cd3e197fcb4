"""What is around the sheets of an XLSX file."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree as ET

from dashboards.exports.tables.ooxml_frame import Properties, frame_parts, safe, sheet_name, zipped

SAID = Properties(
    title='<&"> 標題', subject="s", author="a", keywords="k", description="d", language="zh-Hant-HK",
    created="2026-11-21T00:00:00Z", font="Calibri",
)  # fmt: skip


def test_every_part_is_well_formed_whatever_the_names() -> None:
    parts = frame_parts([("a & <b>", "C5"), ("數字", "")], SAID)
    for text in parts.values():
        ET.fromstring(text)  # noqa: S314 - our own text
    assert "a &amp; &lt;b&gt;" in parts["xl/workbook.xml"]


def test_a_sheet_is_named_within_what_a_spreadsheet_allows() -> None:
    assert sheet_name("a/b:c*[d]?'" + "x" * 40) == "a b c  d   " + "x" * 20


def test_text_that_looks_escaped_stays_text() -> None:
    assert safe("_x0041_ & \x00") == "_x005F_x0041_ &amp; "


def test_packed_parts_have_no_trace_of_when() -> None:
    first, second = zipped({"a": "x"}), zipped({"a": "x"})
    assert first == second
    assert zipfile.ZipFile(io.BytesIO(first)).infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)
