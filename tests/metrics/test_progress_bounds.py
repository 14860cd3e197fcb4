"""What a qualified figure can prove."""

from __future__ import annotations

import math

import pytest

from metrics.progress_bounds import Bounds, bounds, may_reach, surely_reaches, turned

UP, DOWN = "higher_is_better", "lower_is_better"


@pytest.mark.parametrize(
    ("qualifier", "direction", "worst", "best"),
    [
        ("exact", UP, 100, 100),
        ("over", UP, 100, math.inf),
        ("at_least", UP, 100, math.inf),
        ("approx", UP, 99, 100),
        ("under", UP, -math.inf, 100),
        ("at_most", UP, -math.inf, 100),
        ("exact", DOWN, -100, -100),
        ("over", DOWN, -math.inf, -100),
        ("at_least", DOWN, -math.inf, -100),
        ("approx", DOWN, -101, -100),
        ("under", DOWN, -100, math.inf),
        ("at_most", DOWN, -100, math.inf),
    ],
)
def test_a_figure_allows_from_its_worst_to_its_best(qualifier, direction, worst, best):
    found = bounds(100.0, qualifier, direction)
    assert (found.worst, found.best) == (worst, best)


def test_over_and_under_exclude_the_number_itself():
    assert bounds(1.0, "over", UP).worst_open
    assert not bounds(1.0, "at_least", UP).worst_open
    assert bounds(1.0, "under", UP).best_open
    assert bounds(1.0, "under", DOWN).worst_open
    assert bounds(1.0, "over", DOWN).best_open


def test_about_a_number_below_0_is_worse_by_its_size():
    assert bounds(-100.0, "approx", UP).worst == -101


@pytest.mark.parametrize(
    ("value", "qualifier", "strictly", "surely", "maybe"),
    [
        (100, "exact", False, True, True),
        (100, "exact", True, False, False),
        (101, "exact", True, True, True),
        (100, "over", True, True, True),
        (100, "at_least", True, False, True),
        (99, "over", False, False, True),
        (100, "under", False, False, False),
        (100, "at_most", False, False, True),
        (100, "at_most", True, False, False),
        (101, "under", False, False, True),
        (100, "approx", False, False, True),
        (102, "approx", False, True, True),
        (99, "approx", False, False, False),
    ],
)
def test_whether_a_goal_of_100_is_surely_or_possibly_reached(value, qualifier, strictly, surely, maybe):
    figure = bounds(float(value), qualifier, UP)
    assert surely_reaches(figure, 100.0, strictly=strictly) is surely
    assert may_reach(figure, 100.0, strictly=strictly) is maybe


def test_turning_twice_gives_the_number_back():
    assert turned(turned(1.25, DOWN), DOWN) == 1.25
    assert turned(1.25, UP) == 1.25


def test_a_figure_with_two_ends_is_settled():
    assert Bounds(worst=1, best=2).settled
    assert not Bounds(worst=1, best=math.inf).settled
