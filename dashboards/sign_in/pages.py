"""Signing in with a password, the account, and signing out."""

from __future__ import annotations

import math
from datetime import timedelta

from flask import Flask, Response, jsonify, request

from dashboards.roles import ACTIONS
from dashboards.sign_in import forms
from dashboards.sign_in.door import Door, address_of
from dashboards.sign_in.frame import here, moved, note, page, reader
from dashboards.sign_in.password import MOST
from dashboards.sign_in.register import Author, Refused, is_typed_id, typed_id
from metrics.warehouse.people import Deed, Person

ROLE_WORDS = {
    "viewer": "sign_in.role_viewer",
    "member": "sign_in.role_member",
    "steward": "sign_in.role_steward",
    "admin": "sign_in.role_admin",
}
NO_WAIT = timedelta(0)


def sign_in_page(door: Door, fault: str = "", status: int = 200, wait: timedelta = NO_WAIT) -> Response:
    """Return the page at ``/sign-in``: the form, the way to the provider, or the account of who is signed in."""
    mode = door.settings.mode
    if mode == "open":
        return note(door, "sign_in.sign_in", "sign_in.open_mode", 200)
    if door().signed_in:
        return account_page(door, fault, status, wait)
    if mode == "proxy":
        return note(door, "sign_in.sign_in", "sign_in.proxy_nobody", 200)
    words = reader(door.words)
    return page(
        door,
        "sign_in.html",
        "sign_in.sign_in",
        status=status,
        fault=_said(door, fault, wait),
        provider=here("/sign-in/start", words, next=_onward()) if mode == "oidc" else "",
        most=MOST,
    )


def account_page(door: Door, fault: str = "", status: int = 200, wait: timedelta = NO_WAIT) -> Response:
    """Return who is signed in, with the ways to change the password and to leave."""
    viewer, words = door(), reader(door.words)
    done = "sign_in.done_password" if request.args.get("done") == "password" else ""
    return page(
        door,
        "account.html",
        "sign_in.account",
        status=status,
        fault=_said(door, fault, wait),
        done=words.t(done) if done else "",
        signed_in_as=words.t("sign_in.signed_in_as", name=viewer.name, role=words.t(ROLE_WORDS[viewer.role])),
        person_id=viewer.person_id,
        administers=viewer.may("administer"),
        returns=viewer.may("return"),
        has_password=door.settings.mode == "password",
        may_leave=door.settings.mode != "proxy",
        most=MOST,
    )


def _said(door: Door, fault: str, wait: timedelta) -> str:
    if not fault:
        return ""
    words = reader(door.words)
    if wait > NO_WAIT:
        seconds = math.ceil(wait.total_seconds())
        when = words.t("sign_in.seconds", n=seconds) if seconds < 120 else ""
        return words.t(fault, wait=when or words.t("sign_in.minutes", n=math.ceil(seconds / 60)))
    return words.t(fault)


def _onward() -> str:
    return forms.own_path(request.values.get("next", ""), "")


def try_password(door: Door) -> Response:
    """Answer the sign-in form. Whoever is wrong, unknown or shut out gets the same answer in the same time."""
    if door.settings.mode != "password":
        return sign_in_page(door, status=404)
    name, password = typed_id(request.form.get("name", "")), request.form.get("password", "")
    person, refusal = _checked(door, name, password)
    if person is None:
        return refusal or sign_in_page(door, "sign_in.fault_wrong", 401)
    answer = moved(forms.own_path(request.args.get("next", ""), here("/", reader(door.words))))
    door.let_in(answer, person, "password")
    return answer


def _checked(door: Door, name: str, password: str) -> tuple[Person | None, Response | None]:
    """Return whose name and password these are, or the answer to one who comes again too soon."""
    at, address = door.clock(), address_of(request)
    entry = door.throttle.enter(name, address, at)
    if entry.wait > NO_WAIT:
        answer = sign_in_page(door, "sign_in.fault_wait", 429, entry.wait)
        answer.headers["Retry-After"] = str(math.ceil(entry.wait.total_seconds()))
        return None, answer
    people, passwords = door.register.people, door.register.passwords
    there = people.person(name) if is_typed_id(name) else None
    kept = there.password if there and there.enabled else ""
    if passwords.fits(kept, password) and there is not None:
        door.throttle.passed(name, address, at)
        if passwords.outdated(kept):
            people.rehash(there.person_id, kept, passwords.hashed(password))
        return there, None
    # The audit keeps no name that nobody has: it may be a password in the wrong field.
    whom = there.person_id if there else "unknown"
    action = "locked_out" if entry.last else "sign_in_failed"
    people.note(Deed(actor="visitor", action=action, subject=whom, detail={"address": address}), at)
    return None, None


def change_password(door: Door) -> Response:
    """Answer the form for a new password; every other session of the person ends."""
    session, given = door.session(), request.form
    if session is None or door.settings.mode != "password":
        return moved(here("/sign-in", reader(door.words)))
    person, refusal = _checked(door, session.person.person_id, given.get("current", ""))
    if person is None:
        return refusal or sign_in_page(door, "sign_in.fault_current", 401)
    if given.get("new", "") != given.get("again", ""):
        return sign_in_page(door, "sign_in.fault_differ", 400)
    by = Author(person_id=person.person_id, address=address_of(request))
    try:
        door.register.set_password(person.person_id, given.get("new", ""), by)
    except Refused as refused:
        return sign_in_page(door, refused.key, 400)
    answer = moved(here("/sign-in", reader(door.words), done="password"))
    door.let_in(answer, person, "password")
    return answer


def sign_out(door: Door) -> Response:
    """Answer ``/sign-out``: ask on GET, end the session on POST."""
    if door.settings.mode in {"open", "proxy"} or not door().signed_in:
        return moved(here("/sign-in", reader(door.words)))
    if request.method != "POST":
        return page(door, "sign_out.html", "sign_in.sign_out")
    answer = moved(here("/", reader(door.words)))
    door.let_out(answer)
    return answer


def viewer_facts(door: Door) -> Response:
    """Answer ``/_viewer``: who is signed in and may do what, and the token for forms, as JSON for our scripts."""
    viewer, mode = door(), door.settings.mode
    answer = jsonify(
        mode=mode,
        signed_in=viewer.signed_in,
        name=viewer.name,
        role=viewer.role if viewer.signed_in else "",
        actions=[action for action in ACTIONS if viewer.may(action)],
        token=door.form_token() if mode != "open" else "",
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def route(server: Flask, door: Door) -> None:
    """Give *server* the addresses of signing in and out."""

    def sign_in() -> Response:
        return try_password(door) if request.method == "POST" else sign_in_page(door)

    both = ["GET", "POST"]
    server.add_url_rule("/sign-in", "sign_in", sign_in, methods=both)
    server.add_url_rule(
        "/sign-in/password", "change_password", lambda: change_password(door), methods=["POST"]
    )
    server.add_url_rule("/sign-out", "sign_out", lambda: sign_out(door), methods=both)
    server.add_url_rule("/_viewer", "viewer_facts", lambda: viewer_facts(door))
