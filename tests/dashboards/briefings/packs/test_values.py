"""Packs: frozen, in one language or two, with links that lead back from anywhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboards.briefings import briefing
from dashboards.briefings.packs.values import NotForReaderError, frozen, pack
from tests.dashboards.briefings.packs.packing import MAP, ORIGIN, drawing_of, of_meeting, of_panels


def test_a_pack_is_frozen_at_a_stamp_even_where_its_briefing_moves(opening_desk):
    moving = briefing("next", opening_desk)
    assert moving.as_of.current
    held = frozen(moving, opening_desk)
    assert not held.as_of.current
    assert held.as_of.stamp == opening_desk.stamp()


def test_every_link_of_a_pack_leads_to_the_product(opening_desk):
    made = of_panels(opening_desk, MAP)
    (slide,) = [one for one in made.slides if one.telling]
    assert slide.telling.permalink.startswith(ORIGIN + "/connectivity?")
    assert ORIGIN in slide.telling.citation


def test_two_languages_are_the_same_slides_side_by_side(opening_desk):
    made = of_meeting(opening_desk, "zh-Hant", "en")
    pairs = list(made.pairs())
    assert len(pairs) == len(made.slides)
    assert all(other is not None and one.id == other.id for one, other in pairs)
    assert all(other is None for _, other in of_meeting(opening_desk).pairs())


def test_a_pack_is_for_those_of_its_strictest_slide_alone(opening_desk, monkeypatch):
    draws = drawing_of(opening_desk)
    strict = tuple(replace(one, audience="officials") for one in of_panels(opening_desk, MAP).slides)
    monkeypatch.setattr("dashboards.briefings.packs.values.slides", lambda *_, **__: strict)
    with pytest.raises(NotForReaderError):
        pack(briefing("next", opening_desk), opening_desk, draws.shapes, draws.style)
