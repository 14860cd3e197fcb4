"""The replay in a real browser: by keyboard, by button, calm where motion is not wanted, one step in the history."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from dashboards.pages import work_items
from tests.smoke.browser import IN_BROWSER, Visit, application, visiting

pytestmark = IN_BROWSER


@pytest.fixture(scope="module")
def app(opening_desk) -> Flask:
    return application(opening_desk, work_items.PAGE)


def slider(visit: Visit):
    return visit.page.locator("#replay input[type=range]")


def test_the_arrow_keys_go_from_one_known_day_to_the_next_and_write_the_address(visit: Visit) -> None:
    visit.open("/work-items?lang=zh-Hant")
    asked = slider(visit)
    last = int(asked.get_attribute("max"))
    assert int(asked.input_value()) == last > 200
    asked.focus()
    for _ in range(5):
        visit.page.keyboard.press("ArrowLeft")
    visit.page.wait_for_url("**/work-items?lang=zh-Hant&as_of=*")
    visit.wait()
    assert asked.input_value() == str(last - 5)
    assert asked.evaluate("(e) => e === document.activeElement")
    day = visit.page.url.rpartition("=")[2]
    year, month, date = map(int, day.split("-"))
    said = f"{year}年{month}月{date}日"
    assert asked.get_attribute("aria-valuetext") == said
    expect(visit.page.locator(".band-now")).to_contain_text(said)
    expect(visit.page.locator("#announcer")).to_have_text(said)
    visit.page.keyboard.press("End")
    visit.page.wait_for_url("**/work-items?lang=zh-Hant")
    visit.wait()
    assert visit.console == []


def test_many_steps_are_one_step_back(visit: Visit) -> None:
    visit.open("/work-items")
    slider(visit).focus()
    for _ in range(3):
        visit.page.keyboard.press("PageDown")
        visit.page.wait_for_timeout(250)
    visit.wait()
    assert "as_of=" in visit.page.url
    visit.page.go_back()
    visit.wait()
    assert visit.page.url.endswith("/work-items")
    assert slider(visit).input_value() == slider(visit).get_attribute("max")


def test_a_meeting_is_marked_and_named(visit: Visit) -> None:
    visit.open("/work-items?as_of=2025-05-15")
    assert slider(visit).get_attribute("aria-valuetext") == "15 May 2025 · Meeting 2"
    expect(visit.page.locator("#replay .tick-meeting")).to_have_count(2)


def test_a_day_between_two_stops_is_said_as_it_is(visit: Visit) -> None:
    visit.open("/work-items?as_of=2018-07-04")
    assert slider(visit).get_attribute("aria-valuetext") == "4 Jul 2018"
    expect(visit.page.locator("#replay .slider-said")).to_have_text("4 Jul 2018")


def test_playing_goes_on_by_itself_until_it_is_paused(visit: Visit) -> None:
    visit.open("/work-items?as_of=2024-03-28")
    button = visit.page.get_by_role("button", name="Play: Replay")
    button.focus()
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_function("() => new URLSearchParams(location.search).get('as_of') > '2024-05-15'")
    visit.page.get_by_role("button", name="Pause: Replay").press("Enter")
    expect(button).to_be_visible()
    visit.wait()
    paused = visit.page.url
    visit.page.wait_for_timeout(1200)
    assert visit.page.url == paused
    assert visit.console == []


def test_where_motion_is_not_wanted_the_button_goes_one_step(browser: Browser, home: str) -> None:
    with visiting(browser, home, reduced_motion="reduce") as visit:
        visit.open("/work-items?as_of=2024-03-28")
        visit.page.locator("#replay button.play").click()
        visit.page.wait_for_function("() => !location.search.endsWith('2024-03-28')")
        visit.wait()
        moved = visit.page.url
        visit.page.wait_for_timeout(1300)
        assert visit.page.url == moved
        assert slider(visit).input_value() != "0"
