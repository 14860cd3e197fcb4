"""Use of open data: downloads and requests a year over all providers, under declared names only."""

from __future__ import annotations

import json
from datetime import date

import pytest

from ingest.errors import ShapeError
from ingest.sources.hk_open_data_use import SOURCE, parse
from tests.ingest.making import payload

TD = {
    "Year": 2024,
    "Data Provider": "Transport Department",
    "Downloads": "1,000",
    "API Requests": 5_000_000_000,
}
HKO = {"Year": 2024, "Data Provider": "Hong Kong Observatory", "Downloads": 500, "API Requests": None}


def told(*entries: object, envelope: object = None) -> dict[tuple[str, int], float]:
    content = json.dumps(envelope if envelope is not None else list(entries))
    return {(one.indicator, one.start.year): one.value for one in parse(payload(content))}


def test_providers_are_added_up_by_year():
    assert told(TD, HKO, HKO | {"Year": "2023"}) == {
        ("open_data_downloads_annual", 2023): 500,
        ("open_data_downloads_annual", 2024): 1500,
        ("open_data_api_requests_annual", 2024): 5_000_000_000,
    }
    (record, _) = parse(payload(json.dumps([TD])))
    assert (record.start, record.end, record.span) == (date(2024, 1, 1), date(2024, 12, 31), "year")


def test_one_list_inside_an_object_is_the_list():
    assert told(envelope={"Data": [TD]}) == told(TD)


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([TD, TD], "entry 2: expected each provider once a year"),
        ([TD | {"Data Provider": " "}], "entry 1: expected each provider once a year"),
        ([TD | {"Data Provider": None}], "entry 1: expected each provider once a year"),
        ([TD | {"Data Provider": 7}], "entry 1: provider: expected text, found 7"),
        ([TD | {"Year": "2024-25"}], "expected a year such as 2024"),
        ([TD | {"Year": 2024.0}], "entry 1: year: expected a year"),
        ([TD | {"Downloads": -1.5}], "entry 1: downloads: expected a whole number"),
        ([TD | {"API Requests": "5bn"}], "entry 1: requests: expected a number"),
        ([TD | {"Bandwidth": 1}], "unknown 'Bandwidth'"),
        ([{"Year": 2024, "Provider": "x", "Downloads": 1}], "missing requests"),
        ([], "at least 1 entries"),
    ],
)
def test_what_is_not_declared_is_refused(entries: list[object], said: str):
    with pytest.raises(ShapeError) as caught:
        told(*entries)
    assert said in str(caught.value)


def test_the_form_is_not_yet_confirmed():
    assert not SOURCE.confirmed
