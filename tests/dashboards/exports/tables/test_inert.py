"""Text that a spreadsheet must not take for a formula."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.exports.tables.inert import FORMULA_STARTS, inert


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠x", "  =1", "\u200b=1",
     "\ufeff+1", "|calc", "%0A=1", "\u00a0=1"],
)  # fmt: skip
def test_what_looks_like_a_formula_is_made_text(text) -> None:
    assert inert(text) == "'" + text


@pytest.mark.parametrize("text", ["", "over 65,000", "超過65,000", "a=b", "（轉載）", "−0.5", "0", "~5"])
def test_other_text_stays_as_it_is(text) -> None:
    assert inert(text) == text


@given(st.text(max_size=20))
def test_no_text_begins_a_formula(text) -> None:
    said = inert(text)
    assert not said or said[0] not in FORMULA_STARTS
    assert said.removeprefix("'") == text.removeprefix("'")
