from __future__ import annotations

import numpy as np

from metrics.warehouse.against import compare
from metrics.warehouse.batch import batch_of
from metrics.warehouse.columns import microseconds
from metrics.warehouse.sift import lane_keys
from tests.metrics.warehouse.made import DAY, LINE, MAY, figure
from tests.metrics.warehouse.test_sift import stored


def told(claim, *rows, last_look=None) -> str:
    """Return in a word what a claim is against the rows of its lane."""
    batch, there = batch_of([claim]), stored(*rows)
    lane, stored_lane = lane_keys(batch, there)
    order = np.lexsort((there.claimed, stored_lane))
    found = compare(batch, lane, there, stored_lane[order], order, last_look or {})
    words = [word for word, flags in zip(("change", "repeat", "same"), found, strict=True) if flags[0]]
    assert len(words) <= 1
    return words[0] if words else "to settle"


FIRST, SECOND = figure(10), figure(12, MAY + 4 * DAY)


def test_a_row_that_is_there_is_told_whichever_of_several_it_is():
    assert told(FIRST, FIRST, SECOND) == told(SECOND, FIRST, SECOND) == "same"


def test_a_repetition_is_told_wherever_it_comes_after_its_like():
    assert told(figure(12, MAY + 9 * DAY), FIRST, SECOND) == "repeat"
    assert told(figure(10, MAY + DAY), FIRST, SECOND) == "repeat"


def test_a_change_is_told_only_at_the_end_and_after_the_last_look():
    change = figure(14, MAY + 9 * DAY)
    assert told(change, FIRST, SECOND) == "change"
    look = {(LINE.id, 0): microseconds(MAY + 9 * DAY)}
    assert told(change, FIRST, SECOND, last_look=look) == "to settle"
    assert told(figure(14, MAY + DAY), FIRST, SECOND) == "to settle"
    assert told(figure(10, MAY + 9 * DAY), FIRST, SECOND) == "change"


def test_what_comes_before_the_first_row_is_a_repetition_only_where_it_moves_nothing():
    feed = figure(10, MAY - 9 * DAY, seen_at=MAY)
    earlier = figure(10, MAY - 9 * DAY, seen_at=MAY - DAY)
    assert told(earlier, feed) == "repeat"
    assert told(figure(10, MAY - DAY), FIRST) == "to settle"
    assert told(figure(10, MAY - 9 * DAY, seen_at=MAY - DAY, source_id="other"), feed) == "to settle"


def test_the_same_instant_by_another_or_with_another_figure_is_settled():
    assert told(figure(11), FIRST, SECOND) == "to settle"
    assert told(figure(10, source_id="other"), FIRST) == "to settle"


def test_of_a_lane_in_which_a_row_was_set_aside_nothing_is_told():
    assert told(FIRST, FIRST, figure(11)) == "to settle"


def test_a_lane_with_nothing_stored_is_not_told_of():
    assert told(figure(1, tier="press"), FIRST) == "to settle"
    assert told(figure(1)) == "to settle"
