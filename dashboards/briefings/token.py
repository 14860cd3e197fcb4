"""A briefing as text: what an address carries of one that nobody saved, and what the warehouse keeps of one."""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dashboards.briefings.values import MOST_NAME, MOST_NOTE, MOST_PANELS, Briefing, Choice
from dashboards.i18n import LANGUAGES
from dashboards.roles import AUDIENCES
from metrics.asof import AsOf, instant_as_of, now_as_of

OWN = "own"
"""The id of a briefing that its address carries."""

COMPOSE = "/briefings/compose"
"""Where a briefing is composed."""

MOST_TOKEN = 3000
MOST_TEXT = 64 * 2**10  # unpacked: a small token may not grow without bounds
_TOKEN = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_PATH = re.compile(r"(/[a-z0-9_-]{1,64}){0,3}/?", re.ASCII)
_PANEL = re.compile(r"[a-z0-9_-]{1,80}", re.ASCII)
_SAVED = re.compile(r"b-[0-9a-f]{12}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
MOST_QUERY = 500


def packed(briefing: Briefing) -> str:
    """Return *briefing* as a token for an address."""
    text = json.dumps(_written(briefing), ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(zlib.compress(text.encode(), 9)).rstrip(b"=").decode()


def unpacked(token: str, *, clock: datetime) -> Briefing:
    """Read a token; raise ValueError for one that is none of ours, whatever it holds."""
    if not _TOKEN.fullmatch(token) or len(token) > MOST_TEXT:
        raise ValueError(
            "expected the token of a briefing, found other characters; compose the briefing again"
        )
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        reader = zlib.decompressobj()
        text = reader.decompress(raw, MOST_TEXT)
        if reader.unconsumed_tail:
            raise ValueError("the token holds more than a briefing can")
        told = json.loads(text.decode())
    except (zlib.error, binascii.Error, UnicodeDecodeError, RecursionError) as error:
        raise ValueError("the token is damaged; copy the whole address again") from error
    return read(told, clock=clock)


def _written(briefing: Briefing) -> dict[str, Any]:
    as_of = briefing.as_of
    return {
        "n": dict(briefing.names),
        "l": list(briefing.languages),
        "a": briefing.audience,
        "t": "" if as_of.current else as_of.instant.isoformat(),
        "s": as_of.stamp or 0,
        "p": choices_written(briefing.panels),
        "i": [briefing.id if briefing.version else "", briefing.version],
    }


def choices_written(panels: tuple[Choice, ...]) -> list[Any]:
    """Return *panels* as plain lists."""
    return [[one.page_path, one.panel_id, one.query, dict(one.note)] for one in panels]


def read(told: Any, *, clock: datetime) -> Briefing:
    """Return the briefing that plain values say; raise ValueError for what cannot be one."""
    if not isinstance(told, Mapping):
        raise ValueError("a briefing is a table of its parts")
    languages = told.get("l")
    if not _are_languages(languages):
        raise ValueError(f"languages: expected one or two of {', '.join(LANGUAGES)}")
    audience = told.get("a")
    if audience not in AUDIENCES:
        raise ValueError(f"audience: expected one of {', '.join(AUDIENCES)}")
    saved, version = _saved(told.get("i", ["", 0]))
    return Briefing(
        id=saved or OWN,
        version=version,
        names=texts(told.get("n"), MOST_NAME),
        as_of=_as_of(told.get("t", ""), told.get("s", 0), clock),
        panels=choices_read(told.get("p")),
        languages=tuple(languages),
        audience=str(audience),
        made_by="visitor",
    )


def _saved(given: Any) -> tuple[str, int]:
    """Return which saved briefing it comes from, and which version of it; nothing for one that nobody saved."""
    fits = (
        isinstance(given, list)
        and len(given) == 2
        and isinstance(given[0], str)
        and isinstance(given[1], int)
    )
    if not fits or (given[0] and not _SAVED.fullmatch(given[0])) or not 0 <= given[1] < 10**6:
        raise ValueError("saved: expected the id and the version of a briefing")
    return (given[0], given[1]) if given[0] and given[1] else ("", 0)


def _are_languages(given: Any) -> bool:
    return (
        isinstance(given, list)
        and 1 <= len(given) <= 2
        and all(isinstance(one, str) and one in LANGUAGES for one in given)
        and len(set(given)) == len(given)
    )


def _as_of(instant: Any, stamp: Any, clock: datetime) -> AsOf:
    if not isinstance(instant, str) or not isinstance(stamp, int) or not 0 <= stamp < 2**62:
        raise ValueError("as-of: expected an instant and a stamp")
    if not instant:
        return now_as_of(clock)
    at = datetime.fromisoformat(instant)
    if at.tzinfo is None or at.year < 1900:
        raise ValueError("as-of: expected an instant with its zone")
    try:
        found = instant_as_of(at, clock=clock)
    except OverflowError as error:
        raise ValueError("as-of: expected an instant of this age") from error
    return AsOf(instant=found.instant, day=found.day, current=found.current, stamp=stamp or None)


def choices_read(given: Any) -> tuple[Choice, ...]:
    """Return the choices that plain lists say; raise ValueError for what cannot be one."""
    if not isinstance(given, list) or len(given) > MOST_PANELS:
        raise ValueError(f"panels: expected a list of at most {MOST_PANELS}")
    return tuple(_choice(one) for one in given)


def _choice(given: Any) -> Choice:
    if not isinstance(given, list) or len(given) != 4 or not all(isinstance(one, str) for one in given[:3]):
        raise ValueError("panel: expected its page, its id, its query and its note")
    path, panel, query, note = given
    return choice(path, panel, query, texts(note, MOST_NOTE))


def choice(path: str, panel: str, query: str = "", note: Mapping[str, str] | None = None) -> Choice:
    """Return a choice of these parts; raise ValueError for what no page of ours has."""
    known = (not path or (path.startswith("/") and _PATH.fullmatch(path))) and _PANEL.fullmatch(panel)
    if not known or len(query) > MOST_QUERY or _CONTROL.search(query):
        raise ValueError("panel: expected the path of a page and the id of a panel")
    return Choice(page_path=path, panel_id=panel, query=query, note=note or {})


def texts(given: Any, most: int) -> dict[str, str]:
    """Return texts by language, without control characters and no longer than *most*; raise ValueError for others."""
    if not isinstance(given, Mapping):
        raise ValueError("texts: expected a table by language")
    found = {}
    for lang, text in given.items():
        if lang not in LANGUAGES or not isinstance(text, str):
            raise ValueError(f"texts: expected languages of {', '.join(LANGUAGES)}")
        if said := _CONTROL.sub(" ", text.replace("\r\n", "\n")).strip()[:most]:
            found[lang] = said
    return found
