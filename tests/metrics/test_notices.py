from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest

from metrics.asof import day_as_of, instant_as_of
from metrics.notices import (
    LEAST_DAYS,
    MOST_DAYS,
    changes,
    notices,
    stands_until,
    straddled,
)

MAY = datetime(2025, 5, 15, tzinfo=UTC)
DAY = timedelta(days=1)
CLOCK = datetime(2029, 1, 1, tzinfo=UTC)
MEETINGS = (date(2024, 3, 28), date(2025, 12, 20))


def word(value, shown_from=MAY, **more):
    row = {
        "series_id": 1,
        "indicator_id": "made",
        "place_id": "macao",
        "breakdown": "",
        "counting_basis": "as_published",
        "span": "month",
        "unit": "persons",
        "period_start": pd.Timestamp(2025, 4, 1),
        "period_end": pd.Timestamp(2025, 4, 30),
        "value": float(value),
        "qualifier": "exact",
        "status": "final",
        "tier": "official",
        "source_id": "made",
        "figure_ref": "",
        "known_precision": "day",
        "run_id": "one",
        "shown_from": pd.Timestamp(shown_from),
        "recorded_at": pd.Timestamp(shown_from),
    }
    return row | more


def told(*rows, **more):
    return changes(pd.DataFrame(list(rows)), **more)


def kinds(*rows, **more):
    return [one.kind for one in told(*rows, **more)]


def on(day: date):
    return day_as_of(day, clock=CLOCK)


LATER = MAY + 10 * DAY


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (word(1), word(2, LATER), "corrected"),
        (word(1), word(2, LATER, status="revised"), "corrected"),
        (word(1, status="provisional"), word(2, LATER), "updated"),
        (word(1, status="estimated"), word(2, LATER, status="provisional"), "updated"),
        (word(1, status="provisional"), word(1, LATER), "confirmed"),
        (word(1, tier="press"), word(1, LATER, source_id="other"), "confirmed"),
        (word(1), word(2, LATER, source_id="other"), "other_source"),
        (word(50, qualifier="over"), word(54, LATER), "sharpened"),
        (word(50, qualifier="over"), word(49, LATER), "corrected"),
        (word(50, qualifier="over"), word(60, LATER, qualifier="at_least"), "sharpened"),
        (word(50, qualifier="over"), word(40, LATER, qualifier="over"), "corrected"),
        (word(50, qualifier="under"), word(48, LATER, qualifier="at_most"), "sharpened"),
        (word(50, qualifier="under"), word(52, LATER, qualifier="under"), "corrected"),
        (word(1480, qualifier="approx"), word(1484, LATER), "sharpened"),
        (word(1480, qualifier="approx"), word(1490, LATER), "corrected"),
        (word(54), word(54, LATER, qualifier="over"), "corrected"),
        (word(1), word(1, LATER, status="withdrawn"), "withdrawn"),
        (word(1, status="provisional"), word(1, LATER, status="withdrawn"), "withdrawn"),
    ],
)
def test_revisions_and_corrections_are_kept_apart(before, after, kind):
    assert kinds(before, after) == [kind]


def test_a_withdrawn_figure_that_comes_back_is_restored_or_corrected():
    gone = word(1, LATER, status="withdrawn")
    assert kinds(word(1), gone, word(1, LATER + DAY)) == ["withdrawn", "restored"]
    other = told(word(1), gone, word(3, LATER + DAY, source_id="other"))
    assert [one.kind for one in other] == ["withdrawn", "corrected"]
    assert (other[1].before.value, other[1].after.value) == (1, 3)


def test_who_says_it_is_the_publisher_where_figures_are_cited():
    rows = word(1, figure_ref="a"), word(2, LATER, figure_ref="b")
    one_house = {"a": {"publisher": "DSEC"}, "b": {"publisher": "DSEC"}}
    two_houses = one_house | {"b": {"publisher": "Xinhua"}}
    assert kinds(*rows, cited=one_house) == ["corrected"]
    assert kinds(*rows, cited=two_houses) == ["other_source"]


@dataclass(frozen=True)
class Mended:
    indicator: str = "made"
    place: str = "macao"
    breakdown: str = ""
    start: date = date(2025, 4, 1)
    end: date = date(2025, 4, 30)
    expect: float = 1
    value: float = 2
    reason: str = "One digit was typed twice."


def test_a_declared_correction_is_one_whatever_the_status_was_and_tells_its_reason():
    rows = word(1, status="provisional"), word(2, LATER, status="revised")
    (found,) = told(*rows, declared=[Mended()])
    assert (found.kind, found.reason) == ("corrected", "One digit was typed twice.")
    assert kinds(*rows, declared=[Mended(value=3)]) == ["updated"]


