from datetime import UTC, date, datetime

import pytest

from metrics.asof import day_as_of, now_as_of
from metrics.review import all_measures, all_steps, reviews

NOW = now_as_of(datetime(2026, 11, 21, 4, 0, tzinfo=UTC))


def on(day: str):
    return day_as_of(date.fromisoformat(day), clock=NOW.instant)


def state(metrics, as_of, milestone):
    return {step.milestone.id: step.state for step in all_steps(metrics, as_of)}.get(milestone)


def test_every_milestone_known_by_now_is_there_and_none_is_told_twice(opening_metrics):
    ids = [step.milestone.id for step in all_steps(opening_metrics, NOW)]
    assert len(ids) == len(set(ids)) == 85


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2023-11-01", None), ("2023-11-02", "due"), ("2024-03-31", "done")],
)
def test_an_outcome_learnt_later_does_not_colour_the_past(opening_metrics, day, expected):
    assert state(opening_metrics, on(day), "cbps_kiosk_gz_target") == expected


def test_a_target_whose_outcome_nobody_published_is_neither_late_nor_good(opening_metrics):
    assert state(opening_metrics, NOW, "digital_bay_2025") == "unverified"


def test_a_missed_milestone_makes_its_work_item_off_track_and_is_named(opening_metrics):
    review = reviews(opening_metrics, NOW)[2]
    assert review.verdict.word == "off_track"
    assert review.verdict.reason_key == "milestone_very_late"
    assert review.verdict.deciding == ("lae_sandbox_1_all",)
    assert review.count("late") == 1


def test_before_anything_was_announced_nothing_is_assessed(opening_metrics):
    found = reviews(opening_metrics, on("2001-01-01"))
    assert sorted(found) == [1, 2, 3, 4, 5]
    assert {review.verdict.word for review in found.values()} == {"not_assessed"}
    assert not any(review.measures or review.steps for review in found.values())


def test_a_target_is_judged_by_figures_of_its_own_basis_only(opening_metrics):
    for measure in all_measures(opening_metrics, NOW):
        actual = measure.verdict.inputs["actual"]
        if actual is not None:
            own = measure.figures[measure.figures["counting_basis"].eq(measure.target.counting_basis)]
            assert actual in set(own["value"]), measure.target.id


def test_a_target_met_by_an_over_figure_is_met(opening_metrics):
    users = next(m for m in all_measures(opening_metrics, NOW) if m.target.indicator_id == "iam_smart_users")
    assert users.verdict.inputs["actual_qualifier"] == "over"
    assert users.verdict.status == "achieved"


def test_the_counts_of_a_review_add_up(opening_metrics):
    for review in reviews(opening_metrics, NOW).values():
        assert sum(review.verdict.milestone_counts.values()) == len(review.steps)
        assert sum(review.verdict.counts.values()) == len(review.measures)
