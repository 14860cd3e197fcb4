"""Every page, in three languages, light and dark, wide and narrow: quiet, alone, nothing cut or overlapping."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dashboards import pages
from dashboards.panel import discover
from tests.smoke.browser import IN_BROWSER, LANGUAGES
from tests.smoke.matrix import Pane, addresses, panes

pytestmark = IN_BROWSER

PAGES = discover(pages)


@pytest.fixture(scope="module")
def windows(home: str) -> Iterator[list[Pane]]:
    with panes(home) as opened:
        yield opened


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_a_page_is_quiet_and_whole_in_every_language_theme_and_width(
    windows: list[Pane], whole_desk, page
) -> None:
    faults = [
        fault
        for address in addresses([page], whole_desk)
        for lang in LANGUAGES
        for window in windows
        for fault in window.show(f"{address}?lang={lang}")
    ]
    assert faults == []
