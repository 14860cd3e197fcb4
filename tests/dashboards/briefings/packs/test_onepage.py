"""One page for use without a network: it carries all it needs and may ask for nothing."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest

from dashboards.briefings.packs.onepage import html
from dashboards.briefings.packs.record import record
from dashboards.briefings.packs.values import Pack
from tests.dashboards.briefings.packs.packing import HOSTILE, MAP, RANKING, of_meeting, of_panels, sixty
from tests.dashboards.exports.chromiums import needs_chromium


@pytest.fixture(scope="module")
def page(opening_desk):
    return html(of_panels(opening_desk, MAP, RANKING)).decode()


def test_nothing_in_the_page_is_fetched(page):
    policy = unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1])
    assert "connect-src 'none'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert not re.findall(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="(?!data:)', page)


def test_hostile_words_stay_words(page):
    assert HOSTILE not in page
    assert "<script>alert" not in page


def test_the_page_holds_the_record_of_its_figures(opening_desk, page):
    held = re.search(r'id="gba-figures">(.*?)</script>', page, re.DOTALL)[1]
    assert json.loads(held)["sha256"] == record(of_panels(opening_desk, MAP, RANKING))["sha256"]


def test_below_each_chart_stand_its_figures_as_written(opening_desk, page):
    telling = of_panels(opening_desk, MAP).slides[1].telling
    for figure in telling.rows["figure"]:
        assert figure in page


def test_every_mark_beside_a_milestone_has_its_shape_in_the_file(page):
    for name in ("due", "planned", "dropped", "achieved", "missed", "unverified"):
        assert re.search(rf"\.shape-{name} \{{\s*--shape: url", page), name


@needs_chromium
@pytest.mark.smoke
def test_on_a_phone_a_chart_drawn_for_a_wide_room_is_scrolled_and_not_cut(opening_desk, tmp_path):
    from playwright.sync_api import sync_playwright

    from tests.smoke.browser import CHROMIUM

    place = tmp_path / "pack.html"
    place.write_bytes(html(of_panels(opening_desk, MAP, RANKING)))
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        sheet = browser.new_context(offline=True, viewport={"width": 360, "height": 740}).new_page()
        sheet.goto(f"{place.as_uri()}#2")
        sheet.wait_for_selector("html[data-drawn]", state="attached", timeout=90_000)
        box = sheet.locator(".page.current .slide-box")
        room, plot = box.evaluate("(one) => [one.clientWidth, one.firstElementChild.offsetWidth]")
        scrolled = box.evaluate("(one) => { one.scrollLeft = 9999; return one.scrollLeft; }")
        wide = sheet.evaluate("document.documentElement.scrollWidth")
        browser.close()
    assert (wide, room < plot) == (360, True)
    assert scrolled == plot - room


@needs_chromium
@pytest.mark.smoke
@pytest.mark.parametrize("lang", ["en", "zh-Hant", "zh-Hans"])
def test_it_opens_without_a_network_asks_for_nothing_and_draws_every_chart(opening_desk, tmp_path, lang):

    made = of_meeting(opening_desk, lang, meeting="egscc_2")
    charts = sum(one.telling is not None and one.telling.figure is not None for one in made.slides)
    assert charts > 5
    opened(made, tmp_path / "pack.html", charts)


@needs_chromium
@pytest.mark.smoke
def test_sixty_panels_are_sixty_charts_none_of_them_half_drawn(opening_desk, tmp_path):
    opened(of_panels(opening_desk, *sixty()), tmp_path / "sixty.html", 60)


COVERED = """() => {
  const bar = document.querySelector('.present-bar').getBoundingClientRect();
  const meets = (box) => Math.min(box.right, bar.right) > Math.max(box.left, bar.left) + 1
    && Math.min(box.bottom, bar.bottom) > Math.max(box.top, bar.top) + 6; // a font's room above its letters
  return [...document.querySelectorAll('.slide h2, .slide-kicker, .slide-body p, .slide-foot, .slide-plot text')]
    .filter((one) => { const words = document.createRange(); words.selectNodeContents(one);
      return [...words.getClientRects()].some(meets); }).map((one) => one.textContent.slice(0, 60));
}"""
MARKS = """(all) => all.map((one) => one.querySelectorAll(".main-svg path, .main-svg rect, .main-svg text").length)"""


def opened(made: Pack, place: Path, charts: int) -> None:
    """Open *made* from a file where there is no network: it asks for nothing and draws all its *charts*, whole."""
    from playwright.sync_api import sync_playwright

    from tests.smoke.browser import CHROMIUM

    place.write_bytes(html(made))
    asked, wrong = [], []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        sheet = browser.new_context(offline=True).new_page()
        sheet.on("request", lambda request: asked.append(request.url))
        sheet.on("console", lambda message: wrong.append(message.text))
        sheet.on("pageerror", lambda error: wrong.append(str(error)))
        sheet.goto(place.as_uri())
        sheet.wait_for_selector("html[data-drawn]", state="attached", timeout=90_000)
        drawn = sheet.locator(".slide-plot > .plot-container")
        count, marks = drawn.count(), drawn.evaluate_all(MARKS)
        sheet.keyboard.press("ArrowRight")
        at = sheet.locator("#number").inner_text()
        top = sheet.evaluate("document.querySelector('.page.current .slide').getBoundingClientRect().top")
        covered = sheet.evaluate(COVERED)
        browser.close()
    assert covered == [], "the controls stand on words of a slide"
    assert asked == [place.as_uri()]
    assert wrong == []
    assert count == charts
    assert min(marks) > 20, marks
    assert at.startswith("2 /")
    assert top == 0, "in a window of its shape a slide fills it from the top"
