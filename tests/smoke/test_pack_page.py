"""A briefing taken away in a real browser: from the composer and the lists, by keyboard, with and without script."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import expect

from dashboards.briefings.attachment import attach
from dashboards.briefings.packs import made as making
from dashboards.briefings.packs import taking
from dashboards.briefings.packs.attachment import attach as attach_packs
from dashboards.briefings.packs.reading import read
from dashboards.exports.attachment import attach as attach_exports
from dashboards.opened import Desks
from dashboards.server import create_app
from dashboards.sign_in.attachment import attach as attach_sign_in
from tests.dashboards.briefings.packs.packing import drawing_of
from tests.dashboards.sign_in.conftest import SETTINGS
from tests.smoke.browser import IN_BROWSER, LANGUAGES, offences, visiting

pytestmark = IN_BROWSER


@pytest.fixture(scope="module")
def app(opening_desk, opening_warehouse, tmp_path_factory) -> Flask:
    desks = Desks(replace(opening_desk, formats={}))
    app = create_app(desks)
    desks.door = attach_sign_in(
        app, opening_warehouse, replace(SETTINGS, mode="open"), opening_desk.words, app.extensions["assets"]
    )
    attach_exports(app, desks, folder=tmp_path_factory.mktemp("exports"))
    attach(app, desks, desks.door, take=attach_packs(app, desks, drawing_of(opening_desk)))
    return app


class Slow:
    """A pack that stops at each of three quarters until it may go on, and is then made."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.may, self.made = threading.Semaphore(0), making.made
        monkeypatch.setattr(taking, "PATIENCE", 0.0)
        monkeypatch.setattr(taking, "made", self)

    def __call__(self, *arguments, progress, **more) -> making.Made:
        for quarter in range(1, 4):
            progress(quarter * 5, 20)
            assert self.may.acquire(timeout=30)
        progress(20, 20)
        return self.made(*arguments, **more)


@pytest.fixture
def slow(monkeypatch) -> Slow:
    return Slow(monkeypatch)


@pytest.mark.parametrize(
    ("width", "theme", "meeting"), [(1440, "light", "egscc_2"), (360, "dark", "egscc_1")]
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_offer_progress_and_end_are_sound_and_fit(browser, home, slow, lang, width, theme, meeting) -> None:
    with visiting(browser, home, width=width, color_scheme=theme) as visit:
        page = visit.page
        page.goto(f"{home}/exports/briefings/{meeting}?lang={lang}&format=html")
        expect(page.locator("#slides")).to_have_value(lang)
        assert offences(visit) == []
        page.locator("#lang2").select_option("none")
        page.locator("button[type=submit]").press("Enter")
        expect(page.locator("progress")).to_have_attribute("value", "5")
        assert offences(visit) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for _ in range(3):
            slow.may.release()
        fetch = page.locator(".take a.button")
        expect(fetch).to_be_visible(timeout=40_000)
        assert offences(visit) == []
        with page.expect_download() as taken:
            fetch.press("Enter")
        assert read(taken.value.path().read_bytes()).record["languages"] == [lang]
        assert (visit.console, visit.refused) == ([], [])


def test_the_bar_grows_and_each_quarter_is_said_once(browser, home, slow) -> None:
    with visiting(browser, home) as visit:
        page = visit.page
        page.goto(f"{home}/exports/briefings/next?lang=en&format=html")
        page.locator("button[type=submit]").press("Enter")
        bar, announcer = page.locator("progress"), page.locator("#announcer")
        expect(bar).to_have_js_property("max", 20)
        for done in (5, 10, 15):
            expect(bar).to_have_js_property("value", done)
            expect(announcer).to_contain_text(f"{done} of 20 steps")
            if done == 10:  # the same again is not said again
                node = announcer.evaluate_handle("(one) => { one.firstChild.seen = true; return one; }")
                page.wait_for_timeout(2500)
                assert node.evaluate("(one) => one.firstChild.seen === true")
            slow.may.release()
        expect(page.locator(".take a.button")).to_be_visible(timeout=40_000)


def test_it_is_cancelled_and_without_script_the_page_looks_again_by_itself(browser, home, slow) -> None:
    with visiting(browser, home, java_script_enabled=False) as visit:
        page = visit.page
        page.goto(f"{home}/exports/briefings/egscc_1?lang=zh-Hans&format=pptx")
        page.locator("button[type=submit]").click()
        expect(page.locator("progress")).to_have_attribute("value", "5")
        slow.may.release()
        expect(page.locator("progress")).to_have_attribute("value", "10", timeout=40_000)
        page.locator(".take button").click()
        slow.may.release()
        expect(page.get_by_text("已取消，未保留任何文件。")).to_be_visible(timeout=40_000)
        page.locator(".take a.button").click()
        expect(page.locator("input[value=pptx]")).to_be_checked()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_composed_is_taken_away_with_its_order_notes_and_two_languages(browser, home, lang) -> None:
    second = "en" if lang != "en" else "zh-Hant"
    with visiting(browser, home) as visit:
        page = visit.page
        page.goto(f"{home}/briefings/compose?new=1&lang={lang}")
        values = page.locator("#panel option").evaluate_all("(all) => all.slice(5, 8).map((e) => e.value)")
        page.locator("#panel").select_option(values)
        page.locator("button[value=add]").click()
        expect(page.locator(".choice")).to_have_count(3)
        expect(page.locator("#compose-language")).to_have_value(lang)
        page.locator("button[value='up:2']").press("Enter")
        expect(page.locator("button[value='up:1']")).to_be_focused()
        page.locator("#choice-0 summary").press("Enter")
        page.locator(f"#note-0-{lang}").fill("Said aloud")
        page.locator(f"#name-{lang}").fill("Mine")
        page.locator("#second").select_option(second)
        page.locator("#moment").select_option("egscc_2")
        with page.expect_download(timeout=60_000) as taken:
            page.locator("button[value='take:html']").press("Enter")
            if "/exports/jobs/" in page.url:
                page.locator(".take a.button").press("Enter")
        told = read(taken.value.path().read_bytes()).record
        assert told["languages"] == [lang, second]
        assert told["day"] == "2025-05-15"
        assert [one["panel"] for one in chosen(told)] == [
            one.split("#")[1] for one in (values[0], values[2], values[1])
        ]
        assert chosen(told)[0]["note"] == {lang: "Said aloud"}
        assert visit.console == []


def chosen(told: dict) -> list[dict]:
    return [{"panel": panel, "note": note} for _path, panel, _query, note in told["briefing"]["panels"]]
