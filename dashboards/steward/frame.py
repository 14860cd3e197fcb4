"""The frame of stewards' pages: who may see them, and our templates filled in, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Response, request
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboards.i18n import HTML_LANG, LANGUAGES, Words
from dashboards.sign_in import forms
from dashboards.sign_in.door import Door
from dashboards.sign_in.frame import TEMPLATES as SHARED
from dashboards.sign_in.frame import here, moved, note, reader
from dashboards.steward.desk import StewardDesk

TEMPLATES = Path(__file__).parent / "templates"
HOME = "/steward"
# What the templates may say, by the last part of the key.
SAID = (
    "steward.about",
    "steward.accept",
    "steward.approve",
    "steward.by_hand",
    "steward.cell",
    "steward.check_file",
    "steward.choose",
    "steward.cited",
    "steward.decide",
    "steward.decided",
    "steward.department",
    "steward.doubts",
    "steward.download",
    "steward.download_file",
    "steward.event",
    "steward.event_on",
    "steward.event_on_note",
    "steward.evidence",
    "steward.expected",
    "steward.figure",
    "steward.figures",
    "steward.file",
    "steward.found",
    "steward.found_words",
    "steward.hand_in",
    "steward.hand_in_note",
    "steward.handed_in",
    "steward.held",
    "steward.known",
    "steward.meetings",
    "steward.more",
    "steward.mended",
    "steward.milestone",
    "steward.none_decided",
    "steward.none_proposed",
    "steward.none_waiting",
    "steward.nothing_held",
    "steward.payload",
    "steward.period",
    "steward.place",
    "steward.precision",
    "steward.proposal_why",
    "steward.proposals",
    "steward.proposals_note",
    "steward.proposed_title",
    "steward.published",
    "steward.quarantine",
    "steward.quarantine_note",
    "steward.reject",
    "steward.release",
    "steward.return_name",
    "steward.returns",
    "steward.rule",
    "steward.run",
    "steward.send_back",
    "steward.set",
    "steward.source",
    "steward.template",
    "steward.template_lang",
    "steward.template_note",
    "steward.to_decision",
    "steward.turn_down",
    "steward.upload",
    "steward.upload_note",
    "steward.verdict",
    "steward.waiting",
    "steward.what",
    "steward.whole",
    "steward.why",
    "ui.back_to_overview",
    "ui.language",
    "ui.product_name",
)


@dataclass(frozen=True, kw_only=True)
class Room:
    """Holds the door, which says who is asking, and the desk, which does the work."""

    door: Door
    desk: StewardDesk

    @property
    def by(self) -> dict[str, str]:
        """Return who is asking and from where, as the desk writes it down."""
        viewer = self.door()
        return {"by": viewer.person_id, "address": viewer.address}


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates, ours and the frame of the sign-in pages; a forgotten value is an error."""
    return Environment(
        loader=FileSystemLoader([TEMPLATES, SHARED]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )


def refusal(door: Door, action: str) -> Response | None:
    """Return the calm page for those who may not do *action* here, or None for those who may.

    Who is not signed in is asked to, and comes back.
    """
    if door.settings.mode == "open":
        return note(door, "steward.title", "sign_in.open_mode", 403)
    viewer = door()
    if viewer.may(action):
        return None
    if not viewer.signed_in and door.settings.mode != "proxy":
        words = reader(door.words)
        onward = request.path if request.method == "GET" else HOME
        return moved(here("/sign-in", words, next=here(onward, words)))
    return note(door, "steward.title", "steward.not_allowed", 403)


def page(
    room: Room,
    template: str,
    title: str,
    *,
    words: Words | None = None,
    status: int = 200,
    path: str = "",
    **values: Any,
) -> Response:
    """Return *template* filled with *values*, in the reader's language or that of *words*; *title* is text.

    *path* is where the language links lead, the address at hand where empty. Nobody may keep a copy of it.
    """
    door = room.door
    words = words or reader(door.words)
    filled = environment().get_template(template).render(
        said={key.rpartition(".")[2]: words.t(key) for key in SAID},
        words=words,
        html_lang=words.html_lang,
        title=title,
        files=door.files,
        home=here("/", words),
        languages=[
            {
                "href": here(path or request.path, door.words[lang]),
                "lang": HTML_LANG[lang],
                "text": words.t(f"switch.{lang}"),
                "here": lang == words.lang,
            }
            for lang in LANGUAGES
        ],
        address=lambda path: here(path, words),
        token_name=forms.FIELD,
        token=door.form_token(),
        **({"fault": "", "done": ""} | values),
    )  # fmt: skip
    answer = Response(filled, status=status, content_type="text/html; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def attached(content: bytes, media_type: str, name: str) -> Response:
    """Return a file for the reader's disk; *name* holds plain letters alone."""
    answer = Response(content, content_type=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
