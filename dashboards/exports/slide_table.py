"""Native tables on slides: the columns a reader wants, rows measured so that none is cut off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboards.exports import fonts
from dashboards.exports.readable import MOST_COLUMNS, readable
from dashboards.exports.slide_master import EAST_ASIAN, PROOFED
from dashboards.exports.slide_words import LEAD, SLACK, Box, rgb
from dashboards.exports.telling import Telling
from dashboards.figures.drawn import Areas
from dashboards.figures.lettering import pieces
from dashboards.figures.rows import absence_words, figure_words, period_words
from dashboards.style import Style

SIZE = 11.0
_PAD = 6.5
_DOWN = 3.5
_NARROW, _LEAST, _MOST = 34.0, 56.0, 300.0
_WORD, _LONG = 120.0, 700.0
"""Widths of a column in points: at least in a crowded table and in another, and at most; of a word that isn't broken,
and of a text that counts for how wide its column should be."""

_SHORT = 70.0
"""Points across of a text that is not broken, such as a date."""

MOST_ROWS = 90
"""Rows beyond this are told of in words: a table of hundreds of rows belongs in a workbook."""

_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_UNWRITTEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table as texts: labels of its columns, their widths in points, which are set right, its rows."""

    labels: tuple[str, ...]
    widths: tuple[float, ...]
    right: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    left_out: int = 0


def grid(
    telling: Telling, style: Style, room: float, most: int = MOST_ROWS, columns: int = MOST_COLUMNS
) -> Grid:
    """Return the first *most* rows of *telling* as a table of *room* points across, in *columns* if possible."""
    rows = telling.rows.head(most)
    shown = readable(telling, style, rows, columns)
    return Grid(
        labels=tuple(column.label for column in shown),
        widths=tuple(_widths([[column.label, *column.cells] for column in shown], style, room)),
        right=tuple(column.right for column in shown),
        rows=tuple(zip(*(column.cells for column in shown), strict=True)),
        left_out=len(telling.rows) - len(rows),
    )


def _widths(columns: Sequence[Sequence[str]], style: Style, room: float) -> list[float]:
    """Return the columns' widths, together *room*: each as wide as its widest cell within reason, in a crowded table
    at least as its longest word, the rest shared by how much more there is to say."""
    full = [max(_across(texts, style), _LEAST) for texts in columns]
    wanted = [min(wide, _MOST) for wide in full]
    total = sum(wanted)
    if total <= room:
        most = min(room, total + 120.0) if len(wanted) < 4 else room
        return [wide * most / total for wide in wanted]
    words = [_across(_unbroken(texts, style), style) for texts in columns]
    least = [min(max(word, _NARROW), _WORD, wide) for word, wide in zip(words, wanted, strict=True)]
    least = [wide * min(1.0, room / sum(least)) for wide in least]
    more = [min(wide, _LONG) - low for wide, low in zip(full, least, strict=True)]
    spare = (room - sum(least)) / (sum(more) or 1.0)
    return [low + each * spare for low, each in zip(least, more, strict=True)]


def _unbroken(texts: Sequence[str], style: Style) -> Iterator[str]:
    """Yield what must not be broken in a column: words, and all of a label or a date that is short."""
    for text in texts:
        short = fonts.width(text, SIZE, style.lang) <= _SHORT
        yield from (text,) if short else pieces(text)


def _across(texts: Iterable[str], style: Style) -> float:
    """Return the points that the widest of *texts* takes across in a cell."""
    widest = max((fonts.width(text.rstrip(), SIZE, style.lang) for text in set(texts)), default=0.0)
    return widest * SLACK[style.lang] + 2 * _PAD


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
