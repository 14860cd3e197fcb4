"""The daily crossings, in the publisher's form."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from geo.places import atlas
from ingest.errors import ShapeError
from ingest.fetch import Fetcher
from ingest.pipeline import run
from ingest.sources.hk_immigration_daily import CONTROL_POINTS, SOURCE
from tests.ingest.making import HEADER, crossing_days, immigration_file, payload
from tests.shared import SHARED, needs_samples

SAMPLE = "samples/mirror/" + SOURCE.requests[0].url.removeprefix("https://")


def parsed(content: bytes):
    return list(SOURCE.parse(payload(content)))


def test_each_row_gives_three_groups_that_keep_the_rows_total():
    found = parsed(immigration_file(["01-02-2025,Lo Wu,Arrival,10,20,3,33,"]))
    assert [(r.breakdown, r.value) for r in found] == [
        ("direction=arrival;group=hong_kong_residents", 10),
        ("direction=arrival;group=mainland_visitors", 20),
        ("direction=arrival;group=other_visitors", 3),
    ]
    assert {(r.place, r.start, r.end, r.span, r.total) for r in found} == {
        ("hk_lo_wu", date(2025, 2, 1), date(2025, 2, 1), "day", 33)
    }


def test_the_ferry_terminal_for_macao_is_one_place_under_both_spellings():
    found = parsed(
        immigration_file(
            [
                "31-12-2025,Macau Ferry Terminal,Arrival,1,1,1,3,",
                "01-01-2026,Macao Ferry Terminal,Arrival,1,1,1,3,",
            ]
        )
    )
    assert {r.place for r in found} == {"hk_macao_ferry"}


def test_every_control_point_is_a_crossing_of_the_atlas():
    assert {atlas().get(place).kind for place in CONTROL_POINTS.values()} == {"crossing"}


def test_an_unknown_control_point_keeps_its_own_words():
    assert parsed(immigration_file(["01-02-2025,Lo Woo,Arrival,1,1,1,3,"]))[0].place == "Lo Woo"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            immigration_file(crossing_days(1), HEADER.replace("Control Point", "Point")),
            "missing 'Control Point'",
        ),
        (immigration_file(crossing_days(1), HEADER + "Extra,"), "added 'Extra'"),
        (immigration_file(crossing_days(1))[:-4], "trailing separator"),
        (immigration_file(["01-02-2025,Lo Wu,Arrival,x,1,1,3,"]), "Hong Kong Residents: expected a number"),
        (immigration_file(["2025-02-01,Lo Wu,Arrival,1,1,1,3,"]), "Date: expected a day"),
        (immigration_file(["02-13-2025,Lo Wu,Arrival,1,1,1,3,"]), "Date: expected a day"),
        (immigration_file(["01-02-2025,Lo Wu,Sideways,1,1,1,3,"]), "expected one of Arrival, Departure"),
        (immigration_file([]), "at least 1 rows"),
        (b"<!DOCTYPE html><html><title>Busy</title></html>", "web page titled 'Busy'"),
        (b"", "found ''"),
    ],
)
def test_another_form_is_refused_in_one_clear_line(content: bytes, said: str):
    with pytest.raises(ShapeError, match=said) as caught:
        parsed(content)
    assert "\n" not in str(caught.value)


@needs_samples
def test_the_whole_file_has_its_known_sums():
    found = parsed((SHARED / SAMPLE).read_bytes())
    assert len(found) == 161_712
    assert sum(r.value for r in found if r.start.year == 2024) == 298_514_012
    assert sum(r.value for r in found if r.start.year == 2025) == 310_749_091
    kowloon = (r.value for r in found if r.place == "hk_west_kowloon" and r.start.year == 2024)
    assert sum(kowloon) == 26_524_361


@needs_samples
def test_the_real_file_goes_through_the_whole_line_and_a_second_run_adds_nothing(tools):
    real = replace(tools, fetch=Fetcher(contact="", mirror=SHARED / "samples/mirror"))
    report = run(SOURCE, real)
    assert (report.status, report.read, report.figures, report.new) == ("loaded", 53_904, 161_712, 161_712)
    assert report.quarantined == 0
    years = real.warehouse.totals(
        "bcp_passengers_daily", as_of=datetime(2100, 1, 1, tzinfo=UTC), every="year", by=()
    )
    sums = dict(zip(years["period_start"].dt.year, years["value"], strict=True))
    assert (sums[2024], sums[2025]) == (298_514_012, 310_749_091)
    again = run(SOURCE, real)
    assert (again.status, again.new, again.unchanged) == ("unchanged", 0, 161_712)
