"""The state of a milestone: done, late, due, planned, dropped, or its outcome not published."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from metrics.progress_values import MilestoneFacts, MilestoneVerdict

_OUTCOMES = {
    "happened": ("done", "milestone_done"),
    "met": ("done", "milestone_met"),
    "missed": ("late", "milestone_undone"),
    "dropped": ("dropped", "milestone_dropped"),
}


def milestone_state(facts: MilestoneFacts, as_of: date) -> MilestoneVerdict:
    """Return the state of a milestone on *as_of*, from what was known then.

    Late means known to be undone. A due date past with no published outcome is "unverified": neither late nor
    good. A date that was moved counts from the new one; the first one is among the inputs.
    """
    state, reason = _OUTCOMES[facts.outcome] if facts.outcome else _without_outcome(facts.due_on, as_of)
    late = state == "late" and facts.due_on is not None
    days = max(0, (as_of - facts.due_on).days) if late else 0
    return MilestoneVerdict(
        milestone_id=facts.milestone_id,
        state=state,
        reason_key=reason,
        inputs=MappingProxyType(
            {
                "kind": facts.kind,
                "due_on": facts.due_on,
                "first_due_on": facts.first_due_on,
                "outcome": facts.outcome,
                "outcome_known_on": facts.outcome_known_on,
                "happened_on": facts.happened_on,
                "days_late": days,
                "as_of": as_of,
            }
        ),
        committed=facts.kind in {"target", "plan"},
        days_late=days,
        rests_on_estimated=facts.rests_on_estimated,
    )


def _without_outcome(due_on: date | None, as_of: date) -> tuple[str, str]:
    if due_on is None:
        return "planned", "milestone_planned"
    return ("due", "milestone_due") if as_of <= due_on else ("unverified", "milestone_unverified")
