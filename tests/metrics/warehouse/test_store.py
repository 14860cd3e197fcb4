from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count, permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metrics.warehouse.entries import WarehouseError
from metrics.warehouse.values import Counts, Series
from tests.metrics.warehouse.made import APRIL, DAY, INDICATOR, LONG_AFTER, MAY, figure, line, shown

pytestmark = pytest.mark.engine

NUMBERS = count()
MARCH = (date(2025, 3, 1), date(2025, 3, 31))
STORY = ["period_end", "known_at", "value", "qualifier", "status", "tier"]


def story(warehouse, indicator=INDICATOR, **more):
    frame = warehouse.vintages([indicator], **more)
    return [tuple(row) for row in frame[STORY].itertuples(index=False)]


def test_append_keeps_only_news(warehouse):
    later = MAY + 30 * DAY
    assert warehouse.append([figure(10, MAY)], run_id="a") == Counts(new=1)
    assert warehouse.append([figure(10, later)], run_id="b") == Counts(unchanged=1)
    assert warehouse.append([figure("10.5", later)], run_id="c") == Counts(new=1)
    assert shown(warehouse.latest([INDICATOR], as_of=MAY)) == [10.0]
    assert shown(warehouse.latest([INDICATOR], as_of=later)) == [10.5]


def test_a_changed_qualifier_or_status_is_news_too(warehouse):
    rows = [
        figure(10, status="provisional"),
        figure(10, MAY + DAY),
        figure(10, MAY + 2 * DAY),
        figure(10, MAY + 3 * DAY, qualifier="at_least"),
    ]
    assert warehouse.append(rows, run_id="a") == Counts(new=3, unchanged=1)


def test_the_same_payload_a_hundred_times_adds_nothing_after_the_first(warehouse):
    rows = [figure(n, period=(date(2024, 1, 1) + n * DAY,) * 2) for n in range(40)]
    assert warehouse.append(rows, run_id="a") == Counts(new=40)
    told, stamp = story(warehouse), warehouse.stamp()
    for _ in range(99):
        assert warehouse.append(rows, run_id="b") == Counts(unchanged=40)
    assert story(warehouse, raw=True) == told
    assert warehouse.stamp() == stamp


def test_a_payload_says_the_same_in_every_order_and_every_split(warehouse):
    rows = [figure(10), figure(12, MAY + DAY), figure(10, MAY + 2 * DAY), figure(10, MAY + 3 * DAY)]
    told = set()
    for number, order in enumerate(permutations(rows)):
        series = line(f"order_{number}")
        moved = [figure(row.value, row.known_at, series=series) for row in order]
        cut = number % 4
        warehouse.append(moved[:cut], run_id="a")
        warehouse.append(moved[cut:], run_id="b")
        told.add(tuple(story(warehouse, series.indicator_id)))
    assert len(told) == 1
    assert [row[2] for row in told.pop()] == [10.0, 12.0, 10.0]


def test_an_older_payload_after_a_newer_one_never_changes_the_newest_view(warehouse):
    warehouse.append([figure(10, MAY)], run_id="a")
    warehouse.append([figure(10, MAY + 10 * DAY)], run_id="b")  # no news, and yet the newest word
    assert warehouse.append([figure(12, MAY + 5 * DAY)], run_id="c") == Counts(new=1)
    seen = [shown(warehouse.latest([INDICATOR], as_of=MAY + day * DAY))[0] for day in (0, 4, 5, 9, 10, 30)]
    assert seen == [10.0, 10.0, 12.0, 12.0, 10.0, 10.0]


def test_a_figure_entered_again_for_the_same_publication_corrects_it(warehouse):
    warehouse.append([figure(10)], run_id="a")
    frozen = warehouse.stamp()
    assert warehouse.append([figure(11)], run_id="b") == Counts(new=1)
    assert shown(warehouse.latest([INDICATOR], as_of=MAY)) == [11.0]
    assert shown(warehouse.latest([INDICATOR], as_of=MAY, stamp=frozen)) == [10.0]
    assert [row[2] for row in story(warehouse, raw=True)] == [10.0, 11.0]


def test_two_tiers_published_in_one_instant_are_both_kept(warehouse):
    rows = [figure(10), figure(11, tier="press"), figure(12, tier="third_party")]
    assert warehouse.append(rows, run_id="a") == Counts(new=3)
    assert [row[2] for row in story(warehouse)] == [10.0, 11.0, 12.0]
    assert warehouse.vintages([INDICATOR])["recorded_at"].max().value // 1000 == warehouse.stamp()


def test_two_sources_that_say_the_same_on_one_day_are_one_figure_in_either_order(warehouse):
    for name, sources in (("forth", ("one", "two")), ("back", ("two", "one"))):
        for source in sources:
            warehouse.append([figure(10, series=line(name), source_id=source)], run_id="a")
        assert warehouse.vintages([name])["source_id"].tolist() == ["one"]


