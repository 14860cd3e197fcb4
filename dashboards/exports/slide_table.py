"""Native tables on slides: the columns a reader wants, rows measured so that none is cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboards.exports import fonts
from dashboards.exports.columns import SPECS
from dashboards.exports.slide_master import EAST_ASIAN, PROOFED
from dashboards.exports.slide_words import LEAD, SLACK, Box, rgb
from dashboards.exports.telling import Telling
from dashboards.figures.drawn import Areas
from dashboards.figures.rows import absence_words, figure_words, period_words
from dashboards.style import Style

SIZE = 11.0
_PAD = 5.0
_DOWN = 3.5
_LEAST, _KEPT, _MOST = 56.0, 104.0, 300.0
"""Widths of a column in points: at least, what a crowded table leaves each, and at most."""

MOST_COLUMNS = 7
MOST_ROWS = 90
"""Rows beyond this are told of in words: a table of hundreds of rows belongs in a workbook."""

_READ = ("label", "place", "indicator", "direction", "breakdown_words", "period", "figure", "unit", "status_words",
         "basis", "source")  # fmt: skip
_SPARED = ("source", "basis", "status_words", "unit", "breakdown_words", "direction")
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_UNWRITTEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_KNOWN = frozenset(spec.id for spec in SPECS)


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table as texts: labels of its columns, their widths in points, which are set right, its rows."""

    labels: tuple[str, ...]
    widths: tuple[float, ...]
    right: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: int = 0


def _text(cell: Any, style: Style) -> str:
    if cell is None or cell != cell:  # noqa: PLR0124 (not a number)
        return ""
    if isinstance(cell, date):
        return style.words.day(cell)
    return style.number(cell) if isinstance(cell, float) else str(cell)


def _shown(telling: Telling, cells: dict[str, list[str]]) -> list[str]:
    """Return the ids of the columns for a reader: the panel's own, and those that tell something."""
    own = [column.id for column in telling.columns if column.id not in _KNOWN and column.kind != "code"]
    wanted = [*own, *(name for name in _READ if name in cells)]
    told = [name for name in dict.fromkeys(wanted) if name in cells and any(cells[name])]
    if "label" in told and cells.get("label") == cells.get("place"):
        told.remove("label")
    for name in ("unit", "basis", "indicator"):
        if name in told and len(set(cells[name])) == 1 and len(told) > 3:
            told.remove(name)
    for name in _SPARED:
        if len(told) > MOST_COLUMNS and name in told:
            told.remove(name)
    return told[:MOST_COLUMNS]


def grid(telling: Telling, style: Style, room: float, most: int = MOST_ROWS) -> Grid:
    """Return the first *most* rows of *telling* as a table of *room* points across."""
    rows = telling.rows.head(most)
    cells = {
        column.id: [_text(cell, style) for cell in rows[column.id]]
        for column in telling.columns
        if column.kind != "code"
    }
    shown = _shown(telling, cells)
    labels = {column.id: column.label for column in telling.columns}
    kinds = {column.id: column.kind for column in telling.columns}
    widths = _widths([[labels[name], *cells[name]] for name in shown], style, room)
    return Grid(
        labels=tuple(labels[name] for name in shown),
        widths=tuple(widths),
        right=tuple(name == "figure" or kinds[name] == "number" for name in shown),
        rows=tuple(zip(*(cells[name] for name in shown), strict=True)),
        left_out=len(telling.rows) - len(rows),
    )


def _widths(columns: Sequence[Sequence[str]], style: Style, room: float) -> list[float]:
    """Return the columns' widths: each as wide as its widest cell within reason, together *room*."""
    wanted = [
        min(
            max(
                max(fonts.width(text, SIZE, style.lang) for text in texts) * SLACK[style.lang] + 2 * _PAD,
                _LEAST,
            ),
            _MOST,
        )
        for texts in columns
    ]
    total = sum(wanted)
    if total <= room:
        wanted[0] += min(room - total, 120.0) if len(wanted) < 4 else room - total
        return wanted
    spare = sum(max(width - _KEPT, 0.0) for width in wanted) or 1.0
    return [width - (total - room) * max(width - _KEPT, 0.0) / spare for width in wanted]


def row_height(texts: Sequence[str], widths: Sequence[float], style: Style) -> float:
    """Return the points a row takes down."""
    most = max(
        len(fonts.lines(text, SIZE, (width - 2 * _PAD) / SLACK[style.lang], style.lang) or [""])
        for text, width in zip(texts, widths, strict=True)
    )
    return most * SIZE * LEAD + 2 * _DOWN


