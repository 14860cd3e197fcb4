"""A pack taken away from a page: the choice of form and languages, and the long export that makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO
from urllib.parse import urlencode

from flask import Response, request

from dashboards.briefings.offers import titled
from dashboards.briefings.packs.forms import FORMS, PackForm
from dashboards.briefings.packs.handing import PackRoom, etag
from dashboards.briefings.packs.made import Made, made
from dashboards.briefings.packs.values import NotForReaderError, frozen
from dashboards.briefings.present import Wanted
from dashboards.briefings.present import wanted as wanted_deck
from dashboards.briefings.token import COMPOSE, MOST_TOKEN
from dashboards.briefings.values import FILES
from dashboards.desk import Desk
from dashboards.exports import job_pages
from dashboards.exports.data_package import Step
from dashboards.exports.fonts import FontsMissingError
from dashboards.exports.formats import NotMadeError
from dashboards.exports.job_pages import JobRoom
from dashboards.exports.jobs import Job, Outcome, Remark, Work
from dashboards.exports.names import file_name
from dashboards.i18n import HTML_LANG, LANGUAGES, Words
from dashboards.sign_in.frame import here, note, page, reader

HOME = f"{job_pages.HOME}/briefings"
TEMPLATES = Path(__file__).parent / "templates"
PATIENCE = 2.0
"""Seconds that a pack may take before its page shows how far it is."""

FIELDS = ("format", "slides", "lang2", "b")
"""What the address and the form say: the form of the file, the language of its slides, a second, a token."""

SAYS = ("briefing.no_second", "briefing.second", "pack.form", "pack.prepare")


def taken(room: PackRoom, jobs: JobRoom, briefing_id: str) -> Response:
    """Offer a briefing as a file, or (POST) begin to make it."""
    desk, words = room.desks(), reader(room.door.words)
    given = {name: request.form.get(name, request.args.get(name, "")) for name in FIELDS}
    form = FORMS.get(given["format"] or "pptx")
    if form is None:
        return note(room.door, "pack.title", "pack.fault_form", 400)
    try:
        wants = _wanted(briefing_id, given, desk, words)
    except ValueError:
        return note(room.door, "pack.title", "briefing.fault_address", 400)
    if wants is None:
        return note(room.door, "pack.title", "briefing.none_here", 404)
    if request.method == "POST":
        return begun(room, jobs, wants, form)
    return _offer(room, wants, form, words)


def _wanted(briefing_id: str, given: Mapping[str, str], desk: Desk, words: Words) -> Wanted | None:
    """Return what is asked for; one made ready is in the reader's language unless another is said."""
    asked = {"lang": given["slides"], "second": given["lang2"], "b": given["b"]}
    wants = wanted_deck(briefing_id, desk, asked)
    if wants is not None and wants.briefing.ready_made and not given["slides"]:
        return wanted_deck(briefing_id, desk, asked | {"lang": words.lang})
    return wants


def begun(room: PackRoom, jobs: JobRoom, wants: Wanted, form: PackForm) -> Response:
    """Begin to make a pack, and lead to its file, or to the page that shows how far it is."""
    return job_pages.begun(jobs, *prepared(room, wants, form), patience=PATIENCE)


def prepared(room: PackRoom, wants: Wanted, form: PackForm) -> tuple[Job, Work]:
    """Return the job of a pack for whoever is asking, and what makes it."""
    desk = room.desks()
    origin = room.home or request.host_url.rstrip("/")
    found = frozen(wants.briefing, desk)

    def work(out: IO[bytes], step: Step) -> Outcome:
        def told(done: int, of: int) -> None:
            step(done, of, "")

        return _put(out, lambda: made(found, form, room.draws, desk, origin=origin, progress=told))

    job = Job(
        question=etag(wants, form, desk, origin),
        name=file_name(titled(found, desk.words[wants.lang]), found.as_of.day.isoformat(), form.id),
        media_type=form.media_type,
        owner=room.door().person_id,
        audience=desk.audience,
        kind="pack",
        subject=found.id,
        detail={
            "format": form.id, "languages": list(found.languages),
            "as_of": found.as_of.instant.isoformat(), "stamp": found.as_of.stamp,
        },
        again=_again(wants, form),
    )  # fmt: skip
    return job, work


def _put(out: IO[bytes], make: Callable[[], Made]) -> Outcome:
    """Write the pack that *make* returns and say what it lacks; raise NotMadeError where there is none to be had."""
    try:
        done = make()
    except FontsMissingError as error:
        raise NotMadeError("picture.fonts_missing", signs=error.signs, package=error.package) from error
    except NotForReaderError as error:
        raise NotMadeError("briefing.fault_audience") from error
    out.write(done.body)
    lacks = (("pack.undrawn", done.undrawn), ("pack.failed", done.failed))
    remarks = tuple(Remark(key=key, values={"n": count}) for key, count in lacks if count)
    return Outcome(remarks=remarks, detail={"audience": done.pack.audience})


def _chosen(wants: Wanted, form: PackForm) -> dict[str, str]:
    told = {"format": form.id, "slides": wants.lang, "lang2": wants.second or "none", "b": wants.token}
    return {name: text for name, text in told.items() if text}


def _again(wants: Wanted, form: PackForm) -> str:
    """Return the address that offers the pack again; of a briefing too long for one, where it is composed."""
    if len(wants.token) > MOST_TOKEN:
        return COMPOSE
    return f"{HOME}/{wants.briefing.id}?{urlencode(_chosen(wants, form))}"


def _offer(room: PackRoom, wants: Wanted, form: PackForm, words: Words) -> Response:
    found = frozen(wants.briefing, room.desks())
    return page(
        room.door,
        "taking.html",
        "pack.title",
        folder=TEMPLATES,
        says=SAYS,
        keeps=_chosen(wants, form),
        lines=[titled(found, words), words.t("ui.as_known_on", date=words.day(found.as_of.day))],
        forms=[(one, words.t(key), one == form.id) for one, key in FILES.items()],
        tongues=[(lang, HTML_LANG[lang], words.t(f"switch.{lang}_name")) for lang in LANGUAGES],
        first=wants.lang,
        second=wants.second,
        slides_language=words.t("briefing.language"),
        wait=words.t("pack.wait"),
        action=here(f"{HOME}/{found.id}", words),
        state=wants.token,
    )
