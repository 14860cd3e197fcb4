"""The sources in a real browser: a run now, an archived file, proposed milestones, and pages that renew themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from dashboards.feeds.attachment import attach as attach_feeds
from dashboards.opened import Desks, open_desk
from dashboards.server import FrontSettings, create_app
from dashboards.sign_in.attachment import attach as attach_sign_in
from dashboards.steward.attachment import attach as attach_stewards
from ingest import rota
from ingest.archive import Archive
from ingest.feeds import Feeds
from ingest.fetch import Fetcher
from ingest.pipeline import run
from ingest.registry import sources
from ingest.schedule import LEASE
from ingest.stewards import Stewards
from ingest.tools import Tools
from metrics.indicators import catalogue
from metrics.warehouse.warehouse import open_warehouse
from tests.dashboards.feeds.conftest import FILE
from tests.dashboards.sign_in.conftest import BY, CHEAP, PASSWORD, SETTINGS
from tests.ingest.making import crossing_days, immigration_file
from tests.ingest.proposing import proposal
from tests.smoke.browser import IN_BROWSER, LANGUAGES, WIDER, Visit, offences, serving, signed_in, visiting

pytestmark = IN_BROWSER
ID = "hk_immigration_daily"
KNOWN = sources()
SOURCE = KNOWN[ID]


@dataclass(kw_only=True)
class House:
    """The product as it is served, and what stands behind it."""

    home: str
    tools: Tools
    mirror: Any

    def publish(self, content: bytes) -> None:
        """Let the publisher's file say this."""
        file = self.mirror / SOURCE.requests[0].url.removeprefix("https://")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)

    def schedule(self) -> None:
        """Do what a scheduler does with what was asked for."""
        for wanted in rota.asked(self.tools):
            rota.run_asked(KNOWN[wanted.source_id], wanted, self.tools)


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("sources")
    warehouse = open_warehouse(f"sqlite:///{folder / 'warehouse.db'}")
    warehouse.migrate()
    (folder / "mirror").mkdir()
    tools = Tools(
        warehouse=warehouse,
        fetch=Fetcher(contact="", mirror=folder / "mirror"),
        archive=Archive(folder / "archive"),
        meanings=catalogue().by_id,
        clock=lambda: datetime.now(UTC),
    )
    feeds = Feeds(tools=tools, known=KNOWN)
    titles = {one.id: one.title for one in KNOWN.values()}
    desk = open_desk(warehouse, None, titles=titles, health=feeds.kept, feeds=feeds)
    desks = Desks(desk, accounts=True)
    server = create_app(desks, FrontSettings())
    door = attach_sign_in(server, warehouse, SETTINGS, desk.words, server.extensions["assets"])
    desks.door = door
    door.register.passwords.hasher = CHEAP
    door.register.passwords.__post_init__()
    door.register.add("alice", "Alice", "steward", PASSWORD, BY)
    attach_stewards(server, door, Stewards(tools=tools))
    attach_feeds(server, desks)
    with serving(server) as home:
        made = House(home=home, tools=tools, mirror=folder / "mirror")
        made.publish(FILE)
        run(SOURCE, tools)
        run(KNOWN["hk_wifi"], tools)
        warehouse.acquire_lease(LEASE, "somebody", timedelta(hours=1))
        yield made
    warehouse.close()


def as_steward(visit: Visit, lang: str, path: str) -> None:
    signed_in(visit, "alice", PASSWORD, f"{path}?lang={lang}", lang)
    visit.page.wait_for_selector("main h1")


def check(visit: Visit) -> None:
    assert visit.console == []
    assert visit.refused == []
    assert offences(visit) == []
    assert visit.page.evaluate(WIDER) <= 0


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (360, "dark")])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sources_page_is_quiet_and_sound_at_every_width(browser, house, lang, width, theme):
    with visiting(browser, house.home, width=width, color_scheme=theme) as visit:
        for address in ("/sources", f"/sources/{ID}", "/sources/hk_wifi"):
            visit.open(f"{address}?lang={lang}")
            check(visit)
        expect(visit.page.locator(".runs")).to_contain_text("www.ogcio.gov.hk")


def test_an_archived_file_is_taken_away_as_it_came(browser, house):
    with visiting(browser, house.home, accept_downloads=True) as visit:
        visit.open(f"/sources/{ID}?lang=zh-Hant")
        with visit.page.expect_download() as started:
            visit.page.locator(".run-payloads a").last.click()
        assert started.value.suggested_filename.startswith(f"{ID}-")
        content = started.value.path().read_bytes()
        assert hashlib.sha256(content).hexdigest()[:8] in started.value.suggested_filename


