"""The plain pages: read what is asked, answer with a document from one stamp, remembered as the pages' answers are."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from flask import Response, request

from dashboards import shell
from dashboards.answers import Answer, AnswerCache
from dashboards.asked import fields_of, spoken
from dashboards.desk import Desk, Filters, parse_filters
from dashboards.files import ASK_AGAIN, file_of, response
from dashboards.i18n import Words
from dashboards.index import plain_page
from dashboards.panel import View
from dashboards.panels.work_item_told import Told
from dashboards.plain.document import document
from dashboards.plain.work_item import index, numbers, work_item
from dashboards.style import Shapes
from metrics.asof import HONG_KONG, now_as_of

PATH = "/plain"
ITEM = f"{PATH}/work-items/"
HTML = "text/html; charset=utf-8"
MOST_BYTES = 4 * 2**20


@dataclass(kw_only=True)
class Room:
    """Holds what the plain pages answer from: whose desk asks, the addresses of files, the answers made so far."""

    desks: Callable[[], Desk]
    files: Mapping[str, str]
    cache: AnswerCache = field(default_factory=lambda: AnswerCache(most_bytes=MOST_BYTES))


def answer(room: Room, item: str = "") -> Response:
    """Answer the index, or the page of work item *item*; what is wrong with the address is said in words."""
    desk = room.desks()
    clock = desk.clock()
    try:
        fields = fields_of(request.query_string)
    except ValueError:
        fields = {}
    if item and item not in numbers(desk):
        words = desk.words[spoken(fields).lang]
        return _refused(room, words, "ui.not_found", [words.t("ui.not_found_help")], 404)
    filters = parse_filters(fields, places=desk.atlas, item=item, clock=clock)
    if not isinstance(filters, Filters):
        words = desk.words[spoken(fields).lang]
        expected = [words.t(fault.expected, name=fault.parameter) for fault in filters]
        return _refused(room, words, "fault.title", expected, 400)
    filters = replace(filters, places=(), start=None, end=None, per="", theme="light")
    stamp = desk.stamp()
    made = room.cache.get(_key(desk, filters, clock, stamp), lambda: _made(room, desk, filters, clock, stamp))
    return response(made.file, request, ASK_AGAIN, made.status)


def _key(desk: Desk, filters: Filters, clock: datetime, stamp: int) -> Hashable:
    as_of = None if filters.as_of.current else filters.as_of.instant
    day = clock.astimezone(HONG_KONG).date()
    return filters.lang, filters.item, as_of, desk.audience, stamp, day


def _made(room: Room, desk: Desk, filters: Filters, clock: datetime, stamp: int) -> Answer:
    view = _view(desk, filters, clock, stamp)
    told = Told(desk=desk, as_of=view.filters.as_of)
    if filters.item:
        number = int(filters.item)
        title = view.t("change.item", n=number, title=view.t(f"work_item.{number}"))
        said = view.t(f"work_item.{number}.statement")
        text = document(ITEM + filters.item, title, said, work_item(told, number, view), view, room.files)
    else:
        title = view.t("work_item_page.five")
        text = document(PATH, title, view.t("overview.lead"), index(told, view), view, room.files)
    return Answer(file=file_of(text.encode(), HTML))


def _view(desk: Desk, filters: Filters, clock: datetime, stamp: int | None) -> View:
    as_of = now_as_of(clock) if filters.as_of.current else filters.as_of
    filters = replace(filters, as_of=replace(as_of, stamp=stamp))
    return shell.view_of(desk, filters, clock.astimezone(HONG_KONG).date(), Shapes())


def _refused(room: Room, words: Words, title: str, sentences: list[str], status: int) -> Response:
    page = plain_page(words, room.files, words.t(title), sentences, PATH)
    refused = Response(page, status=status, content_type=HTML)
    refused.headers["Cache-Control"] = ASK_AGAIN
    return refused
