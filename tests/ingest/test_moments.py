"""Times of live feeds: naive, local, never ahead of the fetch; midnight under the wrong date."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from ingest.errors import ShapeError
from ingest.moments import dated_moment, day_of, moment, past_moment, reading, slot_start
from tests.ingest.making import payload

ISO = "%Y-%m-%dT%H:%M:%S"
EVENING = datetime(2026, 10, 8, 15, 0, tzinfo=UTC)  # 23:00 in Hong Kong


def test_a_naive_time_is_hong_kong_time_on_every_machine():
    assert moment("2026-10-08T22:56:00", ISO) == datetime(2026, 10, 8, 14, 56, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2026-10-08T22:56", "2026-10-8T22:56:00", "2026-02-30T00:00:00", "", "now"])
def test_a_time_in_another_form_is_refused_with_what_was_found(text: str):
    with pytest.raises(ShapeError, match="expected a time in the form") as caught:
        moment(text, ISO)
    assert repr(text) in str(caught.value)


def test_a_time_ahead_of_the_fetch_is_refused_but_clocks_may_differ_a_little():
    file = payload("", EVENING)
    assert past_moment("2026-10-08T23:05:00", ISO, file) == EVENING + timedelta(minutes=5)
    with pytest.raises(
        ShapeError, match=r"up to the fetch \(2026-10-08 23:00\), found '2026-10-08T23:30:00'"
    ):
        past_moment("2026-10-08T23:30:00", ISO, file)


def test_the_minute_after_midnight_under_the_day_before_is_put_on_its_own_day():
    just_after = payload("", datetime(2026, 10, 8, 16, 2, tzinfo=UTC))  # 00:02 on 9 October
    midnight = datetime(2026, 10, 8, 16, 0, tzinfo=UTC)
    assert dated_moment("2026-10-08", "00:00:00", just_after) == midnight
    assert dated_moment("2026-10-08", "00:00:30", just_after) == midnight + timedelta(seconds=30)


def test_midnight_under_its_right_date_stays_where_it_is():
    just_after = payload("", datetime(2026, 10, 8, 16, 2, tzinfo=UTC))
    assert dated_moment("2026-10-09", "00:00:30", just_after) == datetime(2026, 10, 8, 16, 0, 30, tzinfo=UTC)


def test_every_other_minute_has_the_date_that_is_stated():
    file = payload("", EVENING)
    assert dated_moment("2026-10-08", "00:01:00", file) == datetime(2026, 10, 7, 16, 1, tzinfo=UTC)
    with pytest.raises(ShapeError, match="up to the fetch"):
        dated_moment("2026-10-09", "21:00:00", file)


def test_a_slot_starts_on_the_quarter_of_an_hour():
    assert slot_start(datetime(2026, 10, 8, 14, 59, 59, 9, tzinfo=UTC)) == datetime(
        2026, 10, 8, 14, 45, tzinfo=UTC
    )
    assert slot_start(datetime(2026, 10, 8, 14, 45, tzinfo=UTC)) == datetime(2026, 10, 8, 14, 45, tzinfo=UTC)


def test_a_reading_belongs_to_its_day_in_hong_kong():
    late = datetime(2026, 10, 8, 16, 30, tzinfo=UTC)
    found = reading(
        late, indicator="journey_minutes", place="hong_kong", value=4.0, unit="minutes", weight=2.0
    )
    assert (found.start, found.end, found.span, found.at, found.weight) == (
        date(2026, 10, 9),
        date(2026, 10, 9),
        "point",
        late,
        2.0,
    )
    assert day_of(late) == date(2026, 10, 9)
