"""Stewards' pages in a real browser: a return from one person's file to another's approval, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

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
from tests.smoke.browser import IN_BROWSER, LANGUAGES, WIDER, Visit, offences, signed_in, visiting

pytestmark = IN_BROWSER
__all__ = ["light_assets"]


@pytest.fixture(scope="module")
def app(tmp_path_factory, light_assets) -> Iterator[Flask]:
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
    yield server
    warehouse.close()


def at_desk(visit: Visit, person: str, lang: str = "en") -> Visit:
    return signed_in(visit, person, PASSWORD, f"/steward?lang={lang}", lang)


def check(visit: Visit) -> None:
    assert visit.console == []
    assert visit.refused == []
    assert offences(visit) == []
    assert visit.page.evaluate(WIDER) <= 0


def upload(visit: Visit, file: Path) -> None:
    visit.page.set_input_files("#file", file)
    visit.page.click("form[enctype] button")


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (360, "dark")])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_are_quiet_and_sound_at_every_width(browser, home, lang, width, theme):
    with visiting(browser, home, width=width, color_scheme=theme) as visit:
        at_desk(visit, "alice", lang)
        check(visit)
        visit.page.goto(f"{home}/steward/quarantine?lang={lang}")
        check(visit)


def test_a_return_goes_from_one_persons_file_to_anothers_approval(browser, home, tmp_path):
    wrong, right = tmp_path / "wrong.xlsx", tmp_path / "right.xlsx"
    wrong.write_bytes(sound("逾四百萬"))
    right.write_bytes(sound(4_200_000))
    with visiting(browser, home, width=360) as alice, visiting(browser, home) as bob:
        at_desk(alice, "alice", "zh-Hant")
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
        at_desk(bob, "bob")
        bob.page.click("tbody a >> nth=0")
        bob.page.fill("#why", "agrees with the paper")
        bob.page.click("button[value=approve]")
        expect(bob.page.locator(".said")).to_contain_text("Approved: 1 new")
        check(bob)


def test_the_template_arrives_as_a_file(browser, home):
    with visiting(browser, home, accept_downloads=True) as visit:
        at_desk(visit, "alice")
        visit.page.select_option("#department", "dpo")
        with visit.page.expect_download() as started:
            visit.page.click("form[method=get] button")
        assert started.value.suggested_filename == "return-dpo-own-en.xlsx"
