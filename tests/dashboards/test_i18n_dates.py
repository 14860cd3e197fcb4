"""Dates: as each language writes them, never more precise than they are known."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dashboards.i18n import LANGUAGES, words


def said(start: date, end: date, span: str) -> tuple[str, ...]:
    return tuple(words(lang).period(start, end, span) for lang in LANGUAGES)


@pytest.mark.parametrize(
    ("precision", "expected"),
    [
        ("day", ("15 May 2025", "2025年5月15日", "2025年5月15日")),
        ("month", ("May 2025", "2025年5月", "2025年5月")),
        ("reported", ("May 2025", "2025年5月", "2025年5月")),
        ("year", ("2025", "2025年", "2025年")),
        ("estimated", ("about 15 May 2025", "約2025年5月15日", "约2025年5月15日")),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(precision: str, expected: tuple[str, ...]) -> None:
    assert tuple(words(lang).day(date(2025, 5, 15), precision) for lang in LANGUAGES) == expected


def test_a_long_date_names_its_month_in_full() -> None:
    assert words("en").day(date(2026, 2, 3), long=True) == "3 February 2026"


@pytest.mark.parametrize(
    ("start", "end", "span", "expected"),
    [
        (date(2025, 12, 31), date(2025, 12, 31), "point", ("end of 2025", "2025年年底", "2025年末")),
        (
            date(2025, 10, 31),
            date(2025, 10, 31),
            "point",
            ("end of Oct 2025", "2025年10月底", "2025年10月末"),
        ),
        (
            date(2025, 12, 29),
            date(2025, 12, 29),
            "point",
            ("29 Dec 2025", "2025年12月29日", "2025年12月29日"),
        ),
        (date(2025, 5, 1), date(2025, 5, 31), "month", ("May 2025", "2025年5月", "2025年5月")),
        (date(2025, 4, 1), date(2025, 6, 30), "quarter", ("Q2 2025", "2025年第2季", "2025年第2季度")),
        (date(2025, 1, 1), date(2025, 6, 30), "half", ("first half of 2025", "2025年上半年", "2025年上半年")),
        (
            date(2025, 7, 1),
            date(2025, 12, 31),
            "half",
            ("second half of 2025", "2025年下半年", "2025年下半年"),
        ),
        (date(2025, 1, 1), date(2025, 12, 31), "year", ("2025", "2025年", "2025年")),
        (date(2024, 4, 1), date(2025, 3, 31), "year", ("2024-25", "2024-25年度", "2024-25财政年度")),
        (
            date(2025, 1, 1),
            date(2025, 9, 30),
            "year_to_date",
            ("first 9 months of 2025", "2025年首9個月", "2025年前9个月"),
        ),
        (date(2025, 3, 4), date(2025, 3, 4), "day", ("4 Mar 2025", "2025年3月4日", "2025年3月4日")),
        (
            date(2025, 3, 3),
            date(2025, 3, 9),
            "week",
            ("3 Mar 2025 to 9 Mar 2025", "2025年3月3日至2025年3月9日", "2025年3月3日至2025年3月9日"),
        ),
    ],
)
def test_a_period_is_named_by_its_span(start: date, end: date, span: str, expected: tuple[str, ...]) -> None:
    assert said(start, end, span) == expected


def test_a_year_that_is_not_whole_is_told_by_its_days() -> None:
    assert said(date(2025, 2, 1), date(2025, 12, 31), "year")[0] == "1 Feb 2025 to 31 Dec 2025"
    assert said(date(2025, 1, 1), date(2025, 9, 12), "year_to_date")[0] == "1 Jan 2025 to 12 Sep 2025"


def test_an_instant_is_hong_kong_time() -> None:
    assert words("en").instant(datetime(2025, 5, 15, 17, 5, tzinfo=UTC)) == "16 May 2025, 01:05"
    assert words("zh-Hant").instant(datetime(2025, 5, 15, 17, 5, tzinfo=UTC)) == "2025年5月16日 01:05"
