"""Composing a briefing in a real browser: by keyboard, in each language, small and dark, and on to its slides."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from dashboards.briefings.attachment import attach
from dashboards.server import create_app
from dashboards.sign_in.attachment import attach as attach_sign_in
from tests.dashboards.sign_in.conftest import SETTINGS
from tests.smoke.browser import IN_BROWSER, LANGUAGES, offences, visiting

pytestmark = IN_BROWSER


@pytest.fixture(scope="module")
def app(opening_desk, opening_warehouse) -> Flask:
    app = create_app(lambda: opening_desk)
    settings = replace(SETTINGS, mode="open")  # nobody signs in: the address holds the briefing
    files = app.extensions["assets"]
    door = attach_sign_in(app, opening_warehouse, settings, opening_desk.words, files)
    attach(app, lambda: opening_desk, door)
    return app


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (360, "dark")])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_is_quiet_sound_and_fits(
    browser: Browser, home: str, lang: str, width: int, theme: str
) -> None:
    with visiting(browser, home, width=width, color_scheme=theme) as visit:
        for asked in ("new=1", "from=egscc_2"):
            visit.page.goto(f"{home}/briefings/compose?{asked}&lang={lang}")
            expect(visit.page.locator("form.compose")).to_be_visible()
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
            assert offences(visit) == []
        assert visit.console == []
        assert visit.refused == []


def test_panels_are_added_ordered_and_presented_by_keyboard(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        page = visit.page
        page.goto(f"{home}/briefings/compose?new=1&lang=zh-Hant")
        values = page.locator("#panel option").evaluate_all("(all) => all.slice(0, 3).map((e) => e.value)")
        page.locator("#panel").select_option(values)
        page.locator("button[value=add]").press("Enter")
        expect(page.locator(".choice")).to_have_count(3)
        titles = page.locator(".choice-title strong").all_text_contents()
        page.locator("button[value='down:0']").press("Enter")
        expect(page.locator(".choice-title strong")).to_have_text([titles[1], titles[0], titles[2]])
        assert page.evaluate("document.activeElement.value") == "down:1"
        page.locator("button[value='remove:2']").press("Enter")
        expect(page.locator(".choice")).to_have_count(2)
        address = page.url
        page.reload()
        expect(page.locator(".choice-title strong")).to_have_text([titles[1], titles[0]])
        page.go_back()
        expect(page.locator(".choice")).to_have_count(3)
        page.goto(address)
        page.locator("button[value=present]").press("Enter")
        page.wait_for_url("**/present/**")
        page.wait_for_selector("html[data-drawn]", state="attached")
        headings = page.locator(".slide h2").all_text_contents()
        assert headings.index(titles[1]) < headings.index(titles[0])
        assert titles[2] not in headings
        assert visit.console == []


def test_the_address_holds_the_whole_briefing_for_anybody(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        visit.page.goto(f"{home}/briefings/compose?from=egscc_2&lang=zh-Hans")
        visit.page.locator("#name-zh-Hans").fill("汇报 <1>")
        visit.page.locator("button[value=apply]").last.click()
        visit.page.wait_for_url("**b=**")
        address = visit.page.url.removeprefix(home)
        titles = visit.page.locator(".choice-title strong").all_text_contents()
    with visiting(browser, home) as other:
        other.page.goto(home + address)
        expect(other.page.locator("h1")).to_have_text("汇报 <1>")
        assert other.page.locator(".choice-title strong").all_text_contents() == titles
