"""The workbook behind a chart: numbers that read with their qualifier."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook

from dashboards.i18n import LANGUAGES
from tests.dashboards.exports.decks import charts, opened
from tests.dashboards.exports.everything import one


def cells(chart) -> dict[float, set[str]]:
    """Return the numbers of the workbook behind a chart, with how each is shown."""
    book = load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    found: dict[float, set[str]] = {}
    for row in book.active.iter_rows():
        for cell in row:
            if isinstance(cell.value, int | float):
                found.setdefault(float(cell.value), set()).add(cell.number_format)
    return found


@pytest.mark.parametrize("panel", ["fiveg-ranking", "fiveg-guangdong", "iam-smart-users", "balance"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_number_whose_data_are_edited_shows_its_qualifier(opening_desk, lang: str, panel: str) -> None:
    told = one(opening_desk, lang, panel)
    (chart,) = charts(opened(opening_desk, [told], lang).slides[0])
    held = cells(chart)
    stated = told.rows[told.rows["value"].notna()]
    drawn = [row for row in stated.itertuples() if row.value in held]
    assert drawn
    for row in drawn:
        qualifier = getattr(row, "qualifier", "exact") or "exact"
        before = told.words.t(f"qualifier.{qualifier}_pattern", n="\0").split("\0")[0].strip()
        assert any(before in form for form in held[row.value]), (row.figure, held[row.value])


def test_an_exact_figure_bears_no_words(opening_desk) -> None:
    (chart,) = charts(opened(opening_desk, [one(opening_desk, "en", "mobile-data")]).slides[0])
    assert {form for forms in cells(chart).values() for form in forms if "mm" not in form} <= {
        "#,##0",
        "#,##0.0###",
    }
