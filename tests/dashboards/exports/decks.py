"""Decks made in tests, opened again, and what the workbooks behind their charts hold."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from pptx import Presentation

from dashboards.exports.images import inlined, paper
from dashboards.exports.slides import Cover, Slide, deck
from dashboards.exports.telling import Telling


def made(desk, tellings: list[Telling | Slide | Cover], lang: str = "en", **more: Any) -> bytes:
    """Return a deck of *tellings*."""
    shapes = inlined(desk)
    slides = [Slide(telling=each) if isinstance(each, Telling) else each for each in tellings]
    return deck(slides, desk.words[lang], lambda code, theme: paper(desk, code, shapes, theme), **more)


def opened(desk, tellings: list[Telling | Slide | Cover], lang: str = "en", **more: Any):
    """Return the deck of *tellings*, opened."""
    return Presentation(BytesIO(made(desk, tellings, lang, **more)))


def charts(slide) -> list[Any]:
    """Return the native charts of a slide."""
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def held(chart) -> list[list[Any]]:
    """Return the cells of the workbook behind a chart, as whoever edits its data sees them."""
    book = load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    return [list(row) for row in book.active.iter_rows(values_only=True)]


def texts(slide) -> str:
    """Return all words on a slide, in reading order."""
    found = []
    for shape in slide.shapes:
        if shape.has_text_frame:
            found.append(shape.text_frame.text)
        elif shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)
