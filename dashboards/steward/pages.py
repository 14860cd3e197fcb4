"""The stewards' first page: a template to fetch, a file to upload, what waits and what was decided."""

from __future__ import annotations

import re

from flask import Response, request

from dashboards.i18n import HTML_LANG, LANGUAGES
from dashboards.sign_in.frame import here, moved, reader
from dashboards.steward.desk import Upload
from dashboards.steward.frame import HOME, Room, attached, page, refusal
from dashboards.steward.lines import figure_lines, handed_line, named, summary

SETS = {
    "own": "steward.set_own",
    "services": "steward.set_services",
    "connectivity": "steward.set_connectivity",
    "infrastructure": "steward.set_infrastructure",
    "data_flow": "steward.set_data_flow",
    "cooperation": "steward.set_cooperation",
    "transport": "steward.set_transport",
}
MOST_BYTES = 2 * 2**20
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


def home(room: Room, fault: str = "", status: int = 200) -> Response:
    """Return the first page; *fault* is text."""
    if (refused := refusal(room.door, "return")) is not None:
        return refused
    words, returns = reader(room.door.words), room.desk.returns()
    return page(
        room,
        "steward.html",
        words.t("steward.title"),
        status=status,
        path=HOME,
        fault=fault,
        departments=room.desk.departments(words.lang),
        sets=[(one, words.t(SETS[one])) for one in room.desk.sets()],
        form_languages=[
            (lang, words.t(f"switch.{lang}_name"), HTML_LANG[lang], lang == words.lang) for lang in LANGUAGES
        ],
        waiting=[handed_line(one, words) for one in returns if not one.verdict],
        decided=[handed_line(one, words) for one in returns if one.verdict],
        held=len(room.desk.quarantine(words.lang)),
        proposed=len(room.desk.proposals(words.lang)),
    )


def template(room: Room) -> Response:
    """Answer with the template that the query asks for, or with the first page that says why there is none."""
    if (refused := refusal(room.door, "return")) is not None:
        return refused
    words, given = reader(room.door.words), request.args
    department, chosen = given.get("department", ""), given.get("set", "")
    lang = given.get("form_lang", "")
    if lang not in LANGUAGES:
        lang = words.lang
    try:
        content = room.desk.template(department, chosen, lang, words.lang)
    except ValueError as error:
        return home(room, str(error), 400)
    # The desk knows both ids, or it would have refused: nothing of the query reaches the name unchecked.
    return attached(content, room.desk.media_type, f"return-{department}-{chosen}-{lang}.xlsx")


def upload(room: Room) -> Response:
    """Answer a file: its faults cell by cell, or what it would change, in the language of the file."""
    if (refused := refusal(room.door, "return")) is not None:
        return refused
    words, file = reader(room.door.words), request.files.get("file")
    content = file.stream.read(MOST_BYTES + 1) if file else b""
    if not content:
        return home(room, words.t("steward.no_file"), 400)
    found = room.desk.upload(content, words.lang, **room.by)
    if found.refused:
        return home(room, found.refused, 422)
    return _uploaded(room, found)


def _uploaded(room: Room, found: Upload) -> Response:
    words = room.door.words[found.lang]
    faulty = bool(found.faults)
    return page(
        room,
        "upload.html",
        words.t("steward.upload_faulty" if faulty else "steward.upload_sound"),
        words=words,
        path=HOME,
        status=422 if faulty else 200,
        department=named("organisation", found.department, words),
        faults=found.faults,
        counted=words.t("steward.faults", n=len(found.faults), sound=found.sound) if faulty else "",
        summary="" if faulty else summary(found.figures, words),
        figures=figure_lines(found.figures, words),
        sha256=found.sha256,
    )


def submit(room: Room) -> Response:
    """Hand in what was uploaded, and show it as it waits."""
    if (refused := refusal(room.door, "return")) is not None:
        return refused
    words, sha256 = reader(room.door.words), request.form.get("sha256", "")
    if not _SHA256.fullmatch(sha256):
        return home(room, words.t("sign_in.fault_form"), 400)
    outcome = room.desk.submit(sha256, words.lang, **room.by)
    if not outcome.done:
        return home(room, outcome.said, 409)
    return moved(here(f"{HOME}/returns/{outcome.subject}", words, done="submitted"))
