"""Files opened by an office suite as people open them: nothing to repair, Chinese right, cells inert."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from pptx import Presentation
from pypdf import PdfReader

from dashboards.exports.tables import comma
from dashboards.i18n import LANGUAGES
from tests.dashboards.exports.tellings import of_cells

pytestmark = [
    pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice is installed"),
    pytest.mark.timeout(400),
    pytest.mark.xdist_group("nine"),
]
HOSTILE = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\r=1+1", "＝1+1", "澳門 佛山", "澳门 佛山", 'a,b"c')
NUMBERS = (-336.5, -1.0, 0.0, 65000.0, None, 0.25, 1e9, -2e-3, 5.0, 7.0)
UTF8_WITH_COMMAS = "CSV:44,34,76,1"


def converted(folder: Path, names: list[Path], form: str, *more: str) -> None:
    """Open files and keep them in another form, by an office of its own."""
    home = f"-env:UserInstallation=file://{folder}/office"
    command = ["soffice", home, "--headless", *more, "--convert-to", form, "--outdir", str(folder / "made")]
    subprocess.run([*command, *map(str, names)], check=True, capture_output=True, timeout=300)


def test_csv_in_a_spreadsheet_keeps_chinese_numbers_and_inert_cells(opening_desk, tmp_path) -> None:
    telling = of_cells(opening_desk, list(HOSTILE), list(NUMBERS), [None] * len(HOSTILE))
    file = tmp_path / "table.csv"
    file.write_bytes(comma.write(telling))
    converted(tmp_path, [file], "xlsx", f"--infilter={UTF8_WITH_COMMAS}")
    sheet = openpyxl.load_workbook(tmp_path / "made" / "table.xlsx").active
    rows = list(sheet.iter_rows(min_row=2))
    assert [row[1].value for row in rows] == list(NUMBERS)
    assert all(row[1].data_type == "n" for row in rows if row[1].value is not None)
    for row, said in zip(rows, HOSTILE, strict=True):
        assert row[0].data_type == "s", said
        assert said.strip() in str(row[0].value)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_workbooks_and_slides_of_panels_open_without_repair(web, tmp_path, lang: str) -> None:
    asked = {"map": "/", "fiveg-ranking": "/connectivity", "quarantine": "/sources", "work-items": "/"}
    files = []
    for panel, page in asked.items():
        for form in ("xlsx", "pptx"):
            answer = web.get(f"/api/v1/panels/{panel}?page={page}&lang={lang}&format={form}")
            assert answer.status_code == 200
            files.append(tmp_path / f"{panel}.{form}")
            files[-1].write_bytes(answer.data)
    converted(tmp_path, files[::2], "csv")
    converted(tmp_path, files[1::2], "pdf")
    for panel in asked:
        assert (tmp_path / "made" / f"{panel}.csv").stat().st_size
        slides = Presentation(tmp_path / f"{panel}.pptx").slides
        pages = PdfReader(io.BytesIO((tmp_path / "made" / f"{panel}.pdf").read_bytes())).pages
        assert len(pages) == len(slides)
        title = "".join(slides[0].shapes.title.text_frame.text.split())
        assert title in "".join(pages[0].extract_text().split())
