"""Packs read back: the record that a file carries, and what its reader sees in it."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

from defusedxml.ElementTree import ParseError, fromstring
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from dashboards.briefings.packs.record import FORM
from dashboards.briefings.packs.slideshow import ITEM, SPACE

HEADS = {b"%PDF": "pdf", b"PK\x03\x04": "pptx", b"<!do": "html"}
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_CHART = re.compile(r"charts/(chart[^\"]*\.xml)")
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_VALUE = "{http://schemas.openxmlformats.org/drawingml/2006/chart}v"
_HELD = {"gba-figures", "deck-data"}


class NotAPackError(ValueError):
    """Says that a file is no pack, or is damaged."""


@dataclass(frozen=True, kw_only=True)
class Read:
    """A pack as it was read: its *form*, its *record*, and *shown*: what stands on each slide, text by text.

    A PDF has one long text; slides with a picture in them are named in *pictured*, by their number from 0.
    """

    form: str
    record: dict[str, Any]
    shown: tuple[tuple[str, ...], ...]
    pictured: frozenset[int] = frozenset()


def is_pack(path: Path) -> bool:
    """Say whether *path* begins as a pack does, so that it is worth reading as one."""
    with path.open("rb") as held:
        head = held.read(4)
    if HEADS.get(head) != "pptx":
        return head in HEADS
    try:
        with zipfile.ZipFile(path) as file:
            return "ppt/presentation.xml" in file.namelist()
    except (zipfile.BadZipFile, OSError):
        return False


def read(body: bytes) -> Read:
    """Read a pack; raise NotAPackError for what is none of ours."""
    ways = {"pdf": _pdf, "pptx": _pptx, "html": _html}
    form = HEADS.get(body[:4])
    if form is None:
        raise NotAPackError("expected a pack (PPTX, PDF or HTML), found something else")
    try:
        return ways[form](body)
    except (
        PyPdfError,
        zipfile.BadZipFile,
        ParseError,
        KeyError,
        UnicodeDecodeError,
        RecursionError,
    ) as error:
        raise NotAPackError(f"the {form.upper()} is damaged or no pack of ours: {error}") from error


def _record(text: str) -> dict[str, Any]:
    try:
        told = json.loads(text)
    except ValueError as error:
        raise NotAPackError("the figures within the file cannot be read") from error
    if not isinstance(told, dict) or told.get("form") != FORM:
        raise NotAPackError(f"the file carries no figures of the form {FORM!r}")
    return told


def _pdf(body: bytes) -> Read:
    file = PdfReader(BytesIO(body))
    held = file.attachments.get("figures.json") or []
    if not held:
        raise NotAPackError("the PDF carries no figures.json")
    text = "".join(page.extract_text() for page in file.pages)
    return Read(form="pdf", record=_record(held[0].decode("utf-8")), shown=((squeezed(text),),))


def squeezed(text: str) -> str:
    """Return *text* without spaces and line ends, which a page sets as it must."""
    return re.sub(r"\s+", "", text)


def _pptx(body: bytes) -> Read:
    with zipfile.ZipFile(BytesIO(body)) as file:
        root = fromstring(file.read(ITEM))
        if root.tag != f"{{{SPACE}}}figures":
            raise NotAPackError("the slides carry no figures of ours")
        names = set(file.namelist())
        numbers = sorted(int(found[1]) for name in names if (found := _SLIDE.fullmatch(name)))
        shown = tuple(tuple(_on_slide(file, number, names)) for number in numbers)
        pictured = frozenset(at for at, number in enumerate(numbers) if _has_picture(file, number, names))
    return Read(form="pptx", record=_record(root.text or ""), shown=shown, pictured=pictured)


def _relations(file: zipfile.ZipFile, number: int, names: set[str]) -> str:
    name = f"ppt/slides/_rels/slide{number}.xml.rels"
    return file.read(name).decode("utf-8") if name in names else ""


def _on_slide(file: zipfile.ZipFile, number: int, names: set[str]) -> Iterator[str]:
    """Yield the texts of a slide, then the values of its charts and of the workbooks' points behind them."""
    for one in fromstring(file.read(f"ppt/slides/slide{number}.xml")).iter(_DRAWN):
        yield one.text or ""
    for chart in _CHART.findall(_relations(file, number, names)):
        for one in fromstring(file.read(f"ppt/charts/{chart}")).iter(_VALUE):
            yield one.text or ""


def _has_picture(file: zipfile.ZipFile, number: int, names: set[str]) -> bool:
    return "/image" in _relations(file, number, names)


class _Page(HTMLParser):
    """Hold what a one-page pack says: its JSON, and the words of each slide and of the figures below it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.held: dict[str, str] = {}
        self.shown: list[list[str]] = []
        self._in = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "article":
            self.shown.append([])
        if tag in {"script", "style"}:
            self._in = told.get("id") or tag

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in in _HELD:
            self.held[self._in] = self.held.get(self._in, "") + data
        elif self.shown and not self._in and data.strip():
            self.shown[-1].append(data.strip())


def _html(body: bytes) -> Read:
    page = _Page()
    page.feed(body.decode("utf-8"))
    told = _record(page.held["gba-figures"])
    charts = json.loads(page.held["deck-data"])["slides"]
    shown = [
        (*texts, json.dumps(chart.get("chart"), ensure_ascii=False, sort_keys=True))
        for texts, chart in zip(page.shown, charts, strict=False)
    ]
    return Read(form="html", record=told, shown=tuple(shown))
