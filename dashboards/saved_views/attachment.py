"""Saved views put on the web application."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, request

from dashboards.opened import Desks
from dashboards.pages.explore import PAGE
from dashboards.saved_views import pages
from dashboards.saved_views.pages import HOME, Room
from dashboards.sign_in.door import Door
from metrics.warehouse.views import ViewBook


def attach(server: Flask, desks: Desks, door: Door, warehouse: Any) -> None:
    """Give *server* the addresses under ``/saved-views``; call it once, after sign-in is attached."""
    room = Room(door=door, book=ViewBook(warehouse.engine), page=PAGE, desks=desks)

    def home() -> Response:
        return pages.save(room) if request.method == "POST" else pages.home(room)

    server.add_url_rule(HOME, "saved_views", home, methods=["GET", "POST"])
    server.add_url_rule(f"{HOME}/change", "change_view", lambda: pages.change(room), methods=["POST"])
    server.add_url_rule(f"{HOME}/delete", "delete_view", lambda: pages.delete(room), methods=["POST"])
