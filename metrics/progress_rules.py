"""The rules of the progress method, one question each: from a case to a status and its reason."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date

from metrics.progress_bounds import Bounds, bounds, may_reach, surely_reaches, turned
from metrics.progress_pace import expected_on, pace_of, word_of
from metrics.progress_values import MeasureFacts, Point


@dataclass(frozen=True, kw_only=True, slots=True)
class Ruling:
    """A status, the key of its reason, and what was reckoned for it."""

    status: str
    reason: str
    formula: str = "none"
    expected: float | None = None
    pace: float | None = None
    reached_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """Facts with a figure and a goal, turned so that higher is better."""

    facts: MeasureFacts
    as_of: date
    figure: Bounds
    goal: float  # turned, like the figure
    strictly: bool
    reached: bool  # surely
    reachable: bool  # as far as the figure can tell
    reached_on: date | None  # the first figure, earlier than the newest, that reached it


def rule(facts: MeasureFacts, as_of: date) -> Ruling:
    """Return the status of the measure on *as_of*: the first rule that has an answer."""
    due_past = facts.due_on is not None and as_of > facts.due_on
    if reason := _unjudged(facts):
        return Ruling(status="not_assessed", reason=reason)
    if facts.value is None or facts.actual_on is None:
        if due_past:
            return Ruling(status="unverified", reason="nothing_published")
        return Ruling(status="not_assessed", reason="no_figure")
    case = _case(facts, as_of)
    if due_past:
        return _threshold(case, _after_due(case))
    if facts.judged_until is not None and as_of > facts.judged_until:
        return Ruling(status="not_assessed", reason="stale")
    if found := _by_threshold(case):
        return _threshold(case, found)
    if reason := _without_pace(case):
        return Ruling(status="not_assessed", reason=reason)
    return _by_pace(case)


def _threshold(case: Case, found: tuple[str, str]) -> Ruling:
    return Ruling(status=found[0], reason=found[1], formula="threshold", reached_on=case.reached_on)


def _unjudged(facts: MeasureFacts) -> str | None:
    if not facts.in_scope:
        return "not_in_scope"
    if facts.kind is None or facts.goal is None:
        return "no_target"
    if facts.kind == "reference":
        return "reference"
    if facts.direction not in {"higher_is_better", "lower_is_better"}:
        return "no_direction"
    return None


def _case(facts: MeasureFacts, as_of: date) -> Case:
    goal = turned(facts.goal, facts.direction)
    strictly = facts.target_qualifier in {"over", "under"}
    figure = bounds(facts.value, facts.actual_qualifier, facts.direction)
    counts = facts.reach_from is None or facts.actual_on >= facts.reach_from
    return Case(
        facts=facts,
        as_of=as_of,
        figure=figure,
        goal=goal,
        strictly=strictly,
        reached=counts and surely_reaches(figure, goal, strictly=strictly),
        reachable=counts and may_reach(figure, goal, strictly=strictly),
        reached_on=_first_reached(facts, goal, strictly),
    )


def _first_reached(facts: MeasureFacts, goal: float, strictly: bool) -> date | None:
    past = [p for p in facts.history if p.period_end < facts.actual_on]
    if facts.baseline is not None and facts.baseline_on is not None and facts.baseline_on < facts.actual_on:
        past.append(Point(period_end=facts.baseline_on, value=facts.baseline))
    reached = [
        p.period_end
        for p in past
        if (facts.reach_from is None or p.period_end >= facts.reach_from)
        and surely_reaches(bounds(p.value, p.qualifier, facts.direction), goal, strictly=strictly)
    ]
    return min(reached, default=None)


def _after_due(case: Case) -> tuple[str, str]:
    facts = case.facts
    if facts.actual_on < facts.due_on:
        if not case.reached:
            return "unverified", "no_figure_since_due"
        fresh = facts.judged_until is None or facts.judged_until >= facts.due_on
        return ("achieved", "reached_by_due") if fresh else ("unverified", "too_old_at_due")
    if case.reached:
        return "achieved", _when_reached(case)
    if case.reachable:
        return "not_proven", _open_reason(case)
    return ("off_track", "reached_then_lost") if case.reached_on else ("missed", "short_at_due")


def _when_reached(case: Case) -> str:
    facts = case.facts
    if facts.actual_on == facts.due_on or (case.reached_on and case.reached_on <= facts.due_on):
        return "reached_by_due"
    since = [p for p in facts.history if facts.due_on <= p.period_end < (case.reached_on or facts.actual_on)]
    short = any(
        not may_reach(bounds(p.value, p.qualifier, facts.direction), case.goal, strictly=case.strictly)
        for p in since
    )
    return "reached_late" if short else "reached_first_shown_after_due"


def _by_threshold(case: Case) -> tuple[str, str] | None:
    standing = case.facts.kind == "pledge" and case.facts.due_on is None
    if case.reached:
        return "achieved", "pledge_kept" if standing else "reached"
    if case.reached_on and not case.reachable and not standing:
        return "off_track", "reached_then_lost"
    if standing:
        return ("not_proven", _open_reason(case)) if case.reachable else ("missed", "pledge_not_kept")
    if case.reachable and not case.figure.settled and case.facts.due_on:
        return "not_proven", "open_figure"
    if case.reachable and case.facts.due_on is None and case.figure.settled:
        return "not_proven", "approx_at_target"
    return None


def _open_reason(case: Case) -> str:
    return "approx_at_target" if case.figure.settled else "open_figure"


def _without_pace(case: Case) -> str | None:
    facts = case.facts
    if facts.due_on is None:
        return "no_due_date"
    if facts.model in {"yes_no", "milestone"}:
        return "not_yet_done"
    if facts.baseline is None or facts.baseline_on is None:
        return "no_baseline"
    if turned(facts.baseline, facts.direction) >= case.goal:
        return "no_path"  # a target that asks for no change, or for less, cannot tell a pace
    if facts.model == "compound" and min(facts.baseline, facts.goal) <= 0:
        return "compound_needs_positive_baseline"
    if case.as_of <= facts.baseline_on:
        return "too_early"
    return "no_newer_figure" if facts.actual_on <= facts.baseline_on else None


def _by_pace(case: Case) -> Ruling:
    facts = case.facts
    expected = expected_on(case.as_of, facts)
    if math.isinf(case.figure.best):
        return Ruling(status="not_proven", reason="open_figure", formula=facts.model, expected=expected)
    # an exact figure has one end; "about" counts at its worst, "under" at its best, and then only if that is bad
    end = case.figure.worst if case.figure.settled else case.figure.best
    pace = pace_of(turned(end, facts.direction), expected, facts.baseline)
    if pace is None:
        return Ruling(status="not_assessed", reason="no_path")
    status, reason = word_of(pace), f"pace_{word_of(pace)}"
    if status != "off_track" and not case.figure.settled:
        status, reason = "not_proven", "open_figure"
    return Ruling(status=status, reason=reason, formula=facts.model, expected=expected, pace=pace)
