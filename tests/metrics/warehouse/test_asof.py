from __future__ import annotations

from datetime import date, timedelta
from itertools import count, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.warehouse.values import TIERS, end_of_day, start_of_day
from tests.metrics.warehouse.made import APRIL, DAY, INDICATOR, LONG_AFTER, MAY, figure, line, shown

pytestmark = pytest.mark.engine

MARCH = (date(2025, 3, 1), date(2025, 3, 31))
NUMBERS = count()


def test_a_revision_after_the_meeting_does_not_change_what_the_meeting_saw(warehouse):
    warehouse.append([figure(10, MAY), figure(10.5, MAY + 30 * DAY)], run_id="a")
    assert shown(warehouse.latest([INDICATOR], as_of=MAY)) == [10.0]
    assert shown(warehouse.latest([INDICATOR], as_of=MAY + 29 * DAY)) == [10.0]
    assert shown(warehouse.latest([INDICATOR], as_of=MAY + 30 * DAY)) == [10.5]


def test_what_is_published_on_a_day_is_known_on_that_day_in_hong_kong_and_not_on_the_day_before(warehouse):
    day = date(2025, 5, 15)
    warehouse.append([figure(1, start_of_day(day))], run_id="a")
    assert shown(warehouse.latest([INDICATOR], as_of=end_of_day(day))) == [1.0]
    assert warehouse.latest([INDICATOR], as_of=end_of_day(day - DAY)).empty


def test_the_newest_period_known_counts_and_a_forecast_of_a_later_one_does_not(warehouse):
    ahead = (date(2030, 1, 1), date(2030, 1, 31))
    warehouse.append([figure(1, period=MARCH), figure(2), figure(9, period=ahead)], run_id="a")
    assert shown(warehouse.latest([INDICATOR], as_of=LONG_AFTER)) == [2.0]
    assert shown(warehouse.history([INDICATOR], as_of=LONG_AFTER)) == [1.0, 2.0, 9.0]


def test_half_year_year_and_year_to_date_that_begin_on_one_day_stay_three_figures(warehouse):
    first = date(2024, 1, 1)
    spans = {"half": date(2024, 6, 30), "year": date(2024, 12, 31), "year_to_date": date(2024, 9, 30)}
    rows = [
        figure(value, series=line(span=span), period=(first, end))
        for value, (span, end) in enumerate(spans.items(), start=1)
    ]
    warehouse.append(rows, run_id="a")
    found = warehouse.latest([INDICATOR], as_of=LONG_AFTER)
    assert dict(zip(found["span"], found["value"], strict=True)) == {
        "half": 1.0,
        "year": 2.0,
        "year_to_date": 3.0,
    }
    assert shown(warehouse.latest([INDICATOR], as_of=LONG_AFTER, spans=["year"])) == [2.0]


def test_periods_that_end_on_one_day_and_start_on_others_are_kept_apart(warehouse):
    series = line(span="other")
    end = date(2025, 4, 30)
    rows = [figure(day, series=series, period=(date(2025, 4, day), end)) for day in (1, 20, 10)]
    warehouse.append(rows, run_id="a")
    assert shown(warehouse.history([INDICATOR], as_of=LONG_AFTER)) == [1.0, 10.0, 20.0]
    assert shown(warehouse.latest([INDICATOR], as_of=LONG_AFTER)) == [20.0]


def test_the_best_tier_wins_within_the_newest_period_only(warehouse):
    rows = [
        figure(50, MAY, tier="official"),
        figure(51, MAY + DAY, tier="press"),
        figure(7, MAY, tier="press", period=(date(2025, 5, 1), date(2025, 5, 10))),
    ]
    warehouse.append(rows, run_id="a")
    assert shown(warehouse.history([INDICATOR], as_of=LONG_AFTER)) == [50.0, 7.0]
    assert shown(warehouse.latest([INDICATOR], as_of=LONG_AFTER)) == [7.0]


def test_an_official_figure_replaces_the_reprint_when_it_comes_and_not_before(warehouse):
    rows = [
        figure(50, tier="press"),
        figure(54, MAY + 5 * DAY, tier="official"),
        figure(55, MAY + 9 * DAY, tier="press"),
    ]
    warehouse.append(rows, run_id="a")
    seen = [shown(warehouse.latest([INDICATOR], as_of=MAY + day * DAY))[0] for day in (0, 4, 5, 20)]
    assert seen == [50.0, 50.0, 54.0, 54.0]


def test_an_exact_figure_stands_against_a_newer_qualified_one_that_agrees_with_it(warehouse):
    rows = [figure(54), figure(50, MAY + DAY, qualifier="over")]
    warehouse.append(rows, run_id="a")
    assert shown(warehouse.latest([INDICATOR], as_of=LONG_AFTER)) == [54.0]
    warehouse.append([figure(60, MAY + 2 * DAY, qualifier="over")], run_id="b")
    assert shown(warehouse.latest([INDICATOR], as_of=LONG_AFTER)) == [60.0]


def test_a_withdrawn_newest_figure_hides_its_period_and_the_one_before_shows(warehouse):
    rows = [figure(1, period=MARCH), figure(2), figure(2, MAY + 10 * DAY, status="withdrawn")]
    warehouse.append(rows, run_id="a")
    assert shown(warehouse.latest([INDICATOR], as_of=MAY + 9 * DAY)) == [2.0]
    assert shown(warehouse.latest([INDICATOR], as_of=MAY + 10 * DAY)) == [1.0]
    assert shown(warehouse.history([INDICATOR], as_of=LONG_AFTER)) == [1.0]
    warehouse.append([figure(3, MAY + 20 * DAY)], run_id="b")
    assert shown(warehouse.latest([INDICATOR], as_of=LONG_AFTER)) == [3.0]


