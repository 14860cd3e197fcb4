"""GovHK: visits and page views a quarter, each only under a declared name."""

from __future__ import annotations

import json
from datetime import date

import pytest

from ingest.errors import ShapeError
from ingest.sources.hk_govhk_use import SOURCE, parse
from tests.ingest.making import payload

QUARTER = {"Quarter": "2024Q3", "Number of visits": "12,345,678", "Number of page views": 98_765_432}


def told(*entries: object) -> dict[tuple[str, date, date], float]:
    return {
        (one.indicator, one.start, one.end): one.value for one in parse(payload(json.dumps(list(entries))))
    }


def test_a_quarter_has_visits_and_page_views():
    first, last = date(2024, 7, 1), date(2024, 9, 30)
    assert told(QUARTER) == {
        ("hk_govhk_visits", first, last): 12_345_678,
        ("hk_govhk_page_views", first, last): 98_765_432,
    }
    assert {one.span for one in parse(payload(json.dumps([QUARTER])))} == {"quarter"}


@pytest.mark.parametrize(
    "told_as", [{"Quarter": "Q3"}, {"Quarter": 3}, {"Quarter": "3"}, {"Quarter": "Jul-Sep"}]
)
def test_year_and_quarter_may_stand_apart(told_as: dict[str, object]):
    assert told(QUARTER | {"Year": 2024} | told_as) == told(QUARTER)


def test_a_figure_that_is_not_given_is_absent():
    assert list(told(QUARTER | {"Number of visits": ""})) == [
        ("hk_govhk_page_views", date(2024, 7, 1), date(2024, 9, 30))
    ]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"Quarter": "2024"}, "expected a quarter such as 2024Q3"),
        ({"Quarter": ""}, "entry 1: expected a quarter, found none"),
        ({"Quarter": "Q5", "Year": "2024"}, "expected a quarter such as 2024Q3"),
        ({"Quarter": "2024Q3", "Year": "2023"}, "expected a quarter such as 2024Q3"),
        ({"Number of visits": "12.3 million"}, "entry 1: visits: expected a number"),
        ({"Unique visitors": 5}, "unknown 'Unique visitors'"),
        ({"visits": 5}, "twice visits"),
    ],
)
def test_what_is_not_declared_is_refused(wrong: dict[str, object], said: str):
    with pytest.raises(ShapeError) as caught:
        told(QUARTER | wrong)
    assert said in str(caught.value)


def test_an_entry_without_a_quarter_is_refused():
    with pytest.raises(ShapeError, match="entry 1: expected a quarter, found none"):
        told({"Visits": 1, "Page views": 2})


@pytest.mark.parametrize("content", ["[]", '{"a": [], "b": []}', "7", "not json"])
def test_another_envelope_is_refused(content: str):
    with pytest.raises(ShapeError, match="expected"):
        list(parse(payload(content)))


def test_the_form_is_not_yet_confirmed():
    assert not SOURCE.confirmed
