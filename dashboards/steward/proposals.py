"""Proposed milestones: what the watched feeds found, and a steward's word about each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, request

from dashboards.i18n import HTML_LANG, Words
from dashboards.sign_in.frame import here as address_in
from dashboards.sign_in.frame import moved, note, reader
from dashboards.steward.desk import Proposed
from dashboards.steward.frame import HOME, Room, page, refusal
from dashboards.steward.lines import named
from dashboards.steward.review import MOST_WHY
from metrics.agenda import agenda

PLACE = f"{HOME}/proposals"
EVENTS = {
    "announced": "steward.event_announced",
    "due_moved": "steward.event_due_moved",
    "happened": "steward.event_happened",
    "met": "steward.event_met",
    "missed": "steward.event_missed",
    "dropped": "steward.event_dropped",
}
PRECISIONS = {
    "day": "steward.precision_day",
    "month": "steward.precision_month",
    "estimated": "steward.precision_estimated",
}
FIELDS = ("milestone", "event", "on", "precision", "evidence", "why")
MOST = {"on": 10, "evidence": 500, "why": MOST_WHY}


def listed(room: Room) -> Response:
    """Return the list of what is proposed."""
    if (refused := refusal(room.door, "release")) is not None:
        return refused
    words = reader(room.door.words)
    done = {"accepted": "steward.done_accepted", "turned_down": "steward.done_turned_down"}
    said = done.get(request.args.get("done", ""))
    return page(
        room,
        "proposals.html",
        words.t("steward.proposals"),
        path=PLACE,
        done=words.t(said) if said else "",
        items=[_line(one, words) for one in room.desk.proposals(words.lang)],
    )


def one(
    room: Room, item: str, *, fault: str = "", status: int = 200, given: Mapping[str, str] | None = None
) -> Response:
    """Return the form of one proposal, as it was *given* where something was wrong with it; *fault* is text."""
    if (refused := refusal(room.door, "release")) is not None:
        return refused
    words = reader(room.door.words)
    found = next((one for one in room.desk.proposals(words.lang) if one.item == item), None)
    if found is None:
        return note(room.door, "steward.proposals", "steward.no_proposal", 404)
    shown = dict.fromkeys(FIELDS, "") | {"event": "happened", "precision": "day", "evidence": found.link}
    shown |= {"on": found.published_on.isoformat()} | dict(given or {})
    return page(
        room,
        "proposal.html",
        words.t("steward.proposal"),
        status=status,
        fault=fault,
        line=_line(found, words),
        given=shown,
        groups=_milestones(found, words),
        events=[(event, words.t(key)) for event, key in EVENTS.items()],
        precisions=[(precision, words.t(key)) for precision, key in PRECISIONS.items()],
        most=MOST,
    )


def decide(room: Room, item: str) -> Response:
    """Answer the form: accept the proposal as an event of a milestone, or turn it down with a reason."""
    if (refused := refusal(room.door, "release")) is not None:
        return refused
    words, form = reader(room.door.words), request.form
    word = {name: form.get(name, "")[: MOST.get(name, 80)] for name in FIELDS}
    match form.get("do", ""):
        case "accept":
            outcome, done = room.desk.accept(item, word, words.lang, **room.by), "accepted"
        case "turn_down":
            outcome, done = room.desk.turn_down(item, word["why"], words.lang, **room.by), "turned_down"
        case _:
            return one(room, item, fault=words.t("sign_in.fault_form"), status=400, given=word)
    if outcome.done:
        return moved(address_in(PLACE, words, done=done))
    return one(room, item, fault=outcome.said, status=409, given=word)


def _line(one: Proposed, words: Words) -> dict[str, Any]:
    return {
        "item": one.item,
        "title": one.title,
        "lang": HTML_LANG.get(one.language, ""),
        "link": one.link,
        "source": one.source,
        "on": words.day(one.published_on),
        "found": words.listing(one.words),
        "work_items": words.listing(named("work_item", str(number), words) for number in one.work_items),
    }


def _milestones(found: Proposed, words: Words) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the agenda's milestones by work item, those that the proposal speaks of first."""
    book = agenda()
    order = sorted(book.work_items, key=lambda number: (number not in found.work_items, number))
    return [
        (
            named("work_item", str(number), words),
            [
                (one.id, named("milestone", one.id, words))
                for one in book.milestones.values()
                if one.work_item == number
            ],
        )
        for number in order
    ]
