"""The slides of a briefing: in every language the same, from the figures of one moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pandas as pd
import pytest

from dashboards.briefings import briefing, slides
from dashboards.briefings.making import ROWS, all_pages, audience_of_slides, found, known
from dashboards.briefings.values import Briefing, Choice
from dashboards.desk import Filters
from dashboards.exports.telling import tell
from dashboards.i18n import LANGUAGES
from metrics.asof import day_as_of, now_as_of
from tests.opened import NOW

MEETINGS = ("next", "egscc_2", "egscc_1")
USERS = Choice(
    page_path="/services", panel_id="iam-smart-users", note={"en": "Say thanks", "zh-Hant": "致謝"}
)


def made_of(*panels: Choice, as_of=None, **more) -> Briefing:
    facts = {"languages": ("en",), "made_by": "alice"} | more
    return Briefing(id="x", names={"en": "Mine"}, as_of=as_of or now_as_of(NOW), panels=panels, **facts)


@pytest.fixture(scope="module")
def decks(opening_desk):
    return {
        (meeting, lang): slides(briefing(meeting, opening_desk), opening_desk, lang)
        for meeting in MEETINGS
        for lang in LANGUAGES
    }


@pytest.mark.parametrize("meeting", MEETINGS)
def test_every_language_has_the_same_slides_line_by_line(decks, meeting):
    first = decks[meeting, "en"]
    for lang in LANGUAGES[1:]:
        other = decks[meeting, lang]
        shape = [
            (one.id, one.kind, [(line.role, line.mark) for line in one.lines], one.parts) for one in first
        ]
        assert shape == [
            (one.id, one.kind, [(line.role, line.mark) for line in one.lines], one.parts) for one in other
        ]
        assert all(one.lang == lang for one in other)


@pytest.mark.parametrize("meeting", MEETINGS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_meetings_slides_begin_with_its_name_and_end_with_the_sources(decks, meeting, lang):
    made = decks[meeting, lang]
    kinds = [one.kind for one in made]
    assert kinds[:8] == ["title", *["work_item"] * 5, "changed", "late"]
    assert kinds[-1] == "sources"
    assert "failed" not in kinds
    assert all(one.title and one.foot for one in made)


def test_a_slide_says_only_what_was_known_at_the_meeting(decks, opening_desk):
    users = next(one for one in decks["egscc_2", "en"] if one.id == "iam-smart-users")
    assert users.telling is not None
    moment = day_as_of(opening_desk.agenda.meeting("egscc_2").as_of).instant
    assert (users.telling.rows["known_at"] <= moment.strftime("%Y-%m-%dT%H:%M:%SZ")).all()
    now = next(one for one in decks["next", "en"] if one.id == "iam-smart-users")
    assert now.telling is not None
    assert len(now.telling.rows) > len(users.telling.rows)


def test_charts_of_which_nothing_was_known_then_stay_out_of_a_ready_briefing(opening_desk):
    early = replace(briefing("next", opening_desk), as_of=day_as_of(datetime(2005, 1, 1, tzinfo=UTC).date()))
    made = slides(early, opening_desk, "en")
    assert [one.kind for one in made] == ["title", *["work_item"] * 5, "changed", "late", "sources"]
    chosen = made_of(USERS, as_of=early.as_of)
    (slide,) = slides(chosen, opening_desk, "en")[1:-1]
    assert slide.telling is not None
    assert not known(slide.telling)
    assert slide.lines[-1].text  # chosen by a person, it says calmly that there is no figure


def test_the_sources_slide_names_who_published_the_figures_shown(decks):
    told = [line.text for line in decks["next", "en"][-1].lines if line.role == "item"]
    assert "HKSAR Government" in told
    assert len(told) == len(set(told)) > 5


def test_the_note_of_a_slide_is_in_the_readers_language_or_the_nearest(opening_desk):
    notes = [slides(made_of(USERS), opening_desk, lang)[1].note for lang in LANGUAGES]
    assert notes == ["Say thanks", "致謝", "致謝"]


def test_a_panel_there_is_not_is_said_and_the_others_stand(opening_desk):
    gone = Choice(page_path="/services", panel_id="no-such-panel")
    wrong = Choice(page_path="/connectivity", panel_id="fiveg-map", query="year=1066")
    nowhere = Choice(page_path="/nowhere", panel_id="fiveg-map")
    made = slides(made_of(gone, wrong, nowhere, USERS), opening_desk, "en")
    assert [one.kind for one in made] == ["title", "failed", "failed", "failed", "chart", "sources"]


def test_a_panel_that_raises_is_a_slide_that_says_so(opening_desk, monkeypatch, caplog):
    def broken(*_arguments, **_more):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("dashboards.briefings.making.tell", broken)
    made = slides(made_of(USERS), opening_desk, "en")
    assert made[1].kind == "failed"
    assert "secret" not in made[1].lines[0].text
    assert "secret detail" in caplog.text


def test_a_choice_keeps_the_settings_of_its_page_but_not_the_moment_and_language(opening_desk):
    choice = Choice(
        page_path="/connectivity", panel_id="fiveg-map", query="year=2020&lang=zh-Hans&as_of=2019-01-01"
    )
    at = found(choice, opening_desk, Filters(lang="en", as_of=now_as_of(NOW)))
    assert at is not None
    assert (at.filters.option("year"), at.filters.lang, at.filters.as_of.current) == ("2020", "en", True)


def test_a_long_table_goes_over_several_slides_without_losing_a_row(opening_desk):
    tables = [
        (page, panel.id)
        for page in all_pages()
        if not callable(page.panels)
        for panel in page.panels
        if panel.figure is None and panel.speaks and panel.table is None
    ]
    assert tables
    for page, panel in tables:
        made = slides(made_of(Choice(page_path=page.path, panel_id=panel)), opening_desk, "en")[1:-1]
        rows = made[0].telling
        if made[0].kind == "table" and rows is not None:
            assert len(made) == min(max(-(-len(rows.rows) // ROWS), 1), 4)
            assert [one.part for one in made] == list(range(len(made)))


def test_two_languages_leave_room_for_each_other(opening_desk):
    one = slides(replace(briefing("next", opening_desk), languages=("en",)), opening_desk, "en")
    two = slides(replace(briefing("next", opening_desk), languages=("en", "zh-Hant")), opening_desk, "en")
    changed = [next(len(s.lines) for s in made if s.kind == "changed") for made in (one, two)]
    assert changed[1] < changed[0]


def test_the_audience_of_a_deck_is_that_of_its_strictest_slide(decks):
    made = decks["next", "en"]
    assert audience_of_slides(made) == "public"
    assert audience_of_slides((*made, replace(made[0], audience="group"))) == "group"


def test_a_table_longer_than_its_slides_says_how_many_rows_are_left(opening_desk, monkeypatch):
    def told(*arguments, **more):
        telling = tell(*arguments, **more)
        return replace(telling, figure=None, rows=pd.concat([telling.rows] * 20, ignore_index=True))

    monkeypatch.setattr("dashboards.briefings.making.tell", told)
    made = slides(made_of(USERS), opening_desk, "en")[1:-1]
    assert [(one.part, one.parts) for one in made] == [(0, 4), (1, 4), (2, 4), (3, 4)]
    telling = made[-1].telling
    assert telling is not None
    assert made[-1].lines[-1].text == f"{len(telling.rows) - 4 * ROWS} more"
    assert made[0].lines[-1].text != made[-1].lines[-1].text
