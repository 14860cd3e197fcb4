"""What a reader finds in each form: the page, tables, slides and paper, read from their bytes alone."""

from __future__ import annotations

import base64
import csv
import io
import json
import math
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from typing import Any

import numpy as np
import openpyxl
import pyarrow.parquet as pq
from defusedxml.ElementTree import fromstring
from pptx import Presentation
from pypdf import PdfReader

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"


def plain(cell: Any) -> Any:
    """Return a cell as every form can say it: a number, a text, or None for nothing."""
    if cell is None or cell == "" or (isinstance(cell, float) and math.isnan(cell)):
        return None
    if isinstance(cell, datetime):
        return str(cell.date())
    return float(cell) if isinstance(cell, int | float) else str(cell)


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of cells under the ids of their columns; *kinds* and *labels* by id."""

    ids: tuple[str, ...]
    rows: list[list[Any]]
    kinds: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)

    def column(self, name: str) -> list[Any]:
        """Return the cells of a column, [] where there is none."""
        if name not in self.ids:
            return []
        at = self.ids.index(name)
        return [row[at] for row in self.rows]


def from_json(body: bytes) -> Table:
    told = json.loads(body)
    ids = tuple(one["id"] for one in told["columns"])
    return Table(
        ids=ids,
        rows=[[plain(row[name]) for name in ids] for row in told["rows"]],
        kinds={one["id"]: one["kind"] for one in told["columns"]},
        labels={one["id"]: one["label"] for one in told["columns"]},
    )


def from_csv(body: bytes, like: Table) -> Table:
    """Return the table of a CSV file under the ids of *like*, the marks of inert cells taken off."""
    head, *lines = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""))
    assert [_bare(cell) for cell in head] == [like.labels[name] for name in like.ids], head
    rows = [
        [
            plain(float(cell) if cell and like.kinds[name] == "number" else _bare(cell))
            for cell, name in zip(line, like.ids, strict=True)
        ]
        for line in lines
    ]
    return Table(ids=like.ids, rows=rows)


def _bare(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" else cell


def from_parquet(body: bytes) -> Table:
    held = pq.read_table(io.BytesIO(body))
    return Table(
        ids=tuple(held.column_names), rows=[[plain(c) for c in row.values()] for row in held.to_pylist()]
    )


@dataclass(frozen=True, kw_only=True)
class Book:
    """The labelled and the coded sheet of a workbook; *formats* are how the labelled one shows its figures."""

    labelled: Table
    coded: Table
    formats: list[str]


def from_xlsx(body: bytes, like: Table) -> Book:
    """Return both sheets of figures under the ids of *like*."""
    book = openpyxl.load_workbook(io.BytesIO(body)).worksheets
    ids = {like.labels[name]: name for name in like.ids if like.kinds[name] != "code"}
    labelled = _sheet(book[2], ids)
    at = labelled.ids.index("value") + 1 if "value" in labelled.ids else 0
    formats = [row[at - 1].number_format for row in book[2].iter_rows(min_row=2)] if at else []
    return Book(labelled=labelled, coded=_sheet(book[3], {}), formats=formats)


def _sheet(sheet: Any, ids: Mapping[str, str]) -> Table:
    head, *rows = [list(row) for row in sheet.iter_rows(values_only=True)] or [[]]
    return Table(
        ids=tuple(ids.get(name, name) for name in head if name is not None),
        rows=[[plain(cell) for cell in row] for row in rows],
    )


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What a panel shows on its page: all *text* of it, and the *amounts* that bars and dots stand for."""

    text: str
    amounts: list[float]
    drawn: bool = False


def from_page(told: Mapping[str, Any], panel_id: str) -> Shown | None:
    """Return what a panel shows in the answer of its page; None where it has no panel of that name."""
    node = next(_nodes(told, f"panel-{panel_id}"), None)
    if node is None:
        return None
    figures = list(_figures(node))
    return Shown(
        text=re.sub(r"\s+", " ", unescape(" ".join(_texts(node)))),  # spaces that do not break are spaces
        amounts=[number for one in figures for number in amounts(one)],
        drawn=bool(figures),
    )


def _nodes(told: Any, name: str) -> Iterator[Mapping[str, Any]]:
    if isinstance(told, Mapping):
        if told.get("props", {}).get("id") == name:
            yield told
        for held in told.values():
            yield from _nodes(held, name)
    elif isinstance(told, list):
        for held in told:
            yield from _nodes(held, name)


