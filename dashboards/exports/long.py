"""The addresses of long exports: the whole catalogue offered, made with progress, cancelled, fetched."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from flask import Response, request

from dashboards.asked import fields_of
from dashboards.desk import Desk, Filters, address, parse_filters
from dashboards.exports.about import audience_line
from dashboards.exports.asking import RefusedError
from dashboards.exports.data_package import Step, write_package
from dashboards.exports.handout import EDITION, Room, refused
from dashboards.exports.jobs import BusyError, Job, Jobs
from dashboards.exports.names import disposition, file_name
from dashboards.files import ASK_AGAIN
from dashboards.roles import AUDIENCES, Viewer
from dashboards.sign_in.door import Door
from dashboards.sign_in.frame import here, moved, note, page, reader

HOME = "/exports"
AGAIN_SECONDS = "1"
TEMPLATES = Path(__file__).parent / "templates"
SAYS = ("package.cancel", "package.fetch", "package.kept", "package.prepare")
TOLD = {
    "waiting": "package.waiting",
    "working": "package.working",
    "done": "package.ready",
    "failed": "package.failed",
    "cancelled": "package.cancelled",
    "lost": "package.lost",
}
CHUNK = 256 * 1024


@dataclass(frozen=True, kw_only=True)
class Long:
    """What long exports are made with: the *room* of all exports, and the *jobs*."""

    room: Room
    jobs: Jobs

    @property
    def door(self) -> Door:
        """Return who says who is asking."""
        return self.room.door

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
        return _page(room, filters, None)
    try:
        job = begun(room, desk, filters)
    except BusyError:
        return note(room.door, "package.title", "package.busy", 503)
    return moved(_address(job.job_id, filters.lang))


def begun(room: Long, desk: Desk, filters: Filters) -> Job:
    """Begin the package of all that whoever is asking may see, and return its job."""
    words, origin = desk.words[filters.lang], room.room.origin(request)
    filters = at_stamp(filters, desk)
    day = filters.as_of.day.isoformat()
    rests = (EDITION, filters.lang, address("/", filters), filters.as_of.stamp, day, desk.audience, origin)

    def work(out: IO[bytes], step: Step) -> None:
        write_package(out, desk, filters, origin=origin, step=step)

    return room.jobs.start(
        Job(
            question=hashlib.sha256(repr(rests).encode()).hexdigest(),
            name=file_name(f"{words.t('ui.product_name')} {words.t('package.title')}", day, "zip"),
            media_type="application/zip",
            owner=room.door().person_id,
            audience=desk.audience,
        ),
        work,
    )


def at_stamp(filters: Filters, desk: Desk) -> Filters:
    """Return *filters* bound to the stamp of now."""
    return replace(filters, as_of=replace(filters.as_of, stamp=desk.stamp()))


def _address(job_id: str, lang: str, what: str = "") -> str:
    return f"{HOME}/jobs/{job_id}{what}?lang={lang}"


def _mine(room: Long, job_id: str) -> Job | None:
    """Return the job if whoever is asking may have it: their own, or a visitor's whose address they hold."""
    job, viewer = room.jobs.find(job_id), room.door()
    return job if job is not None and _may(job, viewer) else None


def _may(job: Job, viewer: Viewer) -> bool:
    return job.owner == viewer.person_id and job.audience in viewer.audiences | {AUDIENCES[0]}


def _missing(room: Long) -> Response:
    return note(room.door, "ui.not_found", "package.gone", 404)


def watch(room: Long, job_id: str) -> Response:
    """Show how far a job is; the page looks again by itself until it is over."""
    job = _mine(room, job_id)
    if job is None:
        return _missing(room)
    words = reader(room.door.words)
    answer = _page(room, Filters(lang=words.lang), job)
    if not job.over:
        answer.headers["Refresh"] = AGAIN_SECONDS
    return answer


def state(room: Long, job_id: str) -> Response:
    """Tell programs how far a job is, as JSON."""
    job = _mine(room, job_id)
    if job is None:
        return refused(RefusedError(404, "There is no such export, or no more."))
    told = {"status": job.status, "done": job.done, "all": job.all, "file": f"{HOME}/jobs/{job.job_id}/file"}
    answer = Response(json.dumps(told) + "\n", content_type="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def cancel(room: Long, job_id: str) -> Response:
    """Ask a job to stop."""
    job = _mine(room, job_id)
    if job is None:
        return _missing(room)
    room.jobs.cancel(job)
    return moved(_address(job.job_id, reader(room.door.words).lang))


def _pieces(held: IO[bytes]) -> Iterator[bytes]:
    with held:
        while piece := held.read(CHUNK):
            yield piece


def file(room: Long, job_id: str) -> Response:
    """Hand out the file of a job that is done, piece by piece."""
    job = _mine(room, job_id)
    if job is None or job.status != "done":
        return _missing(room)
    path = room.jobs.file(job)
    try:
        held = path.open("rb")
    except FileNotFoundError:
        return _missing(room)
    if room.door().signed_in or job.audience != AUDIENCES[0]:
        room.door.note("exported", "catalogue", format="zip", audience=job.audience)
    answer = Response(_pieces(held), content_type=job.media_type)
    answer.headers["Content-Length"] = str(path.stat().st_size)
    answer.headers["Content-Disposition"] = disposition(job.name, "gba-monitor.zip")
    answer.headers["Cache-Control"] = ASK_AGAIN
    return answer


def _page(room: Long, filters: Filters, job: Job | None) -> Response:
    words = reader(room.door.words)
    as_of = request.args.get("as_of", "")
    asked = {"as_of": as_of} if job is None else {}
    told = ""
    if job is not None:
        told = words.t(TOLD[job.status], done=job.done, all=job.all, what=job.what)
    return page(
        room.door,
        "take.html",
        "package.title",
        folder=TEMPLATES,
        says=SAYS,
        job=job,
        progress=told,
        lines=[
            words.t("package.description", date=words.day(filters.as_of.day)),
            words.t("package.holds"),
            audience_line(room.desks().audience, words),
        ],
        action=here(f"{HOME}/catalogue", words, **asked),
        cancel=_address(job.job_id, words.lang, "/cancel") if job else "",
        file=_address(job.job_id, words.lang, "/file") if job else "",
    )
