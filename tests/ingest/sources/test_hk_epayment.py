"""Electronic payments: departments added up by month and means; nothing read that does not follow the pattern."""

from __future__ import annotations

import json
from datetime import date

import pytest

from ingest.errors import ShapeError
from ingest.sources.hk_epayment import SOURCE, parse
from tests.ingest.making import payload

COUNT, AMOUNT = "Transaction Count - ", "Transaction Amount - "


def row(
    department: str = "Transport Department", period: str = "2025-03", **more: object
) -> dict[str, object]:
    facts: dict[str, object] = {
        "Period": period,
        "Department": department,
        f"{COUNT}PPS": 10,
        f"{AMOUNT}PPS": 1000.5,
        f"{COUNT}Credit Card": "1,200",
        f"{AMOUNT}Credit Card": "3,400.25",
    }
    return facts | more


def told(*rows: object) -> dict[tuple[str, str, date], float]:
    found = parse(payload(json.dumps(list(rows))))
    return {(one.indicator, one.breakdown, one.end): one.value for one in found}


MARCH = date(2025, 3, 31)


def test_departments_are_added_up_by_month_and_means():
    assert told(row(), row("Immigration Department"), row(period="2025-04")) == {
        ("hk_epayment_transactions", "means=pps", MARCH): 20,
        ("hk_epayment_amount", "means=pps", MARCH): 2001,
        ("hk_epayment_transactions", "means=credit_card", MARCH): 2400,
        ("hk_epayment_amount", "means=credit_card", MARCH): 6800.5,
        ("hk_epayment_transactions", "means=pps", date(2025, 4, 30)): 10,
        ("hk_epayment_amount", "means=pps", date(2025, 4, 30)): 1000.5,
        ("hk_epayment_transactions", "means=credit_card", date(2025, 4, 30)): 1200,
        ("hk_epayment_amount", "means=credit_card", date(2025, 4, 30)): 3400.25,
    }


def test_a_means_that_a_department_does_not_offer_adds_nothing_and_is_no_zero():
    blank = {f"{COUNT}PPS": "", f"{AMOUNT}PPS": None}
    assert told(row(), row("Judiciary", **blank))["hk_epayment_transactions", "means=pps", MARCH] == 10
    assert ("hk_epayment_transactions", "means=pps", MARCH) not in told(row(**blank))


def test_a_new_means_of_payment_is_a_new_part():
    assert told(row(**{f"{COUNT}FPS": 7}))["hk_epayment_transactions", "means=fps", MARCH] == 7


def test_an_amount_may_name_its_currency():
    found = told({"Month": "Mar 2025", "Bureau/Department": "A", "Transaction Amount (HK$) - FPS": 12.5})
    assert found == {("hk_epayment_amount", "means=fps", MARCH): 12.5}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [row(Remarks="x")],
            "entry 1: expected 'Transaction Count - …' or 'Transaction Amount - …', found 'Remarks'",
        ),
        ([row(**{"Transaction Value - PPS": 1})], "found 'Transaction Value - PPS'"),
        ([row(**{f"{COUNT}pps": 1})], "expected each means of payment once"),
        ([row(period="March")], "expected a month such as"),
        ([row(department="")], "entry 1: expected a department, found a blank"),
        ([row(), row()], "entry 2: expected each month and department once"),
        ([row(Month="2025-03")], "entry 1: expected one period, found 2"),
        ([{"Period": "2025-03", f"{COUNT}PPS": 1}], "entry 1: expected one department, found 0"),
        ([{"Period": "2025-03", "Department": "A"}], "entry 1: expected each means of payment once"),
        ([row(**{f"{COUNT}PPS": 10.5})], "expected a whole number"),
        ([row(**{f"{COUNT}PPS": "ten"})], "expected a number"),
        ([row(), 3], "entry 2: expected an object, found int"),
        ([], "at least 1 entries"),
    ],
)
def test_what_does_not_follow_the_pattern_is_refused(rows: list[object], said: str):
    with pytest.raises(ShapeError) as caught:
        told(*rows)
    assert said in str(caught.value)


def test_the_form_is_not_yet_confirmed_and_the_old_months_are_kept_because_nothing_says_the_file_grows():
    assert not SOURCE.confirmed
    assert not SOURCE.grows
