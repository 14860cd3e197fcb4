"""Services, connectivity and data flow in a real browser: quiet, reachable, nothing cut, switches that stay."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from dashboards.pages import connectivity, data_flow, services
from tests.smoke.browser import IN_BROWSER, LANGUAGES, Visit, application, offences, visiting

pytestmark = IN_BROWSER

PATHS = ("/services", "/connectivity", "/data-flow")


@pytest.fixture(scope="module")
def app(opening_desk) -> Flask:
    return application(opening_desk, services.PAGE, connectivity.PAGE, data_flow.PAGE)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_quiet_asks_nobody_else_and_axe_finds_nothing(
    browser: Browser, home: str, path: str, lang: str, theme: str
) -> None:
    with visiting(browser, home, color_scheme=theme) as visit:
        visit.open(f"{path}?lang={lang}")
        assert visit.console == []
        assert visit.refused == []
        assert visit.page.locator(".state-failed").count() == 0
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
    assert visit.page.locator(".state-empty").count() >= 1
    assert visit.console == []


def test_the_measure_of_the_map_stays_with_the_day_and_the_language(visit: Visit) -> None:
    visit.open("/connectivity?as_of=2025-05-15")
    visit.page.get_by_role("link", name="Per km²").click()
    visit.wait()
    assert visit.page.url.endswith("/connectivity?as_of=2025-05-15&per=km2")
    expect(visit.page.locator("#panel-fiveg-map h2")).to_have_text("5G base stations per km²")
    visit.page.get_by_role("slider", name="Period").fill("1")
    visit.page.wait_for_url("**as_of=2025-05-15&per=km2&year=2020")
    visit.wait()
    visit.page.get_by_role("link", name="繁").click()
    visit.wait()
    expect(visit.page.locator("#panel-fiveg-map h2")).to_have_text("每平方公里5G基站數目")
    visit.page.go_back()
    visit.wait()
    expect(visit.page.locator("#panel-fiveg-map h2")).to_have_text("5G base stations per km²")


def test_the_map_of_kiosks_changes_its_measure(visit: Visit) -> None:
    visit.open("/services")
    visit.page.get_by_role("link", name="iAM Smart registration").click()
    visit.wait()
    assert visit.page.url.endswith("/services?show=counters")
    expect(visit.page.locator("#panel-kiosk-map .choroplethlayer path.choroplethlocation")).to_have_count(11)


def test_a_year_that_cannot_be_is_said_calmly(visit: Visit) -> None:
    visit.page.goto(visit.home + "/connectivity?year=1066")
    expect(visit.page.locator("h1")).to_be_visible()
    assert "1066" not in visit.page.locator("main").inner_text()
