"""Packs put on the web application."""

from __future__ import annotations

from flask import Flask, request

from dashboards.briefings.compose import Take
from dashboards.briefings.packs import handing, taking
from dashboards.briefings.packs.forms import FORMS
from dashboards.exports.drawing import Drawing
from dashboards.opened import Desks


def attach(server: Flask, desks: Desks, draws: Drawing, *, home: str = "") -> Take | None:
    """Give *server* the addresses of packs; call it once, after sign-in and exports are attached.

    Programs ask for the file itself; pages have it made as a long export, where the exports have a folder for
    those: what begins one is returned. *home* is the address of the product as others know it, "" for that which
    was asked.
    """
    room = handing.PackRoom(desks=desks, door=desks.door, draws=draws, home=home)
    server.add_url_rule(
        handing.ADDRESS, "pack_file", lambda briefing_id: handing.answer(room, briefing_id, request)
    )
    jobs = server.extensions.get("jobs")
    if jobs is None:
        return None
    server.add_url_rule(
        f"{taking.HOME}/<briefing_id>",
        "pack_taken",
        lambda briefing_id: taking.taken(room, jobs, briefing_id),
        methods=["GET", "POST"],
    )
    return lambda wants, form: taking.begun(room, jobs, wants, FORMS[form])
