"""The page of a signed-in person's views: name one, open, rename, share, delete; and those that others share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from flask import Response, request
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboards.asked import MOST_FIELDS, ask
from dashboards.desk import Desk, Filters, address
from dashboards.i18n import HTML_LANG, LANGUAGES, Words
from dashboards.panel import Page
from dashboards.sign_in import forms
from dashboards.sign_in.door import Door
from dashboards.sign_in.frame import TEMPLATES as SHARED
from dashboards.sign_in.frame import here, moved, note, reader
from metrics.asof import HONG_KONG
from metrics.warehouse.views import MOST_NAME, MOST_QUERY, NoView, SavedView, TooManyViews, ViewBook

TEMPLATES = Path(__file__).parent / "templates"
HOME = "/saved-views"
GROUP = "group"
# What the template may say, by the last part of the key.
SAID = (
    "views.change",
    "views.delete",
    "views.is_shared",
    "views.keep_change",
    "views.mine",
    "views.name",
    "views.none",
    "views.none_shared",
    "views.of_others",
    "views.save",
    "views.save_this",
    "views.share",
    "views.to_explorer",
    "ui.back_to_overview",
    "ui.language",
    "ui.product_name",
)
DONE = {"saved": "views.saved", "changed": "views.changed", "deleted": "views.deleted"}


@dataclass(frozen=True, kw_only=True)
class Room:
    """Holds who is asking (*door*), where views are kept (*book*), the *page* they are of, the *desks*."""

    door: Door
    book: ViewBook
    page: Page
    desks: Callable[[], Desk]


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates, ours and the frame of the sign-in pages; a forgotten value is an error."""
    return Environment(
        loader=FileSystemLoader([TEMPLATES, SHARED]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )


def refusal(room: Room) -> Response | None:
    """Return the calm page for whoever is not signed in, or None for who is."""
    if room.door.settings.mode == "open":
        return note(room.door, "views.mine", "views.in_browser", 403)
    if room.door().signed_in:
        return None
    words = reader(room.door.words)
    if room.door.settings.mode == "proxy":
        return note(room.door, "views.mine", "views.not_known", 403)
    onward = here(HOME, words, view=request.args.get("view", "")) if request.method == "GET" else HOME
    return moved(here("/sign-in", words, next=onward))


def canonical(room: Room, query: str) -> str | None:
    """Return the one spelling of a view's query string, without language and search; None where it is no view."""
    if len(query) > MOST_QUERY:
        return None
    desk = room.desks()
    try:
        fields = parse_qs(query, max_num_fields=MOST_FIELDS)
    except ValueError:
        return None
    asked = ask([room.page], desk, room.page.path, fields, desk.clock())
    if asked.faults:
        return None
    options = tuple((name, value) for name, value in asked.filters.options if name != "q")
    plain = address(room.page.path, asked.filters, lang=Filters().lang, options=options)
    return plain.partition("?")[2]


def home(room: Room, fault: str = "", status: int = 200) -> Response:
    """Return the page; with ``view`` in the address it asks for a name to keep that view under."""
    if (refused := refusal(room)) is not None:
        return refused
    words, viewer = reader(room.door.words), room.door()
    given = request.values.get("view")
    view = canonical(room, given) if given is not None else None
    if given is not None and view is None and not fault:
        fault, status = words.t("views.no_view"), 400
    others = room.book.shared(viewer.person_id) if GROUP in viewer.audiences else []
    return _filled(
        room,
        words,
        status,
        fault=fault,
        done=words.t(DONE[done]) if (done := request.args.get("done", "")) in DONE and not fault else "",
        view=view,
        view_said=_spelt(view, words) if view else words.t("views.opening_view"),
        mine=[_line(one, words, room) for one in room.book.mine(viewer.person_id)],
        others=[_line(one, words, room) for one in others],
        path_view=view,
    )


def _spelt(query: str, words: Words) -> str:
    """Write what a view is of: its indicators and places by name, the rest as the address has it."""
    prefixes = {"indicators": "indicator.", "places": "place.", "group": "explore.group_"}
    said = []
    for name, values in parse_qs(query).items():
        codes = ",".join(values).split(",")
        if name in prefixes:
            keys = [prefixes[name] + code for code in codes]
            said.append(words.listing(words.t(key) if words.has(key) else key for key in keys))
        else:
            said.append(f"{name} {words.listing(codes)}")
    return " · ".join(said)


def _line(view: SavedView, words: Words, room: Room) -> dict[str, Any]:
    query = view.query + (f"&lang={words.lang}" if view.query else f"lang={words.lang}")
    return {
        "id": view.view_id,
        "name": view.name,
        "href": f"{room.page.path}?{query}",
        "shared": view.shared,
        "by": view.person_id,
        "changed": words.day(view.changed_at.astimezone(HONG_KONG).date()),
    }


def _filled(room: Room, words: Words, status: int, *, path_view: str | None, **values: Any) -> Response:
    door = room.door
    kept = {"view": path_view} if path_view else {}
    filled = environment().get_template("saved_views.html").render(
        said={key.rpartition(".")[2]: words.t(key) for key in SAID},
        html_lang=words.html_lang,
        title=words.t("views.title"),
        files=door.files,
        home=here("/", words),
        explorer=here(room.page.path, words),
        most_name=MOST_NAME,
        languages=[
            {
                "href": here(HOME, door.words[lang], **kept),
                "lang": HTML_LANG[lang],
                "text": words.t(f"switch.{lang}"),
                "here": lang == words.lang,
            }
            for lang in LANGUAGES
        ],
        address=lambda path: here(path, words),
        token_name=forms.FIELD,
        token=door.form_token(),
        **values,
    )  # fmt: skip
    answer = Response(filled, status=status, content_type="text/html; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def save(room: Room) -> Response:
    """Keep the view of the form under its name."""
    if (refused := refusal(room)) is not None:
        return refused
    words, person = reader(room.door.words), room.door().person_id
    query = canonical(room, request.form.get("view", ""))
    if query is None:
        return home(room, words.t("views.no_view"), 400)
    try:
        room.book.save(
            person, request.form.get("name", ""), query, room.door.clock(), shared="shared" in request.form
        )
    except ValueError:
        return home(room, words.t("views.bad_name", most=MOST_NAME), 400)
    except TooManyViews:
        return home(room, words.t("views.too_many"), 409)
    return moved(here(HOME, words, done="saved"))


def change(room: Room) -> Response:
    """Rename the view of the form, and share it or no longer."""
    if (refused := refusal(room)) is not None:
        return refused
    words, person = reader(room.door.words), room.door().person_id
    view_id, name = request.form.get("view_id", ""), request.form.get("name", "")
    try:
        # An empty name leaves the one there is.
        room.book.change(
            person,
            view_id,
            room.door.clock(),
            name=name if name.strip() else None,
            shared="shared" in request.form,
        )
    except ValueError:
        return home(room, words.t("views.bad_name", most=MOST_NAME), 400)
    except NoView:
        return home(room, words.t("views.not_there"), 404)
    return moved(here(HOME, words, done="changed"))


def delete(room: Room) -> Response:
    """Delete the view of the form."""
    if (refused := refusal(room)) is not None:
        return refused
    words = reader(room.door.words)
    try:
        room.book.delete(room.door().person_id, request.form.get("view_id", ""))
    except NoView:
        return home(room, words.t("views.not_there"), 404)
    return moved(here(HOME, words, done="deleted"))
