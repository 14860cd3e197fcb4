"""Marking a city in a real browser: in the bar, on the map, in the ranking, in the table; nothing is asked for it."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import expect

from dashboards.pages import connectivity, overview, services
from tests.smoke.browser import IN_BROWSER, Visit, application

pytestmark = IN_BROWSER

AREA = """(place) => [...document.querySelectorAll('path.choroplethlocation')]
    .find((path) => path.__data__.loc === place)"""


@pytest.fixture(scope="module")
def app(opening_desk) -> Flask:
    return application(opening_desk, overview.PAGE, services.PAGE, connectivity.PAGE)


def drawn(visit: Visit) -> None:
    expect(visit.page.locator("path.choroplethlocation")).to_have_count(11)


def marked_on_the_map(visit: Visit, place: str) -> bool:
    drawn(visit)
    return visit.page.evaluate(f"(place) => ({AREA})(place).classList.contains('marked')", place)


def test_by_keyboard_a_city_is_marked_everywhere_and_nobody_is_asked(visit: Visit) -> None:
    visit.open("/connectivity?lang=zh-Hant&per=km2")
    asked = len(visit.asked)
    visit.page.get_by_role("button", name="廣州").press("Space")
    visit.page.wait_for_url("**/connectivity?lang=zh-Hant&places=guangzhou&per=km2")
    visit.wait()
    assert marked_on_the_map(visit, "guangzhou")
    assert not marked_on_the_map(visit, "shenzhen")
    assert visit.page.locator("#panel-fiveg-ranking .annotation.marked").count() >= 2
    assert visit.page.locator("#panel-fiveg-ranking .annotation.faded").count() >= 2
    expect(visit.page.locator("#panel-fiveg-table tr.marked-line")).to_contain_text("廣州")
    expect(visit.page.get_by_role("button", name="廣州")).to_have_attribute("aria-pressed", "true")
    expect(visit.page.locator("#announcer")).to_have_text("已標示：廣州")
    assert [address for address in visit.asked[asked:] if "/_page" in address] == []


def test_the_lines_of_a_trend_are_marked_with_the_rest(visit: Visit) -> None:
    visit.open("/connectivity?places=hong_kong")
    expect(visit.page.locator("#panel-fiveg-share g.trace.scatter.marked").first).to_be_attached()
    expect(visit.page.locator("#panel-fiveg-share g.trace.scatter.faded").first).to_be_attached()


def test_the_address_alone_shows_the_marks_and_links_keep_them(visit: Visit) -> None:
    visit.open("/connectivity?places=guangzhou,shenzhen")
    assert marked_on_the_map(visit, "guangzhou")
    assert marked_on_the_map(visit, "shenzhen")
    visit.page.get_by_role("button", name="Shenzhen").click()
    visit.page.get_by_role("link", name="繁").click()
    visit.wait()
    assert visit.page.url.endswith("/connectivity?lang=zh-Hant&places=guangzhou")
    assert marked_on_the_map(visit, "guangzhou")
    assert not marked_on_the_map(visit, "shenzhen")


def test_a_city_is_chosen_on_the_map_in_the_bars_and_in_the_table(visit: Visit) -> None:
    visit.open("/connectivity")
    drawn(visit)
    box = visit.page.evaluate_handle(f"({AREA})('huizhou')").as_element().bounding_box()
    visit.page.mouse.move(box["x"] + box["width"] * 0.45, box["y"] + box["height"] * 0.4)
    visit.page.mouse.down()
    visit.page.mouse.up()
    visit.page.wait_for_url("**/connectivity?places=huizhou")
    bar = visit.page.locator("#panel-fiveg-ranking g.point path").first.bounding_box()
    visit.page.mouse.move(bar["x"] + 20, bar["y"] + 3)
    visit.page.mouse.down()
    visit.page.mouse.up()
    visit.page.wait_for_url("**/connectivity?places=huizhou,shenzhen")
    visit.page.locator("#panel-fiveg-table [data-place=foshan]").click()
    visit.page.wait_for_url("**/connectivity?places=huizhou,shenzhen,foshan")


def test_the_marks_are_cleared_and_the_focus_stays_in_the_bar(visit: Visit) -> None:
    visit.open("/?places=huizhou")
    visit.page.get_by_role("button", name="Clear").press("Enter")
    assert visit.page.url.endswith("/")
    expect(visit.page.get_by_role("button", name="Clear")).to_be_hidden()
    assert visit.page.locator(".marked").count() == 0
    assert visit.page.evaluate("document.activeElement.dataset.mark") == "hong_kong"


def test_the_year_is_chosen_by_keyboard_on_a_slider_that_says_it(visit: Visit) -> None:
    visit.open("/connectivity?places=shenzhen")
    slider = visit.page.get_by_role("slider", name="Period")
    assert slider.get_attribute("aria-valuetext") == "Latest"
    slider.press("ArrowLeft")
    visit.page.wait_for_url("**/connectivity?places=shenzhen&year=2025")
    visit.wait()
    assert slider.get_attribute("aria-valuetext") == "2025"
    assert slider.evaluate("(e) => e === document.activeElement")
    slider.press("Home")
    visit.page.wait_for_url("**year=2019")
    visit.wait()
    expect(visit.page.locator("#panel-fiveg-map .panel-unit")).to_contain_text("2019")
    assert marked_on_the_map(visit, "shenzhen")


def test_the_estuary_is_seen_close_up_and_the_map_is_a_list_too(visit: Visit) -> None:
    for path, panel in (("/", "map"), ("/services", "kiosk-map"), ("/connectivity", "fiveg-map")):
        visit.open(path)
        visit.page.get_by_role("link", name="The estuary, close up").click()
        visit.wait()
        drawn(visit)
        names = visit.page.locator(f"#panel-{panel} .scattergeo text").all_text_contents()
        assert {"Hong Kong", "Macao"} <= {name.strip(" ▲▼○–") for name in names}
        assert "Zhaoqing" not in names
        listing = visit.page.locator(f"#panel-{panel} .as-list")
        listing.locator("summary").press("Enter")
        expect(listing.locator("li")).to_have_count(11)
    assert visit.console == []


def test_the_cities_are_tiles_of_one_size_that_are_marked_with_the_rest(visit: Visit) -> None:
    for path, panel in (("/", "map"), ("/services", "kiosk-map"), ("/connectivity", "fiveg-map")):
        visit.open(path)
        visit.page.get_by_role("link", name="Equal tiles").click()
        visit.wait()
        tiles = visit.page.locator(f"#panel-{panel} .textpoint")
        expect(tiles).to_have_count(11)
        tile = tiles.filter(has_text="Shenzhen")
        tile.scroll_into_view_if_needed()
        box = tile.bounding_box()
        visit.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        visit.page.wait_for_url("**places=shenzhen**")
        expect(tile).to_have_class("textpoint marked")
        expect(visit.page.locator(f"#panel-{panel} .textpoint.faded")).to_have_count(10)
        expect(visit.page.locator("[data-mark=shenzhen]")).to_have_attribute("aria-pressed", "true")
    assert visit.console == []
