"""What a briefing is."""

from __future__ import annotations

from dataclasses import replace

from dashboards.briefings.values import Briefing, Choice
from metrics.asof import now_as_of

MINE = Briefing(
    id="a",
    names={"en": "A"},
    as_of=now_as_of(),
    panels=(Choice(page_path="", panel_id="late"),),
    languages=("en",),
)


def test_a_briefing_is_ready_made_until_somebody_makes_it_theirs():
    assert MINE.ready_made
    assert not replace(MINE, made_by="alice").ready_made
    assert not replace(MINE, version=1).ready_made


def test_a_briefing_has_the_stamp_of_its_moment():
    assert MINE.stamp is None
    assert replace(MINE, as_of=replace(MINE.as_of, stamp=7)).stamp == 7
