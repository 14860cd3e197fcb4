"""Leading figures: the newest as known then, or the word that there is none."""

from __future__ import annotations

from dashboards.desk import Filters
from dashboards.panels.headlines import Lead, lead_panel
from tests.dashboards.panels.drawn import on, text

USERS = lead_panel("leads", "services.leads", [Lead(indicator="iam_smart_users", place="hong_kong")])


def test_the_newest_figure_leads_with_its_qualifier(opening_desk):
    assert "over 4 million | " in text(USERS, opening_desk)


def test_an_earlier_day_leads_with_what_was_known_then(opening_desk):
    assert "about 2.9 million | " in text(USERS, opening_desk, Filters(as_of=on(2025, 5, 15)))


def test_before_any_figure_the_card_says_so(opening_desk):
    said = text(USERS, opening_desk, Filters(as_of=on(2015, 1, 1)))
    assert "No figure | iAM Smart registered users | Hong Kong" in said


def test_a_basis_keeps_other_counts_out(opening_desk):
    lead = Lead(indicator="open_datasets", place="hong_kong", basis="datasets")
    said = text(lead_panel("leads", "data_flow.leads", [lead]), opening_desk)
    assert "over 5,600" in said
    assert "3,822" not in said


def test_a_sign_is_said_with_the_figure_where_asked(opening_desk):
    lead = Lead(indicator="fiveg_pop_coverage_pct", place="hong_kong", unit=True)
    assert "over 99%" in text(lead_panel("leads", "connectivity.leads", [lead]), opening_desk)


def test_without_a_place_the_place_of_the_newest_figure_leads(opening_desk):
    lead = Lead(indicator="cbps_services_kiosk_hk")
    assert "70 | Hong Kong services on CBPS kiosks | Macao · 29 Dec 2025" in text(
        lead_panel("leads", "services.leads", [lead]), opening_desk
    )
