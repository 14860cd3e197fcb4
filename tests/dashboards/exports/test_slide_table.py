"""Native tables: every row, none cut off, as many slides as needed."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from dashboards.exports.columns import Column
from dashboards.exports.images import inlined, paper
from dashboards.exports.slide_table import MOST_ROWS, grid, pages, row_height
from dashboards.i18n import LANGUAGES
from tests.dashboards.exports.decks import opened
from tests.dashboards.exports.everything import everything, one


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_parts_of_a_table_hold_all_of_its_rows_and_fit_their_slides(opening_desk, lang: str) -> None:
    style = paper(opening_desk, lang, inlined(opening_desk))
    for told in everything(opening_desk, lang):
        if not len(told.rows):
            continue
        table = grid(told, style, 880)
        parts = list(pages(table, style, 330))
        assert [row for part in parts for row in part.rows] == list(table.rows)
        assert len(table.rows) + table.left_out == len(told.rows)
        assert sum(table.widths) <= 881
        for part in parts:
            high = sum(row_height(row, part.widths, style) for row in (part.labels, *part.rows))
            assert high <= 330 or len(part.rows) == 1


def test_figures_stand_in_the_table_as_the_panel_writes_them(opening_desk) -> None:
    told = one(opening_desk, "zh-Hant", "newest")
    slides = opened(opening_desk, [told], "zh-Hant").slides
    cells = [cell.text for slide in slides for shape in slide.shapes if shape.has_table
             for row in shape.table.rows for cell in row.cells]  # fmt: skip
    assert set(told.rows["figure"]) <= set(cells)


def test_rows_beyond_what_slides_can_bear_are_told_of(opening_desk) -> None:
    told = one(opening_desk, "en", "newest")
    many = replace(told, rows=pd.concat([told.rows] * 20, ignore_index=True))
    slides = opened(opening_desk, [many]).slides
    last = "\n".join(shape.text_frame.text for shape in slides[-1].shapes if shape.has_text_frame)
    assert f"More rows in the table at the address below: {len(many.rows) - MOST_ROWS}." in last


def test_hostile_cells_are_only_text(opening_desk) -> None:
    told = one(opening_desk, "en", "newest")
    hostile = ["<a:t>&amp;</a:t>", "\x00\x0b\uffff", "]]>", "=1+1"]
    rows = pd.DataFrame({"said": hostile})
    telling = replace(told, rows=rows, columns=(Column(id="said", label="Said", kind="text"),))
    slide = opened(opening_desk, [telling]).slides[0]
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    assert [row.cells[0].text for row in list(table.rows)[1:]] == ["<a:t>&amp;</a:t>", "", "]]>", "=1+1"]


def test_the_first_row_is_a_header_for_those_who_hear_the_table(opening_desk) -> None:
    slide = opened(opening_desk, [one(opening_desk, "en", "newest")]).slides[0]
    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    assert table.first_row
