"""The page on which a person composes a briefing: every button is a form, and the address holds what was composed."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from flask import Response, request
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboards.briefings import composing, kept
from dashboards.briefings.found import briefing as briefing_of
from dashboards.briefings.offers import Offer, choice_lines, moments, offers, titled
from dashboards.briefings.present import TEMPLATES, Wanted
from dashboards.briefings.ready import draft_of
from dashboards.briefings.token import COMPOSE, MOST_TOKEN, OWN, packed, unpacked
from dashboards.briefings.values import FILES, MOST_NAME, MOST_NOTE, Briefing
from dashboards.desk import Desk
from dashboards.i18n import HTML_LANG, LANGUAGES, Words
from dashboards.roles import AUDIENCES
from dashboards.sign_in import forms
from dashboards.sign_in.door import Door
from dashboards.sign_in.frame import TEMPLATES as SHARED
from dashboards.sign_in.frame import here, moved, note, reader
from metrics.warehouse.briefings import ChangedMeanwhile

HOME = "/briefings"
MOST_ADDED = 60
MOST_LISTS = 24
AUDIENCE_WORDS = {
    "public": "briefing.audience_public",
    "group": "briefing.audience_group",
    "officials": "briefing.audience_officials",
}
SAID = (
    "briefing.add", "briefing.add_help", "briefing.apply", "briefing.as_of", "briefing.audience",
    "briefing.copy", "briefing.copy_address", "briefing.day", "briefing.delete", "briefing.delete_ask",
    "briefing.down", "briefing.empty", "briefing.in_address", "briefing.list_back",
    "briefing.name", "briefing.name_help", "briefing.no_second", "briefing.note",
    "briefing.panels", "briefing.present", "briefing.remove", "briefing.save", "briefing.second",
    "briefing.settings", "briefing.too_long", "briefing.up", "ui.back_to_overview", "ui.copied", "ui.language",
    "ui.product_name",
)  # fmt: skip


Take = Callable[[Wanted, str], Response]


@dataclass(kw_only=True)
class Table:
    """Holds what composing works with: the door, the desks, and what is known of panels asked about before.

    *take* begins a briefing's file; without it there is none to be had.
    """

    door: Door
    desks: Callable[[], Desk]
    take: Take | None = None
    known: dict[Hashable, Offer] = field(default_factory=dict)
    offered: dict[Hashable, list[tuple[str, list[Offer]]]] = field(default_factory=dict)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the templates, ours in the frame of the sign-in pages; a forgotten value is an error."""
    return Environment(
        loader=FileSystemLoader([TEMPLATES, SHARED]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )


def show(table: Table) -> Response:
    """Answer with the form of the briefing that the address holds, names, or begins."""
    desk, words = table.desks(), reader(table.door.words)
    try:
        mine = _asked(desk, words)
        new = [composing.named_panel(text) for text in request.args.getlist("add")[:MOST_ADDED]]
    except ValueError:
        return note(table.door, "briefing.compose", "briefing.fault_address", 400)
    if mine is None:
        return note(table.door, "briefing.compose", "briefing.none_here", 404)
    if new:
        return _onward(
            table, composing.added(mine, new), words, at=len(mine.panels) + len(new) - 1, did="added"
        )
    return form(table, mine, done=_DONE.get(request.args.get("done", ""), ""))


_DONE = {"saved": "briefing.saved", "added": "briefing.added"}


def _asked(desk: Desk, words: Words) -> Briefing | None:
    given = request.args
    if token := given.get("b", ""):
        return unpacked(token, clock=desk.clock())
    if source := given.get("from", ""):
        found = briefing_of(source, desk)
        return draft_of(found, words.lang) if found is not None and found.ready_made else found
    return composing.blank(desk, words.lang)


def change(table: Table) -> Response:
    """Answer a button of the form: with the page again, moved on, saved, or with what is wrong."""
    desk, words, sent = table.desks(), reader(table.door.words), request.form
    try:
        mine = unpacked(sent.get("b", ""), clock=desk.clock())
        mine = composing.filled_in(mine, sent, desk)
        name, _, place = sent.get("do", "").partition(":")
        if name in {"up", "down", "remove"}:
            at = int(place) if place.isascii() and place.isdigit() and len(place) < 4 else -1
            return _ordered(table, mine, name, at, words)
        new = (
            [composing.named_panel(text) for text in sent.getlist("panel")[:MOST_ADDED]]
            if name == "add"
            else []
        )
    except ValueError:
        return note(table.door, "briefing.compose", "sign_in.fault_form", 400)
    deeds: dict[str, Callable[[], Response]] = {
        "add": lambda: _onward(table, composing.added(mine, new), words, did="added"),
        "present": lambda: moved(here(f"/present/{OWN}", words, b=packed(mine))),
        "save": lambda: save(table, mine, words),
        "copy": lambda: save(table, replace(mine, id=OWN, version=0), words),
        "delete": lambda: delete(table, mine, words),
        "take": lambda: _taken(table, mine, place),
    }
    return deeds.get(name, lambda: _onward(table, mine, words))()


def _taken(table: Table, mine: Briefing, form: str) -> Response:
    """Begin the file of *mine* in a form, as it stands on the page."""
    if table.take is None or form not in FILES:
        return note(table.door, "briefing.compose", "sign_in.fault_form", 400)
    lang, second, *_ = (*mine.languages, "")
    own = replace(mine, id=OWN, version=0)
    return table.take(Wanted(briefing=own, token=packed(own), lang=lang, second=second, theme="light"), form)


def _ordered(table: Table, mine: Briefing, name: str, at: int, words: Words) -> Response:
    if name == "remove":
        return _onward(table, composing.removed(mine, at), words, at=max(at - 1, 0), did=name)
    by = -1 if name == "up" else 1
    to = min(max(at + by, 0), len(mine.panels) - 1)
    return _onward(table, composing.moved(mine, at, by), words, at=to, did=name)


def _onward(table: Table, mine: Briefing, words: Words, *, at: int = -1, did: str = "") -> Response:
    """Move on to the address that holds *mine*, or show it where that would be too long for an address."""
    token = packed(mine)
    if len(token) > MOST_TOKEN:
        return form(table, mine, at=at, did=did)
    place = {"at": str(at), "did": did} if at >= 0 else {}
    return moved(here(COMPOSE, words, b=token, done="added" if did == "added" else "", **place))


def save(table: Table, mine: Briefing, words: Words) -> Response:
    """Save *mine*, as strict as its strictest panel; over the one it comes from only for who may."""
    viewer, desk = table.door(), table.desks()
    if not viewer.may("brief"):
        return note(table.door, "briefing.compose", "briefing.sign_in_first", 403)
    before = kept.saved_one(mine.id, desk) if mine.version else None
    if before is None or not kept.may_change(before, viewer):
        mine = replace(mine, id=OWN, version=0)
    strictest = _strictest(table, mine, desk, words)
    mine = replace(mine, audience=composing.strict_enough(mine.audience, strictest))
    if AUDIENCES.index(mine.audience) > AUDIENCES.index(desk.audience):
        return form(table, mine, fault="briefing.fault_audience", status=403)
    try:
        done = kept.save(mine, desk, viewer)
    except ChangedMeanwhile:
        return form(table, mine, fault="briefing.fault_changed", status=409)
    return moved(here(COMPOSE, words, **{"from": done.id, "done": "saved"}))


def delete(table: Table, mine: Briefing, words: Words) -> Response:
    """Delete the saved briefing that *mine* comes from."""
    viewer, desk = table.door(), table.desks()
    before = kept.saved_one(mine.id, desk) if mine.version else None
    if before is None:
        return note(table.door, "briefing.compose", "briefing.none_here", 404)
    if not viewer.may("brief") or not kept.may_change(before, viewer):
        return note(table.door, "briefing.compose", "briefing.not_yours", 403)
    try:
        kept.delete(replace(before, version=mine.version), desk, viewer)
    except ChangedMeanwhile:
        return form(table, mine, fault="briefing.fault_changed", status=409)
    return moved(here(HOME, words))


def _strictest(table: Table, mine: Briefing, desk: Desk, words: Words) -> str:
    lines = choice_lines(mine, desk, words, table.known)
    return max((line.audience for line in lines), key=AUDIENCES.index, default=AUDIENCES[0])


def form(
    table: Table,
    mine: Briefing,
    *,
    fault: str = "",
    done: str = "",
    status: int = 200,
    at: int = -1,
    did: str = "",
) -> Response:
    """Return the form of *mine*; *fault* and *done* are term keys."""
    door, desk, words = table.door, table.desks(), reader(table.door.words)
    lines = choice_lines(mine, desk, words, table.known)
    strictest = max((line.audience for line in lines), key=AUDIENCES.index, default=AUDIENCES[0])
    mine = replace(mine, audience=composing.strict_enough(mine.audience, strictest))
    token, viewer = packed(mine), door()
    fits = len(token) <= MOST_TOKEN
    before = kept.saved_one(mine.id, desk) if mine.version else None
    at = at if did else _place(request.args.get("at", ""))
    page = environment().get_template("compose.html").render(
        said={key.rpartition(".")[2]: words.t(key) for key in SAID},
        words=words,
        html_lang=words.html_lang,
        title=titled(mine, words) if mine.names else words.t("briefing.compose"),
        files=door.files,
        home=here("/", words),
        languages=_languages(door, words, token if fits else ""),
        address=lambda path, **more: here(path, words, **more),
        list_home=HOME, action=COMPOSE,
        token_name=forms.FIELD,
        token=door.form_token() if door.settings.mode != "open" else "",
        fault=words.t(fault) if fault else "",
        done=words.t(done) if done else "",
        mine=mine, state=token, fits=fits, slides_language=words.t("briefing.language"),
        lines=lines, at=at, did=did or request.args.get("did", ""),
        tongues=[(lang, HTML_LANG[lang], words.t(f"switch.{lang}_name")) for lang in LANGUAGES],
        moments=moments(mine, desk, words),
        day=mine.as_of.day.isoformat() if not mine.as_of.current else "",
        audiences=_audiences(strictest, desk, words),
        audience_said=words.t("briefing.audience_said", audience=words.t(AUDIENCE_WORDS[strictest])),
        groups=_offered(table, desk, words), own=words.t("briefing.own_slides"),
        may_save=viewer.may("brief"), saved=before is not None,
        may_change=before is not None and kept.may_change(before, viewer),
        ways=[(form, words.t(key)) for form, key in FILES.items()] if table.take else [],
        most_name=MOST_NAME, most_note=MOST_NOTE, open=door.settings.mode == "open",
        not_saved=words.t("briefing.open_mode" if door.settings.mode == "open" else "briefing.sign_in_first"),
    )  # fmt: skip
    answer = Response(page, status=status, content_type="text/html; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _languages(door: Door, words: Words, state: str) -> list[dict[str, Any]]:
    """Return the links to this form in each language, its *state* kept."""
    return [
        {
            "href": here(COMPOSE, door.words[lang], b=state),
            "lang": HTML_LANG[lang],
            "text": words.t(f"switch.{lang}"),
            "here": lang == words.lang,
        }
        for lang in LANGUAGES
    ]


def _offered(table: Table, desk: Desk, words: Words) -> list[tuple[str, list[Offer]]]:
    """Return what may be added, found out once for each language, audience and stamp."""
    key = (words.lang, desk.audience, desk.stamp())
    if key not in table.offered:
        if len(table.offered) > MOST_LISTS:
            table.offered.clear()
        table.offered[key] = offers(desk, words)
    return table.offered[key]


def _place(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else -1


def _audiences(strictest: str, desk: Desk, words: Words) -> list[tuple[str, str]]:
    """Return the audiences that may be chosen: none looser than the strictest panel, none the reader is not of."""
    first, last = AUDIENCES.index(strictest), AUDIENCES.index(desk.audience)
    return [(one, words.t(AUDIENCE_WORDS[one])) for one in AUDIENCES[first : last + 1]]
