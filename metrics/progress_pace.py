"""Pace: where a measure should be by a day, how fast it goes, and when it would arrive."""

from __future__ import annotations

import math
from datetime import date, timedelta

from metrics.progress_values import AT_RISK_FROM, ON_TRACK_FROM, MeasureFacts, Outlook

_FAR = 200 * 365  # a projection further away than this says nothing
_TINY = 1e-9


def expected_on(day: date, facts: MeasureFacts) -> float:
    """Return the value that the model expects on *day*, between the baseline and the target.

    linear and coverage: baseline + (target - baseline) * share of the time; compound: baseline *
    (target / baseline) ** share. Baseline and due date have to be there, for compound both values above 0.
    """
    share = min(1.0, (day - facts.baseline_on) / (facts.due_on - facts.baseline_on))
    if facts.model == "compound":
        return facts.baseline * (facts.goal / facts.baseline) ** share
    return facts.baseline + (facts.goal - facts.baseline) * share


def pace_of(value: float, expected: float, baseline: float) -> float | None:
    """Return (value - baseline) / (expected - baseline); None where nothing was expected to change."""
    span = expected - baseline
    return (value - baseline) / span if abs(span) > _TINY * max(1.0, abs(baseline)) else None


def word_of(pace: float) -> str:
    """Return on_track, at_risk or off_track."""
    if pace >= ON_TRACK_FROM - _TINY:
        return "on_track"
    return "at_risk" if pace >= AT_RISK_FROM - _TINY else "off_track"


def outlook(facts: MeasureFacts, as_of: date) -> Outlook | None:
    """Return required and current pace and the projected day; None unless the figure is a number with a past.

    "Over" and "under" figures have no pace: they are never turned into exact numbers.
    """
    if not _has_past(facts):
        return None
    compound = facts.model == "compound"
    if compound and min(facts.baseline, facts.value, facts.goal) <= 0:
        return None
    # From the newest figure on, as the projection is: the two then never contradict each other.
    left = (facts.due_on - facts.actual_on).days if facts.due_on and facts.due_on > as_of else 0
    current = _rate(facts.baseline, facts.value, (facts.actual_on - facts.baseline_on).days, compound)
    return Outlook(
        required_per_day=_rate(facts.value, facts.goal, left, compound) if left > 0 else None,
        current_per_day=current,
        projected_on=_projected(facts, current, compound),
    )


def _has_past(facts: MeasureFacts) -> bool:
    known = (facts.baseline, facts.baseline_on, facts.value, facts.actual_on, facts.goal)
    return (
        None not in known
        and facts.model in {"linear", "compound", "coverage"}
        and facts.actual_qualifier in {"exact", "approx"}
        and facts.actual_on > facts.baseline_on
    )


def _rate(start: float, end: float, days: int, compound: bool) -> float:
    return (end / start) ** (1 / days) - 1 if compound else (end - start) / days


def _projected(facts: MeasureFacts, current: float, compound: bool) -> date | None:
    if abs(current) < _TINY * _TINY:
        return None
    if compound:
        days = math.log(facts.goal / facts.value) / math.log1p(current)
    else:
        days = (facts.goal - facts.value) / current
    if not 0 <= days <= _FAR:
        return None
    return facts.actual_on + timedelta(days=math.ceil(days - _TINY))
