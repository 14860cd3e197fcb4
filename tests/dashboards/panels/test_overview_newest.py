"""The newest figures: those that became known last, with period, day and publisher."""

from __future__ import annotations

from dashboards.desk import Filters
from dashboards.panels.overview_newest import MOST, NEWEST, newest
from tests.dashboards.panels.drawn import NOW, on, text


def test_the_newest_come_first_and_none_was_known_later(opening_desk):
    for as_of in (NOW, on(2025, 5, 15)):
        frame = newest(opening_desk, Filters(as_of=as_of))
        assert len(frame) == MOST
        assert frame["known_at"].is_monotonic_decreasing
        assert frame["known_at"].max() <= as_of.instant


def test_one_figure_for_each_indicator_and_place(opening_desk):
    frame = newest(opening_desk, Filters(as_of=NOW))
    assert not frame.duplicated(["indicator_id", "place_id"]).any()


def test_an_estimated_day_is_told_as_about(opening_desk):
    frame = newest(opening_desk, Filters(as_of=NOW))
    said = text(NEWEST, opening_desk)
    assert frame["known_precision"].eq("estimated").any() == ("published about" in said)


def test_qualifiers_are_kept(opening_desk):
    assert "about 6.3 million registered users" in text(NEWEST, opening_desk)


def test_where_nothing_is_known_it_says_so(opening_desk):
    assert "No figure" in text(NEWEST, opening_desk, Filters(as_of=on(2005, 1, 1)))
