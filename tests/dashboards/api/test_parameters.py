"""Parameters: each reads its own text, and every fault is told at once."""

from __future__ import annotations

import pytest

from dashboards.api.endpoints import endpoints
from dashboards.api.parameters import AS_OF, CURSOR, INDICATOR, LIMIT, PLACES, read
from dashboards.exports.asking import RefusedError


def test_all_faults_are_told_at_once(opening_desk):
    query = {"indicator": ["nope"], "limit": ["x"], "places": ["nowhere"], "odd": ["1"]}
    with pytest.raises(RefusedError) as error:
        read((INDICATOR, LIMIT, PLACES), query, opening_desk)
    assert error.value.status == 400
    assert {name for name, _ in error.value.faults} == {"indicator", "limit", "places", ""}


def test_what_is_left_out_has_its_default_and_the_stamp_is_that_of_now(opening_desk):
    call = read((INDICATOR, LIMIT, CURSOR, AS_OF), {"indicator": ["fiveg_base_stations"]}, opening_desk)
    assert (call.values["limit"], call.values["cursor"]) == (1000, None)
    assert call.filters.as_of.current
    assert call.filters.as_of.stamp == opening_desk.stamp()


def test_a_cursor_binds_the_answer_to_its_stamp(opening_desk):
    query = {"indicator": ["fiveg_base_stations"], "cursor": ["7.30"]}
    call = read((INDICATOR, CURSOR), query, opening_desk)
    assert (call.filters.as_of.stamp, call.values["cursor"]) == (7, (7, 30))


def test_every_parameter_of_every_address_says_what_it_expects():
    for endpoint in endpoints(()):
        names = [one.name for one in endpoint.parameters]
        assert len(set(names)) == len(names)
        assert all(one.says and one.expected and one.schema for one in endpoint.parameters)
