"""What the panels of the work items say, as tables."""

from __future__ import annotations

from datetime import date

import pytest

from dashboards.desk import Filters
from dashboards.panels import work_item_tables as tables
from dashboards.panels.work_item_evidence import evidence_frame
from dashboards.panels.work_item_told import told_for
from dashboards.shell import view_of
from dashboards.style import Shapes
from metrics.asof import now_as_of
from metrics.progress_values import Override
from tests.opened import NOW


@pytest.fixture
def told(opening_desk):
    return told_for(opening_desk, Filters(as_of=now_as_of(NOW)))


def view(desk, lang: str = "en"):
    return view_of(desk, Filters(lang=lang, as_of=now_as_of(NOW)), NOW.date(), Shapes())


def test_each_work_item_has_a_line_with_its_word_and_its_milestones(opening_desk, told) -> None:
    frame = tables.cards_table(told)(None, view(opening_desk))
    assert frame["work_item"].tolist() == ["1", "2", "3", "4", "5"]
    assert frame["state_id"].tolist() == [review.verdict.word for review in told.reviews.values()]
    assert frame["milestones_done"].sum() == sum(review.count("done") for review in told.reviews.values())


def test_the_fifth_is_led_by_the_meetings_held(opening_desk, told) -> None:
    fifth = tables.lead_table(told, 5)(None, view(opening_desk)).to_dict("records")[0]
    assert fifth["value"] == told.headlines[5].value


def test_a_status_is_told_with_each_node_and_which_decided(opening_desk, told) -> None:
    frame = tables.status_table(told, 1)(None, view(opening_desk))
    review = told.reviews[1]
    assert len(frame) == 1 + len(review.measures) + len(review.steps)
    assert set(frame.loc[frame["decided"].ne(""), "node_id"]) == set(review.verdict.deciding)


@pytest.mark.parametrize("lang", ["en", "zh-Hant", "zh-Hans"])
def test_milestones_have_their_dates_as_written_and_as_days(opening_desk, told, lang) -> None:
    frame = tables.milestones_table(told, 1)(None, view(opening_desk, lang))
    dated = frame[frame["happened_on"].notna()]
    assert len(dated)
    assert dated["happened"].ne("").all()
    assert frame["source"].ne("").all()


def test_sources_are_named_in_the_readers_language(opening_desk, told) -> None:
    frame = evidence_frame(told, 1, opening_desk, None)
    said = [
        tables.evidence_table(told)(frame, view(opening_desk, lang))["source"].tolist()
        for lang in ("en", "zh-Hant")
    ]
    assert len(said[0]) == len(frame)
    assert said[0] != said[1]


def test_a_word_set_by_hand_says_who_and_until_when(opening_desk) -> None:
    override = Override(word="at_risk", by="A. Person", reasons={"en": "x"}, until=date(2026, 12, 31))
    said = tables.override_said(override, view(opening_desk))
    assert said == "at risk · set by hand until 31 Dec 2026 (A. Person)"
    assert tables.override_said(None, view(opening_desk)) == ""
