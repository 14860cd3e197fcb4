from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest

from dashboards.desk import Filters
from dashboards.i18n import LANGUAGES
from dashboards.panels.about_sources import licences_panel, sources_frame
from dashboards.panels.indicator_sources import LICENCES
from dashboards.shell import view_of
from dashboards.style import Shapes
from ingest.registry import sources
from tests.dashboards.panels.drawn import NOW, text


def fed(desk):
    return replace(desk, health=lambda: [SimpleNamespace(source=one) for one in sources().values()])


def test_every_source_stands_there_with_publisher_and_licence(opening_desk):
    frame = sources_frame(fed(opening_desk), Filters(as_of=NOW))
    assert set(frame["source_id"]) == set(sources())
    said = text(licences_panel(fed(opening_desk)), fed(opening_desk))
    for source in sources().values():
        assert source.title["en"] in said
    assert "Terms of DATA.GOV.HK" in said
    assert "Licence not stated" in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_table_names_publishers_and_says_licences_beside_their_codes(opening_desk, lang):
    desk = fed(opening_desk)
    view = view_of(desk, Filters(as_of=NOW, lang=lang), NOW.instant.date(), Shapes())
    table = licences_panel(desk).table(sources_frame(desk, view.filters), view)
    known = sources()
    for row in table.to_dict("records"):
        source = known[row["source_id"]]
        assert row["publisher"] == view.t(f"organisation.{source.publisher}")
        assert row["licence"] == source.licence
        assert row["licence_words"] == view.t(LICENCES[source.licence])


def test_everyone_cited_is_named_once_and_the_boundaries_have_their_caption(opening_desk):
    said = text(licences_panel(opening_desk), opening_desk)
    names = {
        opening_desk.catalogue.organisations.name(one["publisher"], "en")
        for one in opening_desk.metrics.citations().values()
    }
    assert f"All {len(names)} publishers cited" in said
    assert all(name in said for name in names)
    assert opening_desk.boundaries.caption["en"] in said


def test_without_sources_it_is_calm(opening_desk):
    assert sources_frame(opening_desk, Filters(as_of=NOW)).empty
    assert "Cited publications" in text(licences_panel(opening_desk), opening_desk)
