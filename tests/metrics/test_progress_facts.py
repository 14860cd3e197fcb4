"""Which figures may judge a target, and for how long."""

from __future__ import annotations

from datetime import date

from metrics.agenda import agenda
from metrics.progress import assess, milestone_state
from metrics.progress_facts import Figure, data_life, measure_facts, milestone_facts
from metrics.progress_values import Point


def target(target_id):
    return next(t for t in agenda().targets if t.id == target_id)


def point(on, value, qualifier="exact", basis="as_published"):
    return Figure(period_start=on, period_end=on, value=value, qualifier=qualifier, counting_basis=basis)


def year(number, value, qualifier="exact", **changes):
    given = {"period_start": date(number, 1, 1), "period_end": date(number, 12, 31), "span": "year"}
    return Figure(**given | changes, value=value, qualifier=qualifier)


def test_a_provincial_count_does_not_undo_a_municipal_target():
    figures = [
        point(date(2020, 8, 14), 46480, basis="municipal"),
        point(date(2020, 8, 31), 30591, basis="provincial"),
    ]
    facts = measure_facts(target("fiveg_base_stations_shenzhen_2020"), figures)
    assert facts.actual == 46480
    assert assess(facts, date(2020, 9, 30)).status == "achieved"


def test_the_newest_figure_judges_and_the_earlier_ones_are_its_history_from_the_baseline_on():
    figures = [
        point(date(2025, 12, 23), 4_000_000, "over"),
        point(date(2022, 12, 31), 1_550_000, "approx"),
        point(date(2025, 9, 12), 3_500_000, "approx"),
    ]
    facts = measure_facts(target("iam_smart_users_hong_kong_2025"), figures)
    assert (facts.actual, facts.actual_qualifier, facts.actual_on) == (4_000_000, "over", date(2025, 12, 23))
    assert facts.history == (Point(period_end=date(2025, 9, 12), value=3_500_000, qualifier="approx"),)
    assert assess(facts, date(2025, 12, 24)).status == "achieved"


def test_a_target_for_a_year_is_judged_by_that_year_alone():
    usage = target("iam_smart_annual_transactions_hong_kong_2023")
    later = measure_facts(usage, [year(2021, 5e6, "approx"), year(2024, 3e7)])
    assert later.actual_on == date(2021, 12, 31)
    assert assess(later, date(2026, 1, 1)).status == "unverified"
    early = measure_facts(usage, [year(2022, 1.1e7)])
    assert assess(early, date(2023, 3, 1)).status == "on_track"
    own = measure_facts(usage, [year(2022, 1.1e7), year(2023, 9e6)])
    assert assess(own, date(2024, 3, 1)).status == "missed"


def test_the_year_so_far_is_at_least_what_the_year_will_be():
    stations = target("fiveg_base_stations_new_guangdong_2020")
    so_far = year(2020, 61625, period_end=date(2020, 8, 31), span="year_to_date", counting_basis="provincial")
    facts = measure_facts(stations, [so_far])
    assert (facts.actual, facts.actual_qualifier) == (61625, "at_least")
    assert assess(facts, date(2020, 10, 31)).status == "achieved"
    short = year(2020, 40000, period_end=date(2020, 8, 31), span="year_to_date", counting_basis="provincial")
    assert assess(measure_facts(stations, [short]), date(2020, 10, 31)).status == "not_proven"


def test_half_a_year_and_last_years_part_do_not_judge_a_year():
    passengers = target("airport_passengers_sz_baoan_2025")
    half = year(2025, 64e6, period_end=date(2025, 6, 30), span="half")
    part = year(2024, 70e6, period_end=date(2024, 11, 30), span="year_to_date")
    about = year(2025, 64e6, "approx", period_end=date(2025, 11, 30), span="year_to_date")
    assert measure_facts(passengers, [half, part, about]).actual is None
    whole = measure_facts(passengers, [half, year(2025, 66e6, "approx")])
    assert assess(whole, date(2026, 2, 1)).status == "achieved"


