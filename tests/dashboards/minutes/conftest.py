"""A house in which stewards keep meetings: the web application, a warehouse, the agenda."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from dashboards.minutes.attachment import attach
from geo.places import atlas
from metrics.agenda import agenda, milestone_events, target_events
from metrics.indicators import catalogue
from metrics.queries import Metrics
from metrics.warehouse.meetings import Kept, MeetingBook
from metrics.warehouse.overrides import OverrideBook
from tests.dashboards.sign_in.conftest import Browser, House, house_of, light_assets, text
from tests.dashboards.steward.conftest import WORDS

__all__ = ["WORDS", "Browser", "house_of", "light_assets", "text"]

HELD = {
    "do": "enter",
    "kind": "plenary",
    "state": "held",
    "held_on": "2026-11-20",
    "held_precision": "day",
    "place": "guangzhou",
    "name_en": "Third meeting",
    "name_zh-Hant": "第三次會議",
    "audience": "public",
}
DECISION = {"do": "decision", "decision_en": "Publish the list", "work_item": "3", "audience": "group"}
ACTION = {
    "do": "action",
    "action_zh-Hant": "草擬清單",
    "owner": "Digital Policy Office",
    "due_on": "2026-12-31",
    "work_item": "3",
    "audience": "public",
}


@dataclass(kw_only=True)
class Minutes:
    """A house, its books, and people who may or may not write in them."""

    house: House
    metrics: Metrics

    def browser(self, person_id: str = "ling", role: str = "steward") -> Browser:
        """Return the browser of somebody who has just signed in."""
        if self.house.register.people.person(person_id) is None:
            self.house.add(person_id, role)
        browser = self.house.browser()
        browser.sign_in(person_id)
        browser.get("/sign-in")
        return browser

    def send(self, browser: Browser, path: str, form: dict[str, str]):
        """Fill in a form as its page gives it."""
        browser.get(path)
        return browser.post(path, form)

    def entered(self, browser: Browser, **changes: str) -> str:
        """Enter a meeting and return its id."""
        moved = self.send(browser, "/steward/meetings", HELD | changes)
        assert moved.status_code == 303, text(moved)
        return moved.location.partition("/steward/meetings/")[2].partition("?")[0]

    @property
    def kept(self) -> Kept:
        return MeetingBook(self.house.warehouse.engine).words()

    @property
    def overrides(self):
        return OverrideBook(self.house.warehouse.engine).words()


@pytest.fixture
def minutes(house_of) -> Minutes:
    """Give a house where stewards sign in with a password, and the agenda is known."""
    house = house_of()
    plan = agenda()
    house.warehouse.append_events((), milestone_events(plan), target_events(plan), run_id="agenda")
    metrics = Metrics(warehouse=house.warehouse, catalogue=catalogue(), agenda=plan, atlas=atlas())
    attach(house.app, replace(house.door, words=WORDS), metrics)
    return Minutes(house=house, metrics=metrics)
