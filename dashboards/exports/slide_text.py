"""Slides of words: statuses, milestones, what changed, sources; set as large as there is room for, never cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboards.exports.slide_words import Box, Said, height, textbox
from dashboards.exports.telling import Telling
from dashboards.style import Style

SIZES = {"heading": 12.0, "item": 13.0, "lead": 16.0, "status": 20.0, "figure": 30.0, "label": 12.0,
         "detail": 10.5, "tally": 11.0}  # fmt: skip
TEXT = 13.0
SOFTER = 0.82
_GUTTER = 28.0
_SHARES = (1.15, 1.0, 0.92, 0.85, 0.78, 0.72, 0.66, 0.6, 0.54, 0.48, 0.42)
_SOFT = frozenset({"heading", "label", "detail", "tally"})
_BOLD = frozenset({"heading", "status", "figure"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """One line: its *role* says how it stands, *detail* is said more softly after it, *second* is the same in the
    second language."""

    text: str
    role: str = "text"
    detail: str = ""
    second: str = ""


@dataclass(frozen=True, kw_only=True)
class Words:
    """A slide of words in *lang*; beside them may stand the chart of *telling*."""

    title: str
    lang: str
    lines: tuple[Sentence, ...]
    second_title: str = ""
    second_lang: str = ""
    foot: str = ""
    stamp: str = ""
    note: str = ""
    columns: int = 1
    telling: Telling | None = None


def put(shapes: Any, box: Box, words: Words, style: Style) -> None:
    """Write the lines of *words* into *box*, in columns, at the largest size at which all have room."""
    wide = (box.wide - _GUTTER * (words.columns - 1)) / words.columns
    for share in _SHARES:
        parts = _split(words, style, share, wide, box.high)
        if len(parts) <= words.columns or share == _SHARES[-1]:
            break
    for at, part in enumerate(parts):
        place = Box(x=box.x + at * (wide + _GUTTER), y=box.y, wide=wide, high=box.high)
        textbox(shapes, place, part, style.lang)


def _split(words: Words, style: Style, share: float, wide: float, high: float) -> list[list[Said]]:
    """Return the paragraphs in as many columns as they need at *share* of their sizes; a heading stays with its
    first line."""
    columns: list[list[Said]] = [[]]
    used = 0.0
    blocks = [_paragraphs(line, words, style, share) for line in words.lines]
    for at, block in enumerate(blocks):
        mine = _high(block, style, wide)
        after = (
            _high(blocks[at + 1], style, wide)
            if words.lines[at].role == "heading" and at + 1 < len(blocks)
            else 0.0
        )
        if used and used + mine + after > high:
            columns.append([])
            used = 0.0
        columns[-1] += block
        used += mine
    return columns


def _paragraphs(line: Sentence, words: Words, style: Style, share: float) -> list[Said]:
    size, palette = SIZES.get(line.role, TEXT) * share, style.palette
    colour = palette.soft if line.role in _SOFT else ""
    text = f"• {line.text}" if line.role == "item" else line.text
    if line.role == "heading" and line.detail:
        text = f"{text}  {line.detail}"
    found = [Said(text=text, size=size, colour=colour, bold=line.role in _BOLD)]
    if line.role == "heading":
        found.insert(0, Said(text="", size=size * 0.4))
    if line.detail and line.role != "heading":
        softer = min(size, TEXT * share) * SOFTER
        found.append(Said(text=line.detail, size=softer, colour=palette.soft))
    if line.second:
        softer = min(size, TEXT * share) * SOFTER
        found.append(Said(text=line.second, size=softer, colour=palette.soft, lang=words.second_lang))
    return found


def _high(said: Sequence[Said], style: Style, wide: float) -> float:
    return sum(
        max(height(one.text, one.size, wide, one.lang or style.lang, bold=one.bold), one.size * 1.25)
        for one in said
    )
