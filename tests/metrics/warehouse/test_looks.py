from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from metrics.warehouse.looks import Range, unknown_ranges
from metrics.warehouse.tables import LOOK
from tests.metrics.warehouse.made import DAY, INDICATOR, MAY, figure, line, shown

pytestmark = pytest.mark.engine

DAYS = [date(2025, 1, 1) + n * DAY for n in range(30)]


def payload(seen, days=DAYS, *, changed=(), series=None):
    return [
        figure(
            99 if day in changed else 1,
            MAY,
            seen_at=MAY + seen * DAY,
            period=(day, day),
            series=series or line(),
        )
        for day in days
    ]


def looks(warehouse) -> list[tuple]:
    with warehouse.engine.sa.connect() as connection:
        columns = (LOOK.c.claimed_at, LOOK.c.first_end, LOOK.c.last_end)
        return [tuple(row) for row in connection.execute(sa.select(*columns).order_by(*columns))]


def test_a_payload_that_repeats_a_whole_series_leaves_one_look(warehouse):
    warehouse.append(payload(0), run_id="a")
    assert looks(warehouse) == []
    for _ in range(3):
        warehouse.append(payload(1), run_id="b")
    assert looks(warehouse) == [(MAY + DAY, DAYS[0], DAYS[-1])]


def test_a_stored_period_that_a_payload_leaves_out_ends_its_range(warehouse):
    warehouse.append(payload(0), run_id="a")
    warehouse.append(payload(1, [day for day in DAYS if day != DAYS[10]]), run_id="b")
    assert looks(warehouse) == [(MAY + DAY, DAYS[0], DAYS[9]), (MAY + DAY, DAYS[11], DAYS[-1])]
    # The period left out was not repeated on that day: an older change of it stays its last word.
    warehouse.append([figure(5, MAY, seen_at=MAY + DAY / 2, period=(DAYS[10],) * 2)], run_id="c")
    warehouse.append([figure(5, MAY, seen_at=MAY + DAY / 2, period=(DAYS[9],) * 2)], run_id="c")
    newest = warehouse.history([INDICATOR], as_of=MAY + 9 * DAY, start=DAYS[9], end=DAYS[10])
    assert shown(newest) == [1.0, 5.0]


def test_a_changed_period_within_a_range_speaks_for_itself(warehouse):
    warehouse.append(payload(0), run_id="a")
    warehouse.append(payload(2, changed=[DAYS[3]]), run_id="b")
    assert looks(warehouse) == [(MAY + 2 * DAY, DAYS[0], DAYS[-1])]
    warehouse.append(payload(1, changed=[DAYS[3], DAYS[4]]), run_id="c")
    newest = warehouse.history([INDICATOR], as_of=MAY + 9 * DAY, start=DAYS[2], end=DAYS[5])
    assert shown(newest) == [1.0, 99.0, 1.0, 1.0]


def test_a_period_that_came_after_a_look_was_not_repeated_by_it(warehouse):
    warehouse.append(payload(0, [DAYS[0], DAYS[2]]), run_id="a")
    warehouse.append(payload(3, [DAYS[0], DAYS[2]]), run_id="b")
    warehouse.append(payload(0, [DAYS[1]]), run_id="c")
    warehouse.append(payload(1, [DAYS[1]], changed=[DAYS[1]]), run_id="d")
    newest = warehouse.history([INDICATOR], as_of=MAY + 9 * DAY)
    assert shown(newest) == [1.0, 99.0, 1.0]


def test_only_ranges_that_no_stored_one_covers_are_new():
    def of(first, last, claimed=1):
        return Range(series=1, tier=0, look=(claimed, "made", ""), first=(first, first), last=(last, last))

    found = [of(1, 5), of(7, 9), of(1, 5, claimed=2)]
    assert unknown_ranges(found, [of(0, 6), of(7, 8)]) == found[1:]
