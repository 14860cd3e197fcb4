"""An hour of readings, with their days and months, on a million and on ten million readings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import numpy as np

from benchmarks.claim import Claim, Result, Setting, clock, share
from benchmarks.rows import hour_of_readings, series_of
from metrics.warehouse.columns import microseconds
from metrics.warehouse.store import add_series
from metrics.warehouse.tables import READING
from metrics.warehouse.values import Series
from metrics.warehouse.warehouse import Warehouse, open_warehouse

LIVE = 100  # series that report, four slots an hour each
ROWS = 10_000_000
HOURS = 40
BUDGET_MS = 15.0
QUARTER = 900_000_000
START = datetime(2026, 3, 1, tzinfo=UTC)


def measure(setting: Setting) -> Iterator[Result]:
    """Fill with a tenth, load hours; fill up, load hours again."""
    for where, url in setting.urls.items():
        warehouse = open_warehouse(url)
        warehouse.migrate()
        total = setting.size(ROWS)
        _fill(warehouse, total // 10, "first")
        few = _hours(warehouse, START)
        _fill(warehouse, total - total // 10, "second")
        many = _hours(warehouse, START + timedelta(hours=HOURS))
        plain = _yardstick(warehouse)
        warehouse.close()
        for rows, times in ((total // 10, few), (total, many)):
            middle = share(times, 0.5) * 1000
            yield Result(
                where=where,
                what=f"an hour of readings ({LIVE} series, 4 slots) with rollups, on {rows:,} readings, median",
                measured=middle,
                unit="ms",
                budget=f"<= {BUDGET_MS:g} ms",
                within=middle <= BUDGET_MS if setting.judged else None,
                yardstick="the engine's own upsert of the same readings alone, median",
                yardstick_measured=share(plain, 0.5) * 1000,
                ratio=middle / (share(plain, 0.5) * 1000),
            )


def _fill(warehouse: Warehouse, count: int, name: str) -> None:
    """Lay down *count* readings of the ninety days before the live ones."""
    slots = 90 * 96
    series = series_of(max(count // slots, 1), indicator=f"past_{name}", span="other")
    ids = np.fromiter((one.id for one in series), np.int64, len(series))
    at = microseconds(START) - QUARTER * np.arange(slots, 0, -1)
    with warehouse.engine.writing() as connection:
        add_series(warehouse.engine, connection, series)
        for part in np.array_split(np.sort(ids), max(len(ids) // 100, 1)):
            columns = {
                "series_id": np.repeat(part, slots),
                "at": np.tile(at, len(part)),
                "sum": 1.0,
                "weight": 1.0,
                "n": 1,
                "minutes": 1,
            }
            warehouse.engine.fill(connection, READING, columns, len(part) * slots)


def _live() -> tuple[Series, ...]:
    return series_of(LIVE, indicator="live", span="other")


def _hours(warehouse: Warehouse, start: datetime) -> list[float]:
    times: list[float] = []
    for hour in range(HOURS):
        rows = hour_of_readings(_live(), start + timedelta(hours=hour))
        with clock(times):
            counts = warehouse.append_readings(rows, run_id="bench")
        assert counts.new == len(rows)
    return times


def _yardstick(warehouse: Warehouse) -> list[float]:
    times: list[float] = []
    ids = [one.id for one in _live() for _ in range(4)]
    for hour in range(HOURS):
        first = microseconds(START + timedelta(hours=2 * HOURS + hour))
        columns = {
            "series_id": ids,
            "at": [first + quarter * QUARTER for _ in range(LIVE) for quarter in range(4)],
            "sum": [10.0] * len(ids),
            "weight": [1.0] * len(ids),
            "n": [1] * len(ids),
            "minutes": [1] * len(ids),
        }
        with clock(times), warehouse.engine.writing() as connection:
            warehouse.engine.upsert(connection, READING, columns, len(ids))
    return times


CLAIM = Claim(
    id="readings_hour",
    what="An hour of readings costs the same whatever is there already",
    measure=measure,
)
