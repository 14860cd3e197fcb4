"""Presentation in a real browser: turned by keys, in each language, large and small, on paper, without a network."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from dashboards.briefings.attachment import attach
from dashboards.server import create_app
from tests.smoke.browser import IN_BROWSER, LANGUAGES, Visit, offences, visiting

pytestmark = IN_BROWSER

CUT = """() => [...document.querySelectorAll('.slide-body')].map((body, at) => {
  const parts = [body, ...body.querySelectorAll('.slide-main, .slide-side, .slide-rows')];
  const spills = (one) => one.scrollHeight > one.clientHeight + 3 || one.scrollWidth > one.clientWidth + 3;
  return parts.some(spills) ? at + 1 : 0;
}).filter(Boolean)"""


SWIPE = """(to) => {
  const put = (x, kind) => {
    const touch = new Touch({ identifier: 1, target: document.body, clientX: x, clientY: 300 });
    const touches = kind === 'touchend' ? [] : [touch];
    document.dispatchEvent(new TouchEvent(kind, { touches, changedTouches: [touch] }));
  };
  put(180, 'touchstart');
  put(180 + to, 'touchend');
}"""
BELOW = """() => {
  const boxes = [...document.querySelectorAll('.slide.current > *')].map((one) => one.getBoundingClientRect());
  const plot = document.querySelector('.slide.current .slide-plot');
  const clear = !plot || plot.getBoundingClientRect().bottom <= boxes[boxes.length - 1].top + 1;
  return clear && boxes.slice(1).every((box, at) => box.top >= boxes[at].bottom - 1);
}"""


@pytest.fixture(scope="module")
def app(opening_desk) -> Flask:
    app = create_app(lambda: opening_desk)
    attach(app, lambda: opening_desk, None)
    return app


@pytest.fixture(scope="module")
def window() -> dict[str, int]:
    return {"width": 1920, "height": 1080}


def shown(visit: Visit, address: str) -> None:
    """Open *address* and wait until every chart of its deck is drawn."""
    visit.page.goto(visit.home + address)
    drawn(visit)


def drawn(visit: Visit, what: str = "") -> None:
    mark = f"[data-drawn='{what}']" if what else "[data-drawn]"
    visit.page.wait_for_selector(f"html{mark}", state="attached")


def number(visit: Visit) -> int:
    return int(visit.page.inner_text("#number").partition("/")[0])


def current(visit: Visit) -> str:
    return visit.page.inner_text(".slide.current h2")


def test_keys_turn_the_slides(visit: Visit) -> None:
    shown(visit, "/present/next")
    total = int(visit.page.inner_text("#number").partition("/")[2])
    assert total > 9
    steps = [
        ("ArrowRight", 2), ("PageDown", 3), (" ", 4), ("ArrowDown", 5), ("ArrowLeft", 4), ("PageUp", 3),
        ("ArrowUp", 2), ("Shift+ ", 1), ("ArrowLeft", 1), ("End", total), ("ArrowRight", total), ("Home", 1),
    ]  # fmt: skip
    for key, expected in steps:
        visit.page.keyboard.press(key)
        assert number(visit) == expected, key
        assert visit.page.url.endswith(f"#{expected}")
    visit.page.keyboard.press("ArrowRight")
    expect(visit.page.locator("#announcer")).to_have_text(
        f"Slide 2 of {total}: Work item 1: Cross-boundary Public Services"
    )
    assert visit.console == []
    assert visit.refused == []


def test_a_link_opens_on_its_slide_and_a_wild_one_on_the_nearest(visit: Visit) -> None:
    shown(visit, "/present/next#4")
    assert number(visit) == 4
    assert "Work item 3" in current(visit)
    visit.page.evaluate("location.hash = '#999'")
    expect(visit.page.locator("#next")).to_be_disabled()


def test_the_language_changes_while_the_slide_stays(visit: Visit) -> None:
    shown(visit, "/present/egscc_2#3")
    visit.page.click("#bar [data-lang='zh-Hant']")
    drawn(visit, "zh-Hant light")
    assert number(visit) == 3
    assert "行業應用" in current(visit)
    assert visit.page.evaluate("document.documentElement.lang") == "zh-Hant-HK"
    assert "lang=zh-Hant" in visit.page.url
    visit.page.keyboard.press("l")
    drawn(visit, "zh-Hans light")
    assert "行业应用" in current(visit)
    assert visit.page.get_attribute("#bar [data-lang='zh-Hans']", "aria-current") == "true"


def test_notes_come_and_go_and_leave_room_for_the_slide(visit: Visit) -> None:
    shown(visit, "/present/next#2")
    before = visit.page.locator(".slide.current").bounding_box()
    visit.page.keyboard.press("n")
    notes = visit.page.locator("#notes")
    expect(notes).to_be_visible()
    expect(notes).to_contain_text("Cross-boundary Public Services")
    slide, box = visit.page.locator(".slide.current").bounding_box(), notes.bounding_box()
    assert slide is not None
    assert box is not None
    assert slide["y"] + slide["height"] <= box["y"] + 1
    visit.page.keyboard.press("n")
    expect(notes).to_be_hidden()
    assert visit.page.locator(".slide.current").bounding_box() == before


def test_escape_leaves_in_the_language_at_hand(visit: Visit) -> None:
    shown(visit, "/present/next")
    visit.page.keyboard.press("l")
    drawn(visit, "zh-Hant light")
    visit.page.keyboard.press("Escape")
    visit.page.wait_for_url("**/briefings?lang=zh-Hant")


def test_it_goes_on_when_the_network_is_cut(visit: Visit) -> None:
    shown(visit, "/present/next")
    visit.page.wait_for_selector("html[data-ahead]", state="attached")
    asked = len(visit.asked)
    visit.page.context.set_offline(True)
    visit.page.click("#shade")
    drawn(visit, "en dark")
    for lang in ("zh-Hant", "zh-Hans", "en"):
        visit.page.keyboard.press("l")
        drawn(visit, f"{lang} dark")
        plots = visit.page.locator(".slide-plot")
        assert plots.count() > 4
        for at in range(plots.count()):
            assert plots.nth(at).locator(".main-svg").count() > 0
        maps = visit.page.locator(".slide-plot .choroplethlayer path, .slide-plot .geo path")
        assert maps.count() > 10
    assert [
        one for one in visit.asked[asked:] if "/icon." not in one
    ] == []  # browsers look for the icon anew
    assert not [line for line in visit.console if "ERR_INTERNET_DISCONNECTED" not in line]


@pytest.mark.parametrize("size", [(1920, 1080), (3840, 2160)])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("second", ["none", "zh-Hant"])
def test_nothing_is_cut_at_1080p_nor_at_4k_and_both_are_one_picture(
    browser: Browser, home: str, lang: str, second: str, size: tuple[int, int]
) -> None:
    with visiting(browser, home, width=size[0], height=size[1]) as visit:
        shown(visit, f"/present/next?lang={lang}&second={second}")
        assert visit.page.evaluate(CUT) == []
        box = visit.page.locator(".slide.current").bounding_box()
        assert box
        assert (round(box["width"]), round(box["height"])) == size
        small = visit.page.evaluate(
            "() => Math.min(...[...document.querySelectorAll('.slide-plot text')].map("
            "(one) => one.getBoundingClientRect().height).filter(Boolean))"
        )
        assert small / size[1] * 1080 >= 14  # of a chart's smallest words, in px at 1080p
        assert visit.console == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_nothing(browser: Browser, home: str, lang: str, theme: str) -> None:
    with visiting(browser, home, width=1440, height=900) as visit:
        shown(visit, f"/present/next?lang={lang}&theme={theme}#3")
        assert offences(visit) == []


def test_on_a_phone_slides_flow_and_are_turned_by_swiping(browser: Browser, home: str) -> None:
    with visiting(browser, home, width=360, height=780, has_touch=True) as visit:
        shown(visit, "/present/next?lang=zh-Hans#2")
        wide = visit.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360
        visit.page.evaluate(SWIPE, -120)
        assert number(visit) == 3
        visit.page.evaluate(SWIPE, 120)
        assert number(visit) == 2
        visit.page.evaluate(SWIPE, 20)
        assert number(visit) == 2
        for _slide in range(12):
            assert visit.page.evaluate(BELOW), current(visit)
            visit.page.keyboard.press("ArrowRight")


def test_on_paper_every_slide_is_a_page(visit: Visit) -> None:
    shown(visit, "/present/egscc_2")
    total = int(visit.page.inner_text("#number").partition("/")[2])
    printed = visit.page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == total


def test_a_reader_without_scripts_has_every_slide_in_words(browser: Browser, home: str) -> None:
    with visiting(browser, home, java_script_enabled=False) as visit:
        visit.page.goto(home + "/present/next?lang=en")
        assert visit.page.locator(".slide h2").count() > 9
        for at in range(visit.page.locator(".slide h2").count()):
            expect(visit.page.locator(".slide h2").nth(at)).to_be_visible()
