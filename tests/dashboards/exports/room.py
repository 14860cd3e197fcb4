"""A web application with exports over the opening figures, and a door that writes down what it is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient

from dashboards.exports.attachment import attach
from dashboards.exports.formats import Format
from dashboards.opened import Desks
from dashboards.roles import VISITOR, Viewer
from dashboards.server import create_app


@dataclass(kw_only=True)
class Door:
    viewer: Viewer = VISITOR
    notes: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self) -> Viewer:
        return self.viewer

    def note(self, action: str, subject: str = "", **detail: Any) -> int:
        self.notes.append({"action": action, "subject": subject} | detail)
        return len(self.notes)


def opened(desk, *more: Format) -> tuple[FlaskClient, Door]:
    desks = Desks(desk)
    desks.public.formats.clear()
    door = desks.door = Door()
    server = create_app(desks)
    attach(server, desks, more)
    return server.test_client(), door
