"""What a request asks for, and what is remembered of it."""

from __future__ import annotations

from datetime import date

import pytest

from dashboards.asked import MOST_REMEMBERED, Asked, Memory, ask, fields_of, matched, spoken
from dashboards.desk import Filters
from metrics.asof import day_as_of
from tests.dashboards.demo import HOME, ITEM, NOW, OTHER, PAGES, demo_desk

TODAY = date(2026, 11, 21)


def test_a_path_is_a_page_or_nothing() -> None:
    desk = demo_desk()
    assert matched(PAGES, desk, "/") == (HOME, "")
    assert matched(PAGES, desk, "/work-items/4") == (ITEM, "4")
    for path in ("/work-items/6", "/work-items/", "/work-items/4/x", "/nope", "", "//", "/connectivity/"):
        assert matched(PAGES, desk, path) is None


def test_a_query_has_a_bounded_number_of_fields() -> None:
    assert fields_of(b"a=1&a=2&b=") == {"a": ["1", "2"], "b": [""]}
    with pytest.raises(ValueError, match="fields"):
        fields_of(b"&".join(b"a=%d" % n for n in range(100)))


def test_the_item_of_the_path_reaches_the_filters() -> None:
    asked = ask(PAGES, demo_desk(), "/work-items/4", {}, NOW)
    assert (asked.page, asked.filters.item) == (ITEM, "4")


def test_a_pages_own_options_are_read_on_that_page_only() -> None:
    query = {"year": ["2024"]}
    assert ask(PAGES, demo_desk(), "/connectivity", query, NOW).filters.option("year") == "2024"
    assert ask(PAGES, demo_desk(), "/", query, NOW).filters.options == ()
    assert ask(PAGES, demo_desk(), "/connectivity", {"year": ["1"]}, NOW).faults[0].parameter == "year"


def test_wrong_addresses_still_know_their_language_and_theme() -> None:
    query = {"lang": ["zh-Hans"], "theme": ["dark"], "per": ["x"]}
    for path in ("/", "/nope"):
        asked = ask(PAGES, demo_desk(), path, query, NOW)
        assert (asked.filters.lang, asked.filters.theme) == ("zh-Hans", "dark")
    assert spoken({"lang": ["xx"], "theme": ["xx"]}).lang == "en"


def test_what_was_read_is_remembered_for_the_day() -> None:
    memory = Memory()
    asked = Asked(path="/", page=HOME, filters=Filters(as_of=day_as_of(date(2025, 5, 15))))
    memory.keep(b"path=/&as_of=2025-05-15", asked)
    assert memory.get(b"path=/&as_of=2025-05-15", date(2026, 11, 20)) is None
    memory.keep(b"path=/&as_of=2025-05-15", asked)
    assert memory.get(b"path=/&as_of=2025-05-15", date(2026, 11, 20)) is asked
    assert memory.get(b"path=/&as_of=2025-05-15", TODAY) is None


def test_an_instant_that_is_still_ahead_is_not_remembered_as_now() -> None:
    memory = Memory()
    memory.get(b"", TODAY)
    asked = ask(PAGES, demo_desk(), "/", {"as_of": ["2026-11-21T18:00"]}, NOW)
    assert asked.filters.as_of.current
    memory.keep(b"path=/&as_of=2026-11-21T18:00", asked)
    assert memory.get(b"path=/&as_of=2026-11-21T18:00", TODAY) is None


def test_wrong_addresses_are_not_remembered_and_memory_is_bounded() -> None:
    memory = Memory()
    memory.get(b"", TODAY)
    memory.keep(b"path=/nope", ask(PAGES, demo_desk(), "/nope", {}, NOW))
    memory.keep(b"path=/&per=x", ask(PAGES, demo_desk(), "/", {"per": ["x"]}, NOW))
    assert memory.get(b"path=/nope", TODAY) is None
    assert memory.get(b"path=/&per=x", TODAY) is None
    good = ask(PAGES, demo_desk(), "/connectivity", {}, NOW)
    for n in range(MOST_REMEMBERED + 1):
        memory.keep(b"%d" % n, good)
    assert memory.get(b"0", TODAY) is None
    assert good.page is OTHER
