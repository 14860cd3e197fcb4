"""Where a measure should be, how fast it goes, and when it would arrive."""

from __future__ import annotations

from datetime import date

import pytest

from metrics.progress_pace import expected_on, outlook, pace_of, word_of
from metrics.progress_values import MeasureFacts

START, MIDDLE, DUE = date(2025, 1, 1), date(2026, 1, 1), date(2027, 1, 1)


def facts(**changes):
    given = {
        "kind": "target",
        "baseline": 100.0,
        "baseline_on": START,
        "target": 400.0,
        "due_on": DUE,
        "actual": 200.0,
        "actual_on": MIDDLE,
    }
    return MeasureFacts(**given | changes)


def test_linear_expects_equal_steps_and_compound_equal_growth():
    assert expected_on(MIDDLE, facts()) == 250.0
    assert expected_on(MIDDLE, facts(model="compound")) == pytest.approx(200.0)
    assert expected_on(MIDDLE, facts(target=25.0, model="compound")) == pytest.approx(50.0)


def test_after_the_due_date_the_whole_target_is_expected():
    assert expected_on(date(2030, 1, 1), facts()) == 400.0


@pytest.mark.parametrize(
    ("value", "expected", "baseline", "pace"),
    [(150, 200, 100, 0.5), (100, 200, 100, 0.0), (80, 50, 100, 0.4), (1, 5, 5, None), (0, 0, 0, None)],
)
def test_pace_is_the_way_done_over_the_way_expected(value, expected, baseline, pace):
    assert pace_of(value, expected, baseline) == pace


@pytest.mark.parametrize(
    ("pace", "word"),
    [
        (1.2, "on_track"),
        (0.95, "on_track"),
        (0.9499, "at_risk"),
        (0.6, "at_risk"),
        (0.5999, "off_track"),
        (-1, "off_track"),
    ],
)
def test_the_word_of_a_pace(pace, word):
    assert word_of(pace) == word


def test_a_pace_that_is_on_the_threshold_but_for_binary_fractions_is_on_it():
    assert word_of(pace_of(0.57, 0.60, 0.0)) == "on_track"


def test_the_outlook_of_a_steady_measure():
    seen = outlook(facts(), MIDDLE)
    assert seen.required_per_day == pytest.approx(200 / 365)
    assert seen.current_per_day == pytest.approx(100 / 365)
    assert seen.projected_on == date(2028, 1, 1)


@pytest.mark.parametrize("actual_on", [date(2025, 7, 1), date(2025, 12, 1), MIDDLE])
@pytest.mark.parametrize("value", [150.0, 199.0, 201.0, 249.0, 251.0, 380.0])
@pytest.mark.parametrize("model", ["linear", "compound"])
def test_required_pace_and_projected_day_never_contradict_each_other(actual_on, value, model):
    seen = outlook(facts(actual=value, actual_on=actual_on, model=model), MIDDLE)
    assert (seen.current_per_day >= seen.required_per_day - 1e-12) == (seen.projected_on <= DUE)


def test_the_outlook_of_growth_is_a_rate():
    seen = outlook(facts(model="compound"), MIDDLE)
    assert seen.required_per_day == pytest.approx(2 ** (1 / 365) - 1)
    assert seen.current_per_day == pytest.approx(2 ** (1 / 365) - 1)
    assert seen.projected_on == DUE


def test_a_falling_measure_arrives_too():
    seen = outlook(facts(target=50.0, actual=75.0, direction="lower_is_better"), MIDDLE)
    assert seen.required_per_day < 0
    assert seen.projected_on == DUE


@pytest.mark.parametrize("value", [100.0, 90.0])
def test_what_stands_still_or_goes_back_never_arrives(value):
    assert outlook(facts(actual=value), MIDDLE).projected_on is None


def test_a_day_further_than_two_centuries_is_no_projection():
    assert outlook(facts(actual=100.1), MIDDLE).projected_on is None


def test_without_due_date_there_is_no_required_pace():
    seen = outlook(facts(due_on=None), MIDDLE)
    assert (seen.required_per_day, seen.projected_on) == (None, date(2028, 1, 1))


@pytest.mark.parametrize(
    "changes",
    [
        {"baseline": None},
        {"actual_qualifier": "over"},
        {"actual_qualifier": "under"},
        {"actual_on": START},
        {"model": "yes_no"},
        {"model": "compound", "baseline": 0.0},
        {"target": None},
    ],
)
def test_what_has_no_number_and_no_past_has_no_outlook(changes):
    assert outlook(facts(**changes), MIDDLE) is None
