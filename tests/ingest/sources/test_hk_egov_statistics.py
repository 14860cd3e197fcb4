"""e-Government services a year: three figures, each only under a declared name."""

from __future__ import annotations

import json
from datetime import date

import pytest

from ingest.errors import ShapeError
from ingest.sources.hk_egov_statistics import SOURCE, parse
from tests.ingest.making import payload

YEAR = {
    "Year": "2023",
    "Number of transactional e-services": "1,020",
    "Number of e-transactions": 48_000_000,
    "Take-up rate": "76.5%",
}


def told(*entries: object) -> dict[tuple[str, date, date, str], float]:
    found = parse(payload(json.dumps(list(entries))))
    return {(one.indicator, one.start, one.end, one.span): one.value for one in found}


def test_a_year_has_a_stock_of_services_a_flow_of_transactions_and_a_share():
    first, last = date(2023, 1, 1), date(2023, 12, 31)
    assert told(YEAR) == {
        ("hk_egov_services", last, last, "point"): 1020,
        ("hk_egov_transactions", first, last, "year"): 48_000_000,
        ("hk_egov_takeup_pct", first, last, "year"): 76.5,
    }


def test_the_year_may_be_a_number_and_a_blank_is_absent():
    assert told(YEAR | {"Year": 2023, "Take-up rate": "N/A", "Number of e-transactions": None}) == {
        ("hk_egov_services", date(2023, 12, 31), date(2023, 12, 31), "point"): 1020
    }


def test_other_declared_spellings_are_read():
    entry = {
        "year": "2024",
        "no_of_transactional_e_services": 5,
        "No. of e-transactions": 6,
        "Overall take-up rate (%)": 7.25,
    }
    assert list(told(entry).values()) == [5, 6, 7.25]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"Year": "2023/24"}, "expected a year such as 2024, found '2023/24'"),
        ({"Year": True}, "entry 1: year: expected a year"),
        ({"Year": None}, "entry 1: year: expected a year"),
        ({"Number of e-transactions": "48m"}, "entry 1: transactions: expected a number"),
        ({"Number of e-transactions": 48.5}, "entry 1: transactions: expected a whole number"),
        ({"Take-up rate": [76]}, "entry 1: takeup: expected a number"),
        ({"Number of users": 3}, "unknown 'Number of users'"),
    ],
)
def test_what_is_no_figure_or_not_declared_is_refused(wrong: dict[str, object], said: str):
    with pytest.raises(ShapeError) as caught:
        told(YEAR | wrong)
    assert said in str(caught.value)


def test_a_figure_in_millions_is_not_taken_for_one():
    entry = {name: value for name, value in YEAR.items() if name != "Number of e-transactions"}
    with pytest.raises(ShapeError, match="missing transactions") as caught:
        told(entry | {"Number of e-transactions (million)": 48})
    assert "unknown 'Number of e-transactions (million)'" in str(caught.value)


@pytest.mark.parametrize("content", ["[]", "{}", "null", "[1]", "{not json", "<html></html>"])
def test_another_envelope_is_refused(content: str):
    with pytest.raises(ShapeError, match="expected"):
        list(parse(payload(content)))


def test_the_form_is_not_yet_confirmed():
    assert not SOURCE.confirmed
