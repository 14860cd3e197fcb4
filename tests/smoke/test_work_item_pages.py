"""The overview and the work items in a real browser: quiet, reachable, nothing cut, why opened by keyboard."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from dashboards.pages import overview, work_item, work_items
from tests.smoke.browser import IN_BROWSER, LANGUAGES, Visit, application, offences, visiting

pytestmark = IN_BROWSER

PATHS = (
    "/",
    "/work-items",
    "/work-items/1",
    "/work-items/2",
    "/work-items/3",
    "/work-items/4",
    "/work-items/5",
)


@pytest.fixture(scope="module")
def app(opening_desk) -> Flask:
    return application(opening_desk, overview.PAGE, work_items.PAGE, work_item.PAGE)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_quiet_asks_nobody_else_and_axe_finds_nothing(
    browser: Browser, home: str, path: str, lang: str
) -> None:
    theme = "dark" if lang == "zh-Hans" else "light"
    with visiting(browser, home, color_scheme=theme) as visit:
        visit.open(f"{path}?lang={lang}")
        assert visit.console == []
        assert visit.refused == []
        assert visit.page.locator(".state-failed").count() == 0
        visit.page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        assert offences(visit) == []


@pytest.mark.parametrize("path", PATHS)
def test_nothing_sticks_out_of_a_telephone(browser: Browser, home: str, path: str) -> None:
    with visiting(browser, home, width=360) as visit:
        for lang in LANGUAGES:
            visit.open(f"{path}?lang={lang}&as_of=2025-05-15")
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= 360
        assert offences(visit) == []


@pytest.mark.parametrize("path", PATHS)
def test_a_day_before_any_figure_is_a_calm_page(visit: Visit, path: str) -> None:
    visit.open(f"{path}?as_of=2015-06-01")
    assert visit.page.locator(".state-failed").count() == 0
    assert visit.console == []


def test_why_is_opened_by_keyboard_and_names_the_rule_that_holds(visit: Visit) -> None:
    visit.open("/work-items/2")
    why = visit.page.locator("#why")
    why.locator("summary").focus()
    visit.page.keyboard.press("Enter")
    expect(why.locator(".rules li[aria-current]")).to_be_visible()
    expect(why.locator(".deciding li")).to_have_count(1)


def test_a_card_leads_to_its_page_and_back_with_the_day_kept(visit: Visit) -> None:
    visit.open("/?as_of=2025-05-15")
    visit.page.locator(".card-title a").nth(3).click()
    visit.wait()
    assert visit.page.url.endswith("/work-items/4?as_of=2025-05-15")
    visit.page.get_by_role("navigation", name="The five work items").get_by_role("link").nth(0).click()
    visit.wait()
    assert visit.page.url.endswith("/work-items/1?as_of=2025-05-15")
    visit.page.go_back()
    visit.page.go_back()
    visit.wait()
    expect(visit.page.locator(".cards .card")).to_have_count(5)


def test_the_language_changes_every_text_and_leaves_none_behind(visit: Visit) -> None:
    visit.open("/work-items/5")
    visit.page.get_by_role("link", name="简").click()
    visit.wait()
    expect(visit.page.locator("#panel-initiatives h2")).to_have_count(1)
    expect(visit.page.locator("#panel-initiatives h2")).to_have_text("举措")
    expect(visit.page.locator("#panel-status .status").first).to_have_text("结果待核实")
