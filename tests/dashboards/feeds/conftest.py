"""A house whose sources have run: the web application, a warehouse, the feeds behind the pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dashboards.desk import Desk
from dashboards.feeds.attachment import attach
from dashboards.opened import Desks
from ingest.archive import Archive
from ingest.feeds import Feeds
from ingest.fetch import Fetcher
from ingest.pipeline import run
from ingest.schedule import LEASE
from ingest.sources.hk_immigration_daily import SOURCE
from ingest.tools import Tools
from metrics.indicators import catalogue
from tests.dashboards.sign_in.conftest import Browser, House, house_of, light_assets, text
from tests.ingest.making import crossing_days, immigration_file

__all__ = ["SOURCE", "Browser", "Place", "house_of", "light_assets", "text"]
FILE = immigration_file(crossing_days(2))


@dataclass(kw_only=True)
class Place:
    """A house, the feeds in it, and the desks of its audiences."""

    house: House
    feeds: Feeds
    desks: Desks

    def browser(self, person_id: str = "", role: str = "steward") -> Browser:
        """Return the browser of a visitor, or of somebody who has just signed in."""
        browser = self.house.browser()
        if person_id:
            self.house.add(person_id, role)
            browser.sign_in(person_id)
            browser.get("/sign-in")
        return browser

    def sha256(self) -> str:
        """Return the name of the payload that came."""
        return self.feeds.runs(SOURCE.id)[0].payloads[0].sha256

    def scheduler(self) -> None:
        """Let somebody hold the scheduler's lease."""
        self.house.warehouse.acquire_lease(LEASE, "somebody", timedelta(minutes=5))

    def deeds(self, action: str) -> list[dict[str, Any]]:
        """Return what the audit holds of *action*."""
        rows = self.house.warehouse.audit().to_dict("records")
        return [row for row in rows if row["action"] == action]


def place_of(house: House, tmp_path: Any, desk: Desk) -> Place:
    """Return the place in a house: one source has run, its file is in the archive under *tmp_path*."""
    mirror = tmp_path / "mirror"
    file = mirror / SOURCE.requests[0].url.removeprefix("https://")
    file.parent.mkdir(parents=True)
    file.write_bytes(FILE)
    tools = Tools(
        warehouse=house.warehouse,
        fetch=Fetcher(contact="", mirror=mirror),
        archive=Archive(tmp_path / "archive"),
        meanings=catalogue().by_id,
        clock=lambda: datetime.now(UTC),
    )
    run(SOURCE, tools)
    feeds = Feeds(tools=tools, known={SOURCE.id: SOURCE})
    metrics = replace(desk.metrics, warehouse=house.warehouse)
    desks = Desks(replace(desk, feeds=feeds, metrics=metrics), accounts=True)
    desks.door = replace(house.door, words=desk.words)
    attach(house.app, desks)
    return Place(house=house, feeds=feeds, desks=desks)


@pytest.fixture
def place(house_of, tmp_path, opening_desk) -> Place:
    """Give a place where people sign in with a password."""
    return place_of(house_of(), tmp_path, opening_desk)
