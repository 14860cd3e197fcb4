"""Packs to try: the second meeting's, over the opening figures, and one of many panels."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dashboards.briefings import briefing
from dashboards.briefings.packs.values import Pack, pack
from dashboards.briefings.values import MOST_PANELS, Briefing, Choice
from dashboards.exports.drawing import Drawing
from dashboards.exports.engine import Engine
from dashboards.exports.images import inlined
from metrics.asof import now_as_of
from tests.opened import NOW

ORIGIN = "https://gba.example"
HOSTILE = '#let x = 1; $a$ <script>alert(1)</script> =1+1 \\ "'
MAP = Choice(page_path="/connectivity", panel_id="fiveg-map", note={"en": HOSTILE})
RANKING = Choice(page_path="/connectivity", panel_id="fiveg-ranking")


def drawing_of(desk: Any, engine: Engine | None = None) -> Drawing:
    return Drawing(desk=desk, engine=engine or Engine(path="/nowhere"), shapes=inlined(desk))


def made(desk: Any, found: Briefing, *languages: str) -> Pack:
    draws = drawing_of(desk)
    spoken = replace(found, languages=languages or found.languages)
    return pack(spoken, desk, draws.shapes, draws.style, origin=ORIGIN)


def of_meeting(desk: Any, *languages: str, meeting: str = "egscc_2") -> Pack:
    found = briefing(meeting, desk)
    assert found is not None
    return made(desk, found, *(languages or ("en",)))


def own_of(*panels: Choice, languages: tuple[str, ...] = ("en",)) -> Briefing:
    return Briefing(
        id="own", names={"en": "Mine " + HOSTILE}, as_of=now_as_of(NOW), panels=panels, languages=languages,
        made_by="visitor",
    )  # fmt: skip


def of_panels(desk: Any, *panels: Choice, languages: tuple[str, ...] = ("en",)) -> Pack:
    return made(desk, own_of(*panels, languages=languages))


def sixty() -> tuple[Choice, ...]:
    """Return as many panels as a briefing may have, by turns a map, a ranking and what they say per resident."""
    ways = (
        RANKING,
        replace(MAP, note={}),
        replace(RANKING, query="per=capita"),
        replace(MAP, note={}, query="per=km2"),
    )
    return tuple(ways[at % len(ways)] for at in range(MOST_PANELS))
