"""The state of a milestone."""

from __future__ import annotations

from datetime import date

import pytest

from metrics.progress_milestones import milestone_state
from metrics.progress_values import MILESTONE_REASONS, MILESTONE_STATES, MilestoneFacts

DUE = date(2025, 12, 31)
CASES = [
    ("happened", None, date(2026, 1, 1), "done", "milestone_done"),
    ("met", DUE, date(2026, 1, 1), "done", "milestone_met"),
    ("missed", DUE, date(2026, 1, 1), "late", "milestone_undone"),
    ("missed", DUE, date(2025, 12, 1), "late", "milestone_undone"),
    ("dropped", DUE, date(2026, 1, 1), "dropped", "milestone_dropped"),
    (None, DUE, date(2025, 12, 1), "due", "milestone_due"),
    (None, DUE, DUE, "due", "milestone_due"),
    (None, DUE, date(2026, 1, 1), "unverified", "milestone_unverified"),
    (None, None, date(2026, 1, 1), "planned", "milestone_planned"),
]


@pytest.mark.parametrize(("outcome", "due_on", "as_of", "state", "reason"), CASES)
def test_the_state_follows_from_what_was_published(outcome, due_on, as_of, state, reason):
    found = milestone_state(MilestoneFacts(milestone_id="one", due_on=due_on, outcome=outcome), as_of)
    assert (found.state, found.reason_key) == (state, reason)


def test_the_table_holds_every_state_and_every_reason():
    assert {case[3] for case in CASES} == set(MILESTONE_STATES)
    assert {case[4] for case in CASES} == set(MILESTONE_REASONS)


def test_days_late_count_from_the_due_date_and_never_below_0():
    missed = MilestoneFacts(milestone_id="one", due_on=DUE, outcome="missed")
    assert milestone_state(missed, date(2026, 1, 19)).days_late == 19
    assert milestone_state(missed, date(2025, 12, 1)).days_late == 0
    assert milestone_state(MilestoneFacts(milestone_id="one", due_on=DUE), date(2027, 1, 1)).days_late == 0


def test_a_moved_date_counts_from_the_new_one_and_the_first_is_told():
    facts = MilestoneFacts(milestone_id="one", due_on=DUE, first_due_on=date(2024, 12, 31))
    found = milestone_state(facts, date(2025, 6, 1))
    assert (found.state, found.inputs["first_due_on"]) == ("due", date(2024, 12, 31))


def test_an_event_that_nobody_had_announced_is_no_commitment():
    event = MilestoneFacts(milestone_id="one", kind="event", outcome="happened", rests_on_estimated=True)
    found = milestone_state(event, DUE)
    assert (found.committed, found.rests_on_estimated) == (False, True)
