"""Shenzhen open data: records of a subscribed data set; a message in their place is refused."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from ingest.errors import ShapeError
from ingest.pipeline import run
from ingest.sources.shenzhen_open_data import ADDRESSES, SOURCE, parse
from tests.ingest.making import NOON, payload

(ADDRESS,) = ADDRESSES


def answer(value: object):
    return replace(payload(json.dumps(value, ensure_ascii=False)), url=ADDRESS)


def page(**more: object):
    return answer({"total": 1_337_000, "data": [{"station": "罗湖"}], "page": 1, "rows": 1} | more)


def test_the_whole_number_stands_beside_the_page():
    (record,) = parse(page())
    assert (record.indicator, record.place, record.breakdown, record.value, record.unit, record.end) == (
        "open_data_api_records",
        "shenzhen",
        "dataset=29200_00403601",
        1_337_000,
        "records",
        NOON.date(),
    )
    assert [one.value for one in parse(page(total="1337000"))] == [1_337_000]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            answer({"code": "403", "message": "未订阅"}),
            "found the message '403 未订阅': subscribe to the data set",
        ),
        (page(data=[]), "expected records and their number, found 0 of 1337000"),
        (page(total=0), "found 1 of 0"),
        (page(total=None), "total: expected"),
        (page(total="many"), "total: expected a number"),
        (page(data=["x"]), "expected records that are objects"),
        (page(data={}), "data: expected"),
        (answer([]), "expected an object, found list"),
        (replace(payload("<html><title>登录</title> "), url=ADDRESS), "found a web page titled '登录'"),
    ],
)
def test_another_form_is_refused_with_what_was_expected(given, said: str):
    with pytest.raises(ShapeError) as caught:
        list(parse(given))
    assert said in str(caught.value)


def test_without_its_key_the_source_is_not_configured_and_nothing_is_asked(tools):
    report = run(SOURCE, tools)
    assert report.status == "not_configured"
    assert "GBA_KEY_SHENZHEN_OPEN_DATA" in report.message


def test_the_form_is_not_yet_confirmed():
    assert not SOURCE.confirmed
