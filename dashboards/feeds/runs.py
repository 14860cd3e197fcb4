"""A source run now: asked for by a person, written in the audit, done by the scheduler, and its outcome told.

The web process runs nothing. It plans a run in the ledger, and this page looks there for what became of it.
"""

from __future__ import annotations

from typing import Any

from flask import Response, request

from dashboards.feeds.frame import Room, environment
from dashboards.frames import MOST_SAID
from dashboards.i18n import HTML_LANG, LANGUAGES, Words
from dashboards.panels.source_lines import texts_said
from dashboards.panels.sources_health import ENDS, counts_of
from dashboards.sign_in import forms
from dashboards.sign_in.frame import here, moved, note, reader

AGAIN_SECONDS = 3
REFUSALS = {"no_scheduler": "sources.ask_no_scheduler", "unknown": "ui.not_found_help"}


def _refusal(room: Room, source_id: str) -> Response | None:
    """Return the calm page for those who may not run a source here, or None for those who may."""
    door = room.door
    if door.settings.mode == "open":
        return note(door, "sources.run_now", "sign_in.open_mode", 403)
    viewer = door()
    if not viewer.signed_in and door.settings.mode != "proxy":
        words = reader(door.words)
        onward = request.path if request.method == "GET" else "/sources"
        return moved(here("/sign-in", words, next=here(onward, words)))
    if not viewer.may("run_now"):
        return note(door, "sources.run_now", "sources.ask_not_allowed", 403)
    if source_id not in room.feeds.known:
        return note(door, "ui.not_found", "ui.not_found_help", 404)
    return None


def ask(room: Room, source_id: str) -> Response:
    """Answer the form: plan a run and show it as it waits, or say why none will come."""
    if (refused := _refusal(room, source_id)) is not None:
        return refused
    words = reader(room.door.words)
    answer = room.feeds.ask(source_id)
    room.door.note("run_now", source_id, outcome=answer.state, run=answer.run_id)
    if answer.state in REFUSALS:
        return _page(room, source_id, words, fault=words.t(REFUSALS[answer.state]), status=409)
    return moved(here(f"/sources/{source_id}/run", words, run=answer.run_id))


def page_of(room: Room, source_id: str) -> Response:
    """Return the page that offers a run, or tells what became of the one that was asked for."""
    if (refused := _refusal(room, source_id)) is not None:
        return refused
    words = reader(room.door.words)
    named = request.args.get("run", "")
    told = room.feeds.run(named) if named else None
    if told is None or told.run.source_id != source_id:
        return _page(room, source_id, words)
    return _page(room, source_id, words, **_outcome(told, words))


def _outcome(told: Any, words: Words) -> dict[str, Any]:
    run = told.run
    over = run.ended_at is not None
    state = words.t(ENDS.get(run.status, "sources.run_other"))
    said = words.t("sources.asked_over", state=state) if over else words.t("sources.asked_waits", state=state)
    return {
        "done": said,
        "counts": counts_of(run, words) if over else "",
        "lines": texts_said(told.lines, words, stage=run.stage)[:MOST_SAID] if over else [],
        "again": 0 if over else AGAIN_SECONDS,
    }


def _page(room: Room, source_id: str, words: Words, *, status: int = 200, **values: Any) -> Response:
    door, path = room.door, f"/sources/{source_id}/run"
    more = {"run": request.args.get("run", "")} if request.method == "GET" else {}
    filled = environment().get_template("run.html").render(
        said={key.rpartition(".")[2]: words.t(key) for key in SAID},
        html_lang=words.html_lang,
        title=words.t("sources.run_title", name=room.feeds.known[source_id].title[words.lang]),
        files=door.files,
        home=here("/", words),
        languages=[
            {
                "href": here(path, door.words[lang], **more),
                "lang": HTML_LANG[lang],
                "text": words.t(f"switch.{lang}"),
                "here": lang == words.lang,
            }
            for lang in LANGUAGES
        ],
        action=here(path, words),
        source=here(f"/sources/{source_id}", words),
        token_name=forms.FIELD,
        token=door.form_token(),
        **({"fault": "", "done": "", "counts": "", "lines": [], "again": 0} | values),
    )  # fmt: skip
    answer = Response(filled, status=status, content_type="text/html; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    if values.get("again"):
        answer.headers["Refresh"] = str(values["again"])
    return answer


SAID = (
    "sources.ask_note",
    "sources.back_to_source",
    "sources.run_again",
    "sources.run_now",
    "ui.back_to_overview",
    "ui.language",
    "ui.product_name",
)
