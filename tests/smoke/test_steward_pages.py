"""Stewards' pages in a real browser: a return from one person's file to another's approval, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from dashboards.server import FrontSettings, create_app
from dashboards.sign_in.attachment import attach as attach_sign_in
from dashboards.steward.attachment import attach
from ingest.archive import Archive
from ingest.fetch import Fetcher
from ingest.stewards import Stewards
from ingest.tools import Tools
from metrics.indicators import catalogue
from metrics.warehouse.warehouse import open_warehouse
from tests.dashboards.demo import PAGES, demo_desk
from tests.dashboards.sign_in.conftest import BY, CHEAP, NOW, PASSWORD, SETTINGS, light_assets
from tests.dashboards.steward.conftest import WORDS, sound
from tests.smoke.browser import Visit, browsing, needs_browser, serving, visiting

pytestmark = [pytest.mark.smoke, needs_browser, pytest.mark.enable_socket, pytest.mark.xdist_group("browser")]
LANGUAGES = ("en", "zh-Hant", "zh-Hans")
__all__ = ["light_assets"]


@pytest.fixture(scope="module")
def home(tmp_path_factory, light_assets) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("stewards")
    warehouse = open_warehouse(f"sqlite:///{folder / 'warehouse.db'}")
    warehouse.migrate()
    server = create_app(demo_desk, FrontSettings(pages=PAGES, assets=light_assets))
    door = attach_sign_in(server, warehouse, SETTINGS, WORDS, server.extensions["assets"], clock=lambda: NOW)
    door.register.passwords.hasher = CHEAP
    door.register.passwords.__post_init__()
    for person in ("alice", "bob"):
        door.register.add(person, person.title(), "steward", PASSWORD, BY)
    tools = Tools(
        warehouse=warehouse,
        fetch=Fetcher(contact="", mirror=folder),
        archive=Archive(folder / "archive"),
        meanings=catalogue().by_id,
        clock=lambda: NOW,
    )
    attach(server, door, Stewards(tools=tools))
    with serving(server) as address:
        yield address
    warehouse.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as opened:
        yield opened


def signed_in(visit: Visit, person: str, lang: str = "en") -> Visit:
    visit.page.goto(f"{visit.home}/sign-in?lang={lang}&next=%2Fsteward%3Flang%3D{lang}")
    visit.page.fill("#name", person)
    visit.page.fill("#password", PASSWORD)
    visit.page.click("button[type=submit]")
    visit.page.wait_for_url("**/steward?**")
    return visit


def check(visit: Visit) -> None:
    assert visit.console == []
    assert visit.refused == []
    found = Axe().run(visit.page).response["violations"]
    assert [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found] == []
    wide = visit.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0


def upload(visit: Visit, file: Path) -> None:
    visit.page.set_input_files("#file", file)
    visit.page.click("form[enctype] button")


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (360, "dark")])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_are_quiet_and_sound_at_every_width(browser, home, lang, width, theme):
    with visiting(browser, home, width=width, color_scheme=theme) as visit:
        signed_in(visit, "alice", lang)
        check(visit)
        visit.page.goto(f"{home}/steward/quarantine?lang={lang}")
        check(visit)


def test_a_return_goes_from_one_persons_file_to_anothers_approval(browser, home, tmp_path):
    wrong, right = tmp_path / "wrong.xlsx", tmp_path / "right.xlsx"
    wrong.write_bytes(sound("逾四百萬"))
    right.write_bytes(sound(4_200_000))
    with visiting(browser, home, width=360) as alice, visiting(browser, home) as bob:
        signed_in(alice, "alice", "zh-Hant")
        upload(alice, wrong)
        expect(alice.page.locator("table")).to_contain_text("逾四百萬")
        # The browser logs that the answer was 422: the file was understood, and is wrong.
        assert all("422" in line for line in alice.console)
        alice.console.clear()
        check(alice)
        alice.page.goto(f"{home}/steward?lang=zh-Hant")
        upload(alice, right)
        expect(alice.page.locator("table")).to_contain_text("4,200,000")
        check(alice)
        alice.page.click("text=提交覆核")
        alice.page.wait_for_url("**/returns/**")
        check(alice)
        assert alice.page.locator("button[name=do]").count() == 0
        signed_in(bob, "bob")
        bob.page.click("tbody a >> nth=0")
        bob.page.fill("#why", "agrees with the paper")
        bob.page.click("button[value=approve]")
        expect(bob.page.locator(".said")).to_contain_text("Approved: 1 new")
        check(bob)


def test_the_template_arrives_as_a_file(browser, home):
    with visiting(browser, home, accept_downloads=True) as visit:
        signed_in(visit, "alice")
        visit.page.select_option("#department", "dpo")
        with visit.page.expect_download() as started:
            visit.page.click("form[method=get] button")
        assert started.value.suggested_filename == "return-dpo-own-en.xlsx"
