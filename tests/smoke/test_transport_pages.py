"""Transport and sources in a real browser: quiet, nobody else asked, reachable, nothing cut, filters by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from dashboards.pages import sources, transport
from dashboards.server import FrontSettings, create_app
from tests.smoke.browser import Visit, browsing, needs_browser, serving, visiting

pytestmark = [pytest.mark.smoke, needs_browser, pytest.mark.enable_socket, pytest.mark.xdist_group("browser")]

LANGUAGES = ("en", "zh-Hant", "zh-Hans")
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def home(days_desk) -> Iterator[str]:
    app = create_app(lambda: days_desk, FrontSettings(pages=(transport.PAGE, sources.PAGE)))
    with serving(app) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as opened:
        yield opened


def offences(visit: Visit) -> list[str]:
    found = Axe().run(visit.page).response["violations"]
    serious = [one for one in found if one["impact"] in {"serious", "critical"}]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in serious]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (360, "dark")])
@pytest.mark.parametrize("path", ["/transport", "/sources"])
def test_a_page_is_quiet_asks_nobody_else_and_can_be_reached(
    browser: Browser, home: str, path: str, width: int, theme: str, lang: str
) -> None:
    with visiting(browser, home, width=width, color_scheme=theme) as visit:
        visit.open(f"{path}?lang={lang}")
        assert visit.console == []
        assert visit.refused == []
        assert visit.page.evaluate(WIDER) == 0
        assert offences(visit) == []


@pytest.mark.parametrize("as_of", ["2025-02-20", "2024-03-28", "2019-01-01"])
def test_the_past_is_quiet_too(browser: Browser, home: str, as_of: str) -> None:
    with visiting(browser, home) as visit:
        visit.open(f"/transport?as_of={as_of}")
        assert visit.console == []
        assert offences(visit) == []


def test_the_period_and_the_control_point_are_chosen_by_hand(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        visit.open("/transport")
        visit.page.get_by_role("link", name="2024", exact=True).click()
        visit.wait()
        assert "from=2024-01-01" in visit.page.url
        visit.page.locator("select[name=places]").select_option("hk_hzmb")
        visit.page.wait_for_url("**places=hk_hzmb**")
        visit.wait()
        assert "from=2024-01-01" in visit.page.url
        expect(visit.page.locator("#panel-control-points")).to_contain_text("HZM Bridge")
        expect(visit.page.locator("#panel-control-points")).not_to_contain_text("Lo Wu")
        visit.page.go_back()
        visit.wait()
        expect(visit.page.locator("#panel-control-points")).to_contain_text("Lo Wu")
