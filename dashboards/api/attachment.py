"""The API put on the web application: read, answered, kept by its tag; what was wrong is said as JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Request, Response, request

from dashboards.answers import Answer, AnswerCache
from dashboards.api.catalogue import catalogue
from dashboards.api.endpoints import BASE, Endpoint, endpoints
from dashboards.api.figures import telling
from dashboards.api.openapi import described
from dashboards.api.parameters import Call, read
from dashboards.asked import fields_of
from dashboards.desk import Desk
from dashboards.exports.asking import RefusedError
from dashboards.exports.formats import Format
from dashboards.exports.handout import EDITION, refused
from dashboards.exports.names import disposition, file_name
from dashboards.files import ASK_AGAIN, File, file_of
from dashboards.opened import Desks
from dashboards.panel import Page
from dashboards.roles import AUDIENCES
from metrics.asof import HONG_KONG
from metrics.queries import NotForViewer

JSON = "application/json"
LINKED = "application/ld+json"
MOST_BYTES = 16 * 2**20


@dataclass(frozen=True, kw_only=True)
class Room:
    """What answers are made with; *home* is the address people type, where it is known."""

    desks: Desks
    pages: Sequence[Page]
    formats: Any
    home: str = ""
    cache: AnswerCache = field(default_factory=lambda: AnswerCache(most_bytes=MOST_BYTES))


def answer(room: Room, endpoint: Endpoint, item: str, asking: Request) -> Response:
    """Answer one call: JSON or a file, 304, or what was wrong."""
    desk = room.desks()
    try:
        call = _read(room, endpoint, item, asking, desk)
        if endpoint.live:
            return _live(endpoint.answer(call))
        return _tagged(room, endpoint, call, asking)
    except RefusedError as error:
        return refused(error)
    except (NotForViewer, KeyError):
        return refused(RefusedError(404, "There is nothing of that name."))


def _origin(room: Room, asking: Request) -> str:
    """Return the address that links begin with: ours, and what the caller names only where none is set."""
    return room.home or asking.host_url.rstrip("/")


def _read(room: Room, endpoint: Endpoint, item: str, asking: Request, desk: Desk) -> Call:
    try:
        query = fields_of(asking.query_string)
    except ValueError:
        raise RefusedError(400, "The query string has too many fields.") from None
    return read(endpoint.parameters, query, desk, item=item, origin=_origin(room, asking))


def _live(said: dict[str, Any]) -> Response:
    found = Response(_text(said), content_type=JSON)
    found.headers["Cache-Control"] = "no-store"
    return found


def _text(said: Any) -> bytes:
    return (json.dumps(said, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _tagged(room: Room, endpoint: Endpoint, call: Call, asking: Request) -> Response:
    tag = tag_of(endpoint.id, call)
    if asking.if_none_match.contains_weak(tag):
        return _headed(Response(status=304), tag)
    form = call.values.get("format", "json")
    kept = room.cache.get(tag, lambda: Answer(file=_file(room, endpoint, call, form)))
    file = kept.file
    zipped = file.zipped if "gzip" in asking.headers.get("Accept-Encoding", "") else None
    found = Response(zipped or file.body, content_type=file.content_type)
    if zipped:
        found.headers["Content-Encoding"] = "gzip"
    if form != "json":
        _name(found, call, room.formats[form])
    _note(room, call, form)
    return _headed(found, tag)


def tag_of(name: str, call: Call) -> str:
    """Return the tag of a call: a digest of all that its answer depends on."""
    filters, desk = call.filters, call.desk
    rests = (
        EDITION, name, call.item, call.origin, sorted(call.values.items(), key=repr),
        (filters.lang, filters.places, filters.start, filters.end),
        None if filters.as_of.current else filters.as_of.instant.isoformat(),
        desk.audience, filters.as_of.stamp, desk.clock().astimezone(HONG_KONG).date().isoformat(),
    )  # fmt: skip
    return hashlib.sha256(repr(rests).encode()).hexdigest()[:24]


def _file(room: Room, endpoint: Endpoint, call: Call, form: str) -> File:
    if form == "json":
        return file_of(_text(endpoint.answer(call)), JSON)
    made: Format = room.formats[form]
    if reason := made.available():
        raise RefusedError(406, call.desk.words[call.filters.lang].t(reason), [("format", "another format")])
    return File(body=made.write(telling(call)), zipped=None, etag="", content_type=made.media_type)


def _name(found: Response, call: Call, form: Format) -> None:
    indicator, day = call.values["indicator"], call.filters.as_of.day
    title = call.desk.words[call.filters.lang].t(f"indicator.{indicator}")
    name = file_name(title, day.isoformat(), form.extension)
    found.headers["Content-Disposition"] = disposition(
        name, f"{indicator}-{day}.{form.extension}", inline=False
    )


def _note(room: Room, call: Call, form: str) -> None:
    """Write in the audit who took figures that are not public."""
    indicator = call.values.get("indicator")
    if not indicator:
        return
    audience = call.desk.catalogue.get(indicator).audience
    if audience != AUDIENCES[0]:
        room.desks.door.note("exported", indicator, format=form, audience=audience)  # type: ignore[attr-defined]


def _headed(found: Response, tag: str) -> Response:
    found.headers["ETag"] = f'W/"{tag}"'
    found.headers["Cache-Control"] = ASK_AGAIN
    found.headers["Vary"] = "Accept-Encoding"
    return found


def attach(server: Flask, desks: Desks, *, home: str = "") -> Room:
    """Give *server* the addresses of the API; call it once, after the exports are attached.

    *home* is the address people type: a caller who names another host is not believed.
    """
    room = Room(desks=desks, pages=server.extensions["pages"], formats=desks.public.formats, home=home)
    every = endpoints(room.pages)
    for one in every:
        server.add_url_rule(BASE + one.path, one.id, _view(room, one))

    def description() -> Response:
        return _kept(described(every, room.formats, _origin(room, request)), JSON)

    def linked() -> Response:
        return _kept(catalogue(desks(), _origin(room, request)), LINKED)

    server.add_url_rule(f"{BASE}/openapi.json", "openapi", description)
    server.add_url_rule("/catalog.jsonld", "catalogue", linked)
    server.add_url_rule(f"{BASE}/<path:path>", "no_such_call", _nothing)
    server.add_url_rule(f"{BASE}/", "no_call", _nothing)
    return room


def _view(room: Room, endpoint: Endpoint) -> Callable[..., Response]:
    return lambda item="": answer(room, endpoint, item, request)


def _nothing(**_path: str) -> Response:
    return refused(RefusedError(404, "There is no such address: /api/v1/openapi.json lists those there are."))


def _kept(said: Any, media_type: str) -> Response:
    body = _text(said)
    found = Response(body, content_type=media_type)
    found.set_etag(hashlib.sha256(body).hexdigest()[:24])
    found.headers["Cache-Control"] = ASK_AGAIN
    return found.make_conditional(request)
