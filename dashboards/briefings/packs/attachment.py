"""Packs put on the web application."""

from __future__ import annotations

from flask import Flask, request

from dashboards.briefings.packs import handing
from dashboards.exports.drawing import Drawing
from dashboards.opened import Desks


def attach(server: Flask, desks: Desks, draws: Drawing, *, home: str = "") -> handing.PackRoom:
    """Give *server* the address of packs; call it once, after sign-in is attached.

    *home* is the address of the product as others know it, "" for that which was asked.
    """
    room = handing.PackRoom(desks=desks, door=desks.door, draws=draws, home=home)
    server.add_url_rule(
        handing.ADDRESS, "pack_file", lambda briefing_id: handing.answer(room, briefing_id, request)
    )
    return room
