"""Meetings in a real browser: read by everybody, kept by a steward without a script, told to those they are for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import expect

from dashboards.minutes.attachment import attach as attach_minutes
from dashboards.opened import Desks, open_desk
from dashboards.pages import meeting, meetings, overview, work_item
from dashboards.server import FrontSettings, create_app
from dashboards.sign_in.attachment import attach as attach_sign_in
from geo.boundaries import boundaries
from metrics.warehouse.transfer import backup
from metrics.warehouse.warehouse import open_warehouse
from tests.dashboards.sign_in.conftest import BY, CHEAP, PASSWORD, SETTINGS, light_assets
from tests.smoke.browser import IN_BROWSER, LANGUAGES, Visit, offences, signed_in, visiting

pytestmark = IN_BROWSER
__all__ = ["light_assets"]

READ = ("/meetings", "/meetings/egscc_1", "/meetings/egscc_2", "/meetings/next")
WRITE = ("/steward/meetings", "/steward/meetings/egscc_2", "/steward/overrides")


@pytest.fixture(scope="module")
def app(opening_warehouse, tmp_path_factory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("meetings")
    backup(opening_warehouse, folder / "warehouse.db")  # a copy: what is written here is nobody else's
    warehouse = open_warehouse(f"sqlite:///{folder / 'warehouse.db'}")
    public = open_desk(warehouse, boundaries(folder / "boundaries"), titles={}, health=tuple)
    desks = Desks(replace(public, stamp=warehouse.stamp), accounts=True)
    pages = (overview.PAGE, work_item.PAGE, meetings.PAGE, meeting.PAGE)
    server = create_app(desks, FrontSettings(pages=pages))
    desks.door = attach_sign_in(server, warehouse, SETTINGS, public.words, server.extensions["assets"])
    desks.door.register.passwords.hasher = CHEAP
    desks.door.register.passwords.__post_init__()
    for person, role in (("ling", "steward"), ("ho", "member")):
        desks.door.register.add(person, person.title(), role, PASSWORD, BY)
    attach_minutes(server, desks.door, public.metrics)
    yield server
    warehouse.close()


def check(visit: Visit, width: int) -> None:
    assert visit.console == []
    assert visit.refused == []
    assert visit.page.locator(".state-failed").count() == 0
    visit.page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    assert offences(visit) == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (360, "dark")])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_are_quiet_sound_and_fit_at_every_moment(browser, home, lang, width, theme):
    with visiting(browser, home, width=width, color_scheme=theme) as visit:
        for path in READ:
            for moment in ("", "&as_of=2025-05-15", "&as_of=2019-01-01"):
                visit.open(f"{path}?lang={lang}{moment}")
                check(visit, width)


@pytest.mark.parametrize(("width", "theme"), [(1440, "dark"), (360, "light")])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pages_on_which_stewards_write_are_quiet_and_sound(browser, home, lang, width, theme):
    with visiting(browser, home, width=width, color_scheme=theme) as visit:
        signed_in(visit, "ling", PASSWORD, "/meetings")
        visit.console.clear()
        for path in WRITE:
            visit.page.goto(f"{home}{path}?lang={lang}")
            check(visit, width)


def test_a_meeting_is_kept_and_told_to_those_it_is_for(browser, home):
    with (
        visiting(browser, home) as steward,
        visiting(browser, home) as member,
        visiting(browser, home) as visitor,
    ):
        page = signed_in(steward, "ling", PASSWORD, "/meetings").page
        page.goto(f"{home}/steward/meetings")
        page.select_option("#new-meeting-kind", "other")
        page.fill("#new-meeting-held_on", "2026-03-02")
        page.click("#new-meeting button[type=submit]")
        # the fault stands beside its field, and is read with it
        fault = page.locator("#new-meeting-name_en-fault")
        expect(fault).to_have_text("Write it in at least one language.")
        expect(page.locator("#new-meeting-name_en")).to_have_attribute("aria-invalid", "true")
        page.fill("#new-meeting-name_zh-Hant", "工作會議")
        page.select_option("#new-meeting-audience", "group")
        page.keyboard.press("Tab")
        page.click("#new-meeting button[type=submit]")
        page.wait_for_url("**/steward/meetings/m_20260302**")
        page.locator("summary", has_text="Enter an action").focus()
        page.keyboard.press("Enter")
        page.fill("#new-action-action_en", "Draft the list <b>")
        page.fill("#new-action-owner", "Digital Policy Office")
        page.fill("#new-action-due_on", "2026-04-01")
        page.click("#new-action button[type=submit]")
        expect(page.locator("[role=status]")).to_have_text("The action is entered.")

        signed_in(member, "ho", PASSWORD, "/meetings").open("/meetings/m_20260302")
        expect(member.page.locator("h1")).to_have_text("工作會議")
        expect(member.page.locator("#panel-actions")).to_contain_text("Draft the list <b>")
        expect(member.page.locator("#panel-actions")).to_contain_text("overdue by")

        visitor.page.goto(f"{home}/meetings/m_20260302")
        expect(visitor.page.locator("h1")).to_have_text("Page not found")
        visitor.open("/meetings")
        expect(visitor.page.locator("main")).not_to_contain_text("工作會議")
        expect(visitor.page.locator("main")).not_to_contain_text("Draft the list")


def test_a_status_set_by_hand_stands_beside_the_computed_one_until_it_is_withdrawn(browser, home):
    with visiting(browser, home) as steward, visiting(browser, home) as visitor:
        visitor.open("/work-items/4")
        computed = visitor.page.locator("#panel-status .status").first.text_content()
        page = signed_in(steward, "ling", PASSWORD, "/meetings").page
        page.goto(f"{home}/steward/overrides?item=4")
        page.click("text=Work item 4: Cross-boundary data flow >> nth=-1")
        page.select_option("#override-word", "at_risk")
        page.fill("#override-reason_en", "Two provinces have stopped testing.")
        today = page.get_attribute("#override-expires_on", "min")
        page.fill("#override-expires_on", today)
        page.click("#override button[type=submit]")
        expect(page.locator("[role=status]")).to_have_text("The status is set.")

        visitor.open("/work-items/4")
        status = visitor.page.locator("#panel-status")
        expect(status.locator(".status").first).to_have_text(computed)
        expect(status.locator(".override")).to_contain_text("At risk", ignore_case=True)
        expect(status.locator(".override")).to_contain_text("Two provinces have stopped testing.")
        visitor.open("/work-items/4?as_of=2025-05-15")
        expect(visitor.page.locator(".override")).to_have_count(0)

        page.click("button:has-text('Withdraw')")
        expect(page.locator("[role=status]")).to_have_text("The status set by hand is withdrawn.")
        visitor.open("/work-items/4")
        expect(visitor.page.locator("#panel-status .override")).to_have_count(0)
        expect(visitor.page.locator("#panel-overrides")).to_contain_text("Withdrawn by Ling")
