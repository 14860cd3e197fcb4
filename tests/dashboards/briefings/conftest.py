"""A house in which briefings are presented and composed, over a warehouse of its own without figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from dashboards.briefings.attachment import attach
from dashboards.opened import Desks, open_desk
from dashboards.sign_in.attachment import attach as attach_sign_in
from dashboards.sign_in.settings import AuthSettings
from geo.boundaries import boundaries
from tests.dashboards.sign_in.conftest import BY, CHEAP, PASSWORD, SETTINGS, Browser
from tests.opened import NOW

FILES = {
    name: f"/assets/{name}"
    for name in (
        "icon.svg", "style.css", "early.js", "00-plotly-geo.js", "present.js", "presenting.js",
        "plotly.min.js", "compose.js",
    )
}  # fmt: skip


class Room:
    """The addresses of briefings with a door before them."""

    def __init__(self, warehouse, shapes, settings: AuthSettings) -> None:
        self.warehouse = warehouse
        public = replace(open_desk(warehouse, shapes, titles={}, health=tuple), clock=lambda: NOW)
        self.desks = Desks(replace(public, stamp=warehouse.stamp), accounts=settings.mode != "open")
        self.app = Flask("briefings")
        self.app.extensions["assets"] = FILES
        self.door = attach_sign_in(
            self.app, warehouse, settings, self.desks.public.words, FILES, clock=lambda: NOW
        )
        self.desks.door = self.door
        self.door.register.passwords.hasher = CHEAP
        self.door.register.passwords.__post_init__()
        self.table = attach(self.app, self.desks, self.door)

    def browser(self, person_id: str = "", role: str = "member") -> Browser:
        """Return a browser, of somebody who has just signed in where one is named."""
        browser = Browser(self.app.test_client())
        if person_id:
            if self.door.register.people.person(person_id) is None:
                self.door.register.add(person_id, person_id.title(), role, PASSWORD, BY)
            browser.sign_in(person_id)
        return browser


@pytest.fixture(scope="session")
def shapes(tmp_path_factory):
    return boundaries(tmp_path_factory.mktemp("boundaries"))


@pytest.fixture
def room_of(sqlite_warehouse, shapes) -> Callable[..., Room]:
    """Give a function that makes a room with some settings changed."""
    return lambda **changes: Room(sqlite_warehouse, shapes, replace(SETTINGS, **changes))


@pytest.fixture
def room(room_of) -> Room:
    """Give a room where people sign in with a password."""
    return room_of()
