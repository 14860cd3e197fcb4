"""The table of verdicts: what the published method says of a measure, case by case."""

from __future__ import annotations

from datetime import date

import pytest

from metrics.progress import FORMULAS, REASONS, STATUSES, MeasureFacts, Point, assess

START, MIDDLE, DUE, AFTER = date(2025, 1, 1), date(2026, 1, 1), date(2027, 1, 1), date(2027, 7, 1)
FRESH = date(2025, 12, 1)


def facts(**changes):
    """Half of the way from 0 to 100 should be done by MIDDLE; 1 January 2025 to 1 January 2027."""
    given = {
        "kind": "target",
        "baseline": 0.0,
        "baseline_on": START,
        "target": 100.0,
        "due_on": DUE,
        "actual": 50.0,
        "actual_on": FRESH,
    }
    return MeasureFacts(**given | changes)


UP = {"baseline": 100.0, "target": 200.0, "model": "compound"}  # 141.42 on MIDDLE
DOWN = {"baseline": 2.0, "target": 1.0, "direction": "lower_is_better"}  # 1.5 on MIDDLE
GONE = {"history": (Point(period_end=date(2025, 6, 1), value=100.0),)}
ENDED = {"actual_on": DUE}
COVERAGE = {"model": "coverage", "target": None, "actual": None}
YES_NO = {"model": "yes_no", "target": None, "baseline": None}
PLEDGE = {"kind": "pledge", "due_on": None}
OVER, FLOOR = {"actual_qualifier": "over"}, {"actual_qualifier": "at_least"}
UNDER, CEILING = {"actual_qualifier": "under"}, {"actual_qualifier": "at_most"}
ABOUT = {"actual_qualifier": "approx"}
NO_BASELINE, NO_FIGURE = {"baseline": None, "baseline_on": None}, {"actual": None, "actual_on": None}
OLD, ONE_YEAR = {"judged_until": date(2025, 12, 31)}, {"reach_from": date(2026, 1, 2)}
WAS_9, SHORT = (
    {"history": (Point(period_end=START, value=9.0),)},
    {"history": (Point(period_end=DUE, value=80.0),)},
)
LATER = date(2027, 6, 1)
POSITIVE = "compound_needs_positive_baseline"
LOST_FLOOR = {"history": (Point(period_end=date(2025, 6, 1), value=101.0, qualifier="over"),)}

