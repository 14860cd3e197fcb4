"""Indicators, about and the plain pages in a real browser: quiet, reachable, nothing cut, found by words."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from dashboards.opened import Desks
from dashboards.pages import about, indicator, indicators
from dashboards.plain.attachment import attach
from tests.smoke.browser import IN_BROWSER, LANGUAGES, Visit, application, offences, visiting

pytestmark = IN_BROWSER

PATHS = (
    "/indicators",
    "/indicators/fiveg_base_stations",
    "/indicators/bcp_passengers_monthly",
    "/about",
)
PLAIN = ("/plain", "/plain/work-items/2")


@pytest.fixture(scope="module")
def app(opening_desk) -> Flask:
    server = application(opening_desk, indicators.PAGE, indicator.PAGE, about.PAGE)
    attach(server, Desks(opening_desk))
    return server


def spoken(path: str, lang: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}lang={lang}"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_quiet_asks_nobody_else_and_axe_finds_nothing(
    browser: Browser, home: str, path: str, lang: str
) -> None:
    theme = "dark" if lang == "zh-Hans" else "light"
    with visiting(browser, home, color_scheme=theme) as visit:
        visit.open(spoken(path, lang))
        assert visit.console == []
        assert visit.refused == []
        assert visit.page.locator(".state-failed").count() == 0
        visit.page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        assert offences(visit) == []


@pytest.mark.parametrize("path", PATHS)
def test_nothing_sticks_out_of_a_telephone(browser: Browser, home: str, path: str) -> None:
    with visiting(browser, home, width=360) as visit:
        for lang in LANGUAGES:
            visit.open(spoken(path, lang))
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= 360
        assert offences(visit) == []


@pytest.mark.parametrize("path", PATHS)
def test_a_day_before_any_figure_is_a_calm_page(visit: Visit, path: str) -> None:
    visit.open(f"{path}{'&' if '?' in path else '?'}as_of=2015-06-01")
    assert visit.page.locator(".state-failed").count() == 0
    assert visit.console == []


def test_words_find_an_indicator_and_lead_to_its_page(visit: Visit) -> None:
    visit.open("/indicators?lang=zh-Hans")
    field = visit.page.locator(".page input[type=search]")
    field.fill("基站")
    field.press("Enter")
    visit.wait()
    assert "find=" in visit.page.url
    first = visit.page.locator(".register a").first
    expect(first).to_have_text("5G基站数")
    first.click()
    visit.wait()
    expect(visit.page.locator("h1")).to_have_text("5G基站数")
    visit.page.go_back()
    visit.wait()
    expect(visit.page.locator(".page input[type=search]")).to_have_value("基站")


def test_the_leaves_of_a_long_table_are_turned_and_the_place_is_chosen(visit: Visit) -> None:
    visit.open("/indicators/bcp_passengers_monthly")
    visit.page.locator(".pager a").last.click()
    visit.wait()
    assert "leaf=2" in visit.page.url
    visit.page.locator("#panel-vintages select").select_option("hk_hzmb")
    visit.wait()
    assert "places=hk_hzmb" in visit.page.url


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PLAIN)
def test_the_plain_pages_need_no_script(browser: Browser, home: str, path: str, lang: str) -> None:
    theme = "dark" if lang == "zh-Hans" else "light"
    with visiting(browser, home, width=360, java_script_enabled=False, color_scheme=theme) as visit:
        visit.page.goto(f"{home}{path}?lang={lang}")
        assert visit.refused == []
        expect(visit.page.locator("h1")).to_be_visible()
        box = visit.page.locator("main").bounding_box()
        assert box is not None
        assert box["width"] <= 360


@pytest.mark.parametrize("path", PLAIN)
def test_axe_finds_nothing_on_the_plain_pages_and_nothing_sticks_out(
    browser: Browser, home: str, path: str
) -> None:
    for theme in ("light", "dark"):
        with visiting(browser, home, width=360, color_scheme=theme) as visit:
            visit.page.goto(f"{home}{path}?lang=zh-Hant")
            assert offences(visit) == []
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_another_day_is_asked_for_without_a_script(browser: Browser, home: str) -> None:
    with visiting(browser, home, java_script_enabled=False) as visit:
        visit.page.goto(f"{home}/plain/work-items/1?lang=zh-Hans")
        visit.page.locator("#as-of").fill("2025-05-15")
        visit.page.locator(".day-form button").click()
        assert visit.page.url.endswith("/plain/work-items/1?as_of=2025-05-15&lang=zh-Hans")
        expect(visit.page.locator(".band-past")).to_be_visible()


def test_without_scripts_a_page_leads_to_its_plain_form(browser: Browser, home: str) -> None:
    with visiting(browser, home, java_script_enabled=False) as visit:
        visit.page.goto(f"{home}/indicators?lang=zh-Hant&as_of=2025-05-15")
        visit.page.locator("noscript a").click()
        assert visit.page.url.endswith("/plain?lang=zh-Hant&as_of=2025-05-15")
