"""The address holds the view of each page: a fresh browser shows the same, back and forward go there, the last wins."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from dashboards import pages
from dashboards.panel import discover
from tests.smoke.browser import IN_BROWSER, Visit, visiting
from tests.smoke.matrix import GO, SHOWN, first_of

pytestmark = IN_BROWSER

PAGES = discover(pages)
THEN = "lang=zh-Hans&as_of=2025-05-15"
# A grid draws only the rows about to be seen: its words are not the same twice.
SAID = """() => {
    const main = document.getElementById('main').cloneNode(true);
    main.querySelectorAll('.grid').forEach((grid) => grid.remove());
    return document.title + main.textContent;
}"""


def said(visit: Visit) -> str:
    visit.page.wait_for_function(SHOWN)
    return visit.page.evaluate(SAID)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_a_fresh_browser_shows_the_same_and_back_and_forward_go_there(
    browser: Browser, home: str, whole_desk, page
) -> None:
    path = first_of(page, whole_desk)
    with visiting(browser, home, reduced_motion="reduce") as visit:
        visit.open(f"{path}?lang=en")
        first = said(visit)
        visit.page.evaluate(GO, f"{path}?{THEN}")
        second = said(visit)
        assert second != first
        visit.page.go_back()
        assert said(visit) == first
        visit.page.go_forward()
        assert said(visit) == second
        address = visit.page.url.removeprefix(home)
    with visiting(browser, home, reduced_motion="reduce") as fresh:
        fresh.open(address)
        assert said(fresh) == second
        assert fresh.console == []


@pytest.mark.parametrize("path", ["/explore", "/indicators", "/meetings", "/sources"])
def test_two_hundred_quick_changes_end_on_the_last(browser: Browser, home: str, path: str) -> None:
    with visiting(browser, home, reduced_motion="reduce") as visit:
        visit.open(path)
        visit.page.evaluate(
            """async (path) => {
                for (let n = 0; n < 200; n++) {
                    const day = new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10);
                    history.pushState({y: 0}, '', `${path}?as_of=${day}`);
                    dispatchEvent(new CustomEvent('_dashprivate_pushstate'));
                    await new Promise((go) => setTimeout(go, n % 5));
                }
            }""",
            path,
        )
        last = said(visit)
        assert visit.page.url.endswith("as_of=2024-07-18")
        assert visit.page.locator(".band-now").inner_text() == "As known on 18 Jul 2024"
        visit.page.reload()
        assert said(visit) == last
        assert visit.console == []
