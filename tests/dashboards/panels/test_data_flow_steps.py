"""The standard contract: steps as they were known, and the one figure there is."""

from __future__ import annotations

from dashboards.desk import Filters
from dashboards.panels.data_flow_steps import PANEL, contract
from tests.dashboards.panels.drawn import LANGUAGES, NOW, on, text


def test_the_steps_stand_with_their_days_and_states(opening_desk):
    frame = contract(opening_desk, Filters(as_of=NOW))
    steps = frame[frame["milestone_id"].notna()].set_index("milestone_id")
    assert list(steps.index) == ["mou_data_flow", "gba_sc_pilot", "gba_sc_macao", "gba_sc_all_sectors"]
    assert str(steps.loc["gba_sc_pilot", "on"].date()) == "2023-12-13"
    assert set(steps["state"]) == {"done"}


def test_the_first_meeting_does_not_know_of_all_sectors(opening_desk):
    said = text(PANEL, opening_desk, Filters(as_of=on(2024, 3, 28)))
    assert "13 Dec 2023" in said
    assert "1 Nov 2024" not in said


def test_enterprises_are_not_called_filings(opening_desk):
    said = text(PANEL, opening_desk)
    assert "about 100 enterprises" in said
    assert "No number of filings has been published" in said


def test_the_remark_waits_for_its_figure(opening_desk):
    said = text(PANEL, opening_desk, Filters(as_of=on(2023, 12, 31)))
    assert "29 Jun 2023" in said
    assert "filings" not in said


def test_before_the_first_step_it_is_calm_in_every_language(opening_desk):
    for lang in LANGUAGES:
        said = text(PANEL, opening_desk, Filters(lang=lang, as_of=on(2015, 1, 1)))
        assert opening_desk.words[lang].t("ui.no_figure") in said
