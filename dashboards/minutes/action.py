"""One action: its story so far, and the form by which it is done, dropped, changed or opened again."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, request

from dashboards.i18n import HTML_LANG, Words
from dashboards.minutes.boxes import LABELS, event_boxes
from dashboards.minutes.entries import action_event
from dashboards.minutes.frame import ACTIONS, Form, Room, answers, faulted, moved, note, page, reader, refusal
from dashboards.minutes.meeting import meeting_of
from dashboards.panels.meeting_words import item_words, state_words
from dashboards.sign_in.frame import here
from metrics.asof import HONG_KONG
from metrics.meetings import Action, actions, spoken
from metrics.warehouse.entries import WarehouseError
from metrics.warehouse.meetings import ActionWord

DONE = {"kept": "minutes.done_event"}


def _found(room: Room, action_id: str) -> Action | None:
    return next((one for one in actions(room.metrics, room.now) if one.id == action_id), None)


def shown(
    room: Room, action_id: str, *, status: int = 200, form: Form | None = None, fault: str = ""
) -> Response:
    """Return the page of an action, with *form* as it was filled in; *fault* is a term key."""
    if (refused := refusal(room.door, "minutes")) is not None:
        return refused
    words, action = reader(room.door.words), _found(room, action_id)
    meeting = meeting_of(room, action.meeting_id) if action else None
    if action is None or meeting is None:
        return note(room.door, "minutes.title", "minutes.no_action", 404)
    text, lang = spoken(action.texts, words.lang)
    return page(
        room,
        "action.html",
        words.t("minutes.action"),
        status=status,
        done="" if form or fault else DONE.get(request.args.get("done", ""), ""),
        fault=words.t(fault) if fault else "",
        text=text,
        lang=HTML_LANG[lang],
        facts=_facts(action, room, words),
        story=[_told(word, words) for word in reversed(action.story)],
        form=form or _form(room, action, words),
        meeting_id=meeting.id,
        meeting=spoken(meeting.names, words.lang)[0],
    )


def _facts(action: Action, room: Room, words: Words) -> list[tuple[str, str]]:
    day = room.now.day
    due = words.day(action.due_on) if action.due_on else words.t("work_item_page.no_due_date")
    return [
        (words.t("minutes.state"), state_words(action, day, words)),
        (words.t("minutes.owner"), action.owner),
        (words.t("minutes.due"), due),
        (words.t("minutes.of_item"), item_words(action.work_item, words)),
        (words.t("minutes.for_whom"), words.t(LABELS[action.audience])),
    ]


def _told(word: ActionWord, words: Words) -> dict[str, str]:
    due = words.day(word.due_on) if word.due_on else words.t("work_item_page.no_due_date")
    told = words.t(
        "minutes.told",
        event=words.t(LABELS[word.event]),
        date=words.day(word.known_at.astimezone(HONG_KONG).date()),
        by=word.said_by,
        owner=word.owner,
        due=due,
    )
    return {"said": told, "why": word.why}


def _form(room: Room, action: Action, words: Words) -> Form:
    return Form(
        id="event",
        do="event",
        title=words.t("minutes.new_event"),
        button=words.t("minutes.enter_event"),
        action=here(f"{ACTIONS}/{action.id}", words),
        boxes=event_boxes(words, action, room.author()),
    )


def change(room: Room, action_id: str) -> Response:
    """Answer the form of an action: keep what became of it, or show what is wrong beside each field."""
    if (refused := refusal(room.door, "minutes")) is not None:
        return refused
    words, action, by = reader(room.door.words), _found(room, action_id), room.author()
    if action is None:
        return note(room.door, "minutes.title", "minutes.no_action", 404)
    typed = answers()
    word = action_event(typed, action, by)
    if word is None:
        form = _form(room, action, words)
        boxes = faulted(form.boxes, typed.typed, typed.faults, words)
        return shown(room, action_id, status=422, form=replace(form, boxes=boxes))
    try:
        room.book.say_action(word, room.deed("action", action_id, event=word.event), by.at)
    except WarehouseError:
        return shown(room, action_id, status=409, fault="minutes.fault_meanwhile")
    return moved(here(f"{ACTIONS}/{action_id}", words, done="kept"))
