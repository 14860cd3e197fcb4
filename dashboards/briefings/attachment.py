"""Briefings put on the web application: presentation, and the pages that compose one."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from dashboards.briefings import present
from dashboards.desk import Desk


def attach(server: Flask, desks: Callable[[], Desk]) -> None:
    """Give *server* the addresses of briefings; call it once, after sign-in is attached."""
    projector = present.Projector(desk=desks, files=server.extensions["assets"])
    server.add_url_rule(
        "/present/<briefing_id>", "present", lambda briefing_id: present.document(projector, briefing_id)
    )
    server.add_url_rule(
        "/present/<briefing_id>/deck",
        "present_deck",
        lambda briefing_id: present.deck_answer(projector, briefing_id),
    )
