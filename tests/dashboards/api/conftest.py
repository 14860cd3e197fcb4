"""The API over the opening figures, as the product puts it together."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from dashboards.api.attachment import attach
from dashboards.briefings.packs.attachment import attach as attach_packs
from dashboards.exports.attachment import attach as attach_exports
from dashboards.exports.drawing import drawing
from dashboards.opened import Desks
from dashboards.roles import Viewer
from dashboards.server import create_app


class Door:
    """Says who is asking, and remembers what it was told to write down."""

    def __init__(self) -> None:
        self.viewer = Viewer()
        self.noted: list[tuple] = []

    def __call__(self) -> Viewer:
        return self.viewer

    def note(self, action: str, subject: str = "", **detail: object) -> int:
        self.noted.append((action, subject, detail))
        return 0


@pytest.fixture(scope="module")
def house(opening_desk, tmp_path_factory):
    """Give the application, its door and a client."""
    desks = Desks(opening_desk)
    desks.door = Door()
    app = create_app(desks)
    attach_exports(app, desks)
    attach_packs(app, desks, drawing(desks.public, tmp_path_factory.mktemp("images")))
    room = attach(app, desks)
    return SimpleNamespace(room=room, app=app, desks=desks, door=desks.door, client=app.test_client())
