"""Statuses set by hand: what stands, what ended, and the form by which one is set or withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import Response, request

from dashboards.i18n import HTML_LANG, Words
from dashboards.minutes.boxes import override_boxes
from dashboards.minutes.entries import override_word
from dashboards.minutes.frame import OVERRIDES, Form, Room, answers, faulted, moved, page, reader, refusal
from dashboards.panels.overrides import ENDED
from dashboards.sign_in.frame import here
from metrics.meetings import spoken
from metrics.overrides import Subject, Told, stories
from metrics.review import Review, reviews
from metrics.warehouse.ledger import new_run_id
from metrics.warehouse.overrides import MOST_DAYS, NoOverride

DONE = {"set": "minutes.done_set", "withdrawn": "minutes.done_withdrawn"}


@dataclass(frozen=True, kw_only=True)
class Node:
    """Something whose status can be overridden: its name and computed status are texts."""

    subject: Subject
    item: int
    name: str
    status: str


def nodes(found: Mapping[int, Review], words: Words) -> dict[Subject, Node]:
    """Return every work item, judged measure and milestone known now, in the order of the pages."""
    known: dict[Subject, Node] = {}
    for number, review in found.items():
        whole = words.t("change.item", n=number, title=words.t(f"work_item.{number}"))
        told = [(("work_item", str(number)), whole, review.verdict.word)]
        told += [
            (
                ("measure", one.target.id),
                words.t(
                    "format.pair",
                    a=words.t(f"indicator.{one.target.indicator_id}"),
                    b=words.t(f"place.{one.target.place_id}"),
                ),
                one.verdict.status,
            )
            for one in review.measures
            if one.judged
        ]
        told += [
            (("milestone", one.milestone.id), words.t(f"milestone.{one.milestone.id}"), one.state)
            for one in review.steps
        ]
        for subject, name, status in told:
            known[subject] = Node(subject=subject, item=number, name=name, status=words.t(f"status.{status}"))
    return known


def listed(
    room: Room, *, status: int = 200, form: Form | None = None, node: Node | None = None, fault: str = ""
) -> Response:
    """Return the page of the overrides, or the form of one subject; *fault* is a term key."""
    if (refused := refusal(room.door, "override")) is not None:
        return refused
    words = reader(room.door.words)
    known = nodes(reviews(room.metrics, room.now), words)
    node = node or known.get((request.args.get("kind", ""), request.args.get("id", "")))
    return page(
        room,
        "overrides.html",
        words.t("minutes.overrides"),
        status=status,
        done="" if form or fault else DONE.get(request.args.get("done", ""), ""),
        fault=words.t(fault) if fault else "",
        note=words.t("minutes.overrides_note", n=MOST_DAYS),
        chosen={"name": node.name, "status": _computed(node, words), "item": str(node.item)}
        if node
        else None,
        form=form or (_form(room, node, words) if node else None),
        told=[_told(one, known, words) for one in stories(room.metrics, room.now)],
        items=[] if node else _items(known, words),
    )


def _computed(node: Node, words: Words) -> str:
    return words.t("format.pair", a=words.t("status.computed"), b=node.status)


def _items(known: Mapping[Subject, Node], words: Words) -> list[dict[str, Any]]:
    asked = request.args.get("item", "")
    found: dict[int, list[Node]] = {}
    for node in known.values():
        found.setdefault(node.item, []).append(node)
    return [
        {
            "name": mine[0].name,
            "open": str(number) == asked,
            "nodes": [
                {
                    "kind": one.subject[0],
                    "id": one.subject[1],
                    "name": one.name,
                    "status": _computed(one, words),
                }
                for one in mine
            ],
        }
        for number, mine in found.items()
    ]


def _told(one: Told, known: Mapping[Subject, Node], words: Words) -> dict[str, Any]:
    text, lang = spoken(one.override.reasons, words.lang)
    since, until = words.day(one.override.since), words.day(one.override.until)
    about = words.t("override.set_by", by=one.override.by, since=since, until=until)
    if one.ended_on:
        ended = words.t(ENDED[one.state], by=one.ended_by, date=words.day(one.ended_on))
        about = words.t("format.pair", a=about, b=ended)
    return {
        "id": one.override_id,
        "name": known[one.subject].name if one.subject in known else one.subject[1],
        "word": words.t(f"status.{one.override.word}"),
        "reason": text,
        "lang": HTML_LANG[lang],
        "about": about,
        "in_force": one.state == "in_force",
    }


def _form(room: Room, node: Node, words: Words) -> Form:
    kind, subject_id = node.subject
    return Form(
        id="override",
        do="set",
        title=words.t("minutes.new_override"),
        button=words.t("minutes.set_override"),
        action=here(OVERRIDES, words, kind=kind, id=subject_id),
        boxes=override_boxes(words, kind, room.author()),
        hint=words.t("minutes.one_language_hint"),
    )


def change(room: Room) -> Response:
    """Answer the forms: set an override of the subject that the address names, or withdraw one."""
    if (refused := refusal(room.door, "override")) is not None:
        return refused
    match request.form.get("do", ""):
        case "set":
            return _set(room)
        case "withdraw":
            return _withdraw(room)
        case _:
            return listed(room, status=400, fault="minutes.fault_form")


def _set(room: Room) -> Response:
    words, typed, by = reader(room.door.words), answers(), room.author()
    subject = (request.args.get("kind", ""), request.args.get("id", ""))
    node = nodes(reviews(room.metrics, room.now), words).get(subject)
    if node is None:
        return listed(room, status=400, fault="minutes.fault_form")
    word = override_word(typed, f"o-{new_run_id(by.at)}", subject, by)
    if word is None:
        form = _form(room, node, words)
        boxes = faulted(form.boxes, typed.typed, typed.faults, words)
        return listed(room, status=422, form=replace(form, boxes=boxes), node=node)
    said = {"word": word.word, "until": word.expires_on, "reason": dict(word.reasons)}
    room.overrides.set(word, room.deed("override", ":".join(subject), **said), by.at)
    return moved(here(OVERRIDES, words, done="set"))


def _withdraw(room: Room) -> Response:
    by, asked = room.author(), request.form.get("override", "")
    try:
        room.overrides.withdraw(asked, by.name, by.person_id, room.deed("override_withdrawn", asked), by.at)
    except NoOverride:
        return listed(room, status=409, fault="minutes.fault_meanwhile")
    return moved(here(OVERRIDES, reader(room.door.words), done="withdrawn"))
