from __future__ import annotations

import pytest

from metrics.warehouse.shown import (
    APPROX,
    AT_LEAST,
    AT_MOST,
    EXACT,
    OVER,
    UNDER,
    WITHDRAWN,
    agrees,
    shown,
    told,
)

OFFICIAL, PRESS = 0, 2


def row(known, value, *, qualifier=EXACT, status=0, tier=OFFICIAL, recorded=0, source="made"):
    return (
        1,
        10,
        10,
        known,
        recorded or known,
        value,
        qualifier,
        status,
        tier,
        0,
        known,
        source,
        "",
        "run",
        b"",
    )


def value_of(*rows):
    found = shown(rows)
    return None if found is None else found[5]


def test_one_row_is_shown_unless_it_is_withdrawn():
    assert value_of(row(1, 5.0)) == 5.0
    assert value_of(row(1, 5.0, status=WITHDRAWN)) is None


def test_the_newest_word_counts_within_the_best_tier():
    assert value_of(row(1, 5.0), row(2, 6.0)) == 6.0
    assert value_of(row(1, 5.0), row(2, 6.0, tier=PRESS)) == 5.0


def test_a_withdrawal_by_the_best_tier_hides_the_period_though_the_press_stands():
    assert value_of(row(1, 5.0), row(2, 5.0, status=WITHDRAWN), row(3, 6.0, tier=PRESS)) is None


def test_after_a_withdrawal_an_older_exact_figure_no_longer_stands():
    rows = (row(1, 54.0), row(2, 54.0, status=WITHDRAWN), row(3, 50.0, qualifier=OVER))
    assert shown(rows)[6] == OVER


def test_a_repeated_figure_keeps_the_instant_at_which_it_became_known():
    assert shown((row(1, 5.0), row(2, 5.0)))[3] == 1


def test_of_one_claim_the_later_recording_counts_in_whichever_order_rows_come():
    first, second = row(1, 5.0, recorded=10), row(1, 6.0, recorded=11)
    assert value_of(first, second) == value_of(second, first) == 6.0


def test_a_story_leaves_out_what_was_set_aside_and_repeated():
    rows = [row(1, 5.0, recorded=1), row(1, 6.0, recorded=2), row(2, 6.0), row(3, 7.0)]
    assert [(one[3], one[5]) for one in told(rows)] == [(1, 6.0), (3, 7.0)]


@pytest.mark.parametrize(
    ("exact", "value", "qualifier", "expected"),
    [
        (54, 50, OVER, True),
        (50, 50, OVER, False),
        (50, 50, AT_LEAST, True),
        (49, 50, AT_LEAST, False),
        (49, 50, UNDER, True),
        (50, 50, UNDER, False),
        (50, 50, AT_MOST, True),
        (51, 50, AT_MOST, False),
        (1478, 1480, APPROX, True),
        (1474, 1480, APPROX, False),
        (4_200_000, 4_000_000, APPROX, True),
        (4_600_000, 4_000_000, APPROX, False),
        (0.26, 0.3, APPROX, True),
        (0.24, 0.3, APPROX, False),
        (0, 0, APPROX, True),
        (50, 50, EXACT, False),
    ],
)
def test_an_exact_figure_agrees_with_a_qualified_one_that_may_mean_it(exact, value, qualifier, expected):
    assert agrees(exact, value, qualifier) is expected
