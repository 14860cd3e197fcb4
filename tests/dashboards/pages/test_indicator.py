"""The page of each indicator: every panel in every language at every moment; corrections stand at its head."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters, parse_filters
from dashboards.pages.indicator import PAGE
from dashboards.panel import options_of, panels_of, said
from tests.dashboards.corrected import CORRECTED, REVISED, WITHDRAWN
from tests.dashboards.panels.drawn import LANGUAGES, NOW, failures, on, told, view_of

MOMENTS = {"now": NOW, "second meeting": on(2025, 5, 15), "empty": on(2005, 1, 1)}
TRIED = (
    "fiveg_base_stations", "fiveg_bs_per_10k_pop", "bcp_passengers_monthly", "bcp_passengers_daily",
    "road_speed_kmh", "cbps_services_gd", "visitor_arrivals", "resident_population",
)  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("item", TRIED)
def test_every_panel_draws_at_every_moment(opening_desk, lang, moment, item):
    assert failures(PAGE, opening_desk, Filters(lang=lang, as_of=MOMENTS[moment], item=item)) == []


@pytest.mark.parametrize("item", [CORRECTED, REVISED, WITHDRAWN])
@pytest.mark.parametrize("moment", [NOW, on(2026, 8, 1), on(2026, 7, 1)])
def test_corrected_figures_draw_too(corrected_desk, item, moment):
    for lang in LANGUAGES:
        assert failures(PAGE, corrected_desk, Filters(lang=lang, as_of=moment, item=item)) == []


def test_all_indicators_of_the_catalogue_have_a_page_that_draws(opening_desk):
    broken = {
        item: failed
        for item in PAGE.items(opening_desk)
        if (failed := failures(PAGE, opening_desk, Filters(as_of=NOW, item=item)))
    }
    assert broken == {}
    assert len(PAGE.items(opening_desk)) == len(opening_desk.catalogue)


def test_one_place_asked_for_is_the_only_one_told(opening_desk):
    filters = Filters(as_of=NOW, item="fiveg_base_stations", places=("shenzhen",))
    panels = {panel.id: panel for panel in panels_of(PAGE, opening_desk, filters)}
    for name in ("series", "vintages"):
        assert set(panels[name].query(opening_desk, filters)["place_id"]) == {"shenzhen"}
    assert failures(PAGE, opening_desk, filters) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_title_is_the_name_and_corrections_stand_at_the_head(corrected_desk, lang):
    view = view_of(corrected_desk, Filters(lang=lang, as_of=NOW, item=CORRECTED))
    assert said(PAGE.title, view) == corrected_desk.catalogue.get(CORRECTED).names[lang]
    head = " ".join(told(PAGE.intro(corrected_desk, view)))
    assert view.words.number(70, "services") in head
    quiet = view_of(corrected_desk, Filters(lang=lang, as_of=NOW, item=REVISED))
    assert len(PAGE.intro(corrected_desk, quiet)) == 1


def test_the_number_of_a_leaf_is_read_and_nonsense_refused(opening_desk):
    options = options_of(PAGE, opening_desk)
    assert parse_filters({"leaf": ["3"]}, places=(), options=options).option("leaf") == "3"
    for wrong in ("0", "1", "-2", "x", "10000"):
        (fault,) = parse_filters({"leaf": [wrong]}, places=(), options=options)
        assert fault.parameter == "leaf"