def test_a_series_of_which_everything_is_withdrawn_has_no_newest_figure(warehouse):
    warehouse.append([figure(2), figure(2, MAY + DAY, status="withdrawn")], run_id="a")
    assert warehouse.latest([INDICATOR], as_of=LONG_AFTER).empty
    assert warehouse.history([INDICATOR], as_of=LONG_AFTER).empty


def test_a_frozen_stamp_does_not_see_what_was_entered_later_with_an_old_publication_date(warehouse):
    warehouse.append([figure(1, period=MARCH)], run_id="a")
    frozen = warehouse.stamp()
    warehouse.append([figure(2), figure(3, period=MARCH)], run_id="b")
    assert shown(warehouse.latest([INDICATOR], as_of=MAY, stamp=frozen)) == [1.0]
    assert shown(warehouse.history([INDICATOR], as_of=MAY, stamp=frozen)) == [1.0]
    assert shown(warehouse.latest([INDICATOR], as_of=MAY)) == [2.0]
    assert shown(warehouse.history([INDICATOR], as_of=MAY)) == [3.0, 2.0]


def test_places_breakdowns_and_spans_narrow_the_question(warehouse):
    rows = [
        figure(1, series=line(place="macao")),
        figure(2, series=line(breakdown="direction=arrival")),
        figure(3, series=line()),
        figure(4, series=line("another")),
    ]
    warehouse.append(rows, run_id="a")

    def ask(**more):
        return shown(warehouse.latest([INDICATOR], as_of=LONG_AFTER, **more))

    assert ask() == [3.0, 2.0, 1.0]
    assert ask(places=["macao"]) == [1.0]
    assert ask(places=[]) == []
    assert ask(breakdown="") == [3.0, 1.0]
    assert ask(breakdown="direction=arrival") == [2.0]
    assert ask(spans=["year"]) == []
    assert warehouse.latest([], as_of=LONG_AFTER).empty
    assert shown(warehouse.latest([INDICATOR, "another"], as_of=LONG_AFTER)) == [4.0, 3.0, 2.0, 1.0]


def test_history_is_bounded_by_the_ends_of_periods(warehouse):
    warehouse.append([figure(1, period=MARCH), figure(2)], run_id="a")
    assert shown(warehouse.history([INDICATOR], as_of=LONG_AFTER, start=date(2025, 4, 1))) == [2.0]
    assert shown(warehouse.history([INDICATOR], as_of=LONG_AFTER, end=date(2025, 3, 31))) == [1.0]


# Replaying the log: whatever comes in, in whichever order, the answer is that of the whole log up to D.

CLAIMS = st.fixed_dictionaries(
    {
        "value": st.sampled_from([10.0, 12.0, 54.0]),
        "day": st.integers(0, 5),
        "period": st.sampled_from([MARCH, APRIL]),
        "qualifier": st.sampled_from(["exact", "exact", "over", "approx"]),
        "status": st.sampled_from(["final", "final", "final", "provisional", "withdrawn"]),
        "tier": st.sampled_from(["official", "press"]),
        "source_id": st.sampled_from(["one", "two"]),
    }
)


def replayed(log: list[dict], day: int, period) -> dict | None:
    """Return what the log up to *day* says about *period*, written as plainly as the rule is."""
    spoken: dict[tuple, dict] = {}
    for claim in log:
        if claim["period"] == period and claim["day"] <= day:
            spoken[claim["tier"], claim["day"], claim["source_id"]] = claim
    if not spoken:
        return None
    best = min((tier for tier, _, _ in spoken), key=TIERS.index)
    figure_now = None
    for place in sorted(place for place in spoken if place[0] == best):
        claim = spoken[place]
        content = [claim[name] for name in ("value", "qualifier", "status")]
        if claim["status"] == "withdrawn":
            figure_now = None
        elif figure_now is None or content != [figure_now[name] for name in ("value", "qualifier", "status")]:
            over = claim["qualifier"] == "over" and figure_now and figure_now["value"] > claim["value"]
            about = (
                claim["qualifier"] == "approx"
                and figure_now
                and about_same(figure_now["value"], claim["value"])
            )
            if not (figure_now and figure_now["qualifier"] == "exact" and (over or about)):
                figure_now = claim
    return figure_now


def about_same(exact: float, value: float) -> bool:
    grain = 10 if value % 10 == 0 else 1
    return abs(exact - value) <= grain / 2


@given(log=st.lists(CLAIMS, min_size=1, max_size=14), cuts=st.sets(st.integers(1, 13)))
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_an_answer_as_of_a_day_is_the_replay_of_the_log_to_that_day(warehouse, log, cuts):
    indicator = f"replayed_{next(NUMBERS)}"
    series = line(indicator)
    rows = []
    for claim in log:
        more = {name: claim[name] for name in ("qualifier", "status", "tier", "source_id", "period")}
        rows.append(figure(claim["value"], MAY + claim["day"] * DAY, series=series, **more))
    edges = [0, *sorted(cut for cut in cuts if cut < len(rows)), len(rows)]
    for start, stop in pairwise(edges):
        warehouse.append(rows[start:stop], run_id="a")
    for day in range(6):
        as_of = MAY + day * DAY + timedelta(hours=1)
        expected = [replayed(log, day, period) for period in (MARCH, APRIL)]
        expected = [(c["value"], c["qualifier"], c["status"], c["day"]) for c in expected if c]
        found = warehouse.history([indicator], as_of=as_of)
        days = [(known - MAY).days for known in found["known_at"]]
        told = list(zip(found["value"], found["qualifier"], found["status"], days, strict=True))
        assert told == expected
        newest = warehouse.latest([indicator], as_of=as_of)
        assert shown(newest) == [value for value, *_ in expected[-1:]]
