"""Faster Payment System: totals with the parts that must add up to them, pages that must be whole."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from ingest.checks import unequal_sums
from ingest.errors import ShapeError
from ingest.sources.hkma_fps import PAGE, REGISTRATIONS, SOURCE, VALUE, VOLUME, parse
from tests.ingest.making import payload


def row(month: str = "2026-08", **more: object) -> dict[str, object]:
    facts: dict[str, object] = {
        "end_of_month": month,
        "total": 100,
        "rt_payment": 90,
        "bat_payment": 10,
        "rtctp": 80,
        "rtddp": 10,
        "rtctp_pp_payee_proxy_id": 30,
        "rtctp_pp_payee_acc_no": 40,
        "rtctp_other_payment": 10,
    }
    return facts | more


def answer(*rows: object, url: str = VOLUME, size: int | None = None, **header: object):
    said = {"success": True, "err_code": "0000", "err_msg": "No error found"} | header
    result = {"datasize": len(rows) if size is None else size, "records": list(rows)}
    return replace(payload(json.dumps({"header": said, "result": result})), url=url)


def test_a_month_has_its_total_and_the_totals_of_its_parts():
    found = {one.breakdown: (one.value, one.total) for one in parse(answer(row()))}
    assert found == {
        "": (100, 100),
        "kind=real_time": (90, 90),
        "kind=real_time_credit_transfer": (80, 80),
    }
    record = next(parse(answer(row())))
    assert (record.indicator, record.unit, record.start, record.end, record.span) == (
        "fps_hkd_monthly_volume",
        "transactions",
        date(2026, 8, 1),
        date(2026, 8, 31),
        "month",
    )


def test_values_are_thousands_of_dollars_and_may_have_decimals():
    money = {name: value * 1.5 for name, value in row().items() if name != "end_of_month"}
    record = next(parse(answer(row(**money), url=VALUE)))
    assert (record.indicator, record.unit, record.value) == ("fps_hkd_monthly_value", "HKD thousand", 150)


@pytest.mark.parametrize(
    ("wrong", "held"),
    [
        ({"bat_payment": 11}, {""}),
        ({"rtddp": 9}, {"kind=real_time"}),
        ({"rtctp_other_payment": 11}, {"kind=real_time_credit_transfer"}),
        ({"rtctp": 81}, {"kind=real_time", "kind=real_time_credit_transfer"}),
    ],
)
def test_a_total_that_its_parts_do_not_make_waits_for_a_person(wrong: dict[str, int], held: set[str]):
    records = list(parse(answer(row("2026-07"), row(**wrong))))
    doubted = [records[doubt.index] for doubt in unequal_sums(records)]
    assert {one.breakdown for one in doubted} == held
    assert {one.end for one in doubted} == {date(2026, 8, 31)}


def test_the_part_month_in_which_the_system_opened_is_left_out():
    assert {one.end for one in parse(answer(row("2018-09"), row("2018-10")))} == {date(2018, 10, 31)}


def test_registrations_stand_at_the_end_of_the_month_with_their_sum():
    facts = {"end_of_month": "2026-08", "total_personal": 7, "total_corporate": 3, "total_grand_total": 10}
    (record,) = parse(answer(facts | {"hkid_personal": None}, url=REGISTRATIONS))
    assert (record.indicator, record.span, record.start, record.value, record.total) == (
        "fps_registrations",
        "point",
        date(2026, 8, 31),
        10,
        10,
    )


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (answer(row(), success=False, err_code="1001"), "header: expected success and 0000, found 1001"),
        (answer(row(), err_code="0001"), "found 0001"),
        (answer(), "result: expected 1 to 999 records, all told, found 0 of 0"),
        (answer(row(), size=2), "found 1 of 2"),
        (answer(*(row(f"{1900 + n // 12}-{n % 12 + 1:02d}") for n in range(PAGE))), "found 1000 of 1000"),
        (answer(row(), row()), "record 2: expected each month once"),
        (answer(row("2026-8")), "expected a month such as"),
        (answer(row(rtddp=None)), "record 1: rtddp: expected a number, found None"),
        (answer(row(total=100.5)), "record 1: total: expected a whole number"),
        (answer(row(total="many")), "record 1: total: expected a number"),
        (answer({"end_of_month": "2026-08", "total": 1}), "record 1: expected 'rt_payment'"),
        (answer(row(), "x"), "record 2: expected an object, found str"),
        (answer({"end_of_month": "2026-08"}, url=REGISTRATIONS), "expected 'total_personal'"),
        (replace(payload('{"header": {}}'), url=VOLUME), "expected 'result'"),
        (replace(payload("<html><title>x</title></html>"), url=VOLUME), "found a web page"),
    ],
)
def test_another_form_is_refused_with_what_was_expected(given, said: str):
    with pytest.raises(ShapeError) as caught:
        list(parse(given))
    assert said in str(caught.value)


def test_three_tables_are_asked_for_and_the_form_is_not_yet_confirmed():
    assert [request.url for request in SOURCE.requests] == [VOLUME, VALUE, REGISTRATIONS]
    assert not SOURCE.confirmed
