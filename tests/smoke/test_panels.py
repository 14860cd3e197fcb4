"""A filter that changes leaves the panels alone that say the same, and what is taken from them is of the new state."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import expect

from dashboards.pages import connectivity, services
from tests.smoke.browser import IN_BROWSER, Visit, giving, visiting

pytestmark = IN_BROWSER

GO = (
    "(to) => { window.history.pushState({y: 0}, '', to);"
    " window.dispatchEvent(new CustomEvent('_dashprivate_pushstate')); }"
)
SETTLED = (
    "() => document.documentElement.dataset.shown === window.gba.answerAddress()"
    " && !document.documentElement.dataset.drawing"
)
WATCH = (
    "() => { window.drawn = []; const react = window.Plotly.react;"
    " window.Plotly.react = (c, ...s) => { window.drawn.push(c.parentElement.id); return react(c, ...s); }; }"
)
WATCH_ROOT = """() => {
    const root = document.documentElement;
    window.touched = [];
    const stay = ['head', 'band', 'foot', 'panel-mobile-data', 'panel-fiveg-map'];
    window.parts = stay.map((id) => document.getElementById(id));
    new MutationObserver((all) => window.touched.push(...all.map((one) => one.attributeName)))
        .observe(root, { attributes: true, attributeFilter: ['lang', 'data-theme'] });
}"""


@pytest.fixture(scope="module")
def app(opening_desk, tmp_path_factory) -> Flask:
    return giving(opening_desk, tmp_path_factory.mktemp("exports"), connectivity.PAGE, services.PAGE)


def go(visit: Visit, address: str) -> None:
    visit.page.evaluate(GO, address)
    visit.page.wait_for_function(SETTLED)


def title(visit: Visit, panel: str) -> str:
    return visit.page.locator(f"#panel-{panel} h2").inner_text()


def test_only_the_charts_that_say_something_else_are_drawn_again(visit) -> None:
    visit.open("/connectivity?lang=en")
    visit.page.evaluate(WATCH)
    go(visit, "/connectivity?lang=en&per=km2")
    assert set(visit.page.evaluate("() => window.drawn")) == {"chart-fiveg-map", "chart-fiveg-ranking"}
    assert "km²" in title(visit, "fiveg-map")
    go(visit, "/connectivity?lang=en")
    assert "km²" not in title(visit, "fiveg-map")
    assert visit.console == []


def test_a_filter_asks_once_and_touches_nothing_that_styles_go_by(visit) -> None:
    """The language set again, even to the same, would have every element's style worked out anew."""
    visit.open("/connectivity?lang=en")
    visit.page.evaluate(WATCH_ROOT)
    before = len([one for one in visit.asked if "/_page?" in one])
    go(visit, "/connectivity?lang=en&per=km2")
    assert len([one for one in visit.asked if "/_page?" in one]) == before + 1
    assert visit.page.evaluate("() => window.touched") == []
    assert visit.page.evaluate("() => window.parts.every((one) => one.isConnected)")
    assert visit.page.locator(".tick").first.evaluate("(one) => one.style.left") == "0%"


def test_a_page_reached_step_by_step_says_what_it_says_when_opened(browser, home) -> None:
    steps = ("lang=en", "lang=en&per=capita", "lang=en&year=2021", "lang=zh-Hant&year=2021&view=tiles",
             "lang=zh-Hant&from=2021&to=2022", "lang=zh-Hant&as_of=2015-01-01", "lang=zh-Hans")  # fmt: skip
    said = "() => [document.title, document.documentElement.lang, document.getElementById('main').innerText]"
    links = "() => [...document.querySelectorAll('a.menu-item')].map((a) => a.getAttribute('href'))"
    with visiting(browser, home) as walked:
        walked.open(f"/connectivity?{steps[0]}")
        for step in steps[1:]:
            go(walked, f"/connectivity?{step}")
            with visiting(browser, home) as fresh:
                fresh.open(f"/connectivity?{step}")
                fresh.page.wait_for_function(SETTLED)
                assert walked.page.evaluate(said) == fresh.page.evaluate(said), step
                assert walked.page.evaluate(links) == fresh.page.evaluate(links), step
        assert walked.console == []


def test_files_of_a_panel_that_stays_are_of_the_new_state(visit) -> None:
    visit.open("/connectivity?lang=zh-Hant")
    go(visit, "/connectivity?lang=zh-Hant&per=km2")
    link = visit.page.locator("#panel-mobile-data .menu-item", has_text="CSV")
    expect(link).to_have_attribute(
        "href", "/api/v1/panels/mobile-data?page=/connectivity&format=csv&lang=zh-Hant&per=km2"
    )


def test_a_panel_is_added_to_a_briefing_and_cited_in_the_state_at_hand(visit) -> None:
    page = visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.open("/connectivity?lang=zh-Hant")
    go(visit, "/connectivity?lang=zh-Hant&per=km2&as_of=2024-03-28")
    page.locator("#panel-mobile-data .menu-button").click()
    page.locator("#panel-mobile-data [data-brief]").click()
    kept = page.evaluate("() => JSON.parse(window.localStorage.getItem('gba-briefing-add'))")
    assert kept == ["/connectivity?per=km2#mobile-data"]
    cite = page.locator("#panel-mobile-data [data-copy-text]")
    said = cite.inner_text()
    cite.click()
    expect(cite).not_to_have_text(said)
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert f"{visit.home}/connectivity?lang=zh-Hant&as_of=2024-03-28&per=km2#panel-mobile-data" in copied


def test_another_page_with_panels_of_its_own_is_made_whole(visit) -> None:
    visit.open("/connectivity?lang=en")
    go(visit, "/services?lang=en")
    assert visit.page.locator("#panel-kiosk-map").count() == 1
    assert visit.page.locator("#panel-fiveg-map").count() == 0
    assert visit.console == []
