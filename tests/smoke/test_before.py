"""The words of the first page, shown while Dash still starts: at once, in their places, and gone afterwards."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser, Route

from dashboards.server import FrontSettings, create_app
from tests.dashboards.demo import PAGES, demo_desk
from tests.smoke.browser import IN_BROWSER, visiting

pytestmark = IN_BROWSER

PLACES = """(within) => Object.fromEntries([...document.querySelectorAll(within + ' [id]')].map((one) => {
    const { left, top, width, height } = one.getBoundingClientRect();
    return [one.id, [left, top, width, height].map(Math.round)];
}))"""


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(demo_desk, FrontSettings(pages=PAGES))


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("address", ["/", "/connectivity?lang=zh-Hant&as_of=2025-05-15"])
def test_the_words_are_there_before_dash_and_in_the_places_where_it_puts_them(
    browser: Browser, home: str, address: str, width: int
) -> None:
    held: list[Route] = []
    with visiting(browser, home, width=width) as visit:
        page = visit.page
        page.route("**/_dash-layout*", lambda route: held.append(route))  # noqa: PLW0108
        page.goto(home + address)
        page.wait_for_selector(".before h1")
        page.wait_for_selector(".before input", state="attached")  # fields are put in by a script too
        stood = page.evaluate("document.querySelector('.before .nav').scrollLeft")
        said, first = page.inner_text(".before h1"), page.evaluate(PLACES, ".before")
        assert page.evaluate("document.querySelector('.before').inert")
        assert not page.query_selector("#react-entry-point h1")
        for route in held:
            route.continue_()
        page.wait_for_selector("html[data-shown]")
        assert page.query_selector(".before") is None
        then = page.evaluate(PLACES, "#react-entry-point")
        assert page.inner_text("main h1") == said
        assert page.evaluate("document.querySelector('.nav').scrollLeft") == stood
        assert "main" in first
        assert {name: then.get(name) for name in first} == first
        assert visit.console == []
        assert visit.refused == []
