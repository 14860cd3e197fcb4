"""Prove a pack: make it again from the warehouse at its as-of and stamp, and name what does not agree."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from dashboards.briefings.packs.forms import FORMS
from dashboards.briefings.packs.reading import NotAPackError, Read, read, squeezed
from dashboards.briefings.packs.record import digest, keyed, record
from dashboards.briefings.packs.values import NotForReaderError, Pack, no_progress, pack
from dashboards.briefings.token import choices_read
from dashboards.briefings.values import Briefing
from dashboards.desk import Desk
from dashboards.exports import slide_table
from dashboards.exports.chromium import Canvas
from dashboards.exports.document import MOST_ROWS
from dashboards.exports.drawing import Drawing
from dashboards.i18n import LANGUAGES
from dashboards.roles import AUDIENCES
from metrics.asof import HONG_KONG, AsOf

_ROOM = 504.0
_DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def again(told: Mapping[str, Any], desk: Desk, draws: Drawing) -> Pack:
    """Return the pack that a record is of, made anew; raise NotAPackError where its parts cannot be."""
    try:
        instant = datetime.fromisoformat(told["as_of"]).astimezone(UTC)
        made_at = datetime.fromisoformat(told["made_at"]).astimezone(UTC)
        found = _briefing(told, instant)
    except (KeyError, TypeError, ValueError) as error:
        raise NotAPackError(f"what the pack was made of cannot be read: {error}") from error
    then = replace(desk, clock=lambda: made_at)
    try:
        return pack(found, then, draws.shapes, draws.style, origin=str(told["origin"]))
    except NotForReaderError as error:
        raise NotAPackError("the pack is for others than this warehouse shows here") from error


def _briefing(told: Mapping[str, Any], instant: datetime) -> Briefing:
    held = told["briefing"]
    languages = tuple(one for one in told["languages"] if one in LANGUAGES)
    if not languages or held["audience"] not in AUDIENCES or not isinstance(told["stamp"], int):
        raise ValueError("languages, audience or stamp are none of ours")
    chosen = choices_read(held["panels"])
    panels = tuple(replace(one, yields=bool(y)) for one, y in zip(chosen, held["yields"], strict=True))
    as_of = AsOf(instant=instant, day=instant.astimezone(HONG_KONG).date(), stamp=told["stamp"])
    return Briefing(
        id=str(held["id"]), names=dict(held["names"]), about=dict(held["about"]), as_of=as_of, panels=panels,
        languages=languages, audience=held["audience"], made_by=str(held["made_by"]),
        meeting_id=str(held["meeting_id"]), version=int(held["version"]),
    )  # fmt: skip


def faults(
    body: bytes, desk_of: Callable[[str], Desk], drawing_of: Callable[[Desk], Drawing]
) -> tuple[Read, list[str]]:
    """Return a pack as read, and in sentences what of it the warehouse does not bear out; none where all agrees.

    *desk_of* gives the desk of an audience: a pack shows what whoever took it away could see.
    """
    found = read(body)
    if found.record.get("reader") not in AUDIENCES:
        raise NotAPackError("the pack does not say who could see it")
    desk = desk_of(found.record["reader"])
    made = again(found.record, desk, drawing_of(desk))
    mine = record(made)
    wrong = [*_sealed(found.record), *_figures(found.record, mine)]
    wrong += _shown(found, made)
    return found, wrong


def _sealed(told: Mapping[str, Any]) -> Iterator[str]:
    """Yield which hashes of a record are not those of its own figures."""
    for one in told["slides"]:
        if digest([one["columns"], one["rows"]]) != one["sha256"]:
            yield f"slide {one['slide']} ({one['title']}): its SHA-256 is not that of its figures"
    if digest([one["sha256"] for one in told["slides"]]) != told["sha256"]:
        yield "the SHA-256 of all figures is not that of the slides"


def _figures(told: Mapping[str, Any], mine: Mapping[str, Any]) -> Iterator[str]:
    """Yield each figure that pack and warehouse do not say alike."""
    theirs, ours = told["slides"], mine["slides"]
    if [one["id"] for one in theirs] != [one["id"] for one in ours]:
        yield f"the pack has the slides {_ids(theirs)}, the warehouse makes {_ids(ours)}"
        return
    for one, other in zip(theirs, ours, strict=True):
        if (one["columns"], one["rows"]) != (other["columns"], other["rows"]):
            where = f"slide {one['slide']} ({one['title']})"
            yield from _differing(
                where, keyed(one["columns"], one["rows"]), keyed(other["columns"], other["rows"])
            )


def _ids(slides: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(one["id"] for one in slides)


def _differing(where: str, theirs: Mapping[str, list[Any]], ours: Mapping[str, list[Any]]) -> Iterator[str]:
    for name in sorted({*theirs, *ours}):
        if theirs.get(name) != ours.get(name):
            said = (_said(theirs.get(name)), _said(ours.get(name)))
            yield f"{where}: {name}: the pack has {said[0]}, the warehouse {said[1]}"


def _said(amounts: list[Any] | None) -> str:
    if amounts is None:
        return "nothing"
    return "; ".join(
        " ".join(str(part) for part in one if part is not None) or "no figure" for one in amounts
    )


def _shown(found: Read, made: Pack) -> Iterator[str]:
    """Yield where what the reader of a file sees is not what its figures say."""
    if found.form == "pdf":
        yield from _on_paper(found, made)
        return
    draw = _dot if found.pictured else None
    fresh = read(FORMS[found.form].write(made, draw, no_progress))
    if len(found.shown) != len(fresh.shown):
        yield f"the file has {len(found.shown)} slides, the warehouse makes {len(fresh.shown)}"
        return
    for at, (theirs, ours) in enumerate(zip(found.shown, fresh.shown, strict=True)):
        title = ours[0] if ours else ""
        for one, other in zip(theirs, ours, strict=False):
            if one != other:
                yield f"slide {at + 1} ({title}): shows {one[:80]!r} where the warehouse has {other[:80]!r}"
        if len(theirs) != len(ours):
            yield f"slide {at + 1} ({title}): shows {len(theirs)} texts and values, the warehouse has {len(ours)}"


def _dot(_figure: Mapping[str, Any], _canvas: Canvas) -> bytes:
    """Return a picture of one dot: only what is written beside pictures is compared."""
    return _DOT


def _on_paper(found: Read, made: Pack) -> Iterator[str]:
    """Yield the rows of tables, as written, that stand nowhere on the paper."""
    text = found.shown[0][0]
    style = made.style_of(made.words.lang, "light")
    for slide in made.slides:
        if squeezed(slide.title) not in text:
            yield f"{slide.title}: its title stands nowhere in the PDF"
        if slide.telling is None or slide.kind not in {"chart", "table"} or slide.part:
            continue
        grid = slide_table.grid(slide.telling, style, _ROOM, MOST_ROWS)
        for row in grid.rows:
            if squeezed("".join(row)) not in text:
                yield f"{slide.title}: {' | '.join(row)}: stands nowhere in the PDF"


def apart(packs: Mapping[str, Read]) -> Iterator[str]:
    """Yield where *packs* (by name) do not carry the same figures as the first of them."""
    (first, one), *others = packs.items()
    for name, other in others:
        if other.record["sha256"] != one.record["sha256"]:
            yield from (f"{name} against {first}: {said}" for said in _figures(other.record, one.record))
