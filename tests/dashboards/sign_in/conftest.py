"""A house with a door: the whole web application over a warehouse, with a clock that can be moved."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pandas as pd
import pytest
from argon2 import PasswordHasher
from dash import html
from flask.testing import FlaskClient

from dashboards.i18n import all_words
from dashboards.panel import Page, Panel
from dashboards.server import ASSETS, FrontSettings, create_app
from dashboards.sign_in.attachment import attach
from dashboards.sign_in.register import Author
from dashboards.sign_in.settings import AuthSettings
from tests.dashboards.demo import PAGES, demo_desk

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
PASSWORD = "the ferry to Macao leaves at nine"
OTHER = "lamps over the old harbour bridge"
SETTINGS = AuthSettings(mode="password", secret_key="k" * 48)
BY = Author(person_id="command line")
CHEAP = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
TOKEN = re.compile(r'name="form_token" value="([0-9a-f]{64})"')


WHOSE = Page(
    id="whose",
    path="/whose",
    order=90,
    title="demo.other",
    panels=(
        Panel(
            id="whose",
            title="demo.other",
            query=lambda desk, _filters: pd.DataFrame({"value": [1.0], "audience": [desk.audience]}),
            body=lambda frame, _view: html.P(f"figures for {frame['audience'].iloc[0]}"),
        ),
    ),
)


class Browser:
    """A browser: cookies, the token of the form it saw last, and an address of its own."""

    def __init__(self, client: FlaskClient, address: str = "192.0.2.7") -> None:
        self.client = client
        self.address = address
        self.token = ""

    def get(self, path: str, **given):
        answer = self.client.get(path, **self._with(given))
        if found := TOKEN.search(answer.text):
            self.token = found[1]
        return answer

    def post(self, path: str, form: dict | None = None, **given):
        return self.client.post(path, data={"form_token": self.token} | (form or {}), **self._with(given))

    def _with(self, given: dict) -> dict:
        return given | {"environ_base": {"REMOTE_ADDR": self.address} | given.get("environ_base", {})}

    def sign_in(self, name: str = "alice", password: str = PASSWORD, path: str = "/sign-in"):
        self.get(path)
        return self.post(path, {"name": name, "password": password})

    def viewer(self) -> dict:
        return self.get("/_viewer").json

    def cookie(self, name: str = "gba-session"):
        return self.client.get_cookie(name)


class House:
    """The application, its warehouse and its clock."""

    def __init__(self, warehouse, settings: AuthSettings, assets: Path) -> None:
        self.warehouse = warehouse
        self.now = NOW
        self.settings = settings
        words = demo_desk().words
        self.app = create_app(self.desk, FrontSettings(pages=(*PAGES, WHOSE), assets=assets))
        self.door = attach(
            self.app,
            warehouse,
            settings,
            words,
            {
                "style.css": "/assets/style.css",
                "icon.svg": "/assets/icon.svg",
                "early.js": "/assets/early.js",
            },
            clock=lambda: self.now,
        )
        self.register = self.door.register
        self.register.passwords.hasher = CHEAP
        self.register.passwords.__post_init__()
        self.door.sessions.later = lambda work: work()

    def desk(self):
        """Give the desk of whoever is asking, as the product does."""
        return demo_desk(audience=self.door().audience, accounts=self.settings.mode != "open")

    def browser(self, address: str = "192.0.2.7") -> Browser:
        return Browser(self.app.test_client(), address)

    def add(self, person_id: str = "alice", role: str = "member", password: str = PASSWORD) -> None:
        self.register.add(person_id, person_id.title(), role, password, BY)

    def later(self, **amount: float) -> None:
        self.now += timedelta(**amount)

    def deeds(self) -> list[str]:
        return [line.action for line in self.register.people.audit_lines(500)][::-1]


@pytest.fixture(scope="session")
def light_assets(tmp_path_factory) -> Path:
    """Give the product's assets with a short script in place of each long one, which takes long to compress."""
    folder = tmp_path_factory.mktemp("assets")
    for path in sorted(ASSETS.iterdir()):
        if path.is_file():
            long = path.stat().st_size > 100_000
            (folder / path.name).write_bytes(b"// in place of a long script" if long else path.read_bytes())
    return folder


@pytest.fixture
def house_of(sqlite_warehouse, light_assets) -> Callable[..., House]:
    """Give a function that builds a house with some settings changed."""
    return lambda **changes: House(sqlite_warehouse, replace(SETTINGS, **changes), light_assets)


@pytest.fixture
def house(house_of) -> House:
    """Give a house where people sign in with a password, and alice and an administrator may."""
    made = house_of()
    made.add()
    made.add("root", "admin")
    return made


def text(answer) -> str:
    """Return the words of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


WORDS = all_words()
