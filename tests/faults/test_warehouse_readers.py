"""Readers beside loads: whatever is asked under one stamp tells of one state of the warehouse."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.metrics.warehouse.made import INDICATOR, LONG_AFTER, MAY, figure, line

pytestmark = [pytest.mark.engine, pytest.mark.faults]

PLACES, READERS, LOADS = 20, 50, 6


def payload(number: int):
    known = MAY + timedelta(seconds=number)
    return [figure(number, known, series=line(place=str(place))) for place in range(PLACES)]


def test_fifty_readers_during_loads_each_see_one_stamp(warehouse):
    warehouse.append(payload(0), run_id="0")
    over = threading.Event()

    def read() -> list[tuple[int, float]]:
        seen = []
        while not over.is_set() or not seen:
            stamp = warehouse.stamp()
            newest = warehouse.latest([INDICATOR], as_of=LONG_AFTER, stamp=stamp)
            history = warehouse.history([INDICATOR], as_of=LONG_AFTER, stamp=stamp)
            values = set(newest["value"]) | set(history["value"])
            assert len(newest) == len(history) == PLACES
            assert len(values) == 1, f"one page, two states: {values}"
            assert newest["recorded_at"].max().value // 1000 == stamp
            seen.append((stamp, values.pop()))
        return seen

    with ThreadPoolExecutor(READERS) as readers:
        reading = [readers.submit(read) for _ in range(READERS)]
        for number in range(1, LOADS + 1):
            warehouse.append(payload(number), run_id=str(number))
        over.set()
        seen = [reader.result() for reader in reading]
    for pairs in seen:
        assert pairs == sorted(pairs)
    states = {pair for pairs in seen for pair in pairs}
    assert len({stamp for stamp, _ in states}) == len({value for _, value in states}) == len(states)
