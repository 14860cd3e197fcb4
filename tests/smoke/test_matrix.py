"""Every page, in three languages, light and dark, wide and narrow: quiet, alone, nothing cut or overlapping."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dashboards import pages
from dashboards.panel import discover
from dashboards.server import FrontSettings, create_app
from tests.smoke.browser import needs_browser, serving
from tests.smoke.matrix import LANGUAGES, Pane, addresses, panes

pytestmark = [pytest.mark.smoke, needs_browser, pytest.mark.enable_socket, pytest.mark.xdist_group("browser")]

PAGES = discover(pages)


@pytest.fixture(scope="module")
def home(opening_desk) -> Iterator[str]:
    with serving(create_app(lambda: opening_desk, FrontSettings(pages=PAGES))) as address:
        yield address


@pytest.fixture(scope="module")
def windows(home: str) -> Iterator[list[Pane]]:
    with panes(home) as opened:
        yield opened


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_a_page_is_quiet_and_whole_in_every_language_theme_and_width(
    windows: list[Pane], opening_desk, page
) -> None:
    faults = [
        fault
        for address in addresses([page], opening_desk)
        for lang in LANGUAGES
        for window in windows
        for fault in window.show(f"{address}?lang={lang}")
    ]
    assert faults == []
