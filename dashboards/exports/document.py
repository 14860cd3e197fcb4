"""A document of many panels: cover, contents, a section for each, sources; typeset, tagged and searchable PDF."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import typst

from dashboards.exports import fonts, slide_table
from dashboards.exports.chart_pdf import LANGUAGE, chart
from dashboards.exports.engine import Draw, ImageError
from dashboards.exports.sheet import foot_lines, subtitle
from dashboards.exports.telling import Telling
from dashboards.i18n import Words
from dashboards.i18n_numbers import digits
from dashboards.style import Style

TEMPLATE = Path(__file__).with_name("templates") / "many.typ"
MOST_ROWS = 400
_SMALL = 8.5
_ROOM = 504.0 * slide_table.SIZE / _SMALL
"""Points across a page for a table, were its letters as large as on a slide: the page shares them out in proportion."""

_UPRIGHT, _HIGH = 178.0, 150.0
"""Millimetres that a chart may take across and down."""

StyleOf = Callable[[str, str], Style]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One line of a section: its *role* (heading, item, lead, status, figure, label, detail or text), and what
    is said more softly after it; the same in the *second* language."""

    text: str
    role: str = "text"
    detail: str = ""
    second: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A section: *title*, what stands over it (*kicker*), *lines*, a panel, the *note* of whoever made it.

    *sources* are pairs of words and an address ("" for none).
    """

    title: str
    second_title: str = ""
    kicker: str = ""
    lines: tuple[Said, ...] = ()
    telling: Telling | None = None
    foot: str = ""
    note: str = ""
    sources: tuple[tuple[str, str], ...] = ()
    table: bool = True


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document: its cover's *title* and *lines*, its *sections*, the *stamp* that every page bears, its *marks*.

    *marks* are pairs for the last page (what was frozen when, hashes); *held* is what the file carries for programs.
    """

    words: Words
    second: Words | None
    title: str
    second_title: str
    lines: tuple[str, ...]
    as_of: str
    stamp: str
    sections: tuple[Section, ...]
    marks_title: str
    marks: tuple[tuple[str, str], ...]
    held: bytes
    held_said: str


def pdf(
    document: Document, style_of: StyleOf, draw: Draw | None, *, progress: Progress = lambda _done, _all: None
) -> bytes:
    """Return *document* as PDF/UA; the same bytes for the same document and drawings.

    Charts are drawn by *draw*; without it, or where one cannot be drawn, the document says so and the table
    stands. *progress* is told (done, all) after each section; what it raises ends the work. Raise FontsMissingError
    where a character cannot be written here.
    """
    style = style_of(document.words.lang, "light")
    files: dict[str, bytes] = {"main.typ": TEMPLATE.read_bytes(), "figures.json": document.held}
    told = []
    for at, section in enumerate(document.sections):
        told.append(_section(section, style, draw, at, files))
        progress(at + 1, len(document.sections))
    said = _said(document, style, told)
    _checked(document, said, style)
    files["said.json"] = json.dumps(said, ensure_ascii=False).encode()
    return typst.compile(files, timestamp=0, pdf_standards="ua-1", pdf_tags=True)


def _said(document: Document, style: Style, sections: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return everything that the template sets, as plain values."""
    palette, words = style.palette, document.words
    second = document.second or words
    return {
        "title": document.title, "second_title": document.second_title, "lines": document.lines,
        "as_of": document.as_of, "stamp": document.stamp, "product": words.t("ui.product_name"),
        "small": _SMALL, "contents": words.t("pack.contents"), "figures": words.t("picture.figures"),
        "note": words.t("download.note"), "sources": words.t("download.sources"),
        "sections": sections, "marks_title": document.marks_title, "marks": document.marks,
        "held_said": document.held_said, "main": _tongue(words.lang), "other": _tongue(second.lang),
        "ink": palette.ink, "soft": palette.soft, "line": palette.line, "accent": palette.accent,
        "alarm": palette.status["off_track"],
    }  # fmt: skip


def _tongue(lang: str) -> dict[str, Any]:
    """Return how typst sets a language."""
    code, region, script = LANGUAGE[lang]
    face = fonts.chosen(lang)
    return {
        "lang": code,
        "region": region,
        "script": script,
        "fonts": [face.family if face else "Noto Sans CJK HK", "DejaVu Sans"],
    }


def _section(
    section: Section, style: Style, draw: Draw | None, at: int, files: dict[str, bytes]
) -> dict[str, Any]:
    """Return a section as plain values; its chart goes into *files*."""
    telling = section.telling
    name, wide, lost = "", 100.0, ""
    if telling is not None and telling.figure is not None:
        name, wide, lost = _drawn(telling, style, draw, f"chart-{at}.svg", files)
    table = None
    if telling is not None and section.table and len(telling.rows):
        table = slide_table.grid(telling, style, _ROOM, MOST_ROWS)
    left_out = table.left_out if table else 0
    return {
        "title": section.title, "second_title": section.second_title, "kicker": section.kicker,
        "unit": subtitle(telling, style) if telling else "", "lines": [asdict(one) for one in section.lines],
        "chart": name, "wide": wide, "lost": lost, "alt": telling.alt if telling else "",
        "empty": telling.empty if telling else "",
        "foot": foot_lines(telling, style)[:-1] if telling else [section.foot] if section.foot else [],
        "permalink": telling.permalink if telling else "",
        "href": bool(telling and telling.permalink.startswith(("https://", "http://"))),
        "own_note": section.note, "sources": section.sources,
        "labels": table.labels if table else [], "rows": table.rows if table else [],
        "widths": table.widths if table else [], "right": table.right if table else [],
        "left_out": style.t("slides.left_out", n=digits(left_out)) if left_out else "",
    }  # fmt: skip


def _drawn(
    telling: Telling, style: Style, draw: Draw | None, name: str, files: dict[str, bytes]
) -> tuple[str, float, str]:
    """Put the chart of *telling* into *files*; return its name, its share of the width, and why there is none."""
    if draw is None:
        return "", 0.0, style.t("pack.no_chart")
    try:
        drawn = chart(telling, style, draw)
    except ImageError:
        return "", 0.0, style.t("pack.no_chart")
    if drawn is None:
        return "", 0.0, ""
    files[name], shape = drawn
    return name, min(100.0, _HIGH / shape / _UPRIGHT * 100), ""


def _checked(document: Document, said: Mapping[str, Any], style: Style) -> None:
    """Raise FontsMissingError where a text of *said* would be set as boxes."""
    fonts.check(_texts(said), style.lang)
    if document.second:
        fonts.check([document.second_title], document.second.lang)


def _texts(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, Mapping):
        for held in said.values():
            yield from _texts(held)
    elif isinstance(said, list | tuple):
        for held in said:
            yield from _texts(held)
