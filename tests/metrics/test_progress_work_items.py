"""The one word of a work item."""

from __future__ import annotations

from datetime import date

import pytest

from metrics.progress_milestones import milestone_state
from metrics.progress_values import (
    WORDS,
    WORK_ITEM_REASONS,
    MilestoneFacts,
    Override,
    Verdict,
)
from metrics.progress_work_items import work_item_status

TODAY = date(2026, 4, 1)
PAST, AHEAD = date(2025, 12, 31), date(2026, 12, 31)


def measure(status, due_on=None, reason="any", **changes):
    return Verdict(
        measure_id=changes.pop("id", f"m_{status}"),
        status=status,
        reason_key=reason,
        model="linear",
        formula="none",
        inputs={},
        due_on=due_on,
        **changes,
    )


def milestone(outcome=None, due_on=PAST, kind="target", **changes):
    facts = MilestoneFacts(
        milestone_id=changes.pop("id", f"s_{outcome}"), kind=kind, due_on=due_on, outcome=outcome, **changes
    )
    return milestone_state(facts, TODAY)


LATE_90 = milestone("missed", due_on=date(2026, 1, 1))
LATE_91 = milestone("missed", due_on=date(2025, 12, 31))
DONE, EVENT = milestone("met"), milestone("happened", due_on=None, kind="event")
WAITING, COMING = milestone(), milestone(due_on=AHEAD)
PLAN = milestone(due_on=None, kind="plan")

CASES = [
    ("nothing at all", [], [], "not_assessed", "nothing_assessed"),
    ("events alone", [], [EVENT], "not_assessed", "nothing_assessed"),
    ("measures without verdict",
        [measure("not_assessed"), measure("not_proven")], [], "not_assessed", "nothing_assessed"),
    ("everything due awaits publication",
        [measure("unverified", PAST)], [WAITING, EVENT], "unverified", "awaiting_publication"),
    ("a milestone awaits publication, one is to come", [], [WAITING, COMING], "unverified", "awaiting_publication"),
    ("something due is told but does not tell",
        [measure("not_proven", PAST)], [WAITING], "not_assessed", "nothing_assessed"),
    ("only to come", [], [COMING, PLAN], "not_assessed", "nothing_assessed"),
    ("a milestone 91 days late", [measure("achieved")], [LATE_91], "off_track", "milestone_very_late"),
    ("a milestone 90 days late", [measure("achieved")], [LATE_90], "at_risk", "something_behind"),
    ("a quarter missed", [measure("missed")] + [measure("on_track")] * 3, [], "off_track", "quarter_behind"),
    ("a quarter off track", [measure("off_track")] + [measure("on_track")] * 3, [], "off_track", "quarter_behind"),
    ("less than a quarter", [measure("missed")] + [measure("on_track")] * 4, [], "at_risk", "something_behind"),
    ("a fifth, others unverified",
        [measure("missed"), *[measure("on_track")] * 4, *[measure("unverified")] * 9], [],
        "at_risk", "something_behind"),
    ("one at risk", [measure("at_risk"), measure("achieved")], [], "at_risk", "something_behind"),
    ("all achieved", [measure("achieved")], [DONE], "achieved", "all_achieved"),
    ("a milestone met", [], [DONE, EVENT], "achieved", "all_achieved"),
    ("achieved, others await publication",
        [measure("achieved"), measure("unverified", PAST)], [], "achieved", "all_achieved"),
    ("achieved, a milestone to come", [measure("achieved")], [COMING], "on_track", "none_behind"),
    ("achieved, a plan without date", [measure("achieved")], [PLAN], "on_track", "none_behind"),
    ("achieved, a measure still to be judged",
        [measure("achieved"), measure("not_assessed", AHEAD)], [], "on_track", "none_behind"),
    ("achieved, a forecast ahead",
        [measure("achieved"), measure("not_assessed", AHEAD, "reference")], [], "achieved", "all_achieved"),
    ("on track and achieved", [measure("on_track"), measure("achieved")], [], "on_track", "none_behind"),
    ("an outcome unknown is neither late nor good", [measure("on_track")], [WAITING], "on_track", "none_behind"),
    ("dropped is not late", [measure("on_track")], [milestone("dropped")], "on_track", "none_behind"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("measures", "milestones", "word", "reason"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_the_word_follows_the_rule(measures, milestones, word, reason):
    found = work_item_status(measures, milestones, TODAY)
    assert (found.word, found.reason_key) == (word, reason)


def test_the_table_holds_every_word_and_every_reason():
    assert {case[3] for case in CASES} == set(WORDS)
    assert {case[4] for case in CASES} == set(WORK_ITEM_REASONS)


def test_each_status_and_each_state_is_counted():
    found = work_item_status([measure("achieved"), measure("unverified")], [LATE_90, DONE, EVENT], TODAY)
    assert {word: n for word, n in found.counts.items() if n} == {"achieved": 1, "unverified": 1}
    assert {state: n for state, n in found.milestone_counts.items() if n} == {"done": 2, "late": 1}
    assert found.counts["missed"] == 0


def test_the_latest_milestone_decides_and_its_days_are_told():
    later = milestone("missed", due_on=date(2025, 6, 1), id="s_older", outcome_known_on=date(2025, 7, 1))
    found = work_item_status([], [LATE_91, later], TODAY)
    assert found.reason_args["milestone"] == "s_older"
    assert (found.reason_args["days"], found.reason_args["known_on"]) == (304, date(2025, 7, 1))
    assert set(found.deciding) == {"s_missed", "s_older"}


def test_what_is_behind_decides_and_is_named():
    measures = [measure("missed", id="a")] + [measure("on_track", id=f"b{n}") for n in range(4)]
    found = work_item_status(measures, [LATE_90], TODAY)
    assert found.deciding == ("a", "s_missed")
    assert dict(found.reason_args) == {"behind": 1, "at_risk": 0, "late": 1, "assessed": 5}


def test_what_is_not_known_stands_beside_a_good_word():
    found = work_item_status([measure("achieved"), measure("unverified", PAST)], [WAITING], TODAY)
    assert dict(found.reason_args) == {"assessed": 1, "achieved": 1, "ahead": 0, "unverified": 2}


@pytest.mark.parametrize(("rests", "expected"), [(True, True), (False, False)])
def test_a_word_says_when_what_decided_it_rests_on_estimated_dates(rests, expected):
    deciding = measure("at_risk", id="a", rests_on_estimated=rests)
    aside = measure("unverified", id="b", rests_on_estimated=True)
    assert work_item_status([deciding, aside], [], TODAY).rests_on_estimated_dates is expected


def test_an_override_stands_beside_the_computed_word_until_it_expires():
    override = Override(
        word="on_track", by="A. Chan", reasons={"en": "figures in the post"}, until=date(2026, 4, 1)
    )
    found = work_item_status([], [LATE_91], TODAY, override=override)
    assert (found.word, found.override) == ("off_track", override)
    later = work_item_status([], [LATE_91], date(2026, 4, 2), override=override)
    assert (later.word, later.override) == ("off_track", None)