def test_a_stored_row_says_where_it_comes_from(warehouse):
    digest = "ab" * 32
    row = figure(1.25, figure_ref="f1", payload_sha256=digest, known_precision="estimated", tier="press")
    warehouse.append([row], run_id="run-7")
    found = warehouse.latest([INDICATOR], as_of=MAY).iloc[0]
    expected = {
        "figure_ref": "f1",
        "payload_sha256": digest,
        "known_precision": "estimated",
        "run_id": "run-7",
    }
    assert {name: found[name] for name in expected} == expected
    assert found["series_id"] == row.series.id
    assert found["period_start"].date() == APRIL[0]
    assert found["known_at"] == MAY


def test_instants_keep_their_microseconds_and_their_zone(warehouse):
    known = datetime(2025, 5, 15, 1, 2, 3, 456789, tzinfo=UTC)
    warehouse.append(
        [figure(1, known.astimezone(UTC))], run_id="a", recorded_at=known + timedelta(microseconds=7)
    )
    found = warehouse.latest([INDICATOR], as_of=known).iloc[0]
    assert found["known_at"] == known
    assert found["recorded_at"] == known + timedelta(microseconds=7)
    assert warehouse.latest([INDICATOR], as_of=known - timedelta(microseconds=1)).empty


def test_recording_goes_on_after_what_is_recorded_even_where_a_clock_was_set_back(warehouse):
    warehouse.append([figure(1)], run_id="a")
    stamp = warehouse.stamp()
    warehouse.append([figure(2, MAY + DAY)], run_id="b", recorded_at=MAY)
    assert warehouse.stamp() == stamp + 1


def test_a_series_number_that_two_names_share_is_refused(warehouse, monkeypatch):
    warehouse.append([figure(1)], run_id="a")
    number = line().id
    monkeypatch.setattr(Series, "id", property(lambda _: number))
    with pytest.raises(WarehouseError, match="same number; rename"):
        warehouse.append([figure(1, series=line("other"))], run_id="b")


# A feed dates new periods by its lag and changed values by the payload: in whichever order payloads come.


def feed(value: float, seen: int, *, series=None, period=APRIL):
    known = datetime(period[1].year, period[1].month, period[1].day, tzinfo=UTC) + 2 * DAY
    return figure(value, known, seen_at=MAY + seen * DAY, series=series or line(), period=period)


def test_a_feed_is_known_after_its_lag_and_a_changed_value_from_its_payload_on(warehouse):
    warehouse.append([feed(10, seen=0)], run_id="a")
    warehouse.append([feed(10, seen=1)], run_id="b")
    warehouse.append([feed(12, seen=2)], run_id="c")
    told = [(row[1].date(), row[2]) for row in story(warehouse)]
    assert told == [(date(2025, 5, 2), 10.0), (date(2025, 5, 17), 12.0)]


def test_a_period_seen_before_its_lag_is_over_is_known_from_its_payload_on(warehouse):
    early = figure(10, MAY + 5 * DAY, seen_at=MAY)
    warehouse.append([early], run_id="a")
    assert shown(warehouse.latest([INDICATOR], as_of=MAY)) == [10.0]


def test_an_older_payload_of_a_feed_takes_its_place_before_the_newer_one(warehouse):
    warehouse.append([feed(12, seen=2)], run_id="a")
    frozen = warehouse.stamp()
    warehouse.append([feed(10, seen=0)], run_id="b")
    told = [(row[1].date(), row[2]) for row in story(warehouse)]
    assert told == [(date(2025, 5, 2), 10.0), (date(2025, 5, 17), 12.0)]
    assert shown(warehouse.latest([INDICATOR], as_of=MAY, stamp=frozen)) == [12.0]


PAYLOADS = st.lists(
    st.lists(st.sampled_from([None, 10.0, 12.0, 14.0]), min_size=3, max_size=3), min_size=2, max_size=6
)


def in_order(payloads) -> list[tuple]:
    """Return the story that payloads tell when they come one after the other."""
    told = []
    for place, period in enumerate(PERIODS):
        last = None
        for seen, payload in enumerate(payloads):
            if payload[place] not in (None, last):
                known = MAY + seen * DAY if last is not None else None
                last = payload[place]
                told.append((period[1], known, last))
    return told


PERIODS = [(date(2025, 2, 1), date(2025, 2, 28)), MARCH, APRIL]


@given(payloads=PAYLOADS, shuffle=st.randoms(use_true_random=False))
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_order_of_the_same_payloads_gives_the_same_content(warehouse, payloads, shuffle):
    series = line(f"payloads_{next(NUMBERS)}")
    order = [*range(len(payloads)), shuffle.randrange(len(payloads))]
    shuffle.shuffle(order)
    for seen in order:
        rows = [
            feed(value, seen, series=series, period=period)
            for value, period in zip(payloads[seen], PERIODS, strict=True)
            if value is not None
        ]
        shuffle.shuffle(rows)
        cut = shuffle.randrange(len(rows) + 1)
        warehouse.append(rows[:cut], run_id="a")
        warehouse.append(rows[cut:], run_id="b")
    told = [
        (end.date(), None if known < MAY else known.to_pydatetime(), value)
        for end, known, value, *_ in story(warehouse, series.indicator_id)
    ]
    assert told == in_order(payloads)
    newest = warehouse.history([series.indicator_id], as_of=LONG_AFTER)
    assert shown(newest) == [value for *_, value in {row[0]: row for row in in_order(payloads)}.values()]
