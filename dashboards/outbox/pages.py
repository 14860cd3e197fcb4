"""The pages of word going out: what each person wants, and for administrators what became of every message."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Flask, Response, request

from dashboards.i18n import HTML_LANG, LANGUAGES, Words
from dashboards.outbox.alarm import OPERATORS
from dashboards.outbox.post import PostRoom
from dashboards.outbox.settings import is_address
from dashboards.sign_in.door import Door
from dashboards.sign_in.frame import here, moved, note, page, reader
from metrics.warehouse.outbox import DIGESTS, Posted, Subscription

TEMPLATES = Path(__file__).parent / "templates"
ITEMS = (1, 2, 3, 4, 5)
LINES = 200
SAYS = (
    "outbox.alerts",
    "outbox.alerts_wanted",
    "outbox.digest",
    "outbox.digest_items",
    "outbox.keep",
    "outbox.mail_address",
    "outbox.nothing_posted",
    "outbox.subject",
    "outbox.to",
)


def _refusal(door: Door, title: str, path: str, action: str = "") -> Response | None:
    """Return the calm page for those who may not see *path*, None for those who may."""
    if door.settings.mode == "open":
        return note(door, title, "sign_in.open_mode", 403)
    viewer, words = door(), reader(door.words)
    if not viewer.signed_in:
        if door.settings.mode == "proxy":
            return note(door, title, "sign_in.not_allowed", 403)
        return moved(here("/sign-in", words, next=here(path, words)))
    if action and not viewer.may(action):
        return note(door, title, "sign_in.not_allowed", 403)
    return None


def subscriptions(door: Door, room: PostRoom, fault: str = "", status: int = 200) -> Response:
    """Return what the person who is asking wants to be told, as a form."""
    refusal = _refusal(door, "outbox.subscriptions", "/subscriptions")
    if refusal is not None:
        return refusal
    words, viewer = reader(door.words), door()
    nothing = Subscription(person_id=viewer.person_id, address="", lang=words.lang)
    return page(
        door,
        "subscriptions.html",
        "outbox.subscriptions",
        status=status,
        folder=TEMPLATES,
        says=SAYS,
        fault=words.t(fault) if fault else "",
        done=words.t("outbox.kept") if request.args.get("done") == "kept" else "",
        note=words.t("outbox.subscriptions_note" if room.settings.mails else "outbox.no_mail"),
        wish=room.outbox.subscription(viewer.person_id) or nothing,
        spoken=[
            {"id": lang, "tag": HTML_LANG[lang], "text": words.t(f"switch.{lang}_name")} for lang in LANGUAGES
        ],
        digests=[{"id": one, "text": words.t(f"outbox.digest_{one}")} for one in DIGESTS],
        items=[{"number": n, "text": _item(n, words)} for n in ITEMS],
        may_alerts=viewer.may("release"),
    )


def _item(number: int, words: Words) -> str:
    return words.t("change.item", n=number, title=words.t(f"work_item.{number}"))


def subscribe(door: Door, room: PostRoom) -> Response:
    """Keep what the form says that the person who is asking wants, or say what is wrong with it."""
    refusal = _refusal(door, "outbox.subscriptions", "/subscriptions")
    if refusal is not None:
        return refusal
    wish = _wish(door)
    if isinstance(wish, str):
        return subscriptions(door, room, wish, 400)
    room.outbox.subscribe(wish, door.clock())
    door.note("subscription", wish.person_id, digest=wish.digest, alerts=wish.alerts)
    return moved(here("/subscriptions", reader(door.words), done="kept"))


def _wish(door: Door) -> Subscription | str:
    """Return what the form at hand asks for, or the term key of its fault."""
    given, viewer = request.form, door()
    address = given.get("address", "").strip()
    chosen = given.getlist("item")
    known = {str(number) for number in ITEMS}
    if (
        given.get("digest") not in DIGESTS
        or given.get("language") not in LANGUAGES
        or not set(chosen) <= known
    ):
        return "sign_in.fault_form"
    alerts = given.get("alerts") == "yes" and viewer.may("release")
    if (address or given["digest"] != "off" or alerts) and not is_address(address):
        return "outbox.fault_address"
    return Subscription(
        person_id=viewer.person_id,
        address=address,
        lang=given["language"],
        items=tuple(sorted({int(number) for number in chosen})),
        digest=given["digest"],
        alerts=alerts,
    )


def posted(door: Door, room: PostRoom) -> Response:
    """Return the newest messages and what became of each, for administrators."""
    refusal = _refusal(door, "outbox.outbox", "/admin/outbox", "administer")
    if refusal is not None:
        return refusal
    words = reader(door.words)
    on = room.settings.mails or room.settings.hooks
    return page(
        door,
        "outbox.html",
        "outbox.outbox",
        folder=TEMPLATES,
        says=SAYS,
        note=words.t("outbox.outbox_note" if on else "outbox.off"),
        posted=[_line(one, words) for one in room.outbox.listed(LINES)],
    )


def _line(one: Posted, words: Words) -> dict[str, Any]:
    message = one.message
    told = {"n": one.attempts, "date": words.instant(one.next_at) if one.next_at else ""}
    return {
        "at": words.instant(message.made_at),
        "to": words.t("outbox.webhook") if message.recipient == OPERATORS else message.recipient,
        "subject": message.subject,
        "state": words.t(f"outbox.state_{one.state}", **told),
        "why": one.why if one.state != "sent" else "",
    }


def attach(server: Flask, door: Door, room: PostRoom) -> None:
    """Give *server* the pages of word going out; call it once, after sign-in is attached."""

    def wishes() -> Response:
        return subscribe(door, room) if request.method == "POST" else subscriptions(door, room)

    server.add_url_rule("/subscriptions", "subscriptions", wishes, methods=["GET", "POST"])
    server.add_url_rule("/admin/outbox", "outbox", lambda: posted(door, room), methods=["GET"])