def test_a_steward_asks_for_a_run_and_hears_what_became_of_it(browser, house):
    with visiting(browser, house.home) as visit:
        as_steward(visit, "zh-Hans", f"/sources/{ID}")
        visit.wait()
        visit.page.click("text=立即运行")
        visit.page.wait_for_url("**/run?**")
        check(visit)
        visit.page.click("main button[type=submit]")
        visit.page.wait_for_url("**run=**")
        expect(visit.page.locator(".said")).to_contain_text("等待调度器")
        house.schedule()
        expect(visit.page.locator(".said")).to_contain_text(
            "运行结束", timeout=10_000
        )  # the page looks by itself
        check(visit)
        expect(visit.page.locator("main")).to_contain_text("文件与上次相同。")


def test_a_steward_finds_the_proposals_from_any_page_and_decides(browser, house):
    from dataclasses import asdict

    from metrics.warehouse.entries import Suspect

    one = proposal()
    row = {"proposal": asdict(one) | {"published_on": one.published_on.isoformat()}}
    suspect = Suspect(source_id="hk_press_watch", rule="milestone_proposed", said=one.title, row=row)
    house.tools.warehouse.quarantine([suspect], "r1")
    with visiting(browser, house.home, width=360, color_scheme="dark") as visit:
        as_steward(visit, "zh-Hant", "/sources")
        visit.wait()
        visit.page.click("header >> text=數據管理")
        visit.page.wait_for_url("**/steward?**")
        visit.page.click("a[href*='/steward/proposals']")
        visit.page.wait_for_url("**/steward/proposals?**")
        check(visit)
        visit.page.click("tbody td a")
        visit.page.wait_for_url("**/steward/proposals/*")
        check(visit)
        visit.page.select_option("#milestone", "cbps_kiosk_mo")
        visit.page.fill("#why", "已啟用")
        visit.page.click("button[value=accept]")
        visit.page.wait_for_url("**done=accepted**")
        expect(visit.page.locator("main")).to_contain_text("沒有建議。")
        check(visit)


def test_a_page_renews_itself_and_leaves_the_reader_where_they_are(browser, house):
    with visiting(browser, house.home, height=500) as visit:
        page = visit.page
        visit.open(f"/sources/{ID}?lang=en")
        page.evaluate("""() => {
            document.querySelector("#main details.unfold").open = true;
            document.querySelector(".run-payloads a").focus({ preventScroll: true });
            window.scrollTo(0, 300);
            document.getElementById("announcer").textContent = "";
        }""")
        where = """() => [scrollY, document.activeElement.textContent,
            document.querySelectorAll("#main details[open]").length,
            document.getElementById("announcer").textContent, document.querySelectorAll(".runs > li").length]"""
        before = page.evaluate(where)
        answers = []
        page.on("response", lambda answer: answers.append(answer) if "/_page" in answer.url else None)
        with page.expect_response("**/_page**"):
            page.evaluate("gba.renewal.now()")
        page.wait_for_timeout(300)
        assert page.evaluate(where) == before  # nothing is new: nothing moved, and no word was said
        house.publish(immigration_file(crossing_days(3)))
        run(SOURCE, house.tools)
        page.wait_for_timeout(2200)  # how the sources are is read anew at most every two seconds
        with page.expect_response("**/_page**"):
            page.evaluate("gba.renewal.now()")
        expect(page.locator(".runs > li")).to_have_count(before[4] + 1)
        page.wait_for_timeout(300)
        scrolled, focused, opened, said, _ = page.evaluate(where)
        assert (scrolled, focused) == (before[0], before[1])
        assert opened >= 1
        assert "brought up to date" in said
        assert visit.console == []


def test_nobody_is_disturbed_while_they_type_and_nothing_is_asked_of_the_past(browser, house):
    with visiting(browser, house.home) as visit:
        page = visit.page
        visit.open("/sources?lang=en")
        asked = len(visit.asked)
        page.focus("input[type=date]")
        page.evaluate("gba.renewal.now()")
        page.wait_for_timeout(300)
        assert len(visit.asked) == asked
        visit.open("/sources?lang=en&as_of=2025-05-15")
        asked = len(visit.asked)
        page.evaluate("gba.renewal.now()")
        page.wait_for_timeout(300)
        assert len(visit.asked) == asked
