"""The addresses: page indexes, whole-page answers, map shapes, static files; everything else is not found."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from flask import Flask, Response, redirect, request
from plotly.io.json import to_json_plotly
from werkzeug.exceptions import HTTPException

from dashboards import shell
from dashboards.answers import Answer, AnswerCache
from dashboards.asked import Asked, Memory, ask, fields_of, matched
from dashboards.desk import Desk
from dashboards.files import ASK_AGAIN, FOREVER, Assets, File, file_of, lasting, response
from dashboards.fragments import lean
from dashboards.i18n import LANGUAGES, Words
from dashboards.index import filled, page_marks, plain_page
from dashboards.menu import state_of
from dashboards.panel import Page, View, said
from dashboards.pieces import Ground, Pieces, Tray
from dashboards.style import Shapes
from metrics.asof import HONG_KONG, now_as_of

LAYERS = ("cities", "cities_overview", "districts")
JSON = "application/json"


@dataclass(kw_only=True)
class Front:
    """Holds what the addresses answer from: the desk, the pages, the files and the answers made so far."""

    desk: Callable[[], Desk]
    pages: Sequence[Page]
    assets: Assets
    index: str
    cache: AnswerCache = field(default_factory=AnswerCache)
    pieces: Pieces = field(default_factory=Pieces)
    memory: Memory = field(default_factory=Memory)
    layers: dict[str, File] = field(default_factory=dict)


def shapes_of(desk: Desk) -> Shapes:
    """Return the map shapes of *desk* by their addresses."""
    shapes = desk.boundaries
    if shapes is None:
        return Shapes()
    layers = {name: f"/geo/{name}.{shapes.fingerprint}.geojson" for name in LAYERS}
    tiles = {city.id: city.tile for city in desk.atlas.cities}
    return Shapes(layers=layers, label_points=shapes.label_points, hatch=shapes.hatch, tiles=tiles,
                  caption=shapes.caption)  # fmt: skip


def _asked(front: Front, desk: Desk, clock: datetime) -> Asked:
    """Return what the request at hand asks of ``/_page``; raise ValueError for too many fields."""
    # What there is may differ by audience: a meeting of the group has no page for others.
    query = desk.audience.encode() + b"?" + request.query_string
    today = clock.astimezone(HONG_KONG).date()
    known = front.memory.get(query, today)
    if known is None:
        fields = fields_of(request.query_string)
        path = fields.get("path", ["/"])[0]
        known = ask(front.pages, desk, path, fields, clock)
        front.memory.keep(query, known)
    return known


def page_answer(front: Front) -> Response:
    """Answer ``/_page``: the components of a whole page, from one stamp of the warehouse."""
    desk = front.desk()
    clock = desk.clock()
    try:
        asked = _asked(front, desk, clock)
    except ValueError:
        return Response("The query string has too many fields.\n", status=400, content_type="text/plain")
    stamp = desk.stamp()
    answer = front.cache.get(
        _question(asked, desk),
        lambda: _made(front, asked, desk, clock, stamp),
        _version(asked, desk, clock, stamp),
    )
    return response(answer.file, request, ASK_AGAIN, answer.status)


def _question(asked: Asked, desk: Desk) -> Hashable:
    """Return all that is asked, and for which audience; now is no instant, but whatever the newest version is."""
    filters = asked.filters
    return (
        asked.page.id if asked.page else None,
        asked.faults,
        (filters.lang, filters.theme, filters.places, filters.start, filters.end, filters.per),
        (filters.item, filters.options, None if filters.as_of.current else filters.as_of.instant),
        desk.audience,
    )


def _version(asked: Asked, desk: Desk, clock: datetime, stamp: int) -> Hashable:
    """Return what the answer rests on: the stamp, the Hong Kong date, and what else its page says it shows."""
    page = asked.page
    return (
        stamp,
        desk.reading_stamp() if page and page.shows_readings else None,
        page.rests_on(desk) if page and page.rests_on else None,
        clock.astimezone(HONG_KONG).date(),
        desk.freshness() if asked.filters.as_of.current else None,
    )


def _view(desk: Desk, asked: Asked, clock: datetime, stamp: int | None = None) -> View:
    as_of = now_as_of(clock) if asked.filters.as_of.current else asked.filters.as_of
    filters = replace(asked.filters, as_of=replace(as_of, stamp=stamp))
    return shell.view_of(desk, filters, clock.astimezone(HONG_KONG).date(), shapes_of(desk))


def _made(front: Front, asked: Asked, desk: Desk, clock: datetime, stamp: int) -> Answer:
    view = _view(desk, asked, clock, stamp)
    if asked.page is None:
        return _encoded(shell.missing_parts(front.pages, desk, view), 404)
    if asked.faults:
        return _encoded(shell.fault_parts(asked.path, asked.faults, front.pages, desk, view), 400)
    tray = Tray(pieces=front.pieces, ground=_ground(asked, desk, clock, stamp))
    parts, well = shell.page_parts(asked.page, front.pages, desk, view, tray.frame)
    state = asdict(state_of(shell.path_of(asked.page, view.filters), view))
    return _encoded(parts | {"state": state}, 200, keep=well, finish=tray.filled)


def _ground(asked: Asked, desk: Desk, clock: datetime, stamp: int) -> Ground:
    """Return what all panels of an answer rest on, whatever else is asked."""
    filters = asked.filters
    moment = None if filters.as_of.current else filters.as_of.instant
    page = asked.page.id if asked.page else None
    where = (page, filters.lang, filters.theme, moment, desk.audience)
    return Ground(where=where, version=_version(asked, desk, clock, stamp))


def _encoded(
    parts: dict[str, Any], status: int, *, keep: bool = True, finish: Callable[[str], str] = str
) -> Answer:
    body = finish(to_json_plotly({name: lean(part) for name, part in parts.items()}))
    return Answer(file=file_of(body.encode("utf-8"), JSON), status=status, keep=keep)


def page_index(front: Front, path: str) -> Response:
    """Answer the address of a page with its index; a wrong address or value with a page that says so."""
    desk = front.desk()
    try:
        fields = fields_of(request.query_string)
    except ValueError:
        fields = {}
    if len(path) > 1 and path.endswith("/") and matched(front.pages, desk, path.rstrip("/")):
        query = request.query_string.decode("ascii", "ignore")
        return _moved(path.rstrip("/") + (f"?{query}" if query else ""))
    asked = ask(front.pages, desk, path, fields, desk.clock())
    view = _view(desk, asked, desk.clock())
    if asked.page is None:
        return _plain(front, _reader(desk), "ui.not_found", ["ui.not_found_help"], 404)
    if asked.faults:
        named = view.t("ui.wrong_address", value=shell.fault_names(asked.faults, view))
        expected = [view.t(fault.expected, name=fault.parameter) for fault in asked.faults]
        page = plain_page(view.words, front.assets.addresses, view.t("fault.title"), [named, *expected], path)
        return _html(page, 400)
    title, lead = said(asked.page.title, view), said(asked.page.lead, view)
    path = shell.path_of(asked.page, asked.filters)
    marks = page_marks(
        view.words, shell.title_of(title, view), lead or view.t("ui.tagline"), path, asked.filters
    )
    return _html(filled(front.index, marks), 200)


def _moved(address: str) -> Response:
    moved = redirect(address, 308)
    return Response(status=308, headers={"Location": moved.headers["Location"]})


def _reader(desk: Desk) -> Words:
    """Return the words for a reader whose address says nothing reliable: its ``lang``, else the browser's."""
    try:
        named = fields_of(request.query_string).get("lang", [""])[0]
    except ValueError:
        named = ""
    if named in LANGUAGES:
        return desk.words[named]
    tags = {"en": "en", "zh-hant": "zh-Hant", "zh-hk": "zh-Hant", "zh-tw": "zh-Hant", "zh-mo": "zh-Hant"}
    tags |= {"zh-hans": "zh-Hans", "zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh": "zh-Hans"}
    best = request.accept_languages.best_match(list(tags), default="en")
    return desk.words[tags[best or "en"]]


