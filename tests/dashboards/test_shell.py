"""What is around every page: one header, one band, one footer, in the reader's language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from dash.development.base_component import Component

from dashboards import shell
from dashboards.desk import Desk, Fault, Filters
from dashboards.i18n import LANGUAGES
from dashboards.panel import View
from dashboards.style import Shapes
from metrics.asof import day_as_of, now_as_of
from tests.dashboards.demo import HOME, ITEM, NOW, OTHER, PAGES, demo_desk
from tests.dashboards.test_parts import text_of

MEETING = day_as_of(date(2025, 5, 15), clock=NOW)


def view(desk: Desk | None = None, **filters) -> View:
    asked = Filters(**({"as_of": now_as_of(NOW)} | filters))
    return shell.view_of(desk or demo_desk(), asked, date(2026, 11, 21), Shapes())


def links(component: object) -> list[Component]:
    """All links of a component, in reading order."""
    if isinstance(component, list | tuple):
        return [link for part in component for link in links(part)]
    if not isinstance(component, Component):
        return []
    own = [component] if type(component).__name__ == "A" else []
    return own + links(getattr(component, "children", None))


def test_the_layout_has_one_main_and_places_for_the_rest() -> None:
    ids = [getattr(part, "id", None) for part in shell.layout().children]
    assert ids == ["address", "again", "top", "replay", "notice", "main", "foot", "announcer"]


def test_navigation_leads_to_pages_that_are_there_and_marks_this_one() -> None:
    header = shell.header("/connectivity", PAGES, view(lang="zh-Hant"))
    nav = links(header.children[2])
    assert [(text_of(link), link.href) for link in nav] == [
        ("概覽", "/?lang=zh-Hant"),
        ("網絡連接", "/connectivity?lang=zh-Hant"),
    ]
    assert [getattr(link, "aria-current", None) for link in nav] == [None, "page"]


def test_a_page_below_another_marks_the_one_above() -> None:
    above = replace(OTHER, path="/work-items")
    nav = links(shell.header("/work-items/3", (HOME, above, ITEM), view()).children[2])
    assert [getattr(link, "aria-current", None) for link in nav] == [None, "true"]


def test_the_skip_link_comes_first() -> None:
    first = links(shell.header("/", PAGES, view()))[0]
    assert (first.href, first.className) == ("#main", "skip")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_is_named_in_itself_and_keeps_the_state(lang: str) -> None:
    switch = links(shell.languages("/x", view(lang=lang, as_of=MEETING, places=("macao",))))
    assert [text_of(link) for link in switch] == ["EN", "繁", "简"]
    assert [link.lang for link in switch] == ["en-HK", "zh-Hant-HK", "zh-Hans-CN"]
    assert [link.href for link in switch] == [
        "/x?as_of=2025-05-15&places=macao",
        "/x?lang=zh-Hant&as_of=2025-05-15&places=macao",
        "/x?lang=zh-Hans&as_of=2025-05-15&places=macao",
    ]
    assert [getattr(link, "aria-current", None) for link in switch].index("true") == LANGUAGES.index(lang)


def test_the_footer_names_the_product_its_boundaries_and_quiet_pages() -> None:
    quiet = replace(OTHER, nav=False)
    foot = shell.footer((HOME, quiet, ITEM), demo_desk(), view(lang="zh-Hans"))
    assert text_of(foot).startswith("大湾区智慧城市群监测平台")
    assert "边界：示范" in text_of(foot)
    assert [link.href for link in links(foot)] == ["/connectivity?lang=zh-Hans"]
    assert "Boundaries" not in text_of(shell.footer(PAGES, demo_desk(boundaries=None), view()))


def test_a_page_is_put_together_from_its_parts() -> None:
    made, well = shell.page_parts(OTHER, PAGES, demo_desk(), view())
    assert well
    assert made["charts"]
    assert made["title"] == "Connectivity · GBA Monitor"
    assert made["ready"] == "Connectivity: page shown"
    assert made["lang"] == "en-HK"
    broken, well = shell.page_parts(HOME, PAGES, demo_desk(), view(lang="zh-Hant"))
    assert not well
    assert broken["title"] == "大灣區智慧城市群監測平台"


def test_an_intro_stands_above_the_panels() -> None:
    page = replace(OTHER, intro=lambda _desk, v: [v.words.day(v.today)], lead="demo.lead")
    made, _ = shell.page_parts(page, PAGES, demo_desk(), view())
    assert text_of(made["main"][0]).endswith("21 Nov 2026")
    single = replace(OTHER, intro=lambda _desk, v: v.words.day(v.today))
    assert (
        text_of(shell.page_parts(single, PAGES, demo_desk(), view())[0]["main"][0])
        == "Connectivity21 Nov 2026"
    )


def test_a_page_for_wrong_values_names_parameters_and_repeats_no_value() -> None:
    faults = (
        Fault(parameter="as_of", expected="fault.as_of"),
        Fault(parameter="year", expected="fault.option"),
    )
    said = text_of(shell.fault_parts("/x", faults, PAGES, demo_desk(), view())["main"])
    assert "as_of, year" in said
    assert "year: a value that this page knows" in said


def test_a_missing_page_says_so_and_leads_back() -> None:
    made = shell.missing_parts(PAGES, demo_desk(), view(lang="zh-Hans"))
    assert "未找到页面" in text_of(made["main"])
    assert links(made["main"])[0].href == "/?lang=zh-Hans"


def test_the_path_of_an_item_is_filled_in() -> None:
    assert shell.path_of(ITEM, Filters(item="3")) == "/work-items/3"
    assert shell.path_of(HOME, Filters()) == "/"


def test_where_people_sign_in_every_page_leads_there_and_back():
    header = shell.header("/connectivity", PAGES, view(lang="zh-Hant"), accounts=True)
    account = links(header.children[3])[0]
    assert account.href == "/sign-in?lang=zh-Hant&next=%2Fconnectivity%3Flang%3Dzh-Hant"
    assert not [link for link in links(shell.header("/", PAGES, view())) if link.href.startswith("/sign-in")]


def test_a_page_says_after_how_many_seconds_it_is_asked_for_again() -> None:
    def renews(page, **filters) -> int:
        parts, _ = shell.page_parts(page, PAGES, demo_desk(), view(**filters))
        return parts["renew"]

    live = replace(OTHER, shows_readings=True)
    assert renews(OTHER) == 0
    assert renews(live) == shell.MINUTE
    assert renews(replace(OTHER, renews=lambda _desk: 4)) == 4
    assert renews(live, as_of=MEETING) == 0  # what was known is for ever what it was


@pytest.mark.parametrize(("audience", "accounts", "led"), [
    ("officials", True, True), ("group", True, False), ("public", True, False), ("officials", False, False),
])  # fmt: skip
def test_stewards_are_led_to_their_pages_and_others_are_not(audience, accounts, led) -> None:
    header = shell.header("/", PAGES, view(lang="zh-Hans"), accounts=accounts, audience=audience)
    found = [link for link in links(header) if link.href.startswith("/steward")]
    assert [link.href for link in found] == ["/steward?lang=zh-Hans"] * led
    assert all(link.target == "_self" for link in found)  # the page's own scripts leave it alone
