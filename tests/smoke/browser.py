"""A real browser that reaches one server only, and remembers what pages said and asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, Route, sync_playwright
from werkzeug.serving import make_server

from dashboards.desk import Desk
from dashboards.exports.attachment import attach
from dashboards.opened import Desks
from dashboards.panel import Page as Shown
from dashboards.server import FrontSettings, create_app
from tests.dashboards.exports.room import Door

CHROMIUM = Path("/usr/bin/chromium")
ARGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

needs_browser = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"no browser at {CHROMIUM}")
IN_BROWSER = [pytest.mark.smoke, needs_browser, pytest.mark.enable_socket, pytest.mark.xdist_group("browser")]
"""What a file of tests that drive a browser says of itself."""

LANGUAGES = ("en", "zh-Hant", "zh-Hans")
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
"""By how many px the page is wider than its window."""
AT_REST = """() => Promise.all(document.getAnimations()
  .filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime))
  .map((one) => one.finished.catch(() => null)))"""
"""Wait for what changes its look over time; what turns for ever is left alone."""


@dataclass(kw_only=True)
class Visit:
    """One open page, the address of its server, what the console said, what was asked and what was refused."""

    page: Page
    home: str
    console: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Open *address* and wait until the page it names is shown."""
        self.page.goto(self.home + address)
        self.wait()

    def wait(self) -> None:
        """Wait until what is shown is what the address asks for, charts drawn."""
        self.page.wait_for_function(
            "() => document.documentElement.dataset.shown === window.gba.answerAddress()"
            " && [...document.querySelectorAll('.chart')].every((c) => c.querySelector('.main-svg'))"
        )


def application(desk: Desk, *pages: Shown) -> Flask:
    """Return the application that shows *pages* of *desk*."""
    return create_app(lambda: desk, FrontSettings(pages=pages))


def giving(desk: Desk, folder: Path, *pages: Shown) -> Flask:
    """Return the application that shows *pages* of *desk* and gives away what is on them; long exports in *folder*."""
    desks = Desks(replace(desk, formats={}))
    door = desks.door = Door(words=desk.words)
    server = create_app(desks, FrontSettings(pages=pages))
    attach(server, desks, folder=folder)
    door.files = server.extensions["assets"]
    return server


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve *app* on a free port of this machine; yield its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def browsing() -> Iterator[Browser]:
    """Yield a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGS))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visiting(
    browser: Browser, home: str, *, width: int = 1440, height: int = 1000, **context: object
) -> Iterator[Visit]:
    """Yield a visit to *home* in a window of its own; requests to any other host are refused."""
    window = browser.new_context(viewport={"width": width, "height": height}, **context)
    page = window.new_page()
    visit = Visit(page=page, home=home)

    def gate(route: Route) -> None:
        address = route.request.url
        visit.asked.append(address)
        if urlsplit(address).scheme in {"data", "blob"} or urlsplit(address).netloc == urlsplit(home).netloc:
            route.continue_()
        else:
            visit.refused.append(address)
            route.abort()

    window.route("**/*", gate)
    page.on("console", lambda message: visit.console.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: visit.console.append(f"error: {error}"))
    try:
        yield visit
    finally:
        window.close()


def offences(visit: Visit) -> list[str]:
    """Return what axe finds wrong with what is shown, once it is whole and its colours have come to rest."""
    visit.page.wait_for_load_state("load")
    visit.page.evaluate(AT_REST)
    found = Axe().run(visit.page).response["violations"]
    return [f"{one['id']} ({one['impact']}): {one['nodes'][0]['html'][:160]}" for one in found]


def signed_in(visit: Visit, name: str, password: str, onward: str, lang: str = "en") -> Visit:
    """Sign *name* in by hand and go on to the page *onward*; return the visit."""
    page = visit.page
    page.goto(f"{visit.home}/sign-in?{urlencode({'lang': lang, 'next': onward})}")
    page.fill("#name", name)
    page.fill("#password", password)
    page.click("button[type=submit]")
    page.wait_for_url(lambda address: urlsplit(address).path == urlsplit(onward).path)
    return visit
