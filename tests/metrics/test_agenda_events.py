"""What the warehouse is told about the agenda, and from when it may be known."""

from __future__ import annotations

from datetime import UTC, date, datetime

from metrics.agenda import agenda, milestone_events, scope_rows, target_events
from metrics.warehouse.values import start_of_day


def events_of(milestone_id):
    return [e for e in milestone_events(agenda()) if e.milestone_id == milestone_id]


def test_an_event_is_known_from_the_day_its_outcome_was_known():
    (event,) = events_of("ehealth_xb_all")
    assert (event.event, event.happened_on) == ("happened", date(2025, 12, 24))
    assert event.known_at == datetime(2026, 5, 26, 16, tzinfo=UTC)


def test_a_missed_target_is_announced_first_and_missed_when_that_was_learnt():
    announced, missed = events_of("lae_sandbox_1_all")
    assert (announced.event, announced.known_at, announced.known_precision) == (
        "announced",
        start_of_day(date(2025, 9, 30)),
        "month",
    )
    assert (missed.event, missed.known_at) == ("missed", start_of_day(date(2026, 1, 19)))
    assert announced.due_on == missed.due_on == date(2025, 12, 31)
    assert announced.owner == "tlb"


def test_an_outcome_that_nobody_published_makes_no_event():
    for milestone in agenda().milestones.values():
        if milestone.outcome in {"not_verified", "pending"}:
            assert [e.event for e in events_of(milestone.id)] == ["announced"]


def test_a_due_date_known_by_its_year_is_due_at_its_end():
    (event,) = events_of("tsw3")
    assert (event.due_on, event.due_precision) == (date(2026, 12, 31), "year")


def test_the_first_meeting_happened_in_a_month_and_was_known_on_the_day_of_the_report():
    (event,) = events_of("egscc_1")
    assert (event.happened_on, event.happened_precision) == (date(2024, 3, 31), "month")
    assert (event.known_at, event.known_precision) == (start_of_day(date(2024, 3, 28)), "day")


def test_no_event_is_known_after_the_tables_were_gathered_and_none_twice():
    events = milestone_events(agenda())
    assert max(e.known_at for e in events) <= start_of_day(date(2026, 11, 21))
    assert len({(e.milestone_id, e.known_at, e.event) for e in events}) == len(events)
    assert {e.milestone_id for e in events} == set(agenda().milestones)


def test_evidence_is_a_link_only_where_the_publisher_may_be_linked():
    (linked,) = events_of("cbps_launch")
    (named,) = events_of("cbps_kiosk_sz")
    assert linked.evidence.startswith("https://www.info.gov.hk/")
    assert "://" not in named.evidence
    assert named.said_by == "HKSAR Government (mirror)"


def test_each_target_is_announced_once_with_its_baseline_and_source():
    events = target_events(agenda())
    assert len(events) == 79
    (users,) = [e for e in events if e.indicator_id == "iam_smart_users"]
    assert (users.value, users.qualifier, users.due_on) == (4_000_000, "over", date(2025, 12, 31))
    assert (users.baseline, users.baseline_on) == (2_900_000, date(2024, 8, 4))
    assert users.known_at == start_of_day(date(2024, 8, 4))
    assert users.source.startswith("Sing Tao")


def test_a_target_without_due_date_stays_without():
    kiosks = [e for e in target_events(agenda()) if e.indicator_id == "cbps_kiosk_cities_mainland"]
    assert [(e.due_on, e.model, e.value) for e in kiosks] == [(None, "coverage", 9)]


def test_scope_rows_carry_the_key_of_their_reason():
    rows = scope_rows(agenda())
    assert {r.why for r in rows} == set(agenda().reasons)
    (row,) = [r for r in rows if r.indicator_id == "cbps_kiosk_cities_mainland" and r.place_id == "hong_kong"]
    assert (row.kind, row.why, row.start) == ("not_in_scope", "mainland_cities_only", date(2023, 11, 2))
