"""Years, quarters and months: the declared forms, and no others."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.errors import ShapeError
from ingest.periods import month_end, month_of, quarter_of, year_of


def test_a_year_is_all_its_days():
    assert year_of("2024") == (date(2024, 1, 1), date(2024, 12, 31))


@pytest.mark.parametrize(
    "text", ["2024-02", "2024/02", "202402", "Feb 2024", "Feb/2024", "Feb./2024", "feb-2024", "February 2024"]
)
def test_a_month_is_read_in_each_declared_form(text: str):
    assert month_of(text) == (date(2024, 2, 1), date(2024, 2, 29))


@pytest.mark.parametrize(
    "text",
    ["2024Q3", "2024 Q3", "2024-q3", "Q3 2024", "Q3/2024", "3Q2024", "Jul-Sep 2024", "July - September 2024"],
)
def test_a_quarter_is_read_in_each_declared_form(text: str):
    assert quarter_of(text) == (date(2024, 7, 1), date(2024, 9, 30))


@pytest.mark.parametrize("text", ["", "24", "2024/25", "2024-25", "FY2024", "1024", "2024."])
def test_what_is_no_calendar_year_is_refused(text: str):
    with pytest.raises(ShapeError, match="expected a year such as 2024"):
        year_of(text)


@pytest.mark.parametrize(
    "text", ["", "2024", "2024-13", "2024-9", "09-2024", "Sept2024", "Foo 2024", "2024-09-30"]
)
def test_what_is_no_month_is_refused(text: str):
    with pytest.raises(ShapeError, match="expected a month such as"):
        month_of(text)


@pytest.mark.parametrize(
    "text", ["", "2024Q5", "2024Q0", "Aug-Oct 2024", "Jul-Aug 2024", "202403", "Q3", "Third 2024"]
)
def test_what_is_no_quarter_is_refused(text: str):
    with pytest.raises(ShapeError, match="expected a quarter such as"):
        quarter_of(text)


def test_a_month_ends_on_its_last_day():
    assert month_end(date(2023, 2, 5)) == date(2023, 2, 28)
