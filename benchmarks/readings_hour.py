"""An hour of readings, with their days and months, on a million and on ten million readings.

Of a hundred series, and of all feeds together: each brings the four slots of all its series in a loading of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import numpy as np

from benchmarks.claim import Claim, Result, Setting, clock, share
from benchmarks.rows import hour_of_readings, series_of
from metrics.warehouse.columns import microseconds
from metrics.warehouse.store import add_series
from metrics.warehouse.tables import READING
from metrics.warehouse.values import Observation, Series
from metrics.warehouse.warehouse import Warehouse, open_warehouse

LIVE = 100  # series that report, four slots an hour each
# Series of each feed, by its real payload where there is one: 786 detectors, their 18 districts and the city tell
# speed and volume; 4,376 segments make 111 roads; the old journey times were of 35 pairs.
FEEDS = {
    "hk_traffic_detectors": 2 * (786 + 18 + 1),
    "hk_road_segments": 4376 + 111,
    "hk_waiting_levels": 8 * 2 * 2,
    "hk_journey_times": 35,
    "hk_mtr_boundary_trains": 2,
    "hk_car_parks_boundary": 30,
    "macao_border_status": 8 * 2,
    "hk_traffic_news": 1,
}
FERRIES = 7 * 3 * 2  # counts of the day by port, state and direction: figures, told anew each hour
ROWS = 10_000_000
HOURS = 40
ALL_HOURS = 3
BUDGET_MS = 15.0
BUDGET_ALL_MS = BUDGET_MS * sum(FEEDS.values()) / LIVE  # the same pace
QUARTER = 900_000_000
START = datetime(2026, 3, 1, tzinfo=UTC)


def measure(setting: Setting) -> Iterator[Result]:
    """Fill with a tenth, load hours; fill up, load hours again."""
    for where, url in setting.urls.items():
        warehouse = open_warehouse(url)
        warehouse.migrate()
        total = setting.size(ROWS)
        _fill(warehouse, total // 10, "first")
        few = _hours(warehouse, START), _all_feeds(warehouse, START)
        _fill(warehouse, total - total // 10, "second")
        later = START + timedelta(hours=HOURS)
        many = _hours(warehouse, later), _all_feeds(warehouse, later)
        plain = [
            share(_yardstick(warehouse, *of), 0.5) * 1000 for of in ((LIVE, HOURS), (_series(), ALL_HOURS))
        ]
        warehouse.close()
        for rows, times in ((total // 10, few), (total, many)):
            yield _told(where, rows, times[0], plain[0], setting, (f"{LIVE} series, 4 slots", BUDGET_MS))
            whole = f"all feeds: {_series():,} series, 4 slots, and the ferries of the day"
            yield _told(where, rows, times[1], plain[1], setting, (whole, BUDGET_ALL_MS))


def _told(
    where: str, rows: int, times: list[float], plain: float, setting: Setting, of: tuple[str, float]
) -> Result:
    middle, (what, budget) = share(times, 0.5) * 1000, of
    return Result(
        where=where,
        what=f"an hour of readings ({what}) with rollups, on {rows:,} readings, median",
        measured=middle,
        unit="ms",
        budget=f"<= {budget:,.0f} ms",
        within=middle <= budget if setting.judged else None,
        yardstick="the engine's own upsert of the same readings alone, median",
        yardstick_measured=plain,
        ratio=middle / plain,
    )


def _series() -> int:
    return sum(FEEDS.values())


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


def _all_feeds(warehouse: Warehouse, start: datetime) -> list[float]:
    """Load hours of every feed, one loading a feed, and return what an hour of them all took."""
    times: list[float] = []
    feeds = [series_of(count, indicator=name, span="other") for name, count in FEEDS.items()]
    ferries = series_of(FERRIES, indicator="hk_ferries")
    for hour in range(ALL_HOURS):
        at = start + timedelta(hours=hour)
        hours = [hour_of_readings(feed, at) for feed in feeds]
        sailings = [_sailings(one, at, hour) for one in ferries]
        with clock(times):
            news = [warehouse.append_readings(rows, run_id="bench").new for rows in hours]
            warehouse.append(sailings, run_id="bench")
        assert news == [len(rows) for rows in hours]
    return times


def _sailings(series: Series, at: datetime, hour: int) -> Observation:
    return Observation(
        series=series,
        period_start=at.date(),
        period_end=at.date(),
        known_at=at,
        value=float(hour),
        source_id="bench",
    )


def _yardstick(warehouse: Warehouse, series: int, hours: int) -> list[float]:
    times: list[float] = []
    ids = [one.id for one in series_of(series, indicator="plain", span="other") for _ in range(4)]
    for hour in range(hours):
        first = microseconds(START + timedelta(hours=2 * HOURS + hour))
        columns = {
            "series_id": ids,
            "at": [first + quarter * QUARTER for _ in range(series) for quarter in range(4)],
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
