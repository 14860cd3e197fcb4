"""The frame of the pages on which stewards write: who may, our templates filled in, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Response, request
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboards.i18n import HTML_LANG, LANGUAGES, Words
from dashboards.minutes.answers import Answers, Fault
from dashboards.minutes.entries import Author
from dashboards.roles import AUDIENCES
from dashboards.sign_in import forms
from dashboards.sign_in.door import Door
from dashboards.sign_in.frame import TEMPLATES as SHARED
from dashboards.sign_in.frame import here, moved, note, reader
from dashboards.steward.frame import refusal
from metrics.asof import AsOf, now_as_of
from metrics.queries import Metrics
from metrics.warehouse.meetings import MeetingBook
from metrics.warehouse.overrides import OverrideBook
from metrics.warehouse.people import Deed

__all__ = ["Box", "Form", "Room", "moved", "note", "page", "reader", "refusal"]

TEMPLATES = Path(__file__).parent / "templates"
HOME = "/steward/meetings"
OVERRIDES = "/steward/overrides"
ACTIONS = "/steward/actions"
Choice = tuple[str, str]
# What the templates may say, by the last part of the key.
SAID = (
    "minutes.actions",
    "minutes.all_meetings",
    "minutes.as_readers_see",
    "minutes.decisions",
    "minutes.due",
    "minutes.entered",
    "minutes.for_whom",
    "minutes.more",
    "minutes.no_actions",
    "minutes.no_decisions",
    "minutes.none_entered",
    "minutes.of_item",
    "minutes.overrides",
    "minutes.owner",
    "minutes.published_elsewhere",
    "minutes.set_so_far",
    "minutes.state",
    "minutes.story",
    "minutes.take_back",
    "minutes.what",
    "minutes.when",
    "minutes.why",
    "ui.back_to_overview",
    "ui.language",
    "ui.product_name",
)


@dataclass(frozen=True, kw_only=True)
class Box:
    """One field of a form: *label*, *hint* and *fault* are texts; *lang* is the language that is typed into it."""

    name: str
    label: str
    kind: str = "text"
    value: str = ""
    choices: Sequence[Choice] = ()
    hint: str = ""
    fault: str = ""
    lang: str = ""
    needed: bool = False
    most: int = 0
    least_day: str = ""
    most_day: str = ""


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form: its *id* keeps the ids of its fields apart from those of others, *do* says what it asks for."""

    id: str
    do: str
    title: str
    button: str
    action: str
    boxes: Sequence[Box]
    hint: str = ""
    folded: bool = False


@dataclass(frozen=True, kw_only=True)
class Room:
    """Holds the door, which says who is asking, and the questions, for the widest audience there is."""

    door: Door
    metrics: Metrics = field(repr=False)

    @classmethod
    def of(cls, door: Door, metrics: Metrics) -> Room:
        """Return the room over *metrics*, asked with all audiences: only those come in who may see everything."""
        return cls(door=door, metrics=replace(metrics, audiences=frozenset(AUDIENCES)))

    @property
    def now(self) -> AsOf:
        """Return the as-of of this moment."""
        return now_as_of(self.door.clock())

    @property
    def book(self) -> MeetingBook:
        """Return the book of meetings, decisions and actions."""
        return MeetingBook(self.metrics.warehouse.engine)

    @property
    def overrides(self) -> OverrideBook:
        """Return the book of overrides."""
        return OverrideBook(self.metrics.warehouse.engine)

    def author(self) -> Author:
        """Return who is asking, by the name that readers will see."""
        viewer = self.door()
        return Author(person_id=viewer.person_id, name=viewer.name or viewer.person_id, at=self.door.clock())

    def deed(self, action: str, subject: str, **detail: Any) -> Deed:
        """Return the audit entry that goes with what is entered."""
        viewer = self.door()
        return Deed(
            actor=viewer.person_id,
            action=action,
            subject=subject,
            detail={"address": viewer.address} | detail,
        )


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates, ours and the frame of the sign-in pages; a forgotten value is an error."""
    return Environment(
        loader=FileSystemLoader([TEMPLATES, SHARED]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )


def answers() -> Answers:
    """Return what was typed into the form at hand."""
    return Answers(typed=request.form)


def faulted(
    boxes: Sequence[Box], typed: Mapping[str, str], faults: Mapping[str, Fault], words: Words
) -> list[Box]:
    """Return *boxes* as they were filled in, each fault beside its field."""
    return [
        replace(
            box,
            value=typed.get(box.name, box.value),
            fault=fault_said(faults[box.name], words) if box.name in faults else "",
        )
        for box in boxes
    ]


def fault_said(fault: Fault, words: Words) -> str:
    """Write why a field cannot be taken."""
    values = {
        name: words.day(value) if hasattr(value, "isoformat") else value
        for name, value in fault.values.items()
    }
    return words.t(fault.key, **values)


def page(
    room: Room, template: str, title: str, *, status: int = 200, done: str = "", **values: Any
) -> Response:
    """Return *template* filled with *values*, in the reader's language; *title* is text, *done* a term key."""
    door = room.door
    words = reader(door.words)
    filled = environment().get_template(template).render(
        said={key.rpartition(".")[2]: words.t(key) for key in SAID},
        words=words,
        html_lang=words.html_lang,
        title=title,
        files=door.files,
        home=here("/", words),
        languages=[
            {
                "href": here(request.path, door.words[lang], **request.args.to_dict() | {"lang": lang, "done": ""}),
                "lang": HTML_LANG[lang],
                "text": words.t(f"switch.{lang}"),
                "here": lang == words.lang,
            }
            for lang in LANGUAGES
        ],
        address=lambda path, **more: here(path, words, **more),
        token_name=forms.FIELD,
        token=door.form_token(),
        done=words.t(done) if done else "",
        **({"fault": ""} | values),
    )  # fmt: skip
    answer = Response(filled, status=status, content_type="text/html; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer
