from datetime import UTC, date, datetime

import pytest

from metrics.asof import day_as_of, instant_as_of, now_as_of, parse_as_of

CLOCK = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


def test_a_day_means_before_the_next_midnight_in_hong_kong():
    as_of = day_as_of(date(2025, 5, 15), clock=CLOCK)
    assert as_of.instant == datetime(2025, 5, 15, 15, 59, 59, 999999, tzinfo=UTC)
    assert as_of.day == date(2025, 5, 15)
    assert not as_of.current


def test_today_and_the_future_mean_now():
    assert day_as_of(date(2026, 11, 21), clock=CLOCK) == now_as_of(CLOCK)
    assert day_as_of(date(2031, 1, 1), clock=CLOCK) == now_as_of(CLOCK)
    assert now_as_of(CLOCK).current


def test_late_evening_in_london_is_already_tomorrow_in_hong_kong():
    assert now_as_of(datetime(2026, 11, 21, 17, 0, tzinfo=UTC)).day == date(2026, 11, 22)


def test_an_instant_without_a_zone_is_hong_kong_time():
    assert parse_as_of("2025-05-15T08:00", clock=CLOCK).instant == datetime(2025, 5, 15, 0, 0, tzinfo=UTC)
    assert parse_as_of("2025-05-15T08:00:00Z", clock=CLOCK).instant == datetime(2025, 5, 15, 8, 0, tzinfo=UTC)


def test_an_instant_of_the_past_keeps_its_moment():
    instant = datetime(2024, 1, 1, 12, 0, tzinfo=UTC)
    assert instant_as_of(instant, clock=CLOCK).instant == instant


@pytest.mark.parametrize("text", ["", "yesterday", "2025-02-30", "2025/05/15", "15-05-2025", "<b>x</b>"])
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the standard library's
        parse_as_of(text, clock=CLOCK)
