"""The head of a meeting's page: what is known of its date, and every page as of its day."""

from __future__ import annotations

from dash import html

from dashboards.desk import Filters
from dashboards.panels.meeting_head import head_panel, title_of, unknown_panel
from metrics.meetings import held
from tests.dashboards.panels.drawn import NOW, put, text, view_of
from tests.dashboards.panels.kept import MEETING, with_kept

FILTERS = Filters(as_of=NOW)


def meeting(desk, meeting_id: str):
    return next(one for one in held(desk.metrics, NOW) if one.id == meeting_id)


def links(desk, meeting_id: str) -> dict[str, str]:
    made = put(head_panel(meeting(desk, meeting_id)), desk, FILTERS).component
    return {one.children: one.href for one in made._traverse() if isinstance(one, html.A)}


def test_every_page_is_linked_as_of_the_day_of_the_meeting(opening_desk):
    found = links(opening_desk, "egscc_1")
    assert found["Overview"] == "/?as_of=2024-03-28"
    assert found["Transport"] == "/transport?as_of=2024-03-28"
    assert found["Briefing slides"] == "/present/egscc_1"
    assert found["Slides (PPTX)"] == "/exports/briefings/egscc_1?lang=en&format=pptx"
    assert found["Document (PDF)"] == "/exports/briefings/egscc_1?lang=en&format=pdf"
    assert found["After: Meeting 2"] == "/meetings/egscc_2"
    assert not any(text.startswith("Before") for text in found)


def test_a_date_says_how_it_is_known(opening_desk):
    assert "Only the day of the report is known (28 Mar 2024)" in text(
        head_panel(meeting(opening_desk, "egscc_1")), opening_desk, FILTERS
    )
    assert "The year was inferred" in text(
        head_panel(meeting(opening_desk, "egscc_2")), opening_desk, FILTERS
    )


def test_a_meeting_that_somebody_entered_names_them(opening_desk):
    desk = with_kept(opening_desk, MEETING)
    words = text(head_panel(meeting(desk, "egscc_3")), desk, FILTERS)
    assert "Entered by | Chan Tai Man" in words
    assert "Guangzhou" in words
    assert "Entered by" not in text(head_panel(meeting(desk, "egscc_2")), desk, FILTERS)


def test_what_is_not_known_is_calm(opening_desk):
    assert "Nothing was known of this meeting" in text(unknown_panel(), opening_desk, FILTERS)
    assert title_of(None, view_of(opening_desk, FILTERS)) == "Unknown meeting"
