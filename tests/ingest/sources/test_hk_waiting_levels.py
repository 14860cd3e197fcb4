"""Waiting levels: codes by point, direction and group; never minutes, one a slot."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ingest.errors import ShapeError
from ingest.sources.hk_waiting_levels import FOLDER, POINTS, SOURCE, parse
from tests.ingest.making import payload
from tests.shared import SHARED, needs_samples

NOW = datetime(2026, 10, 8, 14, 58, 21, tzinfo=UTC)
QUIET = {point: {"arrQueue": 0, "depQueue": 0} for point in POINTS}


def file(said: object, group: str = "R"):
    return replace(payload(json.dumps(said), NOW), url=f"{FOLDER}CPQueueTime{group}.json")


def told(said: object, group: str = "R") -> dict[tuple[str, str], float]:
    return {(record.place, record.breakdown): record.value for record in parse(file(said, group))}


def test_each_point_has_a_level_by_direction_and_group():
    found = told(QUIET | {"SBC": {"arrQueue": 2, "depQueue": 1}}, "V")
    assert len(found) == 16
    assert found["hk_shenzhen_bay", "direction=arrival;group=visitors"] == 2
    assert found["hk_shenzhen_bay", "direction=departure;group=visitors"] == 1
    assert ("hk_lo_wu", "direction=arrival;group=residents") in told(QUIET)


def test_maintenance_and_closed_are_states_that_keep_their_codes():
    found = told(QUIET | {"MKT": {"arrQueue": 4, "depQueue": 4}, "STK": {"arrQueue": 99, "depQueue": 99}})
    assert found["hk_man_kam_to", "direction=arrival;group=residents"] == 4
    assert found["hk_sha_tau_kok", "direction=departure;group=residents"] == 99


def test_a_reading_is_of_the_slot_of_its_fetch_so_that_two_fetches_make_no_mean():
    later = replace(file(QUIET), fetched_at=NOW.replace(second=59))
    times = {record.at for given in (file(QUIET), later) for record in parse(given)}
    assert times == {datetime(2026, 10, 8, 14, 45, tzinfo=UTC)}
    assert {record.unit for record in parse(file(QUIET))} == {"level"}


def test_a_new_point_keeps_its_code_for_the_checks():
    found = told(QUIET | {"HYK": {"arrQueue": 0, "depQueue": 0}})
    assert ("HYK", "direction=arrival;group=residents") in found
    assert "HYK" not in SOURCE.feeds["bcp_wait_level"]


@pytest.mark.parametrize(
    ("said", "told_so"),
    [
        ([], "expected an object, found list"),
        ({"Lo Wu": "5-10 mins"}, "expected 'HYW', found 'Lo Wu'"),
        (QUIET | {"LWS": "5-10 mins"}, "LWS: expected"),
        (QUIET | {"LWS": {"arrQueue": 0}}, "LWS: expected 'depQueue'"),
        (QUIET | {"LWS": {"arrQueue": "0", "depQueue": 0}}, "LWS: arrQueue: expected"),
        (QUIET | {"LWS": {"arrQueue": True, "depQueue": 0}}, "LWS: arrQueue: expected"),
        (
            QUIET | {"LWS": {"arrQueue": 3, "depQueue": 0}},
            "arrQueue: expected one of 0, 1, 2, 4, 99, found 3",
        ),
        (QUIET | {"LWS": {"arrQueue": 15, "depQueue": 0}}, "expected one of 0, 1, 2, 4, 99, found 15"),
    ],
)
def test_another_form_or_code_is_refused_with_what_was_found(said: object, told_so: str):
    with pytest.raises(ShapeError) as caught:
        list(parse(file(said)))
    assert told_so in str(caught.value)


def test_the_form_is_not_yet_confirmed_and_the_same_bytes_are_a_new_reading():
    assert not SOURCE.confirmed
    assert SOURCE.snapshots


@needs_samples
@pytest.mark.parametrize(("group", "closed"), [("R", 10), ("V", 2)])
def test_the_reconstructed_forms_are_read(group: str, closed: int):
    name = f"CPQueueTime{group}.json"
    content = (SHARED / "samples/forms" / FOLDER.removeprefix("https://") / name).read_bytes()
    records = list(parse(replace(payload(content, NOW), url=FOLDER + name)))
    assert len(records) == 16
    assert sum(record.value == 99 for record in records) == closed
