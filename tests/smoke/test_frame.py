"""The frame in a real browser: quiet console, nobody else asked, the last input wins, all of it reachable."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from playwright.sync_api import Browser, Route, expect

from dashboards.server import FrontSettings, create_app
from tests.dashboards.demo import MAP, PAGES, demo_desk
from tests.smoke.browser import IN_BROWSER, LANGUAGES, Visit, offences, serving, visiting

pytestmark = IN_BROWSER

GO = "(a) => { history.pushState({}, '', a); dispatchEvent(new CustomEvent('_dashprivate_pushstate')); }"


@pytest.fixture(scope="module")
def app() -> Flask:
    return create_app(demo_desk, FrontSettings(pages=PAGES))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_opens_quietly_and_asks_nobody_else(
    browser: Browser, home: str, lang: str, theme: str
) -> None:
    with visiting(browser, home, color_scheme=theme) as visit:
        visit.open(f"/?lang={lang}")
        assert visit.console == []
        assert visit.refused == []
        assert len(visit.asked) <= 25
        assert visit.page.evaluate("document.documentElement.dataset.theme") == theme


@pytest.mark.parametrize("width", [1920, 768, 360])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_nothing(browser: Browser, home: str, lang: str, width: int) -> None:
    with visiting(browser, home, width=width) as visit:
        for address in (f"/?lang={lang}", f"/connectivity?lang={lang}&as_of=2025-05-15"):
            visit.open(address)
            assert offences(visit) == []
            visit.page.click("summary.menu-button")
            assert offences(visit) == []


def test_axe_finds_nothing_in_the_dark_and_on_the_pages_for_wrong_addresses(
    browser: Browser, home: str
) -> None:
    with visiting(browser, home, color_scheme="dark") as visit:
        for address in ("/", "/connectivity?as_of=2025-05-15"):
            visit.open(address)
            assert offences(visit) == []
        for address in ("/nowhere?lang=zh-Hant", "/?as_of=soon"):
            visit.page.goto(home + address)
            assert offences(visit) == []


@pytest.mark.parametrize("width", [320, 360, 768])
def test_nothing_sticks_out_of_a_narrow_window(browser: Browser, home: str, width: int) -> None:
    with visiting(browser, home, width=width) as visit:
        for lang in LANGUAGES:
            visit.open(f"/?lang={lang}&as_of=2025-05-15")
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= width


def test_two_hundred_quick_changes_end_on_the_last(visit: Visit) -> None:
    visit.open("/connectivity")
    visit.page.evaluate(
        """async () => {
            for (let n = 0; n < 200; n++) {
                const day = new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10);
                history.pushState({y: 0}, '', `/connectivity?as_of=${day}`);
                window.dispatchEvent(new CustomEvent('_dashprivate_pushstate'));
                await new Promise((go) => setTimeout(go, n % 5));
            }
        }"""
    )
    visit.wait()
    assert visit.page.url.endswith("as_of=2024-07-18")
    expect(visit.page.locator(".band-now")).to_have_text("As known on 18 Jul 2024")
    assert visit.console == []


def test_a_slow_answer_does_not_overtake_a_later_one(visit: Visit) -> None:
    visit.open("/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    visit.page.route(re.compile(r"/_page\?.*as_of=2024-01-01"), hold)
    visit.page.evaluate(GO, "/?as_of=2024-01-01")
    visit.page.wait_for_timeout(100)
    visit.page.evaluate(GO, "/?as_of=2024-02-02")
    visit.wait()
    expect(visit.page.locator(".band-now")).to_have_text("As known on 2 Feb 2024")
    assert len(held) == 1


def test_the_focus_stays_on_the_link_that_changed_the_page(visit: Visit) -> None:
    visit.open("/")
    visit.page.get_by_role("link", name="Meeting 2").press("Enter")
    visit.wait()
    assert visit.page.evaluate("document.activeElement.textContent") == "Meeting 2 · 15 May 2025"
    visit.page.get_by_role("link", name="繁").press("Enter")
    visit.wait()
    assert visit.page.evaluate("document.activeElement.textContent") == "繁"


def test_links_change_the_page_without_loading_it_again(visit: Visit) -> None:
    visit.open("/")
    visit.page.evaluate("window.same = true")
    visit.page.get_by_role("link", name="Connectivity").click()
    visit.wait()
    assert visit.page.evaluate("window.same")
    assert visit.page.title() == "Connectivity · GBA Monitor"
    expect(visit.page.locator("#announcer")).to_have_text("Connectivity: page shown")
    assert visit.page.evaluate("document.activeElement.id") == "main"
    visit.page.go_back()
    visit.wait()
    assert visit.page.title() == "GBA Monitor"
    visit.page.go_forward()
    visit.wait()
    expect(visit.page.locator("h1")).to_have_text("Connectivity")


def test_the_language_switch_keeps_the_state_of_the_page(visit: Visit) -> None:
    visit.open("/connectivity?as_of=2025-05-15&year=2024")
    visit.page.get_by_role("link", name="繁").click()
    visit.wait()
    assert visit.page.url.endswith("/connectivity?lang=zh-Hant&as_of=2025-05-15&year=2024")
    assert visit.page.evaluate("document.documentElement.lang") == "zh-Hant-HK"
    expect(visit.page.locator("h1")).to_have_text("網絡連接")
    assert visit.page.get_by_role("link", name="简").get_attribute("lang") == "zh-Hans-CN"


def test_a_meeting_is_one_click_away_and_the_band_says_so(visit: Visit) -> None:
    visit.open("/")
    shade = visit.page.locator("section.band")
    today = shade.evaluate("(e) => getComputedStyle(e).backgroundColor")
    visit.page.get_by_role("link", name="Meeting 2").click()
    visit.wait()
    assert visit.page.url.endswith("/?as_of=2025-05-15")
    expect(visit.page.locator(".band-now")).to_have_text("As known on 15 May 2025")
    expect(shade).not_to_have_css("background-color", today)  # it comes over 120 ms
    visit.page.get_by_role("link", name="Back to today").click()
    visit.wait()
    assert visit.page.url.endswith("/")


def test_another_day_is_chosen_in_a_native_field(visit: Visit) -> None:
    visit.open("/?lang=zh-Hans")
    field = visit.page.get_by_label("其他日期").locator("input")
    assert field.get_attribute("type") == "date"
    assert field.get_attribute("max") == "2026-11-21"
    field.fill("2025-03-01")
    visit.page.wait_for_url("**/?lang=zh-Hans&as_of=2025-03-01")
    visit.wait()
    expect(visit.page.locator(".band-now")).to_have_text("以2025年3月1日已知数据为准")
    assert field.input_value() == "2025-03-01"


def test_the_place_on_the_page_stays_when_only_the_state_changes(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 1000, "height": 500})
    visit.open("/")
    visit.page.evaluate("window.scrollTo(0, 600)")
    top = "document.getElementById('panel-gallery').getBoundingClientRect().top"
    before = visit.page.evaluate(top)
    visit.page.evaluate(GO, "/?as_of=2025-05-15")
    visit.wait()
    assert visit.page.evaluate(top) == pytest.approx(before, abs=2)


def test_a_lost_connection_keeps_the_view_and_says_so(visit: Visit) -> None:
    visit.open("/")
    visit.page.route("**/_page?*", lambda route: route.abort())
    visit.page.get_by_role("link", name="Connectivity").click()
    notice = visit.page.locator("#notice")
    expect(notice).to_contain_text("The server cannot be reached.")
    expect(visit.page.locator("h1")).to_have_text("Overview")
    assert visit.page.evaluate("document.documentElement.dataset.offline") == "true"
    visit.page.unroute("**/_page?*")
    notice.get_by_role("button", name="Try again").click()
    visit.wait()
    expect(visit.page.locator("h1")).to_have_text("Connectivity")
    expect(notice).to_be_empty()
    assert visit.page.evaluate("document.documentElement.dataset.offline") is None


def test_the_theme_is_the_readers_and_stays(visit: Visit) -> None:
    visit.open("/")
    visit.page.get_by_role("button", name="Dark").click()
    visit.wait()
    assert visit.page.evaluate("document.documentElement.dataset.theme") == "dark"
    expect(visit.page.get_by_role("button", name="Dark")).to_have_attribute("aria-pressed", "true")
    visit.open("/connectivity")
    assert visit.page.evaluate("document.documentElement.dataset.theme") == "dark"
    line = visit.page.locator(".scatterlayer .js-line").evaluate("(e) => getComputedStyle(e).stroke")
    assert line == "rgb(102, 184, 209)"


def test_the_keyboard_alone_reaches_the_content_and_the_menu(visit: Visit) -> None:
    visit.open("/")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.className") == "skip"
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "main"
    menu = visit.page.locator("#panel-stations summary")
    menu.focus()
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#panel-stations .menu-item")).to_be_visible()
    visit.page.keyboard.press("Escape")
    expect(visit.page.locator("#panel-stations .menu-item")).to_be_hidden()
    assert menu.evaluate("(e) => e === document.activeElement")


def test_a_panel_gives_out_its_address(browser: Browser, home: str) -> None:
    with visiting(browser, home, permissions=["clipboard-read", "clipboard-write"]) as visit:
        visit.open("/?as_of=2025-05-15")
        visit.page.click("#panel-stations summary")
        visit.page.click("#panel-stations .menu-item")
        expect(visit.page.locator("#panel-stations .menu-item").first).to_have_text("Copied")
        copied = visit.page.evaluate("navigator.clipboard.readText()")
        assert copied == f"{home}/?as_of=2025-05-15#panel-stations"


def test_a_broken_panel_says_so_and_leaves_the_others_alone(visit: Visit) -> None:
    visit.open("/")
    expect(visit.page.locator("#panel-broken .state-failed")).to_contain_text(
        "This panel cannot be shown now."
    )
    expect(visit.page.locator("#panel-stations .main-svg").first).to_be_visible()
    assert "secret detail" not in visit.page.content()


def test_a_map_is_drawn_and_nobody_else_is_asked(browser: Browser) -> None:
    with (
        serving(create_app(demo_desk, FrontSettings(pages=(*PAGES, MAP)))) as home,
        visiting(browser, home) as visit,
    ):
        visit.open("/map?lang=zh-Hant")
        area = visit.page.locator(".choroplethlayer path.choroplethlocation")
        expect(area).to_have_count(1)
        assert area.bounding_box()["width"] > 100
        expect(visit.page.locator(".scattergeo text")).to_have_text("澳門")
        assert visit.refused == []
        assert visit.console == []
        assert sum("/geo/cities.f00d.geojson" in address for address in visit.asked) == 1


def test_two_windows_show_two_languages(browser: Browser, home: str) -> None:
    with visiting(browser, home) as one, visiting(browser, home) as other:
        one.open("/?lang=zh-Hant")
        other.open("/?lang=zh-Hans")
        expect(one.page.locator("h1")).to_have_text("概覽")
        expect(other.page.locator("h1")).to_have_text("总览")


def test_the_first_visit_weighs_less_than_a_megabyte(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        session = visit.page.context.new_cdp_session(visit.page)
        session.send("Network.enable")
        sizes: list[int] = []
        session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
        visit.open("/")
        assert 0 < sum(sizes) <= 1_000_000


def test_paper_carries_the_page_without_its_controls(visit: Visit) -> None:
    visit.open("/?as_of=2025-05-15")
    visit.page.emulate_media(media="print")
    for hidden in (".nav", ".tools", ".menu", ".band .chips"):
        expect(visit.page.locator(hidden).first).to_be_hidden()
    expect(visit.page.locator(".band-now")).to_have_text("As known on 15 May 2025")