def test_the_whole_year_goes_before_the_year_so_far_of_the_same_day():
    passengers = target("airport_passengers_sz_baoan_2025")
    so_far = year(2025, 1.0, span="year_to_date")
    assert measure_facts(passengers, [year(2025, 66e6), so_far]).actual == 66e6


def test_a_coverage_is_told_as_so_many_of_nine():
    kiosks = target("cbps_kiosk_cities_mainland_gba_open")
    facts = measure_facts(kiosks, [point(date(2025, 12, 29), 9)])
    assert (facts.covered, facts.of) == (9, 9)
    verdict = assess(facts, date(2026, 1, 1))
    assert (verdict.status, verdict.inputs["covered"], verdict.inputs["of"]) == ("achieved", 9, 9)


def test_figures_are_fresh_for_their_lag_and_one_cycle_and_judge_one_cycle_more():
    life = data_life(date(2025, 1, 1), lag_days=10, fresh_days=30)
    assert (life.fresh_until, life.judged_until) == (date(2025, 2, 10), date(2025, 3, 12))
    kiosks = target("cbps_kiosk_cities_mainland_gba_open")
    facts = measure_facts(kiosks, [point(date(2025, 1, 1), 9)], lag_days=10, fresh_days=30)
    assert assess(facts, date(2025, 2, 10)).on_last_data is None
    assert assess(facts, date(2025, 2, 11)).on_last_data == date(2025, 1, 1)
    assert assess(facts, date(2025, 3, 13)).reason_key == "stale"


def test_without_figures_there_is_nothing_to_judge():
    facts = measure_facts(target("dc_pue_guangdong_open"), [])
    assert (facts.actual, facts.actual_on, facts.history) == (None, None, ())
    assert assess(facts, date(2026, 1, 1)).reason_key == "no_figure"


def test_an_estimated_publication_date_is_told_with_the_verdict():
    users = target("iam_smart_users_hong_kong_2025")
    sure = measure_facts(users, [point(date(2025, 9, 12), 3_500_000)])
    about = Figure(
        period_start=date(2025, 9, 12),
        period_end=date(2025, 9, 12),
        value=3_500_000,
        known_precision="estimated",
    )
    assert not sure.rests_on_estimated
    assert measure_facts(users, [about]).rests_on_estimated
    assert measure_facts(target("fiveg_area_coverage_pct_macao_2023"), []).rests_on_estimated


def test_the_sandbox_target_missed_at_the_end_of_2025_is_missed_only_once_that_was_known():
    sandbox = target("lae_sandbox_projects_started_hong_kong_2025")
    before = measure_facts(sandbox, [point(date(2025, 11, 24), 29)])
    assert assess(before, date(2026, 1, 10)).status == "unverified"
    after = measure_facts(sandbox, [point(date(2025, 11, 24), 29), point(date(2026, 1, 19), 32)])
    assert assess(after, date(2026, 1, 19)).status == "missed"


def test_a_milestone_is_late_only_from_the_day_that_was_known():
    sandbox = agenda().milestones["lae_sandbox_1_all"]
    due = date(2025, 12, 31)
    before = milestone_facts(sandbox, state="announced", due_on=due, known_on=date(2025, 9, 30))
    assert before.outcome_known_on is None
    assert milestone_state(before, date(2026, 1, 18)).state == "unverified"
    after = milestone_facts(sandbox, state="missed", due_on=due, known_on=date(2026, 1, 19))
    late = milestone_state(after, date(2026, 1, 19))
    assert (late.state, late.days_late, late.inputs["outcome_known_on"]) == ("late", 19, date(2026, 1, 19))


def test_a_milestone_that_was_moved_keeps_its_first_date():
    plan = agenda().milestones["tsw3"]
    facts = milestone_facts(
        plan,
        state="announced",
        due_on=date(2027, 12, 31),
        earlier_due=(date(2026, 12, 31), date(2027, 6, 30)),
    )
    assert (facts.kind, facts.first_due_on, facts.rests_on_estimated) == ("plan", date(2026, 12, 31), True)
