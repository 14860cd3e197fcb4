"""The administration page: people, their roles and passwords, and the newest lines of the audit."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, request

from dashboards.i18n import Words
from dashboards.roles import ROLES
from dashboards.sign_in.door import Door
from dashboards.sign_in.frame import here, moved, note, page, reader
from dashboards.sign_in.pages import ROLE_WORDS
from dashboards.sign_in.password import MOST
from dashboards.sign_in.register import Refused
from metrics.warehouse.people import AuditLine

LINES = 50
DEEDS: Mapping[str, str] = {
    "signed_in": "sign_in.did_signed_in",
    "signed_out": "sign_in.did_signed_out",
    "sign_in_failed": "sign_in.did_sign_in_failed",
    "locked_out": "sign_in.did_locked_out",
    "person_added": "sign_in.did_person_added",
    "person_first_seen": "sign_in.did_person_first_seen",
    "person_enabled": "sign_in.did_person_enabled",
    "person_disabled": "sign_in.did_person_disabled",
    "role_changed": "sign_in.did_role_changed",
    "password_set": "sign_in.did_password_set",
    "export": "sign_in.did_export",
    "return": "sign_in.did_return",
    "review": "sign_in.did_review",
    "release": "sign_in.did_release",
    "accept": "sign_in.did_accept",
    "payload": "sign_in.did_payload",
    "override": "sign_in.did_override",
    "override_withdrawn": "sign_in.did_override_withdrawn",
    "meeting": "sign_in.did_meeting",
    "decision": "sign_in.did_decision",
    "decision_withdrawn": "sign_in.did_decision_withdrawn",
    "action": "sign_in.did_action",
    "run_now": "sign_in.did_run_now",
    "subscription": "outbox.subscriptions",
}
ACTORS: Mapping[str, str] = {"visitor": "sign_in.visitor", "command line": "sign_in.command_line"}
DONE: Mapping[str, str] = {
    "add": "sign_in.done_added",
    "enable": "sign_in.done_enabled",
    "disable": "sign_in.done_disabled",
    "role": "sign_in.done_role",
    "password": "sign_in.done_password",
}


def admin_page(door: Door, fault: str = "", status: int = 200) -> Response:
    """Return the page at ``/admin`` for those who may; others are asked to sign in, or told that they may not."""
    refusal = _refusal(door)
    if refusal is not None:
        return refusal
    words, people = reader(door.words), door.register.people
    done = DONE.get(request.args.get("done", ""), "")
    return page(
        door,
        "admin.html",
        "sign_in.administration",
        status=status,
        fault=words.t(fault) if fault else "",
        done=words.t(done) if done else "",
        roles=[{"id": role, "text": words.t(ROLE_WORDS[role])} for role in ROLES],
        people=[
            {
                "id": person.person_id,
                "name": person.name,
                "role": person.role,
                "role_text": words.t(ROLE_WORDS[person.role]) if person.role in ROLE_WORDS else person.role,
                "enabled": person.enabled,
                "seen": words.instant(seen) if seen else "",
            }
            for person, seen in people.listed()
        ],
        lines=[_line(line, words) for line in people.audit_lines(LINES)],
        has_password=door.settings.mode == "password",
        most=MOST,
    )


def _refusal(door: Door) -> Response | None:
    if door.settings.mode == "open":
        return note(door, "sign_in.administration", "sign_in.open_mode", 403)
    viewer = door()
    if viewer.may("administer"):
        return None
    if not viewer.signed_in and door.settings.mode != "proxy":
        return moved(here("/sign-in", reader(door.words), next=here("/admin", reader(door.words))))
    return note(door, "sign_in.administration", "sign_in.not_allowed", 403)


def _line(line: AuditLine, words: Words) -> dict[str, Any]:
    try:
        detail = json.loads(line.detail)
    except ValueError:
        detail = {}
    role = str(detail.get("role", ""))
    what = words.t(DEEDS[line.action]) if line.action in DEEDS else line.action
    if role in ROLE_WORDS:
        what = words.t("format.pair", a=what, b=words.t(ROLE_WORDS[role]))
    return {
        "number": line.number,
        "at": words.instant(line.at),
        "actor": words.t(ACTORS[line.actor]) if line.actor in ACTORS else line.actor,
        "what": what,
        "subject": "" if line.subject == line.actor else line.subject,
        "address": str(detail.get("address", "")),
    }


def administer(door: Door) -> Response:
    """Answer a form of the administration page: do what it asks, or say why not."""
    refusal = _refusal(door)
    if refusal is not None:
        return refusal
    given = request.form
    asked, person_id = given.get("do", ""), given.get("person", "")
    try:
        _do(door, asked, person_id, given)
    except Refused as refused:
        return admin_page(door, refused.key, 400)
    return moved(here("/admin", reader(door.words), done=asked))


def _do(door: Door, asked: str, person_id: str, given: Mapping[str, str]) -> None:
    register, by = door.register, door.author()
    password = given.get("password", "") if door.settings.mode == "password" else ""
    match asked:
        case "add":
            if door.settings.mode == "password" and not password:
                raise Refused("sign_in.fault_short")
            register.add(person_id, given.get("name", ""), given.get("role", ""), password, by)
        case "enable":
            register.enable(person_id, by)
        case "disable":
            register.disable(person_id, by)
        case "role":
            register.give_role(person_id, given.get("role", ""), by)
        case "password":
            register.set_password(person_id, password, by)
        case _:
            raise Refused("sign_in.fault_form")


def route(server: Flask, door: Door) -> None:
    """Give *server* the address of the administration page."""

    def admin() -> Response:
        return administer(door) if request.method == "POST" else admin_page(door)

    server.add_url_rule("/admin", "admin", admin, methods=["GET", "POST"])
