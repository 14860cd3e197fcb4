"""The explorer in a real browser: quiet, worked by keyboard; grid, search, permalinks, views that the browser keeps."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from dashboards.pages import connectivity, explore
from tests.smoke.browser import IN_BROWSER, LANGUAGES, WIDER, Visit, application, offences, visiting

pytestmark = IN_BROWSER

STATIONS = "/explore?indicators=fiveg_base_stations&group=cities"
ROWS = ".grid .ag-center-cols-container .ag-row"


@pytest.fixture(scope="module")
def app(opening_desk) -> Flask:
    return application(opening_desk, connectivity.PAGE, explore.PAGE)


def opened(visit: Visit, address: str) -> None:
    visit.open(address)
    visit.page.wait_for_selector(ROWS)


def asked(visit: Visit) -> dict[str, list[str]]:
    return parse_qs(urlsplit(visit.page.url).query)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (360, "dark")])
def test_the_page_is_quiet_asks_nobody_else_and_can_be_reached(
    browser: Browser, home: str, width: int, theme: str, lang: str
) -> None:
    with visiting(browser, home, width=width, color_scheme=theme) as visit:
        opened(visit, f"/explore?lang={lang}")
        assert visit.console == []
        assert visit.refused == []
        assert visit.page.evaluate(WIDER) == 0
        assert offences(visit) == []


def test_the_grid_comes_with_the_first_page_that_holds_one(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        visit.open("/connectivity")
        assert [one for one in visit.asked if "dash_ag_grid" in one] == []
        visit.page.get_by_role("link", name="Explorer").click()
        visit.wait()
        visit.page.wait_for_selector(ROWS)
        assert len([one for one in visit.asked if "dash_ag_grid" in one]) == 2
        assert visit.console == []


def test_a_page_with_a_grid_is_no_heavier_than_it_may_be(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        devtools = visit.page.context.new_cdp_session(visit.page)
        devtools.send("Network.enable")
        sizes: list[int] = []
        devtools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        opened(visit, "/explore")
        assert 500_000 < sum(sizes) <= 1_400_000


def test_figures_sort_by_number_and_show_their_words(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        opened(visit, STATIONS)
        header = visit.page.locator('.grid .ag-header-cell[col-id="figure"]')
        header.click()
        header.click()
        first = visit.page.locator(f'{ROWS}[row-index="0"] [col-id="figure"]')
        expect(first).to_have_text("over 65,000")


def test_the_grid_speaks_the_readers_language(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        opened(visit, f"{STATIONS}&lang=zh-Hant")
        visit.page.locator('.grid .ag-header-cell[col-id="place"] .ag-header-cell-filter-button').click()
        expect(visit.page.locator(".ag-filter .ag-picker-field-display").first).to_have_text("包含")
        visit.page.locator(".ag-filter input").first.fill("深圳")
        visit.page.wait_for_function(
            f"() => [...document.querySelectorAll('{ROWS}')].every((row) => row.textContent.includes('深圳'))"
        )
        assert visit.console == []


def test_the_table_is_copied_as_it_is_seen(browser: Browser, home: str) -> None:
    with visiting(browser, home, permissions=["clipboard-read", "clipboard-write"]) as visit:
        opened(visit, STATIONS)
        visit.page.get_by_role("button", name="Copy the table").click()
        expect(visit.page.get_by_role("button", name="Copied")).to_be_visible()
        text = visit.page.evaluate("() => navigator.clipboard.readText()")
        head, *rows = text.split("\n")
        assert head.split("\t")[:3] == ["Place", "Period", "Figure"]
        assert any("over 65,000" in row for row in rows)


def test_a_search_is_made_and_an_indicator_chosen_by_keyboard_alone(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        opened(visit, "/explore?lang=zh-Hans")
        box = visit.page.locator("input[name=q]")
        box.focus()
        visit.page.keyboard.type("基站數目")
        visit.page.keyboard.press("Enter")
        visit.wait()
        assert asked(visit)["q"] == ["基站數目"]
        first = visit.page.locator(".found a").first
        expect(first).to_contain_text("5G基站数")
        first.focus()
        visit.page.keyboard.press("Enter")
        visit.wait()
        assert asked(visit)["indicators"] == ["fiveg_base_stations"]


def test_choices_go_into_the_address_and_a_fresh_browser_shows_the_same(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        opened(visit, STATIONS)
        visit.page.locator("select[name=per]").select_option("km2")
        visit.page.wait_for_url("**per=km2**")
        visit.wait()
        visit.page.locator("select[name=chart]").select_option("table")
        visit.page.wait_for_url("**chart=table**")
        visit.wait()
        visit.page.wait_for_selector(ROWS)
        address, seen = visit.page.url.removeprefix(home), visit.page.locator(ROWS).all_inner_texts()
        assert asked(visit)["group"] == ["cities"]
        visit.page.go_back()
        visit.wait()
        assert "chart" not in asked(visit)
    with visiting(browser, home) as fresh:
        opened(fresh, address)
        assert fresh.page.locator(ROWS).all_inner_texts() == seen


def test_a_place_is_added_by_keyboard_and_keeps_the_focus(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        opened(visit, "/explore?indicators=bcp_passengers_monthly&places=hk_lo_wu")
        chip = visit.page.get_by_role("link", name="HZM Bridge")
        chip.focus()
        visit.page.keyboard.press("Enter")
        visit.wait()
        assert asked(visit)["places"] == ["hk_lo_wu,hk_hzmb"]
        visit.page.wait_for_function("() => document.activeElement.textContent === 'HZM Bridge'")


def test_this_browser_keeps_views_by_itself_where_nobody_signs_in(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        opened(visit, f"{STATIONS}&q=5g")
        visit.page.get_by_label("Name of this view").fill("<b>Stations</b>")
        visit.page.get_by_role("button", name="Save", exact=True).click()
        visit.page.goto(f"{home}/explore")
        visit.wait()
        link = visit.page.get_by_role("link", name="<b>Stations</b>")
        link.click()
        visit.wait()
        assert asked(visit) == {"indicators": ["fiveg_base_stations"], "group": ["cities"]}
        visit.page.get_by_role("button", name="Rename").click()
        visit.page.keyboard.type("Base stations")
        visit.page.keyboard.press("Enter")
        expect(visit.page.get_by_role("link", name="Base stations", exact=True)).to_be_visible()
        visit.page.get_by_role("button", name="Delete").click()
        expect(visit.page.get_by_text("No view saved yet.")).to_be_visible()
        assert visit.console == []


def test_the_controls_fold_away_where_the_window_is_narrow(browser: Browser, home: str) -> None:
    with visiting(browser, home, width=360) as visit:
        opened(visit, "/explore")
        expect(visit.page.locator("select[name=chart]")).to_be_hidden()
        visit.page.get_by_text("Period, method and chart").click()
        visit.page.locator("select[name=chart]").select_option("bars")
        visit.page.wait_for_url("**chart=bars**")
        visit.wait()
        expect(visit.page.locator("select[name=chart]")).to_be_visible()
