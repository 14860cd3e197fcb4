from __future__ import annotations

from datetime import date

import pytest

from dashboards.desk import Filters
from dashboards.panels.indicator_about import about_panel, fresh_said, newest_frame, now_panel
from metrics.quality import Freshness
from tests.dashboards.panels.drawn import LANGUAGES, NOW, on, text, view_of
from tests.dashboards.panels.indicator_pages import told_of


def about(desk, item, lang="en") -> str:
    told = told_of(desk, item, lang=lang)
    return text(about_panel(told), desk, told.filters)


def now(desk, item, as_of=NOW) -> str:
    told = told_of(desk, item, as_of)
    return text(now_panel(told), desk, told.filters)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_three_names_stand_there_in_every_language(opening_desk, lang):
    said = about(opening_desk, "cbps_services_hk", lang)
    for name in opening_desk.catalogue.get("cbps_services_hk").names.values():
        assert name in said


def test_definition_owner_review_and_comparability_are_told(opening_desk):
    said = about(opening_desk, "cbps_services_hk")
    for words in (
        "can be applied for or used through Cross-boundary Public Services",
        "Digital Policy Office",
        "reviewed 21 Nov 2026 · next review 21 Nov 2027",
        "do not always count the same list",
        "a level at a date · higher is better",
        "Work item 1: Cross-boundary Public Services",
    ):
        assert words in said


def test_an_indicator_without_a_definition_says_so(opening_desk):
    plain = next(one for one in opening_desk.catalogue if one.definition is None)
    assert "No definition has been written for it yet" in about(opening_desk, plain.id)


def test_breaks_and_counting_bases_are_told(opening_desk):
    broken = next(one for one in opening_desk.catalogue if one.breaks)
    assert "series break" in about(opening_desk, broken.id)
    assert "Counting bases kept apart" in about(opening_desk, "fiveg_base_stations")


def test_a_derived_indicator_leads_to_what_it_is_made_of(opening_desk):
    derived = next(one for one in opening_desk.catalogue if one.derive)
    assert opening_desk.catalogue.get(derived.derive.per).names["en"] in about(opening_desk, derived.id)


def test_the_newest_figure_is_told_with_period_publication_and_freshness(opening_desk):
    said = now(opening_desk, "visitor_arrivals")
    for words in (
        "3.647 million people",
        "3,647,328 people",
        "Jan 2026",
        "published 2 Mar 2026",
        "Out of date since",
    ):
        assert words in said


def test_the_newest_figure_is_the_one_known_then(opening_desk):
    assert "No figure was known at that time." in now(opening_desk, "visitor_arrivals", on(2020, 1, 1))
    told = told_of(opening_desk, "fiveg_base_stations", on(2020, 6, 1))
    frame = newest_frame(told, opening_desk, told.filters)
    assert frame["period_end"].iloc[0] == frame["period_end"].max()


@pytest.mark.parametrize(
    ("state", "expected"),
    [("fresh", "may rest on it until 1 May 2027"), ("on_last_data", "A newer figure is due"),
     ("stale", "Out of date since 1 May 2027"), ("none", "No figure was known")],
)  # fmt: skip
def test_each_state_of_freshness_has_its_sentence(opening_desk, state, expected):
    expires = None if state == "none" else date(2027, 5, 1)
    view = view_of(opening_desk, Filters(as_of=NOW))
    assert expected in fresh_said(Freshness(state=state, expires_on=expires), view)


def test_what_comes_as_readings_says_where_they_are_shown(opening_desk):
    said = now(opening_desk, "bcp_wait_level")
    assert "live readings, shown on the transport page" in said
    assert "No figure was known" not in said
