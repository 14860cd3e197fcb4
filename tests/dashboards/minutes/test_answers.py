"""What is typed into a form: each field read, each fault kept beside it."""

from __future__ import annotations

from datetime import date

import pytest

from dashboards.minutes.answers import Answers, plain

DAY = date(2026, 11, 20)


def test_a_text_loses_what_could_disturb_a_page_and_nothing_else():
    assert plain(" 互認\u200b 清單\r\n\x00<b>ok</b> ") == "互認 清單 <b>ok</b>"
    assert plain("e\u0301") == "\u00e9"


def test_a_needed_text_that_is_blank_is_a_fault_of_its_field():
    answers = Answers(typed={"owner": " \t "})
    assert answers.text("owner", needed=True) == ""
    assert answers.faults["owner"].key == "minutes.fault_needed"


def test_a_long_text_is_a_fault_and_cut():
    answers = Answers(typed={"why": "x" * 700})
    assert len(answers.text("why")) == 600
    assert answers.faults["why"].values == {"n": 600}


def test_one_language_is_enough_and_none_is_a_fault():
    assert Answers(typed={"name_zh-Hans": "会议"}).texts("name") == {"zh-Hans": "会议"}
    answers = Answers(typed={"name_zh-Hans": "  "})
    assert answers.texts("name") == {}
    assert set(answers.faults) == {"name_en"}


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("2026-11-20", ""),
        ("2026-02-30", "minutes.fault_date"),
        ("20 Nov 2026", "minutes.fault_date"),
        ("2026-W47-5", "minutes.fault_date"),
        ("20261120", "minutes.fault_date"),
        ("2026-11-21", "minutes.fault_between"),
        ("1999-01-01", "minutes.fault_between"),
        ("", "minutes.fault_needed"),
    ],
)
def test_a_day_is_read_or_its_fault_is_named(typed, fault):
    answers = Answers(typed={"on": typed})
    day = answers.day("on", most=DAY)
    assert [one.key for one in answers.faults.values()] == ([fault] if fault else [])
    assert fault or day == DAY


@pytest.mark.parametrize(
    ("typed", "good"),
    [
        ("https://www.info.gov.hk/gia/x.htm", True),
        ("", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//host/x", False),
        ("https://", False),
        ("https://a b", False),
        ("https://[", False),
        ("https://x/" + "y" * 600, False),
    ],
)
def test_only_web_addresses_are_taken(typed, good):
    answers = Answers(typed={"source_url": typed})
    assert answers.url("source_url") == (typed if good else "")
    assert bool(answers.faults) is not good


def test_a_choice_that_no_form_offers_is_a_fault():
    answers = Answers(typed={"audience": "everybody"})
    assert answers.choice("audience", ("public", "group"), "public") == "public"
    assert answers.faults["audience"].key == "minutes.fault_choice"
