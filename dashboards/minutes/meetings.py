"""The stewards' list of meetings, and the form by which one is entered."""

from __future__ import annotations

from dataclasses import replace

from flask import Response

from dashboards.i18n import Words
from dashboards.minutes.boxes import LABELS, meeting_boxes
from dashboards.minutes.entries import meeting_word, next_plenary, other_id
from dashboards.minutes.frame import HOME, Form, Room, answers, faulted, moved, page, reader, refusal
from dashboards.sign_in.frame import here
from metrics.meetings import Gathering, gatherings, spoken
from metrics.warehouse.meetings import AlreadyIs, MeetingWord

DONE = {"entered": "minutes.done_entered"}


def listed(room: Room, *, status: int = 200, form: Form | None = None, done: str = "") -> Response:
    """Return the page of all meetings with the form for a new one, or *form* as it was filled in."""
    if (refused := refusal(room.door, "minutes")) is not None:
        return refused
    words = reader(room.door.words)
    known = gatherings(room.metrics, room.now)
    return page(
        room,
        "meetings.html",
        words.t("minutes.title"),
        status=status,
        done=DONE.get(done, ""),
        meetings=[_line(one, words) for one in reversed(known)],
        form=form or _form(room, words),
    )


def _line(one: Gathering, words: Words) -> dict[str, str]:
    return {
        "id": one.id,
        "name": spoken(one.names, words.lang)[0],
        "date": words.day(one.date, one.precision),
        "state": words.t(LABELS[one.state]),
        "audience": words.t(LABELS[one.audience]),
        "entered": one.said_by if one.kept else words.t("minutes.as_published"),
    }


def places(room: Room) -> tuple[str, ...]:
    """Return the cities in which a meeting may be, in their order."""
    return tuple(city.id for city in room.metrics.atlas.cities)


def _form(room: Room, words: Words) -> Form:
    return Form(
        id="new-meeting",
        do="enter",
        title=words.t("minutes.new_meeting"),
        button=words.t("minutes.enter_meeting"),
        action=here(HOME, words),
        boxes=meeting_boxes(words, places(room), room.author()),
        hint=words.t("minutes.new_meeting_hint"),
    )


def enter(room: Room) -> Response:
    """Answer the form of a new meeting: keep it, or show what is wrong beside each field."""
    if (refused := refusal(room.door, "minutes")) is not None:
        return refused
    words, typed, by = reader(room.door.words), answers(), room.author()
    word = meeting_word(typed, "", places(room), by)
    if word is None:
        form = _form(room, words)
        form = replace(form, boxes=faulted(form.boxes, typed.typed, typed.faults, words))
        return listed(room, status=422, form=form)
    word = replace(word, meeting_id=_id(room, word), stamp=stamp_of(room, word))
    deed = room.deed("meeting", word.meeting_id, state=word.state, date=word.held_on)
    try:
        room.book.say_meeting(word, deed, by.at, new=True)
    except AlreadyIs:
        return listed(room, status=409)
    return moved(here(f"{HOME}/{word.meeting_id}", words, done="entered"))


def _id(room: Room, word: MeetingWord) -> str:
    """Return the id of a new meeting; of all there ever were, for an id is for ever."""
    known = gatherings(room.metrics, room.now)
    taken = frozenset(one.meeting_id for one in room.metrics.kept().meetings) | {one.id for one in known}
    if word.kind != "plenary":
        return other_id(word.held_on, taken)
    return next_plenary(taken | {one.id for one in room.metrics.agenda.meetings})


def stamp_of(room: Room, word: MeetingWord) -> int | None:
    """Return what was recorded when a meeting is told as held; None for one to come."""
    return room.metrics.warehouse.stamp() if word.state == "held" else None
