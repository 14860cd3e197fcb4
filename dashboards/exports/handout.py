"""Hand out what a panel says: made once for each question, kept while nothing is new, noted where it should be."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import Request, Response

from dashboards.answers import Answer, AnswerCache
from dashboards.asked import fields_of
from dashboards.desk import Desk
from dashboards.exports.asking import RefusedError, Wanted, wanted
from dashboards.exports.formats import Format, NotMadeError
from dashboards.exports.names import disposition, file_name
from dashboards.exports.telling import tell
from dashboards.files import ASK_AGAIN, File, file_of
from dashboards.panel import Page
from dashboards.roles import AUDIENCES
from dashboards.sign_in.door import Door
from dashboards.style import Shapes
from metrics.asof import HONG_KONG
from metrics.queries import NotForViewer

MOST_BYTES = 24 * 2**20
MOST_ZIPPED = 2 * 2**20
MOST_ROWS = 200_000
EDITION = "1"
"""Part of every ETag: a form written otherwise than before is another file."""


@dataclass(frozen=True, kw_only=True)
class Room:
    """What files are made with: the *desks*, who is at the *door*, the *pages*, the *formats*, the map *shapes*.

    *home* is what links in files begin with; where the product does not know it, what the browser asked.
    """

    desks: Callable[[], Desk]
    door: Door
    pages: Sequence[Page]
    formats: Mapping[str, Format]
    shapes: Callable[[Desk], Shapes]
    home: str = ""
    cache: AnswerCache = field(default_factory=lambda: AnswerCache(most_bytes=MOST_BYTES))

    def origin(self, asking: Request) -> str:
        """Return what the links in a file begin with."""
        return self.home or asking.host_url.rstrip("/")


@dataclass(frozen=True, kw_only=True)
class Handed(Answer):
    """A file as it is kept: beside its bytes what it is called and whom its figures are for."""

    name: str
    audience: str


def panel_answer(room: Room, panel_id: str, asking: Request) -> Response:
    """Answer ``/api/v1/panels/<id>``: the file, 304, or what was wrong as JSON."""
    desk = room.desks()
    try:
        asked = _wanted(room, panel_id, asking, desk)
        return _answered(room, asked, desk, asking)
    except RefusedError as error:
        return refused(error)
    except NotForViewer:
        return refused(RefusedError(404, "There is no such panel."))


def _wanted(room: Room, panel_id: str, asking: Request, desk: Desk) -> Wanted:
    try:
        query = fields_of(asking.query_string)
    except ValueError:
        raise RefusedError(400, "The query string has too many fields.") from None
    return wanted(panel_id, query, desk=desk, pages=room.pages, formats=room.formats)


def _answered(room: Room, asked: Wanted, desk: Desk, asking: Request) -> Response:
    origin = room.origin(asking)
    tag = etag(asked, desk, origin)
    if asking.if_none_match.contains_weak(tag):
        return _headed(Response(status=304), tag)
    kept = room.cache.get(tag, lambda: handed(asked, desk, room.shapes(desk), origin))
    if not isinstance(kept, Handed):
        raise TypeError(f"the cache of files held {type(kept).__name__}: expected Handed")
    _note(room, asked, kept)
    file = kept.file
    zipped = file.zipped if "gzip" in asking.headers.get("Accept-Encoding", "") else None
    answer = Response(zipped or file.body, content_type=file.content_type)
    if zipped:
        answer.headers["Content-Encoding"] = "gzip"
    plain = f"{asked.panel.id}-{asked.filters.as_of.day}.{asked.form.extension}"
    answer.headers["Content-Disposition"] = disposition(kept.name, plain, inline=asked.form.id == "json")
    return _headed(answer, tag)


def etag(asked: Wanted, desk: Desk, origin: str) -> str:
    """Return the tag of a question: a digest of all that its answer depends on."""
    filters, page = asked.filters, asked.page
    rests = (
        EDITION,
        (page.id, asked.panel.id, asked.form.id, asked.options, origin),
        (
            filters.lang,
            filters.places,
            filters.start,
            filters.end,
            filters.per,
            filters.item,
            filters.options,
        ),
        None if filters.as_of.current else filters.as_of.instant.isoformat(),
        desk.audience,
        filters.as_of.stamp,
        desk.reading_stamp() if page.shows_readings else None,
        page.rests_on(desk) if page.rests_on else None,
        desk.clock().astimezone(HONG_KONG).date().isoformat(),
    )
    return hashlib.sha256(repr(rests).encode()).hexdigest()[:24]


def handed(asked: Wanted, desk: Desk, shapes: Shapes, origin: str) -> Handed:
    """Return the file that is asked for; raise RefusedError where there is none to be had."""
    words = desk.words[asked.filters.lang]
    if reason := asked.form.available():
        raise RefusedError(406, words.t(reason), [("format", "another format")])
    telling = tell(asked.page, asked.panel, desk, asked.filters, shapes=shapes, origin=origin)
    if len(telling.rows) > MOST_ROWS:
        most = f"a choice of at most {MOST_ROWS:,} lines: narrow places or period"
        raise RefusedError(400, "This is too much for one file.", [("", most)])
    if asked.form.chart and telling.figure is None:
        raise RefusedError(406, telling.empty or words.t("ui.no_figure"), [("format", "a table format")])
    try:
        body = asked.form.write(telling, **dict(asked.options))
    except NotMadeError as error:
        raise RefusedError(406, error.said(words), [("format", "another format")]) from error
    day = telling.as_of_day
    return Handed(
        file=_file(body, asked.form),
        name=file_name(telling.title, day, asked.form.extension),
        audience=telling.audience,
    )


def _file(body: bytes, form: Format) -> File:
    text = form.media_type.startswith(("text/", "application/json"))
    if text and len(body) <= MOST_ZIPPED:
        return file_of(body, form.media_type)
    return File(body=body, zipped=None, etag="", content_type=form.media_type)


def _note(room: Room, asked: Wanted, kept: Handed) -> None:
    """Write in the audit who took what, where somebody is signed in or the figures are not public."""
    if not room.door().signed_in and kept.audience == AUDIENCES[0]:
        return
    filters = asked.filters
    room.door.note(
        "exported",
        asked.panel.id,
        format=asked.form.id,
        page=asked.page.id,
        item=filters.item,
        as_of=filters.as_of.instant.isoformat(),
        stamp=filters.as_of.stamp,
        audience=kept.audience,
    )


def _headed(answer: Response, tag: str) -> Response:
    answer.headers["ETag"] = f'W/"{tag}"'
    answer.headers["Cache-Control"] = ASK_AGAIN
    answer.headers["Vary"] = "Accept-Encoding"
    return answer


def refused(error: RefusedError) -> Response:
    """Answer as JSON what is wrong, and what was expected of each parameter; no value is ever repeated."""
    faults = [{"parameter": name, "expected": expected} for name, expected in error.faults]
    body = json.dumps({"error": error.said, "faults": faults}, ensure_ascii=False) + "\n"
    answer = Response(body, status=error.status, content_type="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer
