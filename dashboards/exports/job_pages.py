"""The pages of long exports: how far one is, the button that cancels it, its file; the same for every kind."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, Any

from flask import Response, request

from dashboards.exports.asking import RefusedError
from dashboards.exports.handout import refused
from dashboards.exports.jobs import MOST_EACH, BusyError, Job, Jobs, Work
from dashboards.exports.names import disposition
from dashboards.files import ASK_AGAIN
from dashboards.i18n import Words
from dashboards.rates import Buckets, Rate
from dashboards.roles import AUDIENCES, Viewer
from dashboards.sign_in.door import Door, address_of
from dashboards.sign_in.frame import here, moved, note, page, reader
from dashboards.sign_in.throttle import subject_of

HOME = "/exports"
TEMPLATES = Path(__file__).parent / "templates"
SAYS = ("package.again", "package.cancel", "package.kept", "package.without_script")
TOLD = {
    "waiting": "package.waiting",
    "done": "package.ready",
    "failed": "package.failed",
    "cancelled": "package.cancelled",
    "lost": "package.lost",
}
CHUNK = 256 * 1024
GLANCE_SECONDS = 0.05
WAIT_SECONDS = 60
BEGUN = Rate(name="long_exports", prefixes=("/",), per_minute=6, burst=6)
"""How many long exports one person, or one address, may begin, wherever they ask for them."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """The term keys that a kind of long export is spoken of with: its *title*, its *fetch* button, *working*."""

    title: str
    fetch: str
    working: str


KINDS = {
    "package": Kind(title="package.title", fetch="package.fetch", working="package.working"),
    "pack": Kind(title="pack.title", fetch="pack.fetch", working="pack.working"),
}


@dataclass(frozen=True, kw_only=True)
class JobRoom:
    """What the pages of jobs answer with: who is at the *door*, the *jobs*, and how many each may begin."""

    door: Door
    jobs: Jobs
    buckets: Buckets = field(default_factory=lambda: Buckets(rates=(BEGUN,)))


def begun(room: JobRoom, job: Job, work: Work, *, patience: float = 0.0) -> Response:
    """Begin *work* and lead to the page of its job, or to its file if that is there within *patience* seconds."""
    title, asker = KINDS[job.kind].title, _asker(job)
    if seconds := room.buckets.take(asker, request.method, request.path, {}):
        return _later(room, title, "package.too_often", 429, seconds)
    try:
        made = room.jobs.start(replace(job, asker=asker), work)
    except BusyError as error:
        key, status = ("package.own_waiting", 429) if error.own else ("package.busy", 503)
        return _later(room, title, key, status, WAIT_SECONDS)
    except OSError:
        return note(room.door, title, "package.no_room", 503)
    until = time.monotonic() + patience
    while not made.over and time.monotonic() < until:
        time.sleep(GLANCE_SECONDS)
        made = room.jobs.find(made.job_id) or made
    words = reader(room.door.words)
    whole = patience and made.status == "done" and not made.remarks
    return moved(_address(made, words, "/file" if whole else ""))


def _asker(job: Job) -> str:
    """Return whom *job* counts for: the person, or the address that a visitor comes from."""
    return f"person:{job.owner}" if job.owner else f"address:{subject_of(address_of(request))}"


def _later(room: JobRoom, title: str, key: str, status: int, seconds: int) -> Response:
    """Say in the reader's language why nothing is begun now, and after how many seconds one may ask again."""
    answer = note(room.door, title, key, status, n=MOST_EACH, seconds=seconds)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _address(job: Job, words: Words, what: str = "") -> str:
    return here(f"{HOME}/jobs/{job.job_id}{what}", words)


def _mine(room: JobRoom, job_id: str) -> Job | None:
    """Return the job if whoever is asking may have it: their own, or a visitor's whose address they hold."""
    job, viewer = room.jobs.find(job_id), room.door()
    return job if job is not None and _may(job, viewer) else None


def _may(job: Job, viewer: Viewer) -> bool:
    return job.owner == viewer.person_id and job.audience in viewer.audiences | {AUDIENCES[0]}


