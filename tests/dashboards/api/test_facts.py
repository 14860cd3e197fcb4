"""The facts of the house for programs."""

from __future__ import annotations

from dashboards.api.facts import indicators, places
from dashboards.api.parameters import AS_OF, read


def test_every_indicator_has_its_names_in_three_languages_and_its_count(opening_desk):
    said = indicators(read((AS_OF,), {}, opening_desk))["data"]
    assert len(said) == len(list(opening_desk.catalogue))
    assert all(set(one["name"]) == {"en", "zh-Hant", "zh-Hans"} for one in said)
    counts = {one["id"]: one["figures"] for one in said}
    assert counts["fiveg_base_stations"] > 10


def test_before_anything_was_known_every_count_is_nought(opening_desk):
    said = indicators(read((AS_OF,), {"as_of": ["1990-01-01"]}, opening_desk))["data"]
    assert {one["figures"] for one in said} == {0}


def test_places_are_named_and_cities_stand_in_their_order(opening_desk):
    said = places(read((), {}, opening_desk))["data"]
    assert [one["id"] for one in said[:3]] == ["hong_kong", "macao", "guangzhou"]
    assert {one["kind"] for one in said} >= {"city", "crossing", "district"}
    assert len({one["id"] for one in said}) == len(said)
