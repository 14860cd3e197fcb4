"""Numbers: in full in tables, short in headlines, and never on the wrong side of their qualifier."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.i18n import LANGUAGES, words
from dashboards.i18n_numbers import MINUS, change, digits


@pytest.mark.parametrize(
    ("value", "qualifier", "expected"),
    [
        (4_000_000, "over", ("over 4 million", "超過400萬", "超400万")),
        (443_000, "exact", ("443,000", "44.3萬", "44.3万")),
        (65_000, "over", ("over 65,000", "超過6.5萬", "超6.5万")),
        (1_480, "approx", ("about 1,480", "約1,480", "约1,480")),
        (336, "at_least", ("at least 336", "至少336", "至少336")),
        (184_000_000, "exact", ("184 million", "1.84億", "1.84亿")),
        (827_900_000_000, "exact", ("827.9 billion", "8,279億", "8,279亿")),
        (48_723, "exact", ("48,723", "48,723", "48,723")),
        (0, "exact", ("0", "0", "0")),
        (99_900, "under", ("under 99,900", "少於9.99萬", "不足9.99万")),
    ],
)
def test_a_headline_is_short_and_keeps_its_qualifier(
    value: float, qualifier: str, expected: tuple[str, ...]
) -> None:
    assert tuple(words(lang).compact(value, qualifier=qualifier) for lang in LANGUAGES) == expected


def test_a_table_shows_every_digit() -> None:
    assert words("en").number(4_000_000, qualifier="over") == "over 4,000,000"
    assert words("zh-Hant").number(4_000_000, qualifier="over") == "超過4,000,000"
    assert words("en").number(12.5) == "12.5"
    assert words("en").number(12.5, decimals=2) == "12.50"


@pytest.mark.parametrize("value", [None, math.nan])
def test_no_figure_is_a_word_and_never_a_zero(value: float | None) -> None:
    assert words("en").number(value) == "No figure"
    assert words("zh-Hans").compact(value, qualifier="over") == "无数据"


def test_over_is_rounded_down_and_under_up() -> None:
    assert words("en").compact(3_812_945, qualifier="over") == "over 3.812 million"
    assert words("en").compact(3_812_945, qualifier="at_least") == "at least 3.812 million"
    assert words("en").compact(3_812_145, qualifier="under") == "under 3.813 million"
    assert words("en").compact(3_812_145, qualifier="at_most") == "at most 3.813 million"
    assert words("en").compact(3_812_945) == "3.813 million"


@given(st.integers(min_value=1_000_000, max_value=10**12))
def test_what_is_said_to_be_over_is_over(value: int) -> None:
    said = words("en").compact(value, qualifier="over").removeprefix("over ")
    number, scale = said.split(" ")
    assert float(number.replace(",", "")) * {"million": 1e6, "billion": 1e9}[scale] <= value * (1 + 1e-9)


def test_below_zero_has_a_true_minus() -> None:
    assert digits(-1234.5) == f"{MINUS}1,234.5"
    assert digits(-0.0) == "0"
    assert digits(-0.001, 1) == "0.0"


def test_a_change_has_its_sign() -> None:
    assert [change(2), change(-3), change(0)] == ["+2", f"{MINUS}3", "0"]
    assert change(0.04, 1) == "0.0"


def test_a_percentage_has_its_sign_without_a_space() -> None:
    assert words("zh-Hant").percent(33.25, 1) == "33.2%"
