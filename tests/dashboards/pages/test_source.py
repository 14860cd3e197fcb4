"""A source's own page: one for each source, in every language; another address is not found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboards.desk import Filters
from dashboards.pages.source import PAGE, known, title
from dashboards.panels import sources_health
from ingest.feeds import Feeds
from ingest.registry import sources
from tests.dashboards.panels.drawn import LANGUAGES, NOW, failures, view_of


@pytest.fixture
def desk(opening_desk, opening_tools):
    named = {f"source.{one.id}": one.title for one in sources().values()}
    words = {
        lang: replace(one, terms={**one.terms, **{key: names[lang] for key, names in named.items()}})
        for lang, one in opening_desk.words.items()
    }
    return replace(opening_desk, words=words, feeds=Feeds(tools=opening_tools, known=sources()))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("source_id", sorted(sources()))
def test_every_source_has_its_page(desk, source_id, lang):
    filters = Filters(lang=lang, as_of=NOW, item=source_id)
    assert source_id in known(desk)
    assert failures(PAGE, desk, filters) == []
    assert title(view_of(desk, filters)) == sources()[source_id].title[lang]


def test_the_page_stands_under_the_sources_and_rests_on_the_ledger(desk, opening_desk):
    assert (PAGE.path, PAGE.nav) == ("/sources/<source>", False)
    assert (PAGE.rests_on, PAGE.renews) == (sources_health.mark, sources_health.seconds)
    assert known(opening_desk) == ()
    assert "payload" not in known(desk)
