"""The quarantine: what is held back, why, and a person's decision about each."""

from __future__ import annotations

from flask import Response, request

from dashboards.panels.source_lines import reasons, texts_said
from dashboards.sign_in.frame import reader
from dashboards.steward.frame import Room, page, refusal
from dashboards.steward.lines import figure_said
from dashboards.steward.review import MOST_WHY


def held(room: Room, *, fault: str = "", done: str = "", status: int = 200) -> Response:
    """Return the list of what is held back; *fault* and *done* are text."""
    if (refused := refusal(room.door, "release")) is not None:
        return refused
    words = reader(room.door.words)
    return page(
        room,
        "quarantine.html",
        words.t("steward.quarantine"),
        status=status,
        fault=fault,
        done=done,
        most=MOST_WHY,
        items=[
            {
                "item": one.item,
                "source": one.source,
                "rule": reasons(one.rule, words),
                "said": one.said if words.lang == "en" else "",
                "figure": figure_said(one.figure, words) if one.figure else "",
                "lines": texts_said(one.lines, words, stage="parse"),
                "at": words.instant(one.held_at),
                "releasable": one.releasable,
            }
            for one in room.desk.quarantine(words.lang)
        ],
    )


def decide(room: Room) -> Response:
    """Answer the form of an item: release it or reject it, with a reason."""
    if (refused := refusal(room.door, "release")) is not None:
        return refused
    words, given = reader(room.door.words), request.form
    item, why = given.get("item", ""), given.get("why", "")[:MOST_WHY]
    match given.get("do", ""):
        case "release":
            outcome = room.desk.release(item, why, words.lang, **room.by)
        case "reject":
            outcome = room.desk.reject(item, why, words.lang, **room.by)
        case _:
            return held(room, fault=words.t("sign_in.fault_form"), status=400)
    if outcome.done:
        return held(room, done=outcome.said)
    return held(room, fault=outcome.said, status=409)
