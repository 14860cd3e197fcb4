"""Every page as every reader may meet it: its addresses, windows kept open, and what is wrong with what they show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Page as Window

from dashboards.desk import Desk
from dashboards.panel import Page
from tests.smoke.browser import ARGS, CHROMIUM

THEMES = ("light", "dark")
WIDTHS = (1440, 360)
MOST_ITEMS = 6
ALONE = ("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",)

GO = "(a) => { history.pushState({y: 0}, '', a); dispatchEvent(new CustomEvent('_dashprivate_pushstate')); }"
SHOWN = """() => document.documentElement.dataset.shown === window.gba.answerAddress()
    && [...document.querySelectorAll('.chart')].every((chart) => chart.querySelector('.main-svg'))
    && [...document.querySelectorAll('.geolayer')].every((map) => !map.closest('.js-plotly-plot').data
        .some((trace) => trace.type === 'choropleth' && trace.visible !== false
            && !map.querySelector('path.choroplethlocation')))
    && [...document.querySelectorAll('.grid')].every((grid) => grid.querySelector('.ag-header-cell'))"""

FAULTS = (Path(__file__).parent / "faults.js").read_text(encoding="utf-8").partition("\n")[2]


def addresses(pages: Sequence[Page], desk: Desk) -> list[str]:
    """Return the path of every page, those of an item page with a few of its items."""
    found = []
    for page in pages:
        stem, variable, _ = page.path.partition("<")
        found += [stem + item for item in chosen(page, desk)] if variable else [page.path]
    return found


def first_of(page: Page, desk: Desk) -> str:
    """Return the address of *page*, of its first item where it has items; every page has one to show."""
    found = addresses([page], desk)
    assert found, f"the page {page.id} has no item to show"
    return found[0]


def chosen(page: Page, desk: Desk) -> list[str]:
    """Return items of *page*: all where they are few, else one of each kind of indicator, or evenly spread."""
    items = list(page.items(desk))
    if len(items) <= MOST_ITEMS:
        return items
    kinds: dict[Any, str] = {}
    for item in items:
        one = desk.catalogue.by_id.get(item)
        if one is not None:
            kinds.setdefault((one.frequency, one.derive is None, one.leads), item)
    step = len(items) / MOST_ITEMS
    return list(kinds.values()) or [items[int(n * step)] for n in range(MOST_ITEMS)]


@dataclass(kw_only=True)
class Pane:
    """A window kept open: what its console said and which other hosts it asked for."""

    window: Window
    home: str
    width: int
    theme: str
    heard: list[str] = field(default_factory=list)

    def show(self, address: str) -> list[str]:
        """Go to *address* without loading the frame anew; return what is wrong with what is shown."""
        self.heard.clear()
        if self.window.url.startswith(self.home):
            self.window.evaluate(GO, address)
        else:
            self.window.goto(self.home + address)
        self.window.wait_for_function(SHOWN)
        failed = self.window.locator(".state-failed").count()
        faults = [*self.heard, *self.window.evaluate(FAULTS)] + (["a panel failed"] if failed else [])
        return [f"{self.width} px, {self.theme}, {address}: {fault}" for fault in faults]


@contextmanager
def panes(home: str) -> Iterator[list[Pane]]:
    """Yield one window for each width and theme, all of one browser that can reach *home* alone."""
    with ExitStack() as stack:
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=[*ARGS, *ALONE])
        stack.callback(browser.close)
        yield [_pane(browser, home, width, theme) for width in WIDTHS for theme in THEMES]


def _pane(browser: Browser, home: str, width: int, theme: str) -> Pane:
    context = browser.new_context(
        viewport={"width": width, "height": 1000}, color_scheme=theme, reduced_motion="reduce"
    )
    pane = Pane(window=context.new_page(), home=home, width=width, theme=theme)
    pane.window.on("console", lambda message: pane.heard.append(f"console {message.type}: {message.text}"))
    pane.window.on("pageerror", lambda error: pane.heard.append(f"error: {error}"))

    def asked(request: Any) -> None:
        if not request.url.startswith((home, "data:", "blob:")):
            pane.heard.append(f"asks another host: {request.url}")

    pane.window.on("request", asked)
    return pane
