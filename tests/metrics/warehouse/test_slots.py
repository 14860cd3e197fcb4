from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.warehouse.columns import day_number, microseconds
from metrics.warehouse.slots import (
    Slot,
    after_changes,
    day_bounds,
    gathered,
    hong_kong_day,
    joined,
    kept_from,
    merged,
    month_first,
    total_of,
)
from tests.metrics.warehouse.made import MAY, reading

SLOT = Slot(sum=10.0, weight=2.0, n=2, minutes=0b0011)


def test_minutes_not_seen_yet_are_added():
    more = Slot(sum=20.0, weight=1.0, n=1, minutes=0b0100)
    assert merged(SLOT, more) == Slot(sum=30.0, weight=3.0, n=3, minutes=0b0111)
    assert merged(None, SLOT) is SLOT


@pytest.mark.parametrize("minutes", [0b0001, 0b0010, 0b0011])
def test_minutes_that_are_all_known_bring_nothing(minutes):
    assert merged(SLOT, Slot(sum=99.0, weight=1.0, n=1, minutes=minutes)) is None


def test_a_slot_that_knows_more_minutes_replaces_and_one_that_knows_fewer_does_not():
    whole = Slot(sum=70.0, weight=7.0, n=7, minutes=0b1111111)
    assert merged(SLOT, whole) is whole
    crossing = Slot(sum=5.0, weight=1.0, n=1, minutes=0b0110)
    assert {merged(SLOT, crossing), merged(crossing, SLOT)} == {crossing, None}


def test_readings_of_one_slot_are_gathered_with_how_many_there_are():
    rows = [
        reading(MAY, 1),
        reading(MAY, 1),
        reading(MAY, 2, minutes=2),
        reading(MAY + timedelta(minutes=15), 3),
    ]
    assert sorted((slot.sum, count) for slot, count in gathered(rows).values()) == [(3.0, 1), (3.0, 2)]


def test_days_are_hong_kong_days_and_months_begin_on_their_first():
    last = datetime(2026, 3, 31, 15, 59, 59, tzinfo=UTC)
    assert hong_kong_day(microseconds(last)) == day_number(date(2026, 3, 31))
    assert hong_kong_day(microseconds(last) + 1_000_000) == day_number(date(2026, 4, 1))
    first, after = day_bounds(day_number(date(2026, 3, 31)))
    assert first <= microseconds(last) < after
    assert month_first(day_number(date(2026, 3, 31))) == day_number(date(2026, 3, 1))


def test_readings_are_kept_from_the_start_of_a_day():
    assert kept_from(microseconds(MAY), 90) == day_bounds(hong_kong_day(microseconds(MAY)) - 90)[0]


def test_the_lowest_or_highest_slot_that_moves_inwards_asks_for_a_new_count():
    low, high = (1, Slot(sum=1.0, weight=1.0, n=1, minutes=1)), (2, Slot(sum=9.0, weight=1.0, n=1, minutes=1))
    total = total_of([low, high])
    inwards = Slot(sum=10.0, weight=2.0, n=2, minutes=3)
    assert after_changes(total, [(1, low[1], inwards)]) is None
    assert after_changes(total, [(2, high[1], inwards)]) is None
    assert after_changes(None, [(1, low[1], inwards)]) is None
    outwards = inwards._replace(sum=20.0)
    assert after_changes(total, [(2, high[1], outwards)]).max == 10.0


def test_a_total_of_no_slots_is_refused():
    with pytest.raises(ValueError, match="one slot at least"):
        total_of([])


SLOTS = st.lists(
    st.builds(
        Slot,
        sum=st.integers(1, 50).map(float),
        weight=st.sampled_from([1.0, 2.0]),
        n=st.just(1),
        minutes=st.just(1),
    ),
    min_size=1,
    max_size=8,
)


@given(slots=SLOTS, more=SLOTS)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_a_total_after_changes_is_the_total_of_the_changed_slots(slots, more):
    """Whatever can be told without counting anew is what counting anew tells."""
    before = dict(enumerate(slots))
    changes = [(at, before.get(at), slot) for at, slot in enumerate(more, start=3)]
    after = before | {at: slot for at, _, slot in changes}
    found = after_changes(total_of(before.items()), changes)
    if found is not None:
        assert found == total_of(after.items())


@given(days=st.lists(SLOTS, min_size=1, max_size=4))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_a_month_is_the_total_of_its_slots(days):
    numbered = [[(100 * day + at, slot) for at, slot in enumerate(slots)] for day, slots in enumerate(days)]
    whole = total_of(pair for slots in numbered for pair in slots)
    assert joined(total_of(slots) for slots in reversed(numbered)) == whole
