"""The status of a measure: pure, by the published method, and always with what it was reached from."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from metrics.progress_milestones import milestone_state
from metrics.progress_pace import outlook
from metrics.progress_rules import Ruling, rule
from metrics.progress_travel import direction_of_travel
from metrics.progress_values import (
    AT_RISK_FROM,
    FORMULAS,
    JUDGED,
    MILESTONE_REASONS,
    MILESTONE_STATES,
    ON_TRACK_FROM,
    OVERRIDE_WORDS,
    REASONS,
    STATUSES,
    TRAVEL_WORDS,
    WORDS,
    WORK_ITEM_REASONS,
    MeasureFacts,
    MilestoneFacts,
    MilestoneVerdict,
    Outlook,
    Override,
    Point,
    Travel,
    Verdict,
    WorkItemVerdict,
)
from metrics.progress_work_items import work_item_status

__all__ = [
    "FORMULAS",
    "JUDGED",
    "MILESTONE_REASONS",
    "MILESTONE_STATES",
    "OVERRIDE_WORDS",
    "REASONS",
    "STATUSES",
    "TRAVEL_WORDS",
    "WORDS",
    "WORK_ITEM_REASONS",
    "MeasureFacts",
    "MilestoneFacts",
    "MilestoneVerdict",
    "Outlook",
    "Override",
    "Point",
    "Travel",
    "Verdict",
    "WorkItemVerdict",
    "assess",
    "direction_of_travel",
    "milestone_state",
    "work_item_status",
]

_SHOWN = (
    "kind",
    "direction",
    "model",
    "baseline",
    "baseline_on",
    "target_qualifier",
    "due_on",
    "actual_qualifier",
    "actual_on",
    "tier",
    "covered",
    "of",
    "fresh_until",
    "judged_until",
)
_MOVING = {"on_track", "at_risk", "off_track"}


def assess(facts: MeasureFacts, as_of: date) -> Verdict:
    """Return the status of a measure on *as_of*, from facts as they were known then, with all its inputs.

    ``inputs`` names every fact shown under "why this status", None where there is none.
    """
    ruling = rule(facts, as_of)
    return Verdict(
        measure_id=facts.measure_id,
        status=ruling.status,
        reason_key=ruling.reason,
        model=facts.model,
        formula=ruling.formula,
        inputs=MappingProxyType(_inputs(facts, ruling, as_of)),
        expected=ruling.expected,
        pace=ruling.pace,
        outlook=outlook(facts, as_of) if ruling.status in _MOVING else None,
        on_last_data=facts.actual_on if ruling.status in JUDGED and _old(facts, as_of) else None,
        due_on=facts.due_on,
        rests_on_estimated=facts.rests_on_estimated,
    )


def _inputs(facts: MeasureFacts, ruling: Ruling, as_of: date) -> dict[str, object]:
    return {
        **{name: getattr(facts, name) for name in _SHOWN},
        "target": facts.goal,
        "actual": facts.value,
        "expected": ruling.expected,
        "pace": ruling.pace,
        "on_track_from": ON_TRACK_FROM,
        "at_risk_from": AT_RISK_FROM,
        "reached_on": ruling.reached_on,
        "as_of": as_of,
    }


def _old(facts: MeasureFacts, as_of: date) -> bool:
    """Return whether the data are older than their cycle; an outcome that is settled does not age."""
    settled = facts.due_on is not None and as_of > facts.due_on
    return not settled and facts.fresh_until is not None and as_of > facts.fresh_until