def test_a_notice_stands_for_180_days_and_until_the_group_has_met_but_not_for_ever():
    told_on = date(2025, 1, 1)
    soon, late, much_later = date(2025, 2, 1), date(2025, 12, 20), date(2028, 1, 1)
    assert stands_until(told_on, [soon]) == told_on + timedelta(days=LEAST_DAYS)
    assert stands_until(told_on, [late]) == late
    assert stands_until(told_on, [much_later]) == told_on + timedelta(days=MOST_DAYS)
    assert stands_until(told_on, []) == told_on + timedelta(days=MOST_DAYS)
    assert stands_until(told_on, [told_on]) == told_on + timedelta(days=MOST_DAYS)


def test_after_the_correction_the_page_says_was_and_is_while_the_notice_stands():
    found = told(word(1), word(2, LATER))
    (notice,) = notices(found, on(date(2025, 6, 1)), MEETINGS)
    assert (notice.was.value, notice.now.value, notice.since) == (1, 2, False)
    assert notice.until == date(2025, 12, 20)
    assert notices(found, on(date(2025, 12, 20)), MEETINGS)
    assert notices(found, on(date(2025, 12, 21)), MEETINGS) == ()


def test_a_page_as_known_before_the_correction_always_says_that_it_came_since():
    found = told(word(1), word(2, LATER))
    (notice,) = notices(found, instant_as_of(LATER - DAY, clock=CLOCK), MEETINGS)
    assert (notice.was.value, notice.now.value, notice.since, notice.until) == (1, 2, True, None)


def test_a_page_as_known_before_the_first_word_says_nothing():
    assert notices(told(word(1), word(2, LATER)), instant_as_of(MAY - DAY, clock=CLOCK), MEETINGS) == ()


def test_revisions_leave_no_notice():
    found = told(word(1, status="provisional"), word(2, LATER), word(2, LATER + DAY, source_id="other"))
    assert notices(found, on(date(2025, 6, 1)), MEETINGS) == ()
    assert notices(found, on(date(2025, 5, 16)), MEETINGS) == ()


def test_a_figure_corrected_twice_is_told_once_from_what_was_first_shown():
    found = told(word(1), word(2, LATER), word(3, LATER + DAY))
    (notice,) = notices(found, on(date(2025, 6, 1)), MEETINGS)
    assert (notice.was.value, notice.now.value) == (1, 3)
    between = notices(found, instant_as_of(LATER, clock=CLOCK), MEETINGS)
    assert {(one.was.value, one.now.value, one.since) for one in between} == {(1, 2, False), (2, 3, True)}


def test_a_correction_taken_back_leaves_nothing_to_say():
    found = told(word(1), word(2, LATER), word(1, LATER + DAY))
    assert notices(found, on(date(2025, 6, 1)), MEETINGS) == ()


def test_a_withdrawal_is_told_and_nothing_is_shown_in_its_place():
    found = told(word(1), word(1, LATER, status="withdrawn"))
    (notice,) = notices(found, on(date(2025, 6, 1)), MEETINGS)
    assert notice.now.withdrawn
    assert notices(found, on(date(2025, 5, 16)), MEETINGS)[0].since


def test_what_a_later_run_brought_stands_from_when_it_was_brought():
    late = word(2, LATER, run_id="two", recorded_at=pd.Timestamp("2026-06-01", tz="UTC"))
    (found,) = told(word(1), late)
    assert found.told_on == date(2026, 6, 1)
    assert notices([found], on(date(2026, 11, 1)), MEETINGS)
    (same_run,) = told(word(1), late | {"run_id": "one"})
    assert same_run.told_on == LATER.date()


def test_an_older_word_brought_later_does_not_make_a_new_notice():
    early = word(1, run_id="two", recorded_at=pd.Timestamp("2027-01-01", tz="UTC"))
    (found,) = told(early, word(2, LATER, recorded_at=pd.Timestamp("2026-01-01", tz="UTC")))
    assert found.told_on == LATER.date()


def test_figures_are_told_apart_by_period_and_newest_notices_come_first():
    march = {"period_start": pd.Timestamp(2025, 3, 1), "period_end": pd.Timestamp(2025, 3, 31)}
    found = told(word(5) | march, word(6, LATER + DAY) | march, word(1), word(2, LATER))
    said = notices(found, on(date(2025, 6, 1)), MEETINGS)
    assert [one.was.value for one in said] == [5, 1]


def test_what_lies_between_two_moments_is_told_for_a_comparison():
    found = told(word(1), word(2, LATER), word(2, LATER + DAY, status="revised"))
    before, after = (instant_as_of(moment, clock=CLOCK) for moment in (MAY, LATER + DAY))
    assert [one.kind for one in straddled(found, before, after)] == ["corrected"]
    assert straddled(found, after, replace(after)) == ()
