"""Macao's statistics: months of a series out of XML, held to unit and period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ingest.errors import ShapeError
from ingest.sources.macao_dsec import ADDRESSES, NAMESPACE, SOURCE, parse
from tests.ingest.making import payload

(ADDRESS,) = ADDRESSES


def block(**more: str | None) -> str:
    facts: dict[str, str | None] = {
        "ReferencePeriod": "Jan/2025",
        "UnitLabel": "Persons",
        "Year": "2025",
        "PeriodID": "1",
        "IndicatorValue": "3646561",
    }
    facts |= more
    cells = "".join(f"<{name}>{text}</{name}>" for name, text in facts.items() if text is not None)
    return f"<DSECIndicatorWSData>{cells}</DSECIndicatorWSData>"


def answer(*blocks: str, status: str = "<StatusCode>0</StatusCode>", namespace: str = NAMESPACE):
    inside = f"{status}<IndicatorData>{''.join(blocks)}</IndicatorData>"
    content = (
        f'<?xml version="1.0" encoding="utf-8"?>\r\n<DSECWSResult xmlns="{namespace}">{inside}</DSECWSResult>'
    )
    return replace(payload(content), url=ADDRESS)


def told(given) -> dict[date, float]:
    return {one.end: one.value for one in parse(given)}


def test_each_month_has_its_visitors():
    given = answer(block(), block(ReferencePeriod="Feb./2025", IndicatorValue="3146688.0000", UnitLabel=""))
    assert told(given) == {date(2025, 1, 31): 3_646_561, date(2025, 2, 28): 3_146_688}
    record = next(parse(given))
    assert (record.indicator, record.place, record.start, record.span, record.unit) == (
        "visitor_arrivals",
        "macao",
        date(2025, 1, 1),
        "month",
        "persons",
    )


def test_a_month_without_a_value_is_absent():
    assert told(answer(block(), block(ReferencePeriod="Feb/2025", IndicatorValue=""))) == {
        date(2025, 1, 31): 3_646_561
    }


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (answer(block(), status="<StatusCode>5</StatusCode>"), "StatusCode: expected 0, found '5'"),
        (answer(block(), status=""), "StatusCode: expected 0, found ''"),
        (answer(block(), namespace="http://example.org/"), "StatusCode: expected 0, found ''"),
        (answer(), "expected at least one DSECIndicatorWSData"),
        (answer(block(UnitLabel="'000")), "row 1: UnitLabel: expected one of person, persons"),
        (answer(block(UnitLabel="%")), "found '%'"),
        (answer(block(), block()), "row 2: expected each month once"),
        (answer(block(Year="2024")), "row 1: expected each month once and in its year"),
        (answer(block(ReferencePeriod="Q1/2025")), "ReferencePeriod: expected a month"),
        (answer(block(ReferencePeriod="2025")), "ReferencePeriod: expected a month"),
        (answer(block(IndicatorValue="3646.5")), "IndicatorValue: expected a whole number"),
        (answer(block(IndicatorValue=None)), "expected IndicatorValue, found"),
        (
            replace(payload("<!DOCTYPE html><html><title>Busy</title> </html>"), url=ADDRESS),
            "found a web page",
        ),
        (replace(payload('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), url=ADDRESS), "expected plain XML"),
        (replace(payload('{"Status": "OK"}'), url=ADDRESS), "expected XML"),
    ],
)
def test_another_form_is_refused_with_what_was_expected(given, said: str):
    with pytest.raises(ShapeError) as caught:
        told(given)
    assert said in str(caught.value)


def test_the_form_is_not_yet_confirmed():
    assert not SOURCE.confirmed
    assert SOURCE.feeds == {"visitor_arrivals": ("macao",)}
