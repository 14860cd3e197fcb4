"""Hand out packs: ``/api/v1/briefings/<id>?format=…`` with the viewer's rights, made once for each question."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import Request, Response

from dashboards.answers import Answer, AnswerCache
from dashboards.asked import fields_of
from dashboards.briefings.packs.forms import FORMS, PackForm
from dashboards.briefings.packs.made import made
from dashboards.briefings.packs.values import NotForReaderError
from dashboards.briefings.present import Wanted
from dashboards.briefings.present import wanted as wanted_deck
from dashboards.desk import Desk
from dashboards.exports.asking import RefusedError
from dashboards.exports.drawing import Drawing
from dashboards.exports.fonts import FontsMissingError
from dashboards.exports.handout import refused
from dashboards.exports.names import disposition, file_name
from dashboards.files import ASK_AGAIN, File
from dashboards.i18n import LANGUAGES
from dashboards.roles import AUDIENCES
from dashboards.sign_in.door import Door
from metrics.asof import HONG_KONG

ADDRESS = "/api/v1/briefings/<briefing_id>"
EDITION = "1"
MOST_BYTES = 32 * 2**20
NAMES = {"lang": "lang", "lang2": "second", "b": "b"}
"""What the address calls things, and what presentation does."""

EXPECTED = {
    "format": f"one of {', '.join(FORMS)}",
    "lang": f"one of {', '.join(LANGUAGES)}",
    "lang2": f"one of none, {', '.join(LANGUAGES)}",
    "b": "the whole token of a briefing that was composed",
}


@dataclass(frozen=True, kw_only=True)
class PackRoom:
    """What packs are handed out with: the *desks*, who is at the *door*, what *draws* charts.

    *home* is what links begin with; without it they begin with the address that was asked.
    """

    desks: Callable[[], Desk]
    door: Door
    draws: Drawing
    home: str = ""
    cache: AnswerCache = field(default_factory=lambda: AnswerCache(most_bytes=MOST_BYTES))


@dataclass(frozen=True, kw_only=True)
class Handed(Answer):
    """A pack as it is kept: beside its bytes what it is called and whom it is for."""

    name: str
    audience: str


def answer(room: PackRoom, briefing_id: str, asking: Request) -> Response:
    """Answer with the file, 304, or what was wrong as JSON."""
    desk = room.desks()
    try:
        wants, form = asked(briefing_id, asking, desk)
        return _answered(room, wants, form, desk, asking)
    except RefusedError as error:
        return refused(error)
    except NotForReaderError:
        return refused(RefusedError(404, "There is no such briefing."))


def asked(briefing_id: str, asking: Request, desk: Desk) -> tuple[Wanted, PackForm]:
    """Return what an address asks for; raise RefusedError for what is wrong with it."""
    try:
        query = fields_of(asking.query_string)
    except ValueError:
        raise RefusedError(400, "The query string has too many fields.") from None
    form = FORMS.get(_one(query, "format"))
    faults = [("", f"only {', '.join(EXPECTED)}")] if set(query) - set(EXPECTED) else []
    if form is None:
        faults.insert(0, ("format", EXPECTED["format"]))
    for name, known in (("lang", LANGUAGES), ("lang2", ("none", *LANGUAGES))):
        if (given := _one(query, name)) and given not in known:
            faults.append((name, EXPECTED[name]))
    if faults or form is None:
        raise RefusedError(400, "Some values of the address cannot be used.", faults)
    given = {mine: _one(query, name) for name, mine in NAMES.items()}
    try:
        wants = wanted_deck(briefing_id, desk, given)
    except ValueError:
        raise RefusedError(400, "This is no briefing.", [("b", EXPECTED["b"])]) from None
    if wants is None:
        raise RefusedError(404, "There is no such briefing.")
    return wants, form


def _one(query: Mapping[str, Sequence[str]], name: str) -> str:
    given = [text for text in query.get(name, ()) if text]
    if len(given) > 1:
        raise RefusedError(400, "A parameter is given more than once.", [(name, "one value")])
    return given[0] if given else ""


def etag(wants: Wanted, form: PackForm, desk: Desk, origin: str) -> str:
    """Return the tag of a question: a digest of all that its answer depends on."""
    found = wants.briefing
    rests = (
        EDITION, form.id, found.id, wants.token, found.version, found.languages, origin, desk.audience,
        None if found.as_of.current else found.as_of.instant.isoformat(), found.stamp, desk.stamp(),
        desk.clock().astimezone(HONG_KONG).date().isoformat(),
    )  # fmt: skip
    return hashlib.sha256(repr(rests).encode()).hexdigest()[:24]


def _answered(room: PackRoom, wants: Wanted, form: PackForm, desk: Desk, asking: Request) -> Response:
    origin = room.home or asking.host_url.rstrip("/")
    tag = etag(wants, form, desk, origin)
    if asking.if_none_match.contains_weak(tag):
        return _headed(Response(status=304), tag)
    kept = room.cache.get(tag, lambda: handed(room.draws, wants, form, desk, origin))
    if not isinstance(kept, Handed):
        raise TypeError(f"the cache of packs held {type(kept).__name__}: expected Handed")
    _note(room, wants, form, kept)
    response = Response(kept.file.body, content_type=kept.file.content_type)
    day = wants.briefing.as_of.day
    response.headers["Content-Disposition"] = disposition(kept.name, f"{wants.briefing.id}-{day}.{form.id}")
    return _headed(response, tag)


def handed(draws: Drawing, wants: Wanted, form: PackForm, desk: Desk, origin: str) -> Handed:
    """Return the pack that is asked for; raise RefusedError where it cannot be made here."""
    try:
        done = made(wants.briefing, form, draws, desk, origin=origin)
    except FontsMissingError as error:
        words = desk.words[wants.briefing.languages[0]]
        said = words.t("picture.fonts_missing", signs=error.signs, package=error.package)
        raise RefusedError(406, said, [("format", "another format")]) from error
    return Handed(
        file=File(body=done.body, zipped=None, etag="", content_type=form.media_type),
        name=file_name(done.pack.title, done.pack.day, form.id),
        audience=done.pack.audience,
        keep=done.whole,
    )


def _note(room: PackRoom, wants: Wanted, form: PackForm, kept: Handed) -> None:
    """Write in the audit who took what, where somebody is signed in or it is not public."""
    if not room.door().signed_in and kept.audience == AUDIENCES[0]:
        return
    as_of = wants.briefing.as_of
    room.door.note(
        "exported", wants.briefing.id, format=form.id, languages=list(wants.briefing.languages),
        as_of=as_of.instant.isoformat(), stamp=as_of.stamp, audience=kept.audience,
    )  # fmt: skip


def _headed(response: Response, tag: str) -> Response:
    response.headers["ETag"] = f'W/"{tag}"'
    response.headers["Cache-Control"] = ASK_AGAIN
    return response
