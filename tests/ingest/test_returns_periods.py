"""Which periods of a series are due, and what makes a period of its kind."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.returns_periods import due_periods, is_span, span_of

TODAY = date(2026, 11, 21)


def due(start, end, span, frequency="irregular", most=12):
    return due_periods(start, end, span=span, frequency=frequency, today=TODAY, most=most)


def test_every_month_that_has_ended_since_the_last_figure_is_due():
    found = due(date(2026, 7, 1), date(2026, 7, 31), "month")
    assert found == [
        (date(2026, 8, 1), date(2026, 8, 31)),
        (date(2026, 9, 1), date(2026, 9, 30)),
        (date(2026, 10, 1), date(2026, 10, 31)),
    ]


def test_where_none_has_ended_the_next_one_is_shown():
    assert due(date(2025, 1, 1), date(2025, 12, 31), "year") == [(date(2026, 1, 1), date(2026, 12, 31))]


def test_of_many_the_newest_are_due():
    found = due(date(2020, 1, 1), date(2020, 1, 31), "month", most=2)
    assert [end for _, end in found] == [date(2026, 9, 30), date(2026, 10, 31)]


def test_a_stock_with_a_rhythm_is_due_at_its_ends():
    assert due(date(2026, 8, 31), date(2026, 8, 31), "point", "monthly") == [
        (date(2026, 9, 30), date(2026, 9, 30)),
        (date(2026, 10, 31), date(2026, 10, 31)),
    ]


def test_a_financial_year_stays_one():
    assert due(date(2024, 4, 1), date(2025, 3, 31), "year") == [(date(2025, 4, 1), date(2026, 3, 31))]


@pytest.mark.parametrize("span", ["point", "since", "year_to_date", "other"])
def test_without_a_rhythm_the_period_is_left_open(span):
    assert due(date(2026, 1, 1), date(2026, 1, 1), span) == [(None, None)]


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        ("2026-02-01", "2026-02-28", "month"),
        ("2026-04-01", "2026-06-30", "quarter"),
        ("2026-07-01", "2026-12-31", "half"),
        ("2025-04-01", "2026-03-31", "year"),
        ("2026-01-01", "2026-08-31", "year_to_date"),
        ("2026-08-05", "2026-08-05", "day"),
        ("2026-08-05", "2026-08-25", "other"),
        ("2026-02-01", "2026-02-27", "other"),
        ("2026-02-01", "2026-04-30", "other"),
    ],
)
def test_two_days_make_the_period_that_they_are(start, end, span):
    days = (date.fromisoformat(start), date.fromisoformat(end))
    assert span_of(*days, stock=False) == span
    assert is_span(span, *days)
    assert span_of(*days, stock=True) == "point"


def test_a_week_is_seven_days():
    assert is_span("week", date(2026, 8, 3), date(2026, 8, 9))
    assert not is_span("week", date(2026, 8, 3), date(2026, 8, 10))
    assert not is_span("month", date(2026, 8, 1), date(2026, 8, 30))
