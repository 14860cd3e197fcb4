"""The whole catalogue as a data package: offered, and begun as a long export."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import IO

from flask import Response, request

from dashboards.asked import fields_of
from dashboards.desk import Desk, Filters, address, parse_filters
from dashboards.exports import job_pages
from dashboards.exports.about import audience_line
from dashboards.exports.asking import RefusedError
from dashboards.exports.data_package import Step, write_package
from dashboards.exports.handout import EDITION, Room, refused
from dashboards.exports.job_pages import TEMPLATES, JobRoom
from dashboards.exports.jobs import Job, Work
from dashboards.exports.names import file_name
from dashboards.sign_in.frame import here, page, reader

HOME = f"{job_pages.HOME}/catalogue"


@dataclass(frozen=True, kw_only=True)
class Long:
    """What the data package is made with: the *room* of all exports, and that of *jobs*."""

    room: Room
    jobs: JobRoom

    def desks(self) -> Desk:
        """Return the desk of whoever is asking."""
        return self.room.desks()


def _filters(desk: Desk) -> Filters:
    """Return what the address asks for; raise RefusedError for values that cannot be used."""
    try:
        fields = fields_of(request.query_string)
    except ValueError:
        raise RefusedError(400, "The query string has too many fields.") from None
    asked = {name: said for name, said in fields.items() if name in {"lang", "as_of"}}
    found = parse_filters(asked, places=desk.atlas, clock=desk.clock())
    if not isinstance(found, Filters):
        words = desk.words["en"]
        faults = [(one.parameter, words.t(one.expected, name=one.parameter)) for one in found]
        raise RefusedError(400, "Some values of the address cannot be used.", faults)
    return found


def catalogue(room: Long) -> Response:
    """Offer the data package, or (POST) begin to make it and show how far it is."""
    desk = room.desks()
    try:
        filters = _filters(desk)
    except RefusedError as error:
        return refused(error)
    if request.method == "GET":
        return _offer(room, filters)
    return job_pages.begun(room.jobs, *prepared(room, desk, filters))


def prepared(room: Long, desk: Desk, filters: Filters) -> tuple[Job, Work]:
    """Return the job of the package of all that whoever is asking may see, and what makes it."""
    words, origin = desk.words[filters.lang], room.room.origin(request)
    filters = at_stamp(filters, desk)
    day = filters.as_of.day.isoformat()
    rests = (EDITION, filters.lang, address("/", filters), filters.as_of.stamp, day, desk.audience, origin)

    def work(out: IO[bytes], step: Step) -> None:
        write_package(out, desk, filters, origin=origin, step=step)

    asked = request.args.get("as_of", "")
    job = Job(
        question=hashlib.sha256(repr(rests).encode()).hexdigest(),
        name=file_name(f"{words.t('ui.product_name')} {words.t('package.title')}", day, "zip"),
        media_type="application/zip",
        owner=room.jobs.door().person_id,
        audience=desk.audience,
        detail={"format": "zip"},
        again=f"{HOME}?as_of={asked}" if asked else HOME,
    )
    return job, work


def at_stamp(filters: Filters, desk: Desk) -> Filters:
    """Return *filters* bound to the stamp of now."""
    return replace(filters, as_of=replace(filters.as_of, stamp=desk.stamp()))


def _offer(room: Long, filters: Filters) -> Response:
    words = reader(room.jobs.door.words)
    return page(
        room.jobs.door,
        "take.html",
        "package.title",
        folder=TEMPLATES,
        says=("package.prepare",),
        lines=[
            words.t("package.description", date=words.day(filters.as_of.day)),
            words.t("package.holds"),
            audience_line(room.desks().audience, words),
        ],
        action=here(HOME, words, as_of=request.args.get("as_of", "")),
    )
