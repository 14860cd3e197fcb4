"""A pack as slides that can be edited, its record within the file."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, time
from io import BytesIO
from xml.sax.saxutils import escape

from dashboards.briefings.packs.paper import said
from dashboards.briefings.packs.record import record, written
from dashboards.briefings.packs.values import Pack, Progress, no_progress
from dashboards.briefings.values import Slide
from dashboards.exports import slides
from dashboards.exports.engine import Draw
from dashboards.exports.slide_text import Sentence, Words
from dashboards.roles import AUDIENCES

SPACE = "urn:gba-monitor:figures"
ITEM = "customXml/item1.xml"
_RELATIONS = "ppt/_rels/presentation.xml.rels"
_RELATION = (
    '<Relationship Id="rIdFigures" Target="../customXml/item1.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"/></Relationships>'
)
_FIXED = (1980, 1, 1, 0, 0, 0)
_ACROSS = frozenset({"changed", "late", "sources"})


def pptx(pack: Pack, draw: Draw | None, *, progress: Progress = no_progress) -> bytes:
    """Return *pack* as PPTX with native charts; charts that have no native form are pictures by *draw*."""
    made_at = datetime.combine(pack.briefing.as_of.day, time.min, tzinfo=UTC)
    made = slides.deck(
        list(_told(pack)), pack.words, pack.style_of, draw=draw, progress=progress, made_at=made_at
    )
    figures = record(pack)
    return _holding(made, written(figures).decode("utf-8"), figures["sha256"])


def _told(pack: Pack) -> Iterator[slides.Slide | slides.Cover | Words]:
    stamp = pack.words.t(f"picture.audience_{pack.audience}") if pack.audience != AUDIENCES[0] else ""
    for slide, other in pack.pairs():
        if slide.part:
            continue
        if slide.kind == "title":
            yield _cover(pack, slide, other, stamp)
        elif slide.telling is not None and slide.kind in {"chart", "table"}:
            yield slides.Slide(
                telling=slide.telling, note=slide.note, second=other.telling if other else None
            )
        else:
            yield _worded(slide, other, stamp)


def _cover(pack: Pack, slide: Slide, other: Slide | None, stamp: str) -> slides.Cover:
    lines = [other.title] if other and other.title != slide.title else []
    lines += [line.text for line in slide.lines if line.role == "lead"]
    marks = [text for text in (stamp, pack.words.t("ui.product_name")) if text]
    return slides.Cover(title=slide.title, lines=tuple(lines), marks=tuple(marks))


def _worded(slide: Slide, other: Slide | None, stamp: str) -> Words:
    return Words(
        title=slide.title,
        lang=slide.lang,
        second_title=other.title if other and other.title != slide.title else "",
        second_lang=other.lang if other else "",
        lines=tuple(
            Sentence(text=one.text, role=one.role, detail=one.detail, second=one.second)
            for one in said(slide, other)
        ),
        foot=slide.foot,
        stamp=stamp,
        note=slide.note,
        columns=2 if slide.kind in _ACROSS else 1,
        telling=slide.telling,
    )


def _holding(deck: bytes, figures: str, sha256: str) -> bytes:
    """Return *deck* with the record as a custom XML part and its hash as the identifier of the file."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(deck)) as held, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:

        def put(name: str, content: bytes) -> None:
            entry = zipfile.ZipInfo(name, _FIXED)
            entry.external_attr = 0o600 << 16
            new.writestr(entry, content, zipfile.ZIP_DEFLATED, compresslevel=6)

        for name in held.namelist():
            content = held.read(name)
            if name == _RELATIONS:
                content = content.replace(b"</Relationships>", _RELATION.encode())
            elif name == "docProps/core.xml":
                mark = f"<dc:identifier>sha256:{sha256}</dc:identifier></cp:coreProperties>"
                content = content.replace(b"</cp:coreProperties>", mark.encode())
            put(name, content)
        put(
            ITEM,
            f'<?xml version="1.0" encoding="UTF-8"?><figures xmlns="{SPACE}">{escape(figures)}</figures>'.encode(),
        )
    return out.getvalue()
