"""One meeting as stewards keep it: its decisions, its actions, and the forms by which each is entered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Response, request

from dashboards.i18n import HTML_LANG, Words
from dashboards.minutes.answers import Answers
from dashboards.minutes.boxes import LABELS, action_boxes, decision_boxes, meeting_boxes
from dashboards.minutes.entries import action_word, decision_word, meeting_word, withdrawal
from dashboards.minutes.frame import HOME, Form, Room, answers, faulted, moved, note, page, reader, refusal
from dashboards.minutes.meetings import places, stamp_of
from dashboards.panels.meeting_words import item_words, state_words
from dashboards.sign_in.frame import here
from metrics.meetings import Action, Decision, Gathering, actions, decisions, gatherings, spoken
from metrics.warehouse.entries import WarehouseError
from metrics.warehouse.ledger import new_run_id

DONE = {
    "entered": "minutes.done_entered",
    "changed": "minutes.done_changed",
    "decision": "minutes.done_decision",
    "action": "minutes.done_action",
    "taken_back": "minutes.done_taken_back",
}


def meeting_of(room: Room, meeting_id: str) -> Gathering | None:
    """Return a meeting of the agenda, or one that people keep."""
    return next((one for one in gatherings(room.metrics, room.now) if one.id == meeting_id), None)


def shown(
    room: Room, meeting_id: str, *, status: int = 200, forms: dict[str, Form] | None = None, fault: str = ""
) -> Response:
    """Return the page of a meeting, with those of its *forms* that were filled in; *fault* is a term key."""
    if (refused := refusal(room.door, "minutes")) is not None:
        return refused
    words = reader(room.door.words)
    meeting = meeting_of(room, meeting_id)
    if meeting is None:
        return note(room.door, "minutes.title", "minutes.no_meeting", 404)
    made = _forms(room, meeting, words) | (forms or {})
    return page(
        room,
        "meeting.html",
        spoken(meeting.names, words.lang)[0],
        status=status,
        done="" if forms or fault else DONE.get(request.args.get("done", ""), ""),
        fault=words.t(fault) if fault else "",
        id=meeting.id,
        about=_about(meeting, words),
        kept=meeting.kept,
        takes=meeting.state != "cancelled",
        decisions=[_decision(one, words) for one in decisions(room.metrics, room.now) if one.meeting_id == meeting_id],
        actions=[_action(one, room, words) for one in actions(room.metrics, room.now) if one.meeting_id == meeting_id],
        decision_form=made["decision"],
        action_form=made["action"],
        meeting_form=made["meeting"],
    )  # fmt: skip


def _about(meeting: Gathering, words: Words) -> str:
    told = [words.day(meeting.date, meeting.precision), words.t(LABELS[meeting.state])]
    told.append(words.t(LABELS[meeting.audience]))
    return " · ".join(told)


def _decision(one: Decision, words: Words) -> dict[str, Any]:
    text, lang = spoken(one.texts, words.lang)
    about = [item_words(one.work_item, words), words.day(one.on), one.said_by, words.t(LABELS[one.audience])]
    return {"id": one.id, "text": text, "lang": HTML_LANG[lang], "about": " · ".join(about)}


def _action(one: Action, room: Room, words: Words) -> dict[str, Any]:
    text, lang = spoken(one.texts, words.lang)
    day = room.now.day
    return {
        "id": one.id,
        "text": text,
        "lang": HTML_LANG[lang],
        "owner": one.owner,
        "due": words.day(one.due_on) if one.due_on else words.t("work_item_page.no_due_date"),
        "state": state_words(one, day, words),
        "audience": words.t(LABELS[one.audience]),
    }


def _forms(room: Room, meeting: Gathering, words: Words) -> dict[str, Form]:
    by, action = room.author(), here(f"{HOME}/{meeting.id}", words)
    return {
        "decision": Form(
            id="new-decision",
            do="decision",
            title=words.t("minutes.new_decision"),
            button=words.t("minutes.enter_decision"),
            action=action,
            boxes=decision_boxes(words, meeting, by),
            hint=words.t("minutes.one_language_hint"),
            folded=True,
        ),
        "action": Form(
            id="new-action",
            do="action",
            title=words.t("minutes.new_action"),
            button=words.t("minutes.enter_action"),
            action=action,
            boxes=action_boxes(words, meeting, by),
            hint=words.t("minutes.one_language_hint"),
            folded=True,
        ),
        "meeting": Form(
            id="this-meeting",
            do="meeting",
            title=words.t("minutes.change_meeting"),
            button=words.t("minutes.keep_meeting"),
            action=action,
            boxes=meeting_boxes(words, places(room), by, meeting),
            hint=words.t("minutes.change_hint"),
            folded=True,
        ),
    }


def change(room: Room, meeting_id: str) -> Response:
    """Answer the forms of a meeting: a decision, an action, another word about it, a decision taken back."""
    if (refused := refusal(room.door, "minutes")) is not None:
        return refused
    meeting = meeting_of(room, meeting_id)
    if meeting is None:
        return note(room.door, "minutes.title", "minutes.no_meeting", 404)
    do = request.form.get("do", "")
    if do == "take_back":
        return _take_back(room, meeting)
    ways = {"decision": _decide, "action": _act, "meeting": _again}
    if do not in ways or (do == "meeting" and not meeting.kept):
        return shown(room, meeting_id, status=400, fault="minutes.fault_form")
    typed = answers()
    if not ways[do](room, meeting, typed):
        return _wrong(room, meeting, do, typed)
    done = {"meeting": "changed"}.get(do, do)
    return moved(here(f"{HOME}/{meeting_id}", reader(room.door.words), done=done))


def _wrong(room: Room, meeting: Gathering, do: str, typed: Answers) -> Response:
    words = reader(room.door.words)
    form = _forms(room, meeting, words)[do]
    boxes = faulted(form.boxes, typed.typed, typed.faults, words)
    return shown(room, meeting.id, status=422, forms={do: replace(form, boxes=boxes, folded=False)})


def _decide(room: Room, meeting: Gathering, typed: Answers) -> bool:
    by = room.author()
    word = decision_word(typed, f"d-{new_run_id(by.at)}", meeting, by)
    if word is not None:
        room.book.say_decision(word, room.deed("decision", word.decision_id, meeting=meeting.id), by.at)
    return word is not None


def _act(room: Room, meeting: Gathering, typed: Answers) -> bool:
    by = room.author()
    word = action_word(typed, f"a-{new_run_id(by.at)}", meeting, by)
    if word is not None:
        room.book.say_action(word, room.deed("action", word.action_id, meeting=meeting.id), by.at)
    return word is not None


def _again(room: Room, meeting: Gathering, typed: Answers) -> bool:
    """Keep another word about a meeting; it counts from now on, and the words before it stay for the past."""
    by = room.author()
    word = meeting_word(typed, meeting.id, places(room), by)
    if word is None:
        return False
    last = [one for one in room.metrics.kept().meetings if one.meeting_id == meeting.id][-1]
    # The number of a meeting is its name for ever: what was the expert group's own stays so.
    word = replace(
        word, kind=last.kind, known_at=max(word.known_at, last.known_at), stamp=stamp_of(room, word)
    )
    room.book.say_meeting(word, room.deed("meeting", meeting.id, state=word.state, date=word.held_on), by.at)
    return True


def _take_back(room: Room, meeting: Gathering) -> Response:
    by, typed = room.author(), answers()
    asked = request.form.get("decision", "")
    said = [one for one in room.metrics.kept().decisions if one.decision_id == asked]
    word = withdrawal(said[-1], typed, by) if said and said[-1].meeting_id == meeting.id else None
    if word is None:
        return shown(room, meeting.id, status=422, fault="minutes.fault_why")
    try:
        room.book.say_decision(word, room.deed("decision_withdrawn", asked, meeting=meeting.id), by.at)
    except WarehouseError:
        return shown(room, meeting.id, status=409, fault="minutes.fault_meanwhile")
    return moved(here(f"{HOME}/{meeting.id}", reader(room.door.words), done="taken_back"))
