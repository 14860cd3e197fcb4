"""A briefing by its id."""

from __future__ import annotations

from dashboards.briefings.found import briefing


def test_a_meetings_id_leads_to_its_briefing_and_nothing_else_does(opening_desk):
    found = briefing("egscc_2", opening_desk)
    assert found is not None
    assert found.meeting_id == "egscc_2"
    assert briefing("../etc/passwd", opening_desk) is None
