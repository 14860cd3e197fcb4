"""One return: what it says, against what is known, and the second person's decision."""

from __future__ import annotations

from flask import Response, request

from dashboards.sign_in.frame import note, reader
from dashboards.steward.frame import Room, attached, page, refusal
from dashboards.steward.lines import figure_lines, handed_line, summary

MOST_WHY = 500


def returned(room: Room, return_id: str, *, fault: str = "", done: str = "", status: int = 200) -> Response:
    """Return the page of one return; *fault* and *done* are text."""
    if (refused := refusal(room.door, "return")) is not None:
        return refused
    words, viewer = reader(room.door.words), room.door()
    given = room.desk.returned(return_id, words.lang)
    if given is None:
        return note(room.door, "steward.title", "steward.no_return", 404)
    if request.args.get("done") == "submitted" and request.method == "GET":
        done = words.t("steward.done_submitted")
    own = given.handed_in_by == viewer.person_id
    return page(
        room,
        "return.html",
        words.t("steward.return_title", name=given.return_id),
        status=status,
        fault=fault,
        done=done,
        line=handed_line(given, words),
        own=words.t("steward.own_return") if own and not given.verdict else "",
        decides=not given.verdict and not own and viewer.may("review"),
        why_note=words.t("steward.why_doubts" if given.doubts else "steward.why_note"),
        why_needed=bool(given.doubts),
        most=MOST_WHY,
        summary=summary(given.figures, words) if not given.verdict else "",
        figures=figure_lines(given.figures, words),
    )


def decide(room: Room, return_id: str) -> Response:
    """Answer the form of a second person: approve, or send back with a reason."""
    if (refused := refusal(room.door, "review")) is not None:
        return refused
    words, why = reader(room.door.words), request.form.get("why", "")[:MOST_WHY]
    match request.form.get("do", ""):
        case "approve":
            outcome = room.desk.approve(return_id, why, words.lang, **room.by)
        case "send_back":
            outcome = room.desk.send_back(return_id, why, words.lang, **room.by)
        case _:
            return returned(room, return_id, fault=words.t("sign_in.fault_form"), status=400)
    if outcome.done:
        return returned(room, return_id, done=outcome.said)
    return returned(room, return_id, fault=outcome.said, status=409)


def file(room: Room, return_id: str) -> Response:
    """Answer with the file of a return as it was handed in."""
    if (refused := refusal(room.door, "return")) is not None:
        return refused
    content = room.desk.file(return_id)
    if content is None:
        return note(room.door, "steward.title", "steward.no_return", 404)
    return attached(content, room.desk.media_type, "return.xlsx")
