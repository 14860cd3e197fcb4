from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from dashboards.desk import Filters
from dashboards.i18n import LANGUAGES
from dashboards.panels.indicator_sources import in_words, sources_frame, sources_panel
from dashboards.shell import view_of
from dashboards.style import Shapes
from ingest.registry import sources
from tests.dashboards.corrected import CORRECTED
from tests.dashboards.panels.drawn import NOW, on, text
from tests.dashboards.panels.indicator_pages import told_of


def frame(desk, item, as_of=NOW):
    page = told_of(desk, item, as_of)
    return sources_frame(page, desk, page.filters)


def said(desk, item, as_of=NOW) -> str:
    page = told_of(desk, item, as_of)
    return text(sources_panel(page), desk, page.filters)


def fed(desk):
    return replace(desk, health=lambda: [SimpleNamespace(source=one) for one in sources().values()])


def test_every_figure_has_its_publication(opening_desk):
    rows = frame(opening_desk, "fiveg_base_stations")
    assert rows["n"].sum() == len(told_of(opening_desk, "fiveg_base_stations").vintages)
    cited = opening_desk.metrics.citations()
    titles = {
        cited[ref]["title"] for ref in told_of(opening_desk, "fiveg_base_stations").vintages["figure_ref"]
    }
    assert set(rows["title"]) == titles


def test_a_citation_says_publisher_title_date_with_about_tier_and_licence(opening_desk):
    words = said(opening_desk, "fiveg_base_stations")
    for part in (
        "South China Morning Post",
        "published about",
        "reprint of an official text",
        "rights in the text",
    ):
        assert part in words


def test_only_linkable_addresses_are_linked(opening_desk):
    rows = frame(opening_desk, "fiveg_base_stations")
    assert rows["url"].ne("").any()
    assert rows["url"].eq("").any()


def test_better_tiers_come_first(opening_desk):
    order = ["official", "reprint_of_official", "press", "third_party"]
    tiers = frame(opening_desk, "fiveg_base_stations")["tier"].map(order.index).tolist()
    assert tiers == sorted(tiers)


def test_what_was_published_later_is_not_a_source_then(opening_desk):
    then = frame(opening_desk, "fiveg_base_stations", on(2020, 6, 1))
    assert then["published_on"].max() <= "2020-06-01"
    assert frame(opening_desk, "fiveg_base_stations", on(2005, 1, 1)).empty


@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_table_names_every_publisher_and_says_the_licence_in_words(opening_desk, corrected_desk, lang):
    view = view_of(opening_desk, Filters(as_of=NOW, lang=lang), NOW.instant.date(), Shapes())
    cited = {one["publisher"] for one in opening_desk.metrics.citations().values()}
    frame_of_all = pd.DataFrame({"publisher": sorted(cited), "licence": ""})
    names = in_words(opening_desk, frame_of_all, view)["publisher"]
    assert names.tolist() == [
        opening_desk.catalogue.organisations.name(one, lang) for one in frame_of_all["publisher"]
    ]
    fed_by = in_words(opening_desk, frame(fed(opening_desk), "road_speed_kmh"), view)
    assert set(fed_by["licence_words"]) == {view.t("sources.licence_data_gov_hk")}
    unknown = in_words(opening_desk, frame(corrected_desk, CORRECTED), view)
    assert unknown["publisher"].tolist() == [""]


def test_a_feed_is_named_with_its_own_licence_whether_or_not_it_brought_figures(opening_desk, corrected_desk):
    waiting = frame(fed(opening_desk), "road_speed_kmh")
    assert waiting["n"].tolist() == [0] * len(waiting)
    assert set(waiting["licence"]) == {"data_gov_hk"}
    assert "feeds it, no figure yet" in said(fed(opening_desk), "road_speed_kmh")
    brought = frame(fed(corrected_desk), CORRECTED)
    assert brought.iloc[0][["publisher", "n"]].tolist() == [sources()["hk_cbps_services"].publisher, 2]


def test_a_source_that_nobody_knows_any_more_stands_as_its_id(corrected_desk):
    assert frame(corrected_desk, CORRECTED)["title"].tolist() == ["hk_cbps_services"]
