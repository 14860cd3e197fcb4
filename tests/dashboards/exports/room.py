"""A web application with exports over the opening figures, and a door that writes down what it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask.testing import FlaskClient

from dashboards.exports.attachment import attach
from dashboards.exports.formats import Format
from dashboards.i18n import Words
from dashboards.opened import Desks
from dashboards.roles import VISITOR, Viewer
from dashboards.server import create_app


@dataclass(kw_only=True)
class Door:
    words: Mapping[str, Words]
    viewer: Viewer = VISITOR
    files: Mapping[str, str] = field(default_factory=dict)
    settings: Any = field(default_factory=lambda: SimpleNamespace(mode="open"))
    notes: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self) -> Viewer:
        return self.viewer

    def note(self, action: str, subject: str = "", **detail: Any) -> int:
        self.notes.append({"action": action, "subject": subject} | detail)
        return len(self.notes)


def opened(desk, *more: Format, folder: Path | None = None) -> tuple[FlaskClient, Door]:
    desks = Desks(replace(desk, formats={}))
    door = desks.door = Door(words=desk.words)
    server = create_app(desks)
    attach(server, desks, more, folder=folder)
    door.files = server.extensions["assets"]
    return server.test_client(), door