def pages(table: Grid, style: Style, room: float) -> Iterator[Grid]:
    """Yield *table* in parts that fit in *room* points down, each with the labels on top."""
    head = row_height(table.labels, table.widths, style)
    rows: list[tuple[str, ...]] = []
    used = head
    for row in table.rows:
        high = row_height(row, table.widths, style)
        if rows and used + high > room:
            yield _part(table, rows)
            rows, used = [], head
        rows.append(row)
        used += high
    if rows:
        yield _part(table, rows, table.left_out)


def _part(table: Grid, rows: Sequence[tuple[str, ...]], left_out: int = 0) -> Grid:
    return Grid(
        labels=table.labels, widths=table.widths, right=table.right, rows=tuple(rows), left_out=left_out
    )


def put(shapes: Any, table: Grid, x: float, y: float, style: Style) -> Any:
    """Add *table* with its upper left corner at *x*, *y* points; return its graphic frame."""
    heights = [row_height(texts, table.widths, style) for texts in (table.labels, *table.rows)]
    frame = shapes.add_table(1, 1, *Box(x=x, y=y, wide=sum(table.widths), high=sum(heights)).emu)
    columns = "".join(f'<a:gridCol w="{Pt(width)}"/>' for width in table.widths)
    rows = "".join(
        _row(texts, high, table, style, head=not at)
        for at, (texts, high) in enumerate(zip((table.labels, *table.rows), heights, strict=True))
    )
    made = parse_xml(
        f'<a:tbl {nsdecls("a")}><a:tblPr firstRow="1"><a:tableStyleId>{_NO_STYLE}</a:tableStyleId></a:tblPr>'
        f"<a:tblGrid>{columns}</a:tblGrid>{rows}</a:tbl>"
    )
    held = frame._element.graphic.graphicData
    held.replace(held.find(qn("a:tbl")), made)
    return frame


def _row(texts: Sequence[str], high: float, table: Grid, style: Style, *, head: bool) -> str:
    """Return a row as it is written; python-pptx would take a millisecond for each cell."""
    palette = style.palette
    ink, edge = (palette.soft, palette.soft) if head else (palette.ink, palette.line)
    size, lead = round(SIZE * 100), round(SIZE * LEAD * 100)
    spoken = f'lang="{PROOFED[style.lang]}" sz="{size}" b="{int(head)}"'
    look = (
        f'<a:solidFill><a:srgbClr val="{rgb(ink)}"/></a:solidFill><a:ea typeface="{EAST_ASIAN[style.lang]}"/>'
    )
    margins = f'marL="{Pt(_PAD)}" marR="{Pt(_PAD)}" marT="{Pt(_DOWN)}" marB="{Pt(_DOWN)}"'
    line = f'<a:lnB w="9525"><a:solidFill><a:srgbClr val="{rgb(edge)}"/></a:solidFill></a:lnB>'
    cells = "".join(
        f'<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn="{"r" if right else "l"}"><a:lnSpc>'
        f'<a:spcPts val="{lead}"/></a:lnSpc></a:pPr>{_run(text, spoken, look)}<a:endParaRPr {spoken}/></a:p></a:txBody>'
        f"<a:tcPr {margins}>{line}<a:noFill/></a:tcPr></a:tc>"
        for text, right in zip(texts, table.right, strict=True)
    )
    return f'<a:tr h="{Pt(high)}">{cells}</a:tr>'


def _run(text: str, spoken: str, look: str) -> str:
    return (
        f"<a:r><a:rPr {spoken}>{look}</a:rPr><a:t>{escape(_UNWRITTEN.sub('', text))}</a:t></a:r>"
        if text
        else ""
    )


def figures(drawn: Areas, style: Style, room: float) -> Grid:
    """Return the figures of a map as a table of *room* points: city, figure, period; then why others have none."""
    known = sorted((row for row in drawn.rows.values() if row.known), key=lambda row: -row.value)
    absent = [row for row in drawn.rows.values() if not row.known]
    rows = [(row.label, figure_words(row, style), period_words(row, style)) for row in known]
    rows += [(row.label, absence_words(row.absence, style), "") for row in absent]
    labels = tuple(style.t(f"column.{name}") for name in ("place", "figure", "period"))
    widths = (room * 0.26, room * 0.4, room * 0.34)
    return Grid(labels=labels, widths=widths, right=(False, True, True), rows=tuple(rows))