CASES = [
    # pace, higher is better
    ("exactly as expected", {}, MIDDLE, "on_track", "pace_on_track"),
    ("at 0.95 of the pace", {"actual": 47.5}, MIDDLE, "on_track", "pace_on_track"),
    ("a hair under 0.95", {"actual": 47.49}, MIDDLE, "at_risk", "pace_at_risk"),
    ("at 0.60 of the pace", {"actual": 30.0}, MIDDLE, "at_risk", "pace_at_risk"),
    ("a hair under 0.60", {"actual": 29.99}, MIDDLE, "off_track", "pace_off_track"),
    ("no progress", {"actual": 0.0}, MIDDLE, "off_track", "pace_off_track"),
    ("backwards", {"actual": -5.0}, MIDDLE, "off_track", "pace_off_track"),
    ("faster than asked", {"actual": 99.0}, MIDDLE, "on_track", "pace_on_track"),
    ("the last day, almost there", {"actual": 96.0}, DUE, "on_track", "pace_on_track"),
    ("the last day, far off", {"actual": 50.0}, DUE, "off_track", "pace_off_track"),
    ("a baseline that is not 0", {"baseline": 40.0, "actual": 70.0}, MIDDLE, "on_track", "pace_on_track"),
    ("single figure at the baseline", {"actual": 0.0, "actual_on": START}, MIDDLE, "not_assessed", "no_newer_figure"),
    ("on the baseline date", {"actual_on": START}, START, "not_assessed", "too_early"),
    ("before the baseline date", {}, date(2024, 6, 1), "not_assessed", "too_early"),
    ("reached on the baseline date", {"actual": 100.0, "actual_on": START}, START, "achieved", "reached"),
    # reached
    ("reached early", {"actual": 100.0}, MIDDLE, "achieved", "reached"),
    ("beyond", {"actual": 130.0}, MIDDLE, "achieved", "reached"),
    ("reached then lost", {"actual": 90.0, **GONE}, MIDDLE, "off_track", "reached_then_lost"),
    ("reached, lost, reached", {"actual": 100.0, **GONE}, MIDDLE, "achieved", "reached"),
    ("lost after an over figure", {"actual": 90.0, **LOST_FLOOR}, MIDDLE, "off_track", "reached_then_lost"),
    ("baseline above, now below", {"baseline": 120.0, "actual": 90.0}, MIDDLE, "off_track", "reached_then_lost"),
    ("reached then over below", {"actual": 90.0, **OVER, **GONE}, MIDDLE, "not_proven", "open_figure"),
    # falling targets
    ("falling, as expected", {**DOWN, "actual": 1.5}, MIDDLE, "on_track", "pace_on_track"),
    ("falling, too slow", {**DOWN, "actual": 1.6}, MIDDLE, "at_risk", "pace_at_risk"),
    ("falling, much too slow", {**DOWN, "actual": 1.9}, MIDDLE, "off_track", "pace_off_track"),
    ("falling, rising instead", {**DOWN, "actual": 2.2}, MIDDLE, "off_track", "pace_off_track"),
    ("falling, reached", {**DOWN, "actual": 1.0}, MIDDLE, "achieved", "reached"),
    ("falling to 0", {**DOWN, "target": 0.0, "actual": 0.0}, MIDDLE, "achieved", "reached"),
    ("falling to 0, half way", {**DOWN, "target": 0.0, "actual": 1.0}, MIDDLE, "on_track", "pace_on_track"),
    ("falling, under the target", {**DOWN, "actual": 1.0, **UNDER}, MIDDLE, "achieved", "reached"),
    ("falling, under above it", {**DOWN, "actual": 1.4, **UNDER}, MIDDLE, "not_proven", "open_figure"),
    ("falling, at most above it", {**DOWN, "actual": 1.4, **CEILING}, MIDDLE, "not_proven", "open_figure"),
    ("falling, over and bad", {**DOWN, "actual": 1.9, **OVER}, MIDDLE, "off_track", "pace_off_track"),
    ("falling, over and unclear", {**DOWN, "actual": 1.5, **OVER}, MIDDLE, "not_proven", "open_figure"),
    ("falling, at due under above", {**DOWN, "actual": 1.4, **UNDER, **ENDED}, AFTER, "not_proven", "open_figure"),
    ("falling, at due over above", {**DOWN, "actual": 1.0, **OVER, **ENDED}, AFTER, "missed", "short_at_due"),
    # compound
    ("compound, as expected", {**UP, "actual": 141.5}, MIDDLE, "on_track", "pace_on_track"),
    ("compound, below", {**UP, "actual": 130.0}, MIDDLE, "at_risk", "pace_at_risk"),
    ("compound, far below", {**UP, "actual": 110.0}, MIDDLE, "off_track", "pace_off_track"),
    ("compound from 0", {**UP, "baseline": 0.0, "actual": 50.0}, MIDDLE, "not_assessed", POSITIVE),
    ("compound from below 0", {**UP, "baseline": -1.0, "actual": 50.0}, MIDDLE, "not_assessed", POSITIVE),
    ("compound falling", {**DOWN, "model": "compound", "actual": 1.41}, MIDDLE, "on_track", "pace_on_track"),
    ("compound from 0 but reached", {**UP, "baseline": 0.0, "actual": 200.0}, MIDDLE, "achieved", "reached"),
    # coverage, yes and no
    ("coverage complete", {**COVERAGE, "covered": 9, "of": 9}, MIDDLE, "achieved", "reached"),
    ("coverage under way", {**COVERAGE, "covered": 4, "of": 9}, MIDDLE, "at_risk", "pace_at_risk"),
    ("coverage at a stand", {**COVERAGE, "covered": 1, "of": 11}, MIDDLE, "off_track", "pace_off_track"),
    ("coverage lost", {**COVERAGE, "target": 9.0, "actual": 8.0, **WAS_9}, MIDDLE, "off_track", "reached_then_lost"),
    ("yes", {**YES_NO, "actual": 1.0}, MIDDLE, "achieved", "reached"),
    ("not yet", {**YES_NO, "actual": 0.0}, MIDDLE, "not_assessed", "not_yet_done"),
    ("no at due", {**YES_NO, "actual": 0.0, **ENDED}, AFTER, "missed", "short_at_due"),
    ("no before, unknown since", {**YES_NO, "actual": 0.0}, AFTER, "unverified", "no_figure_since_due"),
    ("yes, then no", {**YES_NO, "actual": 0.0, **WAS_9}, MIDDLE, "off_track", "reached_then_lost"),
    ("milestone done",
        {"model": "milestone", "target": None, "baseline": None, "actual": 1.0}, MIDDLE, "achieved", "reached"),
    # qualifiers
    ("over the target", {"actual": 100.0, **OVER}, MIDDLE, "achieved", "reached"),
    ("at least the target", {"actual": 100.0, **FLOOR}, MIDDLE, "achieved", "reached"),
    ("over below the target", {"actual": 60.0, **OVER}, MIDDLE, "not_proven", "open_figure"),
    ("at least below the target", {"actual": 10.0, **FLOOR}, MIDDLE, "not_proven", "open_figure"),
    ("over below, no baseline", {"actual": 60.0, **OVER, **NO_BASELINE}, MIDDLE, "not_proven", "open_figure"),
    ("over, target over the same",
        {"actual": 100.0, **OVER, "target_qualifier": "over"}, MIDDLE, "achieved", "reached"),
    ("exact, target over the same",
        {"actual": 100.0, "target_qualifier": "over"}, MIDDLE, "on_track", "pace_on_track"),
    ("exact beyond a target over", {"actual": 100.1, "target_qualifier": "over"}, MIDDLE, "achieved", "reached"),
    ("at least, target over the same",
        {"actual": 100.0, **FLOOR, "target_qualifier": "over"}, MIDDLE, "not_proven", "open_figure"),
    ("exact on a target at least", {"actual": 100.0, "target_qualifier": "at_least"}, MIDDLE, "achieved", "reached"),
    ("about the target", {"actual": 100.0, **ABOUT}, MIDDLE, "on_track", "pace_on_track"),
    ("about well beyond", {"actual": 110.0, **ABOUT}, MIDDLE, "achieved", "reached"),
    ("about at 0.95", {"actual": 47.5, **ABOUT}, MIDDLE, "at_risk", "pace_at_risk"),
    ("about at 0.60", {"actual": 30.0, **ABOUT}, MIDDLE, "off_track", "pace_off_track"),
    ("under and bad", {"actual": 20.0, **UNDER}, MIDDLE, "off_track", "pace_off_track"),
    ("under and unclear", {"actual": 50.0, **UNDER}, MIDDLE, "not_proven", "open_figure"),
    ("under beyond the target", {"actual": 120.0, **UNDER}, MIDDLE, "not_proven", "open_figure"),
    # the due date is past
    ("met at due", {"actual": 100.0, **ENDED}, AFTER, "achieved", "reached_by_due"),
    ("met early, none since", {"actual": 100.0}, AFTER, "achieved", "reached_by_due"),
    ("short at due", {"actual": 99.0, **ENDED}, AFTER, "missed", "short_at_due"),
    ("short after due", {"actual": 99.0, "actual_on": date(2027, 3, 1)}, AFTER, "missed", "short_at_due"),
    ("short before due, none since", {"actual": 99.0}, AFTER, "unverified", "no_figure_since_due"),
    ("no figure at all, due past", {**NO_FIGURE}, AFTER, "unverified", "nothing_published"),
    ("over below, at due", {"actual": 99.0, **OVER, **ENDED}, AFTER, "not_proven", "open_figure"),
    ("over below, before due, none since", {"actual": 99.0, **OVER}, AFTER, "unverified", "no_figure_since_due"),
    ("over at due", {"actual": 100.0, **OVER, **ENDED}, AFTER, "achieved", "reached_by_due"),
    ("under below, at due", {"actual": 100.0, **UNDER, **ENDED}, AFTER, "missed", "short_at_due"),
    ("about the target, at due", {"actual": 100.0, **ABOUT, **ENDED}, AFTER, "not_proven", "approx_at_target"),
    ("about below, at due", {"actual": 99.0, **ABOUT, **ENDED}, AFTER, "missed", "short_at_due"),
    ("reached then lost, at due", {"actual": 90.0, **ENDED, **GONE}, AFTER, "off_track", "reached_then_lost"),
    ("reached late", {"actual": 100.0, "actual_on": LATER, **SHORT}, AFTER, "achieved", "reached_late"),
    ("first shown after due",
        {"actual": 100.0, "actual_on": LATER}, AFTER, "achieved", "reached_first_shown_after_due"),
    ("kept since before due", {"actual": 105.0, "actual_on": LATER, **GONE}, AFTER, "achieved", "reached_by_due"),
    ("no baseline, due past, short", {"actual": 99.0, **ENDED, **NO_BASELINE}, AFTER, "missed", "short_at_due"),
    # what is not assessed
    ("not in scope", {"in_scope": False}, MIDDLE, "not_assessed", "not_in_scope"),
    ("not in scope, though reached", {"in_scope": False, "actual": 100.0}, AFTER, "not_assessed", "not_in_scope"),
    ("no target", {"kind": None, "target": None, "due_on": None}, MIDDLE, "not_assessed", "no_target"),
    ("a reference", {"kind": "reference"}, MIDDLE, "not_assessed", "reference"),
    ("a reference that came true",
        {"kind": "reference", "actual": 100.0, **ENDED}, AFTER, "not_assessed", "reference"),
    ("context only", {"direction": "context"}, MIDDLE, "not_assessed", "no_direction"),
    ("no figure yet", {**NO_FIGURE}, MIDDLE, "not_assessed", "no_figure"),
    ("no baseline", {**NO_BASELINE}, MIDDLE, "not_assessed", "no_baseline"),
    ("no baseline but reached", {**NO_BASELINE, "actual": 100.0}, MIDDLE, "achieved", "reached"),
    ("no due date", {"due_on": None}, MIDDLE, "not_assessed", "no_due_date"),
    ("no due date but reached", {"due_on": None, "actual": 100.0}, MIDDLE, "achieved", "reached"),
    ("no due date, about the target",
        {"due_on": None, "actual": 100.0, **ABOUT}, MIDDLE, "not_proven", "approx_at_target"),
    ("no due date, over below", {"due_on": None, **OVER}, MIDDLE, "not_assessed", "no_due_date"),
    ("stale", {**OLD}, MIDDLE, "not_assessed", "stale"),
    ("stale though reached", {"actual": 100.0, **OLD}, MIDDLE, "not_assessed", "stale"),
    ("old at due though reached",
        {"actual": 100.0, "judged_until": date(2026, 6, 1)}, AFTER, "unverified", "too_old_at_due"),
    ("met at due does not age",
        {"actual": 100.0, **ENDED, "judged_until": date(2027, 2, 1)}, AFTER, "achieved", "reached_by_due"),
    ("missed does not age",
        {"actual": 99.0, **ENDED, "judged_until": date(2027, 2, 1)}, AFTER, "missed", "short_at_due"),
    ("target over the baseline itself",
        {"baseline": 100.0, "target_qualifier": "over", "actual": 100.0}, MIDDLE, "not_assessed", "no_path"),
    # pledges and targets for a year
    ("pledge kept", {**PLEDGE, "actual": 100.0}, MIDDLE, "achieved", "pledge_kept"),
    ("pledge not kept", {**PLEDGE, "actual": 99.0}, MIDDLE, "missed", "pledge_not_kept"),
    ("pledge, once kept, not kept", {**PLEDGE, "actual": 99.0, **GONE}, MIDDLE, "missed", "pledge_not_kept"),
    ("pledge, over below", {**PLEDGE, "actual": 99.0, **OVER}, MIDDLE, "not_proven", "open_figure"),
    ("another year reached it", {"actual": 120.0, **ONE_YEAR}, MIDDLE, "on_track", "pace_on_track"),
    ("over in another year", {"actual": 120.0, **OVER, **ONE_YEAR}, MIDDLE, "not_proven", "open_figure"),
    ("a better year before", {"actual": 50.0, **GONE, **ONE_YEAR}, MIDDLE, "on_track", "pace_on_track"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "as_of", "status", "reason"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_the_verdict_is_the_one_of_the_method(changes, as_of, status, reason):
    verdict = assess(facts(**changes), as_of)
    assert (verdict.status, verdict.reason_key) == (status, reason)


def test_the_table_holds_every_status_and_every_reason():
    assert len(CASES) >= 60
    assert {case[3] for case in CASES} == set(STATUSES)
    assert {case[4] for case in CASES} == set(REASONS)


@pytest.mark.parametrize("case", CASES, ids=[c[0] for c in CASES])
def test_a_verdict_names_what_it_was_reached_from(case):
    given = facts(**case[1])
    verdict = assess(given, case[2])
    assert verdict.formula in FORMULAS
    assert verdict.inputs["actual"] == given.value
    assert verdict.inputs["target"] == given.goal
    assert verdict.inputs["as_of"] == case[2]
    assert (verdict.inputs["on_track_from"], verdict.inputs["at_risk_from"]) == (0.95, 0.6)
    assert verdict.inputs["expected"] == verdict.expected
    with pytest.raises(TypeError):
        verdict.inputs["actual"] = 1


def test_a_pace_can_be_reckoned_again_from_the_inputs():
    said = assess(facts(baseline=40.0, actual=60.0), MIDDLE)
    inputs = said.inputs
    again = (inputs["actual"] - inputs["baseline"]) / (inputs["expected"] - inputs["baseline"])
    assert said.pace == inputs["pace"] == pytest.approx(again)
    assert (said.status, said.formula) == ("at_risk", "linear")


def test_data_older_than_their_cycle_say_so_before_they_stop_judging():
    given = facts(fresh_until=date(2025, 12, 15), judged_until=date(2026, 1, 15))
    assert assess(given, date(2025, 12, 15)).on_last_data is None
    late = assess(given, date(2025, 12, 16))
    assert (late.status in {"on_track", "at_risk"}, late.on_last_data) == (True, FRESH)
    assert assess(given, date(2026, 1, 15)).on_last_data == FRESH
    gone = assess(given, date(2026, 1, 16))
    assert (gone.status, gone.reason_key, gone.on_last_data) == ("not_assessed", "stale", None)


def test_an_outcome_settled_at_the_due_date_is_not_marked_as_old():
    given = facts(actual=100.0, actual_on=DUE, fresh_until=date(2027, 2, 1), judged_until=date(2027, 3, 1))
    assert assess(given, AFTER).on_last_data is None


def test_reached_then_lost_tells_when_it_was_reached():
    verdict = assess(facts(actual=90.0, **GONE), MIDDLE)
    assert verdict.inputs["reached_on"] == date(2025, 6, 1)


def test_the_outlook_stands_beside_a_moving_status_only():
    moving = assess(facts(actual=40.0), MIDDLE)
    assert moving.outlook.required_per_day == pytest.approx(60 / 396)
    assert moving.outlook.current_per_day == pytest.approx(40 / 334)
    assert moving.outlook.projected_on == date(2027, 4, 16)
    assert assess(facts(actual=100.0), MIDDLE).outlook is None
    assert assess(facts(actual=99.0, **ENDED), AFTER).outlook is None


def test_a_verdict_says_when_it_rests_on_estimated_dates():
    assert assess(facts(rests_on_estimated=True), MIDDLE).rests_on_estimated
    assert not assess(facts(), MIDDLE).rests_on_estimated
