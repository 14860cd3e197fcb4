"""The way to saved views: a person's own page, or this browser's own memory, plainly said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboards.panels.explore_views import WORDS, views
from tests.dashboards.panels.drawn import LANGUAGES, told, view_of
from tests.dashboards.panels.explored import filters_of


def test_with_accounts_a_view_goes_to_the_persons_own_page(opening_desk) -> None:
    desk = replace(opening_desk, accounts=True)
    view = view_of(desk, filters_of(desk, "indicators=open_datasets&group=cities"))
    save, mine = views(desk, view).children
    assert save.href == "/saved-views?lang=en&view=indicators%3Dopen_datasets%26group%3Dcities"
    assert mine.href == "/saved-views?lang=en"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_accounts_the_browser_keeps_them_and_that_is_said(opening_desk, lang: str) -> None:
    view = view_of(opening_desk, filters_of(opening_desk, f"lang={lang}"))
    made = views(opening_desk, view)
    note, place = made.children
    assert note.children == opening_desk.words[lang].t("views.in_browser")
    assert all(getattr(place, f"data-{word}") for word in WORDS)
    assert " ".join(told(made)) == note.children