def _plain(front: Front, words: Words, title: str, sentences: Sequence[str], status: int) -> Response:
    page = plain_page(words, front.assets.addresses, words.t(title), [words.t(key) for key in sentences])
    return _html(page, status)


def _html(text: str, status: int) -> Response:
    answer = Response(text, status=status, content_type="text/html; charset=utf-8")
    answer.headers["Cache-Control"] = ASK_AGAIN
    return answer


def layer(front: Front, name: str, fingerprint: str) -> Response:
    """Answer the GeoJSON of a layer of the boundary set in use."""
    shapes = front.desk().boundaries
    if shapes is None or name not in LAYERS or fingerprint != shapes.fingerprint:
        return _plain(front, _reader(front.desk()), "ui.not_found", ["ui.not_found_help"], 404)
    key = f"{name}.{fingerprint}"
    if key not in front.layers:
        front.layers[key] = lasting(shapes.geojson(name), "application/geo+json")
    return response(front.layers[key], request, FOREVER)


def route(server: Flask, front: Front) -> None:
    """Give *server* its addresses."""
    server.add_url_rule("/_page", "page_answer", lambda: page_answer(front))
    server.add_url_rule(
        "/geo/<name>.<fingerprint>.geojson",
        "layer",
        lambda name, fingerprint: layer(front, name, fingerprint),
    )
    server.view_functions["/"] = lambda: page_index(front, "/")
    server.view_functions["/<path:path>"] = lambda path: page_index(front, f"/{path}")

    @server.before_request
    def asset() -> Response | None:
        file = front.assets.served.get(request.path)
        return None if file is None else response(file, request, FOREVER)

    @server.errorhandler(Exception)
    def broken(error: Exception) -> Response | HTTPException:
        if isinstance(error, HTTPException):
            return error
        server.logger.error("%s failed", request.path, exc_info=error)
        if request.path == "/_page":
            return Response("The page cannot be made now.\n", status=503, content_type="text/plain")
        return _plain(front, _reader(front.desk()), "ui.page_failed", [], 500)
