"""App downloads: all together and those of the agenda, each app under its published name alone."""

from __future__ import annotations

import json
from datetime import date

import pytest

from ingest.errors import ShapeError
from ingest.sources.hk_app_downloads import SOURCE, parse
from tests.ingest.making import NOON, payload

SMART = {"App Name": "iAM Smart", "Number of Downloads": "4,500,000"}
OTHER = {"App Name": "MyObservatory", "Number of Downloads": 9_000_000}


def told(*entries: object, envelope: object = None) -> dict[tuple[str, date], float]:
    content = json.dumps(envelope if envelope is not None else list(entries))
    return {(one.breakdown, one.end): one.value for one in parse(payload(content))}


TODAY = NOON.date()


def test_all_apps_are_added_up_and_those_of_the_agenda_stand_by_themselves():
    assert told(SMART, OTHER) == {("", TODAY): 13_500_000, ("app=iam_smart", TODAY): 4_500_000}


def test_platforms_of_one_app_are_added_up():
    ios, android = (SMART | {"Platform": platform} for platform in ("iOS", "Android"))
    assert told(ios, android)["app=iam_smart", TODAY] == 9_000_000


def test_a_quarter_of_its_own_dates_the_figure():
    assert ("", date(2025, 3, 31)) in told(SMART | {"Quarter": "2025Q1"})


def test_an_app_is_known_in_another_language_and_never_by_a_part_of_its_name():
    assert ("app=ehealth", TODAY) in told({"Name_EN": "eHealth", "Name_TC": "醫健通", "Downloads": 5})
    assert list(told({"Name": "iAM Smart Sandbox", "Downloads": 5})) == [("", TODAY)]


def test_an_app_whose_downloads_are_not_given_is_absent():
    assert told(OTHER, SMART | {"Number of Downloads": "N/A"}) == {("", TODAY): 9_000_000}


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([SMART, SMART], "entry 2: expected each app and platform once"),
        ([SMART | {"App Name": ""}], "entry 1: expected each app and platform once"),
        ([SMART | {"Rating": 4.8}], "unknown 'Rating'"),
        ([{"App Name": "x"}], "missing downloads"),
        ([SMART | {"Downloads": 3}], "twice downloads"),
        ([SMART | {"Number of Downloads": "4.5M"}], "entry 1: downloads: expected a number"),
        ([SMART | {"Number of Downloads": "1,000,000+"}], "entry 1: downloads: expected a number"),
        ([SMART | {"Quarter": "spring"}], "expected a quarter such as"),
        ([SMART | {"App Name": 5}], "expected text, found 5"),
        ([], "at least 1 entries"),
    ],
)
def test_what_is_not_declared_is_refused(entries: list[object], said: str):
    with pytest.raises(ShapeError) as caught:
        told(*entries)
    assert said in str(caught.value)


def test_the_address_is_declared_plain_and_the_form_is_not_yet_confirmed():
    (request,) = SOURCE.requests
    assert request.url.startswith("http://")
    assert request.plain_http
    assert not SOURCE.confirmed


def test_downloads_add_up_since_an_app_came_out_so_that_a_fall_is_held_back():
    assert tuple(SOURCE.feeds) == SOURCE.cumulative
