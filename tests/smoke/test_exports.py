"""Taking figures away in a real browser: from the menu of a panel, by keyboard; the data package with its progress."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

from dashboards.pages import connectivity
from tests.smoke.browser import IN_BROWSER, giving, offences, visiting

pytestmark = IN_BROWSER


@pytest.fixture(scope="module")
def app(opening_desk, tmp_path_factory) -> Flask:
    return giving(opening_desk, tmp_path_factory.mktemp("exports"), connectivity.PAGE)


def test_a_table_is_taken_from_the_menu_with_the_keyboard_alone(visit) -> None:
    visit.open("/connectivity?lang=zh-Hant&per=capita")
    page = visit.page
    page.locator("#panel-fiveg-map .menu-button").focus()
    page.keyboard.press("Enter")
    link = page.locator("#panel-fiveg-map .menu-item", has_text="CSV")
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    assert taken.value.suggested_filename.startswith("每萬人5G基站數目 ")
    rows = list(
        csv.DictReader(io.StringIO(Path(taken.value.path()).read_text(encoding="utf-8-sig"), newline=""))
    )
    assert len(rows) == 11
    assert visit.console == []


def test_a_citation_is_copied_with_the_address_at_hand(visit) -> None:
    visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visit.open("/connectivity")
    visit.page.locator("#panel-fiveg-map .menu-button").click()
    button = visit.page.locator("#panel-fiveg-map [data-copy-text]")
    button.click()
    expect(button).to_have_text("Copied")
    copied = visit.page.evaluate("() => navigator.clipboard.readText()")
    assert copied.startswith("GBA Monitor, “5G base stations")
    assert f"{visit.home}/connectivity?as_of=2026-11-21#panel-fiveg-map" in copied


def test_the_menu_stays_within_a_narrow_screen(browser, home) -> None:
    with visiting(browser, home, width=360, height=800) as visit:
        visit.open("/connectivity")
        visit.page.locator("#panel-fiveg-ranking .menu-button").click()
        box = visit.page.locator("#panel-fiveg-ranking .menu-list").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        assert offences(visit) == []


def test_the_data_package_shows_its_progress_and_can_be_cancelled_and_fetched(visit) -> None:
    page = visit.page
    page.goto(f"{visit.home}/exports/catalogue")
    assert offences(visit) == []
    page.get_by_role("button", name="Prepare the data package").click()
    expect(page.locator("progress")).to_be_visible()
    assert offences(visit) == []
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Cancelled. Nothing was kept.")).to_be_visible(timeout=20_000)
    page.get_by_role("link", name="Prepare it again").click()
    page.get_by_role("button", name="Prepare the data package").click()
    fetch = page.get_by_role("link", name="Download the data package")
    expect(fetch).to_be_visible(timeout=90_000)
    with page.expect_download() as taken:
        fetch.click()
    assert "datapackage.json" in zipfile.ZipFile(taken.value.path()).namelist()
    assert visit.console == []
