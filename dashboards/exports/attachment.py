"""Exports put on the web application."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from flask import Flask, request

from dashboards.exports import long
from dashboards.exports.formats import Format, gathered
from dashboards.exports.handout import Room, panel_answer
from dashboards.exports.job_pages import JobRoom, addresses
from dashboards.exports.jobs import Jobs
from dashboards.opened import Desks
from dashboards.routes import shapes_of


def attach(
    server: Flask, desks: Desks, *more: Iterable[Format], folder: Path | None = None, home: str = ""
) -> Room:
    """Give *server* the addresses of what leaves the pages; call it once, after sign-in is attached.

    *more* are the forms beside tables. *folder*, shared by the product's processes, is where long exports are
    made; without it there are none. Other rooms find their pages as ``extensions["jobs"]``. *home* is the address
    people type, if the product knows it.
    """
    desks.public.formats.update(gathered(*more))
    room = Room(
        desks=desks,
        door=desks.door,
        pages=server.extensions["pages"],
        formats=desks.public.formats,
        shapes=shapes_of,
        home=home,
    )
    server.add_url_rule(
        "/api/v1/panels/<panel_id>", "panel_file", lambda panel_id: panel_answer(room, panel_id, request)
    )
    if folder is not None:
        jobs = server.extensions["jobs"] = JobRoom(door=desks.door, jobs=Jobs(folder / "exports"))
        _attach_long(server, long.Long(room=room, jobs=jobs))
    return room


def _attach_long(server: Flask, room: long.Long) -> None:
    server.add_url_rule(long.HOME, "export_catalogue", lambda: long.catalogue(room), methods=["GET", "POST"])
    for path, name, view, methods in addresses(room.jobs):
        server.add_url_rule(path, name, view, methods=methods)
