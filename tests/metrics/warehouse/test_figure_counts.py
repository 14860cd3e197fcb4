"""How many figures there are of each indicator: periods, not rows, and only what was known then."""

from __future__ import annotations

from datetime import UTC, date, datetime

from metrics.warehouse.figure_counts import figure_counts
from metrics.warehouse.values import Observation, Series

LATER = datetime(2025, 6, 1, tzinfo=UTC)


def observed(place: str, year: int, known: datetime, value: float) -> Observation:
    series = Series(indicator_id="fiveg_base_stations", place_id=place, span="year", unit="stations")
    return Observation(
        series=series,
        period_start=date(year, 1, 1),
        period_end=date(year, 12, 31),
        known_at=known,
        value=value,
        source_id="demo",
    )


def counted(warehouse, as_of: datetime) -> dict[str, int]:
    return warehouse.read_with(figure_counts, as_of, warehouse.stamp())


def test_a_period_counts_once_however_often_it_was_revised(warehouse) -> None:
    run = warehouse.open_run("demo", trigger="hand", logical_time=LATER)
    first = datetime(2024, 2, 1, tzinfo=UTC)
    warehouse.append(
        [
            observed("macao", 2022, first, 10),
            observed("macao", 2023, first, 20),
            observed("macao", 2023, LATER, 21),
            observed("shenzhen", 2023, LATER, 30),
        ],
        run_id=run,
    )
    assert counted(warehouse, LATER) == {"fiveg_base_stations": 3}
    assert counted(warehouse, first) == {"fiveg_base_stations": 2}
    assert counted(warehouse, datetime(2020, 1, 1, tzinfo=UTC)) == {}
