"""Transport and sources in a real browser: quiet, nobody else asked, reachable, nothing cut, filters by hand."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from dashboards.pages import sources, transport
from tests.smoke.browser import IN_BROWSER, LANGUAGES, WIDER, application, offences, visiting

pytestmark = IN_BROWSER


@pytest.fixture(scope="module")
def app(days_desk) -> Flask:
    return application(days_desk, transport.PAGE, sources.PAGE)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (360, "dark")])
@pytest.mark.parametrize("path", ["/transport", "/sources"])
def test_a_page_is_quiet_asks_nobody_else_and_can_be_reached(
    browser: Browser, home: str, path: str, width: int, theme: str, lang: str
) -> None:
    with visiting(browser, home, width=width, color_scheme=theme) as visit:
        visit.open(f"{path}?lang={lang}")
        assert visit.console == []
        assert visit.refused == []
        assert visit.page.evaluate(WIDER) == 0
        assert offences(visit) == []


@pytest.mark.parametrize("as_of", ["2025-02-20", "2024-03-28", "2019-01-01"])
def test_the_past_is_quiet_too(browser: Browser, home: str, as_of: str) -> None:
    with visiting(browser, home) as visit:
        visit.open(f"/transport?as_of={as_of}")
        assert visit.console == []
        assert offences(visit) == []


def test_the_period_and_the_control_point_are_chosen_by_hand(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        visit.open("/transport")
        visit.page.get_by_role("link", name="2024", exact=True).click()
        visit.wait()
        assert "from=2024-01-01" in visit.page.url
        visit.page.locator("select[name=places]").select_option("hk_hzmb")
        visit.page.wait_for_url("**places=hk_hzmb**")
        visit.wait()
        assert "from=2024-01-01" in visit.page.url
        expect(visit.page.locator("#panel-control-points")).to_contain_text("HZM Bridge")
        expect(visit.page.locator("#panel-control-points")).not_to_contain_text("Lo Wu")
        visit.page.go_back()
        visit.wait()
        expect(visit.page.locator("#panel-control-points")).to_contain_text("Lo Wu")


def test_a_control_point_is_marked_everywhere_without_asking_the_server(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        visit.open("/transport?lang=zh-Hant")
        asked = len(visit.asked)
        button = visit.page.locator("[data-mark=hk_hzmb]")
        button.focus()
        button.press("Space")
        visit.page.wait_for_url("**/transport?lang=zh-Hant&mark=hk_hzmb")
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(visit.page.locator("#announcer")).to_have_text(f"已標示：{button.text_content()}")
        assert visit.page.locator("#panel-crossings .scattergeo.marked").count() == 2
        assert visit.page.locator("#panel-crossings .scattergeo.faded").count() > 2
        assert visit.page.locator("#panel-crossings .scattergeo text.marked").count() == 1
        assert visit.page.locator("#panel-control-points .bars .point.marked").count() == 1
        assert visit.page.locator("#panel-control-points .bars .point.faded").count() >= 2
        assert visit.page.locator("#panel-balance .bars .point.marked").count() == 2
        assert visit.page.locator("#panel-balance .annotation.marked").count() == 2
        assert visit.page.locator("#panel-balance .bars .point.faded").count() >= 2
        expect(visit.page.locator("#panel-points-over-time g.trace.scatter.marked").first).to_be_attached()
        expect(visit.page.locator("#panel-points-over-time g.trace.scatter.faded").first).to_be_attached()
        assert [address for address in visit.asked[asked:] if "/_page" in address] == []
        visit.page.locator("[data-mark='']").press("Enter")
        visit.page.wait_for_url("**/transport?lang=zh-Hant")
        assert visit.page.locator(".marked, .faded, .marked-line").count() == 0


def test_the_address_alone_shows_the_marked_control_points_and_filters_keep_them(
    browser: Browser, home: str
) -> None:
    with visiting(browser, home) as visit:
        visit.open("/transport?mark=hk_lo_wu,hk_airport")
        assert visit.page.locator("#panel-control-points .bars .point.marked").count() == 2
        listing = visit.page.locator("#panel-crossings .as-list")
        listing.locator("summary").press("Enter")
        expect(listing.locator("li.marked-line")).to_have_count(2)
        visit.page.get_by_role("link", name="2024", exact=True).click()
        visit.page.wait_for_url("**from=2024-01-01**")
        visit.wait()
        assert visit.page.url.endswith("mark=hk_lo_wu,hk_airport")
        assert visit.page.locator("#panel-control-points .bars .point.marked").count() == 2
        listing.locator("summary").press("Enter")
        listing.locator("[data-place=hk_lo_wu]").click()
        visit.page.wait_for_url("**mark=hk_airport")


def test_a_control_point_is_marked_on_the_map_and_in_the_bars(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        visit.open("/transport")
        bar = visit.page.locator("#panel-control-points .bars .point path").first
        bar.scroll_into_view_if_needed()
        box = bar.bounding_box()
        visit.page.mouse.click(box["x"] + 12, box["y"] + box["height"] / 2)
        visit.page.wait_for_url("**mark=hk_**")
        marked = visit.page.url.rpartition("=")[2]
        expect(visit.page.locator(f"[data-mark={marked}]")).to_have_attribute("aria-pressed", "true")
        other = visit.page.evaluate(
            """(marked) => {
                const all = [...document.querySelectorAll('#panel-crossings g.trace.scattergeo')]
                    .filter((e) => e.__data__[0].trace.meta && e.__data__[0].trace.meta !== marked);
                all[0].scrollIntoView({block: 'center', behavior: 'instant'});
                const box = all[0].getBoundingClientRect();
                return [all[0].__data__[0].trace.meta, box.left + box.width / 2, box.bottom - 1];
            }""",
            marked,
        )
        visit.page.mouse.click(other[1], other[2])
        visit.page.wait_for_url(f"**mark={marked},{other[0]}")


def test_two_hundred_quick_changes_end_on_the_last(browser: Browser, home: str) -> None:
    with visiting(browser, home) as visit:
        visit.open("/transport")
        visit.page.evaluate(
            """() => {
                const go = (a) => { history.pushState({y: 0}, '', a);
                    dispatchEvent(new CustomEvent('_dashprivate_pushstate')); };
                for (let n = 0; n < 200; n += 1) go('/transport?from=' + (2022 + n % 3) + '-01-01');
                go('/transport?places=hk_hzmb');
            }"""
        )
        visit.wait()
        expect(visit.page.locator("#panel-control-points")).to_contain_text("HZM Bridge")
        expect(visit.page.locator("#panel-control-points")).not_to_contain_text("Lo Wu")
        assert visit.console == []