def _missing(room: JobRoom) -> Response:
    return note(room.door, "ui.not_found", "package.gone", 404)


def told(room: JobRoom, job: Job, words: Words) -> str:
    """Return in a sentence how far *job* is."""
    key = KINDS[job.kind].working if job.status == "working" else TOLD[job.status]
    if not job.over and room.jobs.stopping(job):
        key = "package.cancelling"
    return words.t(key, done=job.done, all=job.all, what=job.what)


def watch(room: JobRoom, job_id: str) -> Response:
    """Show how far a job is; the page looks again by itself until it is over."""
    job = _mine(room, job_id)
    if job is None:
        return _missing(room)
    words = reader(room.door.words)
    return page(
        room.door,
        "job.html",
        KINDS[job.kind].title,
        folder=TEMPLATES,
        says=SAYS,
        job=job,
        progress=told(room, job, words),
        remarks=[words.t(one.key, **one.values) for one in job.remarks],
        fetch=words.t(KINDS[job.kind].fetch),
        state=_address(job, words, "/state"),
        cancel=_address(job, words, "/cancel"),
        file=_address(job, words, "/file"),
        again=_again(job, words),
    )


def _again(job: Job, words: Words) -> str:
    """Return the address that offers *job* again, in the reader's language."""
    path, _, query = job.again.partition("?")
    return here(path, words) + (f"&{query}" if query else "")


def state(room: JobRoom, job_id: str) -> Response:
    """Tell programs, and the page itself, how far a job is, as JSON."""
    job = _mine(room, job_id)
    if job is None:
        return refused(RefusedError(404, "There is no such export, or no more."))
    body: Mapping[str, Any] = {
        "status": job.status,
        "over": job.over,
        "done": job.done,
        "all": job.all,
        "said": told(room, job, reader(room.door.words)),
        "file": f"{HOME}/jobs/{job.job_id}/file",
    }
    answer = Response(json.dumps(body, ensure_ascii=False) + "\n", content_type="application/json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def cancel(room: JobRoom, job_id: str) -> Response:
    """Ask a job to stop."""
    job = _mine(room, job_id)
    if job is None:
        return _missing(room)
    try:
        room.jobs.cancel(job)
    except OSError:
        return note(room.door, KINDS[job.kind].title, "package.no_room", 503)
    return moved(_address(job, reader(room.door.words)))


def _pieces(held: IO[bytes]) -> Iterator[bytes]:
    with held:
        while piece := held.read(CHUNK):
            yield piece


def file(room: JobRoom, job_id: str) -> Response:
    """Hand out the file of a job that is done, piece by piece."""
    job = _mine(room, job_id)
    if job is None or job.status != "done":
        return _missing(room)
    path = room.jobs.file(job)
    try:
        held = path.open("rb")
    except FileNotFoundError:
        return _missing(room)
    audience = job.detail.get("audience", job.audience)
    if room.door().signed_in or audience != AUDIENCES[0]:
        room.door.note("exported", job.subject, **{"audience": audience, **job.detail})
    answer = Response(_pieces(held), content_type=job.media_type)
    answer.headers["Content-Length"] = str(path.stat().st_size)
    answer.headers["Content-Disposition"] = disposition(job.name, f"gba-monitor{Path(job.name).suffix}")
    answer.headers["Cache-Control"] = ASK_AGAIN
    return answer


def addresses(room: JobRoom) -> Iterator[tuple[str, str, Callable[[str], Response], list[str]]]:
    """Yield the addresses of jobs: path, name, what answers, methods."""
    ways = (("", watch, "GET"), ("/state", state, "GET"), ("/cancel", cancel, "POST"), ("/file", file, "GET"))
    for end, answers, method in ways:
        name = f"export_{end.strip('/') or 'job'}"
        yield f"{HOME}/jobs/<job_id>{end}", name, _at(room, answers), [method]


def _at(room: JobRoom, answers: Callable[[JobRoom, str], Response]) -> Callable[[str], Response]:
    def view(job_id: str) -> Response:
        return answers(room, job_id)

    return view
