"""When a figure counts as known, and how readings become slots."""

from __future__ import annotations

from datetime import UTC, date, datetime

from ingest.observations import observations, readings
from metrics.warehouse.values import start_of_day
from tests.ingest.making import NOON, payload, record, source


def test_a_feeds_period_is_known_its_lag_after_its_end_even_in_old_history():
    old = record(start=date(2021, 1, 1), end=date(2021, 1, 1))
    (found,) = observations(source(lag_days=1), [old], payload(b"x"))
    assert found.known_at == start_of_day(date(2021, 1, 2))
    assert found.seen_at == NOON


def test_a_payload_that_says_its_own_time_is_seen_then():
    said = datetime(2025, 5, 14, tzinfo=UTC)
    (found,) = observations(source(), [record()], payload(b"x", last_modified=said))
    assert found.seen_at == said


def test_a_published_figure_is_known_from_the_start_of_its_day_in_hong_kong():
    (found,) = observations(source(), [record(known_on=date(2025, 5, 15))], payload(b"x"))
    assert found.known_at == datetime(2025, 5, 14, 16, tzinfo=UTC)
    assert found.seen_at is None


def test_what_names_and_qualifies_a_figure_is_carried_over():
    one = record(
        qualifier="over", status="provisional", tier="press", figure_ref="f1", known_precision="estimated"
    )
    (found,) = observations(source(), [one, *[record(at=NOON)]], payload(b"x"))
    assert (found.qualifier, found.status, found.tier) == ("over", "provisional", "press")
    assert (found.figure_ref, found.known_precision) == ("f1", "estimated")
    assert (found.source_id, found.payload_sha256) == ("made_up", payload(b"x").sha256)
    assert found.series.breakdown == "direction=arrival;group=other_visitors"


def test_readings_are_gathered_in_quarter_hours_with_their_weights():
    def at(minute: int, value: float, second: int = 0, weight: float = 1.0):
        when = datetime(2025, 5, 15, 4, minute, second, tzinfo=UTC)
        return record(at=when, value=value, span="point", weight=weight)

    found = readings([at(16, 10), at(16, 20, 30), at(17, 30, weight=3), at(31, 5), record()])
    assert [(r.at.minute, r.sum, r.weight, r.n, r.minutes) for r in found] == [
        (15, 120.0, 5.0, 3, 0b110),
        (30, 5.0, 1.0, 1, 0b10),
    ]
