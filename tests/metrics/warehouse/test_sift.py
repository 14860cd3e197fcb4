from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from metrics.warehouse.against import Stored
from metrics.warehouse.batch import batch_of
from metrics.warehouse.columns import microseconds
from metrics.warehouse.sift import lane_keys, sift
from tests.metrics.warehouse.made import DAY, MAY, figure, line


def stored(*rows, recorded=1) -> Stored:
    """Return observations as they would lie in the warehouse."""
    batch = batch_of(rows)
    count = len(rows)
    return Stored(
        series=batch.series_ids[batch.which] if count else np.empty(0, np.int64),
        end=batch.end,
        start=batch.start,
        tier=batch.tier,
        known=batch.known,
        claimed=batch.claimed,
        recorded=np.full(count, recorded),
        value=batch.value,
        qualifier=batch.qualifier,
        status=batch.status,
        precision=batch.precision,
        source=np.array([row.source_id for row in rows], dtype=object),
        ref=np.array([row.figure_ref for row in rows], dtype=object),
        payload=np.array([row.payload_sha256 for row in rows], dtype=object),
    )


def no_looks(_series):
    return lambda _lane, _since: []


def sifted(rows, there=(), last_look=None, looks_of=no_looks):
    return sift(batch_of(rows), stored(*there), last_look or {}, looks_of)


def test_everything_is_news_where_nothing_is_stored_but_for_repetitions():
    found = sifted([figure(1), figure(1, MAY + DAY), figure(2, MAY + 2 * DAY)])
    assert found.batch.value[found.rows].tolist() == [1.0, 2.0]
    assert found.batch.claimed[found.repeats].tolist() == [microseconds(MAY + DAY)]
    assert found.news == 2


def test_the_row_that_is_there_is_neither_news_nor_a_look():
    found = sifted([figure(1)], [figure(1)])
    assert (len(found.rows), len(found.repeats), found.settled, found.looks) == (0, 0, [], [])


def test_a_change_of_the_one_stored_row_is_news_and_a_repetition_is_a_look():
    found = sifted([figure(1, MAY + DAY, period=(date(2025, 3, 1),) * 2), figure(3, MAY + DAY)],
                   [figure(1, period=(date(2025, 3, 1),) * 2), figure(2)])  # fmt: skip
    assert found.batch.value[found.rows].tolist() == [3.0]
    assert found.batch.value[found.repeats].tolist() == [1.0]


def test_a_change_older_than_a_look_is_settled_with_it():
    look = (microseconds(MAY + 5 * DAY), "made", "")
    last = {(line().id, 0): look[0]}
    found = sifted([figure(2, MAY + DAY)], [figure(1)], last, lambda _series: lambda _lane, _since: [look])
    assert [claim.value for _, claim in found.settled] == [2.0, 1.0]
    assert found.news == 1


def test_a_late_figure_before_the_stored_one_is_settled():
    found = sifted([figure(9, MAY - DAY)], [figure(1)])
    assert [claim.value for _, claim in found.settled] == [9.0]


def test_two_claims_of_one_instant_are_settled_and_the_last_given_corrects():
    found = sifted([figure(1), figure(2)])
    assert [claim.value for _, claim in found.settled] == [2.0]


def test_lanes_are_numbered_alike_for_new_and_stored_rows_in_the_order_of_their_key():
    rows = [
        figure(1, series=line(place=place), tier=tier)
        for place in ("a", "b")
        for tier in ("official", "press")
    ]
    new, old = lane_keys(batch_of(rows), stored(*rows))
    assert new.tolist() == old.tolist()
    assert len(set(new.tolist())) == 4


def test_periods_of_impossible_width_are_refused():
    rows = [
        figure(1, series=line(place=str(place)), period=(date(1, 1, 1), date(9999 - place, 12, 31)))
        for place in range(2)
    ]
    wide = batch_of(rows)
    wide.start[0] = np.iinfo(np.int32).min
    wide.end[0] = np.iinfo(np.int32).max
    with pytest.raises(ValueError, match="dates of one era"):
        lane_keys(wide, stored())
