"""The plain pages put on the web application."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from dashboards.desk import Desk
from dashboards.plain.pages import ITEM, PATH, Room, answer


def attach(server: Flask, desks: Callable[[], Desk]) -> None:
    """Give *server* the plain pages; call it once, after sign-in is attached."""
    room = Room(desks=desks, files=server.extensions["assets"])
    server.add_url_rule(PATH, "plain_index", lambda: answer(room))
    server.add_url_rule(f"{ITEM}<item>", "plain_work_item", lambda item: answer(room, item))
