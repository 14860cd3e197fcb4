"""Exports put on the web application."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask, Response, request

from dashboards.exports.formats import Format, gathered
from dashboards.exports.handout import Room, panel_answer
from dashboards.opened import Desks
from dashboards.routes import shapes_of


def attach(server: Flask, desks: Desks, *more: Iterable[Format]) -> Room:
    """Give *server* the addresses of what leaves the pages; call it once, after sign-in is attached.

    *more* are the forms beside tables.
    """
    desks.public.formats.update(gathered(*more))
    room = Room(
        desks=desks,
        door=desks.door,
        pages=server.extensions["pages"],
        formats=desks.public.formats,
        shapes=shapes_of,
    )

    def panel(panel_id: str) -> Response:
        return panel_answer(room, panel_id, request)

    server.add_url_rule("/api/v1/panels/<panel_id>", "panel_file", panel)
    return room
