"""What the tests of the browser share: the application they visit, its address, a browser and a window in it.

A file states its own ``app``, and its own ``window`` where that is not the usual one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser

from dashboards import pages
from dashboards.desk import Desk
from dashboards.opened import open_desk
from dashboards.panel import discover
from ingest.feeds import Feeds
from ingest.registry import sources
from tests.opened import NOW
from tests.smoke.browser import Visit, application, browsing, serving, visiting


@pytest.fixture(scope="module")
def whole_desk(opening_desk, opening_tools) -> Desk:
    """Give the desk of the opening figures, with all sources known to it: no page is without an item."""
    feeds = Feeds(tools=opening_tools, known=sources())
    titles = {one.id: one.title for one in feeds.known.values()}
    warehouse, shapes = opening_tools.warehouse, opening_desk.boundaries
    desk = open_desk(warehouse, shapes, titles=titles, health=feeds.kept, feeds=feeds)
    return replace(desk, clock=lambda: NOW)


@pytest.fixture(scope="module")
def app(whole_desk) -> Flask:
    """Give the application that is visited: every page."""
    return application(whole_desk, *discover(pages))


@pytest.fixture(scope="module")
def home(app: Flask) -> Iterator[str]:
    """Give the address at which the application answers."""
    with serving(app) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser; it ends with the file, for there is room for one at a time."""
    with browsing() as opened:
        yield opened


@pytest.fixture(scope="module")
def window() -> dict[str, Any]:
    """Give what a visit asks of its window, by the names of ``visiting``."""
    return {}


@pytest.fixture
def visit(browser: Browser, home: str, window: dict[str, Any]) -> Iterator[Visit]:
    """Give a visit to the application in a window of its own."""
    with visiting(browser, home, **window) as opened:
        yield opened
