"""Numbers and days: read as declared, or refused."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import ShapeError
from ingest.numbers import DASHES, TEN_THOUSANDS, count, day, excel_day, number, one_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("1,234,567", 1234567),
        ("-3.5", -3.5),
        ("\u22123.5", -3.5),
        ("１２３", 123),
        ("１,２３４．５", 1234.5),
        (" 7 ", 7),
        ("+4", 4),
        ("0.1", 0.1),
    ],
)
def test_a_number_is_read_in_every_honest_spelling(text: str, value: float):
    assert number(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "-", "12,34", "1,2345", ",123", "1.2.3", "1e5", "0x10", "12万", "nan", "inf", "1 000", "12%", "①"],
)
def test_what_is_not_declared_is_refused(text: str):
    with pytest.raises(ShapeError, match="expected a number"):
        number(text)


@pytest.mark.parametrize("text", ["", "-", "--", "..", "N/A", "－", "\u2212"])
def test_an_absent_figure_is_none_where_its_mark_is_declared(text: str):
    assert number(text, absent=DASHES) is None


def test_zero_is_a_figure_and_not_an_absence():
    assert number("0", absent=DASHES) == 0


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.5万", 15000), ("46萬", 460000), ("1.0067亿", 100670000), ("2億", 200000000), ("12", 12)],
)
def test_ten_thousands_count_where_declared(text: str, value: float):
    assert number(text, suffixes=TEN_THOUSANDS) == value


def test_a_count_is_whole():
    assert count("1,234") == 1234
    with pytest.raises(ShapeError, match="whole number"):
        count("1.5")


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_every_count_survives_its_thousands_commas(value: int):
    assert count(f"{value:,}") == value


def test_a_day_is_read_in_the_declared_order_only():
    assert day("03-04-2025", "%d-%m-%Y") == date(2025, 4, 3)
    for wrong in ("3-4-2025", "2025-04-03", "31-02-2025", "13-13-2025", "03-04-25", " 03-04-2025"):
        with pytest.raises(ShapeError, match="expected a day"):
            day(wrong, "%d-%m-%Y")


def test_a_spreadsheet_day_is_a_date_or_a_serial_number():
    assert excel_day(45792) == date(2025, 5, 15)
    assert excel_day(datetime(2025, 5, 15, 12)) == date(2025, 5, 15)  # noqa: DTZ001  a sheet has no zone
    assert excel_day(date(2025, 5, 15)) == date(2025, 5, 15)
    for wrong in (0, 60, True, "45792", None, 10**8):
        with pytest.raises(ShapeError):
            excel_day(wrong)


def test_a_word_is_one_of_those_that_are_known():
    assert one_of("a", {"a": 1}) == "a"
    with pytest.raises(ShapeError, match="found 'b'"):
        one_of("b", {"a": 1})