def _figures(told: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(told, Mapping):
        for name, held in told.items():
            if name == "figure" and isinstance(held, Mapping):
                yield held
            else:
                yield from _figures(held)
    elif isinstance(told, list):
        for held in told:
            yield from _figures(held)


SAID = frozenset({"children", "aria-label", "title", "alt", "label", "headerName", "text", "hovertext", "customdata",
                  "ticktext", "rowData"})  # fmt: skip


def _texts(told: Any, *, said: bool = False) -> Iterator[str]:
    """Yield what can be read of a component: words, markup, rows of a grid, the words in a chart."""
    if isinstance(told, str | int | float):
        if said:
            yield re.sub(r"<[^>]*>", " ", str(told))
    elif isinstance(told, list):
        for held in told:
            yield from _texts(held, said=said)
    elif isinstance(told, Mapping):
        for name, held in told.items():
            if name == "data-html":
                yield re.sub(r"<[^>]*>", " ", held)
                yield from re.findall(r'(?:src|alt|aria-label)="([^"]*)"', held)
            else:
                yield from _texts(
                    held, said=name in SAID or (said and isinstance(held, Mapping | list)) or _in_row(told)
                )


def _in_row(told: Mapping[str, Any]) -> bool:
    return "props" not in told and "namespace" not in told and "type" not in told and "layout" not in told


def amounts(figure: Mapping[str, Any]) -> list[float]:
    """Return every number that a bar or a dot of *figure* stands for."""
    found: list[float] = []
    for trace in figure["data"]:
        if trace.get("type") == "bar":
            found += numbers(trace.get("x" if trace.get("orientation") == "h" else "y"))
        elif trace.get("type", "scatter") == "scatter" and "markers" in trace.get("mode", ""):
            found += numbers(trace.get("y"))
    return found


def numbers(held: Any) -> list[float]:
    """Return the numbers of an array as plotly writes it, packed or not."""
    if isinstance(held, Mapping):
        held = np.frombuffer(base64.b64decode(held["bdata"]), dtype=held["dtype"]).tolist()
    return [
        float(one)
        for one in held or []
        if isinstance(one, int | float) and not isinstance(one, bool) and math.isfinite(one)
    ]


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A native chart on a slide: the numbers it draws, and those in the workbook behind it with how they show there."""

    values: list[float]
    cells: list[float]
    words: list[str]
    formats: dict[float, set[str]]


@dataclass(frozen=True, kw_only=True)
class Slides:
    """What slides say: *text* of slides and notes, their native *charts*, whether there is a *picture*."""

    text: str
    charts: list[Drawn]
    picture: bool


def from_pptx(body: bytes) -> Slides:
    deck = Presentation(io.BytesIO(body))
    texts, charts, picture = [], [], False
    for slide in deck.slides:
        texts += [one.text or "" for one in slide._element.iter(TEXT)]
        texts.append(slide.notes_slide.notes_text_frame.text)
        texts += [one.get("descr", "") for one in slide._element.iter() if one.get("descr")]
        for shape in slide.shapes:
            picture = picture or shape.shape_type == 13
            if shape.has_chart:
                charts.append(_chart(shape.chart))
                texts += [one.text or "" for one in shape.chart._chartSpace.iter(TEXT)]
                texts += [one.text or "" for one in shape.chart._chartSpace.iter(f"{CHART}v")]
    return Slides(text="\n".join(texts), charts=charts, picture=picture)


def _chart(chart: Any) -> Drawn:
    space = chart._chartSpace
    values = [
        float(point.find(f"{CHART}v").text)
        for name in ("val", "yVal")
        for held in space.iter(f"{CHART}{name}")
        for point in held.iter(f"{CHART}pt")
    ]
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    amounts = [cell for cell in cells if isinstance(cell.value, int | float)]
    formats: dict[float, set[str]] = {}
    for cell in amounts:
        formats.setdefault(float(cell.value), set()).add(cell.number_format)
    return Drawn(
        values=values,
        cells=[float(cell.value) for cell in amounts],
        words=[cell.value for cell in cells if isinstance(cell.value, str)],
        formats=formats,
    )


def from_pdf(body: bytes) -> str:
    """Return all text of a PDF without its spaces and line ends, which paper sets as it must."""
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def parts(body: bytes) -> Sequence[str]:
    """Return the names of what is in a zipped file, each of which must be well-formed where it is XML."""
    with zipfile.ZipFile(io.BytesIO(body)) as held:
        for name in held.namelist():
            if name.endswith((".xml", ".rels")):
                fromstring(held.read(name))
        return held.namelist()
