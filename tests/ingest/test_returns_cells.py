"""Cells read one by one: the number, day or word that stands there, or what was expected instead."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from ingest.returns_cells import Cell, CellFault, address_in, choice_in, day_in, number_in, text_in


def at(value, kind: str = "n") -> Cell:
    return Cell(address="I17", value=value, kind=kind)


def key_of(how, *arguments, **options) -> str:
    with pytest.raises(CellFault) as caught:
        how(*arguments, **options)
    return caught.value.key


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (7, 7.0),
        (-2.5, -2.5),
        ("1,234,567", 1234567.0),
        ("１２３", 123.0),
        ("\u22125", -5.0),
        (" 12.50 ", 12.5),
    ],
)
def test_numbers_are_read_as_typed(value, number):
    assert number_in(at(value)) == number


@pytest.mark.parametrize(
    "value",
    ["over 50", "逾50", "1,23", "5萬", "1e5", "12%", "n/a", "--", True, date(2026, 1, 1), float("inf")],
)
def test_what_is_no_plain_number_is_not_guessed(value):
    assert key_of(number_in, at(value)) == "wrong.number"


def test_formulas_errors_and_blanks_are_no_numbers():
    assert key_of(number_in, at("=A1*2", "f")) == "wrong.formula"
    assert key_of(number_in, at("=1+1", "s")) == "wrong.formula"
    assert key_of(number_in, at("#N/A", "e")) == "wrong.number"
    assert key_of(number_in, at("  ")) == "wrong.missing"


def test_days_are_dates_or_iso_texts_and_nothing_else():
    assert day_in(at(datetime.fromisoformat("2026-03-31T00:00"))) == date(2026, 3, 31)
    assert day_in(at("2026-03-31")) == date(2026, 3, 31)
    assert day_in(at(46112)) == date(2026, 3, 31)
    assert day_in(at(None), needed=False) is None
    for value in ("31/3/2026", "2026-02-30", "2026-3-31", "March", True, 5, 1e12):
        assert key_of(day_in, at(value)) == "wrong.date"
    assert key_of(day_in, at(None)) == "wrong.missing"


def test_texts_come_in_one_line_without_what_cannot_be_seen():
    assert text_in(at(" Annual\nReport\u202e 2026 ")) == "Annual Report 2026"
    assert text_in(at(None)) == ""
    assert key_of(text_in, at("x" * 201)) == "wrong.long"
    assert key_of(text_in, at("=HYPERLINK(1)", "f")) == "wrong.formula"


@pytest.mark.parametrize("value", ["javascript:alert(1)", "www.gov.hk", "https://a b", 'https://a/"x', 7])
def test_what_is_no_web_address_is_refused(value):
    assert key_of(address_in, at(value)) == "wrong.url"


def test_a_web_address_may_be_left_out():
    assert address_in(at("https://www.digitalpolicy.gov.hk/")) == "https://www.digitalpolicy.gov.hk/"
    assert address_in(at("")) == ""


def test_a_choice_is_one_of_the_lists_own_words():
    labels = {"%": ["percent", "%"], "人": ["persons"]}
    assert choice_in(at("人"), labels, "unit") == "persons"
    assert choice_in(at("%"), labels, "unit", among=["%"]) == "%"
    for value in ("%", "人次", 5, "persons"):
        assert key_of(choice_in, at(value), labels, "unit") == "wrong.choice"
    assert key_of(choice_in, at(""), labels, "unit") == "wrong.missing"


def test_what_was_found_is_one_short_line():
    assert at(1234.0).found == "1234"
    assert at(datetime.fromisoformat("2026-03-31T00:00")).found == "2026-03-31"
    assert at("a\nb").found == "a b"
    assert len(at("x" * 500).found) == 80
    assert at(None).found == ""
