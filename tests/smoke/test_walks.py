"""Whatever way a page was reached, it is what its address says: theme, replay and connection included."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import expect

from dashboards.pages import connectivity, meetings
from tests.smoke.browser import IN_BROWSER, Visit, application
from tests.smoke.matrix import GO

pytestmark = IN_BROWSER

THEME = "document.documentElement.dataset.theme"
LINE = "(e) => getComputedStyle(e).stroke"


@pytest.fixture(scope="module")
def app(opening_desk) -> Flask:
    return application(opening_desk, connectivity.PAGE, meetings.PAGE)


def go(visit: Visit, address: str) -> None:
    visit.page.evaluate(GO, address)
    visit.wait()


def drawn(visit: Visit) -> str:
    return visit.page.locator(".scatterlayer .js-line").first.evaluate(LINE)


def test_a_theme_in_the_address_lasts_as_long_as_the_address_says_it(visit) -> None:
    visit.open("/connectivity?lang=en")
    light = drawn(visit)
    go(visit, "/connectivity?lang=en&theme=dark")
    dark = drawn(visit)
    assert (visit.page.evaluate(THEME), dark != light) == ("dark", True)
    go(visit, "/connectivity?lang=en&per=km2")
    assert (visit.page.evaluate(THEME), drawn(visit)) == ("light", light)
    visit.page.go_back()
    visit.wait()
    assert (visit.page.evaluate(THEME), drawn(visit)) == ("dark", dark)


def test_a_theme_chosen_in_one_window_is_shown_in_the_other(visit) -> None:
    visit.open("/connectivity?lang=en")
    light = drawn(visit)
    other = Visit(page=visit.page.context.new_page(), home=visit.home)
    other.open("/meetings?lang=en")
    other.page.get_by_role("button", name="Dark").click()
    visit.page.wait_for_function(f"() => {THEME} === 'dark'")
    visit.wait()
    expect(visit.page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    assert drawn(visit) != light


def test_the_replay_names_the_meeting_on_every_page_of_its_day(visit) -> None:
    said = visit.page.locator("#replay .slider-said")
    visit.open("/connectivity?lang=en&as_of=2025-05-15")
    expect(said).to_have_text("15 May 2025 · Meeting 2")
    for address in ("/connectivity?lang=en&as_of=2025-05-15&per=km2", "/meetings?lang=en&as_of=2025-05-15"):
        go(visit, address)
        expect(said).to_have_text("15 May 2025 · Meeting 2")


def test_a_step_back_from_an_address_that_could_not_be_had_shows_the_page_as_it_was(visit) -> None:
    visit.open("/connectivity?lang=en")
    visit.page.route("**/_page?*", lambda route: route.abort())
    visit.page.evaluate(GO, "/meetings?lang=en")
    expect(visit.page.locator("#notice")).to_contain_text("The server cannot be reached.")
    assert visit.page.evaluate("document.documentElement.dataset.offline") == "true"
    visit.page.go_back()
    expect(visit.page.locator("#notice")).to_be_empty()
    assert visit.page.evaluate("document.documentElement.dataset.offline") is None
    expect(visit.page.locator("h1")).to_have_text("Connectivity")
