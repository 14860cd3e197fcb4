"""Each page with the keyboard alone: every control is reached in the order it is read and is seen to have the focus."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from dashboards import pages
from dashboards.panel import discover
from tests.smoke.browser import IN_BROWSER, LANGUAGES, Visit, offences, visiting
from tests.smoke.matrix import SHOWN, addresses, first_of

pytestmark = IN_BROWSER

PAGES = discover(pages)
MOST_STEPS = 900
MOST_IN_GRID = 2
# Every control of the page in the order it stands, and the one that has the focus.
CONTROLS = """() => {
    const able = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
    window.controls = [...document.querySelectorAll(able)].filter((e) => !e.disabled && e.tabIndex >= 0
        && e.checkVisibility({visibilityProperty: true}) && !e.closest('[hidden]')
        && !e.closest('[role=grid], .ag-tab-guard'));
    return window.controls.map((e) => e.tagName.toLowerCase() + ' ' + (e.getAttribute('aria-label')
        || e.name || e.textContent.trim()).slice(0, 50));
}"""
FOCUS = """() => {
    const e = document.activeElement;
    if (!e || e === document.body) return {at: -2};
    const style = getComputedStyle(e);
    const box = e.getBoundingClientRect();
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return {at: window.controls.indexOf(e), ring: ring || style.boxShadow !== 'none',
            seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
            what: e.outerHTML.slice(0, 120)};
}"""
NAMELESS = """() => window.controls.filter((e) => !(e.getAttribute('aria-label') || e.textContent.trim()
    || (e.labels && e.labels.length) || e.title)).map((e) => e.outerHTML.slice(0, 120))"""
HEADINGS = """() => {
    const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
        .filter((e) => e.checkVisibility()).map((e) => [Number(e.tagName[1]), e.textContent.slice(0, 60)]);
    const faults = levels.filter(([level], n) => n > 0 && level > levels[n - 1][0] + 1).map(([, text]) => text);
    const firsts = levels.filter(([level]) => level === 1).length;
    return firsts === 1 ? faults : ['there are ' + firsts + ' headings of the first level', ...faults];
}"""


@pytest.fixture(scope="module")
def visit(browser: Browser, home: str) -> Iterator[Visit]:
    with visiting(browser, home, reduced_motion="reduce") as opened:
        yield opened


def open_address(visit: Visit, address: str) -> None:
    visit.page.goto(visit.home + address)
    visit.page.wait_for_function(SHOWN)


def walk(visit: Visit) -> list[str]:
    """Press Tab through the page; return what was passed over, out of order, or had no visible focus."""
    controls = visit.page.evaluate(CONTROLS)
    visit.page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    reached: list[int] = []
    within = 0
    faults: list[str] = []
    for _ in range(MOST_STEPS):
        visit.page.keyboard.press("Tab")
        found = visit.page.evaluate(FOCUS)
        within = within + 1 if found["at"] == -1 else 0
        if 0 < within <= MOST_IN_GRID:
            continue  # a grid is walked by arrows, and left by Tab
        if found["at"] in reached[-1:]:
            continue  # in the parts of a date
        if found["at"] < -1 or found["at"] in reached:
            break
        reached.append(found["at"])
        faults += [] if found["ring"] else [f"no visible focus: {found['what']}"]
        faults += [] if found["seen"] else [f"focused out of sight: {found['what']}"]
    faults += [f"never reached: {controls[at]}" for at in set(range(len(controls))) - set(reached)]
    return faults + ([] if reached == sorted(reached) else ["the focus jumps back and forth"])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_every_control_is_reached_by_keyboard_in_order_with_its_focus_seen(
    visit: Visit, whole_desk, page
) -> None:
    open_address(visit, first_of(page, whole_desk))
    assert walk(visit) == []
    assert visit.page.evaluate(NAMELESS) == []
    assert visit.page.evaluate(HEADINGS) == []


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_axe_finds_nothing_in_any_language(browser: Browser, home: str, whole_desk, page, width: int) -> None:
    with visiting(browser, home, width=width, reduced_motion="reduce") as visit:
        address = first_of(page, whole_desk)
        found = []
        for lang in LANGUAGES:
            open_address(visit, f"{address}?lang={lang}")
            found += [f"{lang} {fault}" for fault in offences(visit)]
        assert found == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_at_four_hundred_per_cent_the_page_flows_anew(browser: Browser, home: str, whole_desk, page) -> None:
    """1280 px at 400 % are 320 px of style: WCAG 1.4.10."""
    with visiting(browser, home, width=320, height=256, reduced_motion="reduce") as visit:
        for address in addresses([page], whole_desk)[:2]:
            open_address(visit, f"{address}?lang=en")
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= 320, address


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_what_charts_show_is_said_with_their_own_numbers(visit: Visit, whole_desk, page) -> None:
    open_address(visit, first_of(page, whole_desk))
    said = visit.page.locator(".chart").evaluate_all(
        "(all) => all.map((e) => e.getAttribute('aria-label') || '')"
    )
    drawn = visit.page.locator(".chart").evaluate_all(
        "(all) => all.map((e) => [...e.querySelectorAll('.annotation')].some((t) => /[0-9]/.test(t.textContent)))"
    )
    for words, numbered in zip(said, drawn, strict=True):
        assert words
        if numbered:
            assert any(sign.isdigit() for sign in words), words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_on_paper_there_is_nothing_to_press_and_the_figures_stay(visit: Visit, whole_desk, page) -> None:
    open_address(visit, first_of(page, whole_desk))
    visit.page.emulate_media(media="print")
    left = visit.page.locator("button, input, select").evaluate_all(
        "(all) => all.filter((e) => e.checkVisibility()).map((e) => e.outerHTML.slice(0, 100))"
    )
    shown = visit.page.locator("h1").is_visible() and visit.page.locator(".band-now").is_visible()
    visit.page.emulate_media(media="screen")
    assert left == []
    assert shown
