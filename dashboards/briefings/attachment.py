"""Briefings put on the web application: presentation, and the pages that compose one."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, request

from dashboards.briefings import compose, present
from dashboards.desk import Desk
from dashboards.sign_in.door import Door


def attach(
    server: Flask, desks: Callable[[], Desk], door: Door, *, take: compose.Take | None = None
) -> compose.Table:
    """Give *server* the addresses of briefings; call it once, after sign-in is attached.

    *take* begins the file of a briefing under way; without it composing offers none.
    """
    projector = present.Projector(desk=desks, files=server.extensions["assets"])
    server.add_url_rule(
        "/present/<briefing_id>", "present", lambda briefing_id: present.document(projector, briefing_id)
    )
    server.add_url_rule(
        "/present/<briefing_id>/deck",
        "present_deck",
        lambda briefing_id: present.deck_answer(projector, briefing_id),
    )
    table = compose.Table(door=door, desks=desks, take=take)
    server.add_url_rule(
        compose.COMPOSE,
        "compose_briefing",
        lambda: compose.change(table) if request.method == "POST" else compose.show(table),
        methods=["GET", "POST"],
    )
    return table
