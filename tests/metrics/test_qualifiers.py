import itertools
import random

import pytest

from metrics.qualifiers import against, over_positive, together
from metrics.warehouse.values import QUALIFIERS

HOLDS = {
    "exact": lambda true, said: true == said,
    "over": lambda true, said: true > said,
    "at_least": lambda true, said: true >= said,
    "under": lambda true, said: true < said,
    "at_most": lambda true, said: true <= said,
}


def possible(qualifier, value, dice):
    """Return some true values that a figure so qualified allows, its edge among them where it is allowed."""
    above = [value + dice.uniform(0.01, 1000) for _ in range(6)] + [value + 1e-9]
    below = [value * dice.uniform(0.001, 0.999) for _ in range(6)] + [value - 1e-9]
    return {
        "exact": [value],
        "over": above,
        "at_least": [value, *above],
        "under": below,
        "at_most": [value, *below],
    }[qualifier]


@pytest.mark.parametrize(("first", "second"), list(itertools.product(HOLDS, repeat=2)))
def test_no_true_value_ever_contradicts_a_stated_ratio_or_difference(first, second):
    dice = random.Random(f"{first}{second}")
    for _ in range(40):
        a, b = dice.uniform(1, 50), dice.uniform(1, 50)
        pairs = list(itertools.product(possible(first, a, dice), possible(second, b, dice)))
        if word := against(first, second):
            assert all(HOLDS[word](x - y, a - b) for x, y in pairs)
            assert all(HOLDS[word](x / y, a / b) for x, y in pairs)
        else:
            gaps = [x - y - (a - b) for x, y in pairs]
            assert min(gaps) < 0 < max(gaps), "a bound could have been stated"


@pytest.mark.parametrize("word", QUALIFIERS)
def test_an_exact_figure_leaves_the_others_qualifier_as_it_is(word):
    assert against(word, "exact") == word


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [
        ("exact", "over", "under"),
        ("exact", "at_least", "at_most"),
        ("over", "at_most", "over"),
        ("at_least", "at_most", "at_least"),
        ("under", "at_least", "under"),
        ("approx", "approx", "approx"),
        ("exact", "approx", "approx"),
        ("over", "over", None),
        ("under", "under", None),
        ("approx", "over", None),
        ("over", "approx", None),
    ],
)
def test_what_can_be_said_of_two_qualified_figures(first, second, word):
    assert against(first, second) == word


def test_nothing_over_anything_is_nothing():
    assert over_positive(0, "exact", "over") == "exact"
    assert over_positive(0, "over", "over") == "over"
    assert over_positive(0, "at_least", "under") == "at_least"


def test_a_figure_below_zero_has_a_ratio_only_over_an_exact_or_an_about_figure():
    assert over_positive(-5, "over", "exact") == "over"
    assert over_positive(-5, "approx", "approx") == "approx"
    assert over_positive(-5, "exact", "over") is None


def test_two_that_are_added_up_prove_what_their_intervals_agree_on():
    assert together("exact", "over") == "over"
    assert together("over", "at_least") == "over"
    assert together("approx", "approx") == "approx"
    assert together("approx", "over") is None
    assert together("under", "over") is None
