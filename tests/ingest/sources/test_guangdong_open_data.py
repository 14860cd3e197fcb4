"""Open Guangdong: the number of data sets in JSON within JSON; nothing without a key."""

from __future__ import annotations

import json

import pytest

from ingest.errors import ShapeError
from ingest.pipeline import run
from ingest.sources.guangdong_open_data import SOURCE, parse
from metrics.indicators import catalogue
from tests.ingest.making import NOON, payload

ENTRY = {"resId": "29000/03600017", "dataUpdateTime": "2025-05-01"}


def answer(**inner: object):
    facts: dict[str, object] = {"list": [ENTRY], "total": 90_000, "pageNo": 1}
    return payload(json.dumps({"dataList": json.dumps(facts | inner)}))


def test_the_catalogue_tells_its_number_beside_the_entry():
    (record,) = parse(answer())
    assert (record.place, record.value, record.unit, record.counting_basis, record.end) == (
        "guangdong",
        90_000,
        "datasets",
        "datasets",
        NOON.date(),
    )
    assert record.unit in catalogue().get("open_datasets").units


def test_another_declared_spelling_of_the_number_is_read():
    given = payload(json.dumps({"dataList": json.dumps({"list": [ENTRY], "totalCount": "1,234"})}))
    assert [one.value for one in parse(given)] == [1234]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (payload('{"dataList": []}'), "dataList: expected"),
        (payload('{"code": 401, "message": "token"}'), "expected 'dataList', found 'code, message'"),
        (payload('{"dataList": "<html>"}'), "expected JSON"),
        (answer(list=[]), "dataList: expected entries and their number, found 0 of 90000"),
        (answer(total=0), "found 1 of 0"),
        (answer(total=None), "dataList: total: expected a number, found none"),
        (answer(total="many"), "dataList: total: expected a number"),
        (answer(totalCount=3), "dataList: expected one of total"),
        (answer(list=[{"id": 1}]), "dataList: entry 1: expected 'resId'"),
        (payload(json.dumps({"dataList": json.dumps({"list": [ENTRY]})})), "dataList: expected one of total"),
        (payload("数据".encode("gbk")), "expected utf-8"),
    ],
)
def test_another_form_is_refused_with_what_was_expected(given, said: str):
    with pytest.raises(ShapeError) as caught:
        list(parse(given))
    assert said in str(caught.value)


def test_without_its_key_the_source_is_not_configured_and_nothing_is_asked(tools):
    report = run(SOURCE, tools)
    assert report.status == "not_configured"
    assert "GBA_KEY_GUANGDONG_OPEN_DATA" in report.message
    assert report.read == 0


def test_the_form_is_not_yet_confirmed():
    assert not SOURCE.confirmed
