"""Pages on paper in a real browser: charts fit, panels are whole, what is chosen is said; the screen is as before."""

from __future__ import annotations

import pytest
from flask import Flask

from dashboards.pages import connectivity, services
from tests.smoke.browser import IN_BROWSER, Visit, application

pytestmark = IN_BROWSER

SHEET = "688px"  # what A4 leaves between its margins
DRAWN = "() => !document.documentElement.dataset.drawing"
TEXTS_OUT = """() => [...document.querySelectorAll('.panel .chart')].flatMap((chart) => {
  const room = chart.closest('.panel').getBoundingClientRect();
  return [...chart.querySelectorAll('.main-svg text')].filter((one) => one.textContent.trim())
    .filter((one) => { const box = one.getBoundingClientRect();
      return box.width && (box.right > room.right + 1 || box.left < room.left - 1); })
    .map((one) => chart.closest('.panel').id + ': ' + one.textContent);
})"""
SIZES = """() => [...document.querySelectorAll('.main-svg')]
  .map((one) => [one.getBoundingClientRect().width, one.getAttribute('viewBox')])"""
CHOSEN = """() => [...document.querySelectorAll('.switches [aria-current]')].filter((one) => one.checkVisibility())
  .map((one) => [one.textContent, getComputedStyle(one).color, getComputedStyle(one).backgroundColor])"""


@pytest.fixture(scope="module")
def app(opening_desk) -> Flask:
    return application(opening_desk, services.PAGE, connectivity.PAGE)


@pytest.mark.parametrize("path", ["/connectivity?lang=en", "/services?lang=zh-Hans"])
def test_a_chart_fits_its_panel_on_paper_and_is_as_before_on_the_screen(visit: Visit, path: str) -> None:
    visit.open(path)
    visit.page.wait_for_function(DRAWN)
    before = visit.page.evaluate(SIZES)
    assert len(before) > 3
    visit.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    visit.page.evaluate("(wide) => { document.querySelector('main').style.width = wide; }", SHEET)
    visit.page.emulate_media(media="print")
    assert all(box for _wide, box in visit.page.evaluate(SIZES))
    assert visit.page.evaluate(TEXTS_OUT) == []
    visit.page.emulate_media(media="screen")
    visit.page.evaluate("document.querySelector('main').style.width = ''")
    visit.page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    same = f"(before) => JSON.stringify(({SIZES})()) === JSON.stringify(before)"
    visit.page.wait_for_function(same, arg=before)
    assert visit.console == []


def test_what_is_chosen_is_said_in_ink_and_the_rest_is_left_on_the_screen(visit: Visit) -> None:
    visit.open("/connectivity?lang=en&per=km2")
    visit.page.emulate_media(media="print")
    shown = visit.page.evaluate(CHOSEN)
    assert [text for text, _ink, _ground in shown] == ["Per km²", "Newest on any basis", "Whole area"]
    assert {ink for _text, ink, _ground in shown} == {"rgb(20, 33, 61)"}
    assert {ground for _text, _ink, ground in shown} == {"rgba(0, 0, 0, 0)"}
    left = ".switches .chip:not([aria-current]), .switches .switch-item:not([aria-current])"
    assert not visit.page.evaluate(
        "(left) => [...document.querySelectorAll(left)].some((one) => one.checkVisibility())", left
    )
