"""A pack on paper: the document of a briefing, a section for each slide."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from dashboards.briefings.packs.record import hashes, record, written
from dashboards.briefings.packs.values import Pack, Progress, no_progress
from dashboards.briefings.values import Line, Slide
from dashboards.exports import document
from dashboards.exports.document import Document, Said, Section
from dashboards.exports.engine import Draw
from dashboards.roles import AUDIENCES

MOST_CITED = 60


def pdf(pack: Pack, draw: Draw | None, *, progress: Progress = no_progress) -> bytes:
    """Return *pack* as PDF, its record within; see ``document.pdf`` for what may go wrong."""
    return document.pdf(told(pack), pack.style_of, draw, progress=progress)


def told(pack: Pack) -> Document:
    """Return the document of *pack*."""
    words, figures = pack.words, record(pack)
    opening, other = next(pack.pairs())
    stamp = words.t(f"picture.audience_{pack.audience}") if pack.audience != AUDIENCES[0] else ""
    marks = [
        (words.t("download.as_known_on"), words.day(pack.briefing.as_of.day)),
        (words.t("download.stamp"), str(figures["stamp"])),
        (words.t("pack.sha256"), figures["sha256"]),
        *hashes(figures),
    ]
    return Document(
        words=words,
        second=pack.second,
        title=pack.title,
        second_title=other.title if other and other.title != opening.title else "",
        lines=tuple(line.text for line in opening.lines if line.role == "lead"),
        as_of=words.t("ui.as_known_on", date=words.day(pack.briefing.as_of.day)),
        stamp=stamp,
        sections=tuple(_sections(pack)),
        marks_title=words.t("pack.hashes"),
        marks=tuple(marks),
        held=written(figures),
        held_said=words.t("pack.held"),
    )


def _sections(pack: Pack) -> Iterator[Section]:
    pairs = [(one, other) for one, other in pack.pairs() if one.part == 0][1:]
    for slide, other in pairs:
        closing = slide.kind == "sources"
        yield Section(
            title=slide.title,
            second_title=other.title if other and other.title != slide.title else "",
            kicker=slide.kicker,
            lines=(*said(slide, other), *(_defined(pack) if closing else ())),
            telling=slide.telling,
            foot=slide.foot,
            note=slide.note,
            sources=tuple(_cited(pack)) if closing else (),
            table=slide.kind in {"chart", "table"},
        )


def said(slide: Slide, other: Slide | None) -> Iterator[Said]:
    """Yield the lines of *slide*, each with the same in the second language where it says it otherwise.

    Of a panel those are left out that its unit, foot and table say.
    """
    seconds = other.lines if other else ()
    for line, second in zip_longest(slide.lines, seconds):
        if line is None or (slide.kind in {"chart", "table"} and line.role != "lead"):
            continue
        yield Said(text=line.text, role=line.role, detail=line.detail, second=_second(line, second))


def _second(line: Line, second: Line | None) -> str:
    if second is None or (second.text, second.detail) == (line.text, line.detail):
        return ""
    return f"{second.text} {second.detail}".strip() if line.role != "heading" else second.text


def _defined(pack: Pack) -> Iterator[Said]:
    """Yield what the indicators of the panels mean, each once."""
    found = {
        one.indicator_id: one
        for slide in pack.slides
        if slide.telling is not None
        for one in slide.telling.definitions
        if one.definition
    }
    if found:
        yield Said(text=pack.words.t("download.definitions"), role="heading")
    for one in found.values():
        detail = " ".join(text for text in (one.definition, one.comparability) if text)
        yield Said(text=one.name, role="item", detail=detail)


def _cited(pack: Pack) -> Iterator[tuple[str, str]]:
    """Yield the publications that the figures of the panels stand in, each once, with its address."""
    seen = dict.fromkeys(
        one for slide in pack.slides if slide.telling is not None for one in slide.telling.cited if one.title
    )
    for one in list(seen)[:MOST_CITED]:
        yield (
            " · ".join(text for text in (one.publisher, one.title, one.published, one.tier) if text),
            one.url,
        )
    if len(seen) > MOST_CITED:
        yield pack.words.t("change.more", n=len(seen) - MOST_CITED), ""
