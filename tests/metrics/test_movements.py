from datetime import UTC, date, datetime

from metrics.asof import day_as_of, now_as_of
from metrics.movements import (
    figure_movements,
    last_meeting,
    status_movements,
    step_movements,
    travel,
)

NOW = now_as_of(datetime(2026, 11, 21, 4, 0, tzinfo=UTC))


def on(day: str):
    return day_as_of(date.fromisoformat(day), clock=NOW.instant)


def test_the_last_meeting_is_the_one_held_before_the_day_asked(opening_metrics):
    assert last_meeting(opening_metrics, NOW).day == date(2025, 5, 15)
    assert last_meeting(opening_metrics, on("2025-05-15")).day == date(2024, 3, 28)
    assert last_meeting(opening_metrics, on("2024-03-28")) is None


def test_what_is_newer_than_at_the_last_meeting_is_told_from_and_to(opening_metrics):
    moved = {
        (m.indicator_id, m.place_id): m
        for m in figure_movements(opening_metrics, last_meeting(opening_metrics, NOW), NOW)
    }
    stations = moved["fiveg_base_stations", "guangdong"]
    assert stations.kind == "newer"
    assert (stations.before["value"], stations.before["qualifier"]) == (210_000, "over")
    assert stations.after["value"] == 443_000
    assert all(m.after["known_at"] > on("2025-05-15").instant for m in moved.values())


def test_nothing_moves_within_one_instant(opening_metrics):
    assert figure_movements(opening_metrics, NOW, NOW) == ()
    assert step_movements(opening_metrics, NOW, NOW) == ()
    assert status_movements(opening_metrics, NOW, NOW) == ()


def test_the_newest_publication_comes_first(opening_metrics):
    known = [m.after["known_at"] for m in figure_movements(opening_metrics, on("2024-03-28"), NOW)]
    assert known == sorted(known, reverse=True)
    assert len(known) > 10


def test_milestones_that_became_known_since_are_told(opening_metrics):
    found = {s.milestone.id: s.state for s in step_movements(opening_metrics, on("2025-05-15"), NOW)}
    assert found["payment_connect"] == "done"
    assert "mou_data_flow" not in found


def test_a_milestone_only_becoming_overdue_moves_too(opening_metrics):
    found = {s.milestone.id: s.state for s in step_movements(opening_metrics, on("2025-05-15"), NOW)}
    assert found["digital_bay_2025"] == "unverified"


def test_a_status_that_changed_is_told_with_both_words(opening_metrics):
    for move in status_movements(opening_metrics, on("2025-05-15"), NOW):
        assert move.before != move.after


def test_the_direction_of_travel_is_of_one_series(opening_metrics):
    improving = travel(opening_metrics, "iam_smart_users", "hong_kong", on("2025-05-15"), NOW)
    assert improving.word == "improving"
    assert (
        travel(opening_metrics, "iam_smart_users", "macao", on("2025-05-15"), NOW).word == "no_newer_figure"
    )
