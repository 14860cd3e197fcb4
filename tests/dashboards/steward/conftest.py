"""A house with stewards in it: the web application, a warehouse, and the work behind the pages."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from typing import Any

import pytest

from dashboards.names import desk_words
from dashboards.steward.attachment import attach
from geo.places import atlas
from ingest.archive import Archive
from ingest.fetch import Fetcher
from ingest.stewards import Stewards
from ingest.tools import Tools
from metrics.agenda import agenda
from metrics.indicators import catalogue
from tests.dashboards.sign_in.conftest import Browser, House, house_of, light_assets, text
from tests.ingest.filling import filled, made

__all__ = ["house_of", "light_assets"]

WORDS = desk_words(atlas(), catalogue(), agenda())


@dataclass(kw_only=True)
class Office:
    """A house, the stewards' work in it, and people who may or may not do it."""

    house: House
    desk: Stewards

    def browser(self, person_id: str, role: str = "steward") -> Browser:
        """Return the browser of somebody who has just signed in."""
        if self.house.register.people.person(person_id) is None:
            self.house.add(person_id, role)
        browser = self.house.browser()
        browser.sign_in(person_id)
        browser.get("/sign-in")
        return browser

    def upload(self, browser: Browser, content: bytes, lang: str = "en") -> Any:
        """Send a file as the form does."""
        browser.get(f"/steward?lang={lang}")
        form = {"file": (io.BytesIO(content), "return.xlsx")}
        return browser.post(f"/steward/upload?lang={lang}", form, content_type="multipart/form-data")

    def hand_in(self, browser: Browser, content: bytes, lang: str = "en") -> str:
        """Upload and submit a file, and return the name of the return."""
        answer = self.upload(browser, content, lang)
        sha256 = answer.text.partition('name="sha256" value="')[2][:64]
        moved = browser.post(f"/steward/submit?lang={lang}", {"sha256": sha256})
        return moved.location.partition("/returns/")[2].partition("?")[0]


def office_of(house: House, tmp_path: Any) -> Office:
    """Return the office in a house: its pages attached, its archive under *tmp_path*."""
    tools = Tools(
        warehouse=house.warehouse,
        fetch=Fetcher(contact="", mirror=tmp_path),
        archive=Archive(tmp_path / "archive"),
        meanings=catalogue().by_id,
        clock=lambda: house.now,
    )
    desk = Stewards(tools=tools)
    attach(house.app, replace(house.door, words=WORDS), desk)
    return Office(house=house, desk=desk)


@pytest.fixture
def office(house_of, tmp_path) -> Office:
    """Give an office where people sign in with a password."""
    return office_of(house_of(), tmp_path)


def sound(value: object = 4_100_000, lang: str = "zh-Hant", **more: object) -> bytes:
    """Return a return with one figure."""
    return filled(made(lang), {"F5": "2026-10-31", "I5": value, **more})


__all__ += ["WORDS", "Browser", "Office", "office_of", "sound", "text"]
