"""The form of a return: codes, rows, faults and refusals as values."""

from __future__ import annotations

import json
from datetime import date

import pytest

from ingest.returns_form import Fault, Fixed, RefusedReturn, ReturnRow, fixed_of, returnable, row_of
from metrics.indicators import catalogue

FIXED = Fixed(
    indicator="iam_smart_users",
    place="hong_kong",
    breakdown="",
    counting_basis="as_published",
    span="point",
    unit="users",
    start=None,
    end=date(2026, 3, 31),
    shown={"place": "香港"},
)
ROW = ReturnRow(
    row=5,
    cell="I5",
    indicator="iam_smart_users",
    place="hong_kong",
    start=date(2026, 3, 31),
    end=date(2026, 3, 31),
    span="point",
    unit="users",
    value=4e6,
    published_on=date(2026, 4, 2),
)


def test_a_hidden_code_tells_its_row_again():
    assert fixed_of(FIXED.code()) == FIXED


@pytest.mark.parametrize(
    "code", ["", "[]", "null", "7", "{}", '{"start": 5, "end": 5}', "[" * 5000, json.dumps({"end": "x"})]
)
def test_a_code_that_is_none_is_refused(code):
    with pytest.raises(ValueError, match="expected the hidden code of a row"):
        fixed_of(code)


def test_a_code_of_the_wrong_kinds_is_refused():
    told = json.loads(FIXED.code()) | {"place": ["hong_kong"]}
    with pytest.raises(ValueError, match="expected the hidden code"):
        fixed_of(json.dumps(told))


def test_a_row_survives_the_books():
    assert row_of(json.loads(json.dumps(ROW.plain()))) == ROW
    assert ROW.figure[0:2] == ("iam_smart_users", "hong_kong")


def test_a_fault_is_told_in_three_languages():
    fault = Fault(
        sheet="數字",
        cell="D17",
        row=17,
        column="qualifier",
        key="wrong.choice",
        found="",
        args={"choices": {"kind": "qualifier", "ids": ["exact", "over"]}},
    )
    assert fault.line("en") == "數字, cell D17 (Qualifier): expected one of exact figure, over; found blank"
    assert (
        fault.line("zh-Hant") == "「數字」工作表，儲存格D17（數字說明）：應為：確數、超過其中一項；現為：留空"
    )
    assert "单元格D17" in fault.line("zh-Hans")


def test_a_refusal_says_why_in_three_languages():
    refused = RefusedReturn("refusal.too_large", found=3_000_000, most=2_097_152)
    assert "3,000,000 bytes" in str(refused)
    assert "位元組" in refused.told("zh-Hant")
    assert "字节" in refused.told("zh-Hans")


def test_what_is_worked_out_or_arrives_by_itself_is_not_handed_in():
    book = catalogue()
    assert returnable(book.get("iam_smart_users"))
    assert not returnable(book.get("fiveg_bs_per_km2"))
    assert not returnable(book.get("bcp_passengers_daily"))
    assert not returnable(book.get("road_speed_kmh"))
