"""A warehouse with day figures of three control points and the newest readings, for the transport panels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from dashboards.desk import Desk
from ingest.registry import sources
from ingest.watch import Health
from metrics.queries import Metrics
from metrics.warehouse.values import Observation, Reading, Series, breakdown, end_of_day
from metrics.warehouse.warehouse import Warehouse, open_warehouse

FIRST, LAST = date(2024, 1, 1), date(2025, 3, 10)
PLACES = {"hk_lo_wu": 100, "hk_hzmb": 40, "hk_airport": 70}
GROUPS = {"hong_kong_residents": 3, "mainland_visitors": 2, "other_visitors": 1}
MOMENT = datetime(2025, 3, 11, 1, 0, tzinfo=UTC)
JOURNEYS = Health(
    source=sources()["hk_journey_times"], state="on_time", data_to=MOMENT, due_by=MOMENT + timedelta(hours=1),
    last=None, good=None, next_at=None,
)  # fmt: skip


def passengers(place: str, direction: str, group: str, day: date) -> float:
    """Return the figure of one day: each place, group and direction by itself, Sundays one more a head."""
    share = PLACES[place] * GROUPS[group]
    return float(share + (direction == "departure") + (share if day.weekday() == 6 else 0))


def days(first: date = FIRST, last: date = LAST) -> Iterator[date]:
    for n in range((last - first).days + 1):
        yield first + timedelta(days=n)


def total(
    first: date,
    last: date,
    *,
    places=tuple(PLACES),
    directions=("arrival", "departure"),
    groups=tuple(GROUPS),
):
    """Return the sum that the panels should tell."""
    return sum(
        passengers(place, direction, group, day)
        for place in places
        for direction in directions
        for group in groups
        for day in days(first, last)
    )


def observations() -> Iterator[Observation]:
    for place in PLACES:
        for direction in ("arrival", "departure"):
            for group in GROUPS:
                series = Series(
                    indicator_id="bcp_passengers_daily", place_id=place, span="day", unit="person-trips/day",
                    breakdown=breakdown(direction=direction, group=group), counting_basis="counted_by_hong_kong",
                )  # fmt: skip
                for day in days():
                    yield Observation(
                        series=series, period_start=day, period_end=day, known_at=end_of_day(day),
                        value=passengers(place, direction, group, day), source_id="hk_immigration_daily",
                    )  # fmt: skip


def reading(
    indicator: str, place: str, unit: str, value: float, weight: float = 1.0, **parts: str
) -> Reading:
    series = Series(
        indicator_id=indicator, place_id=place, span="point", unit=unit, breakdown=breakdown(**parts)
    )
    at = MOMENT - timedelta(minutes=15)
    return Reading(series=series, at=at, sum=value * weight, weight=weight, n=1, minutes=1)


def readings() -> list[Reading]:
    level, journey = ("bcp_wait_level", "level"), ("journey_minutes", "minutes")
    return [
        reading(level[0], "hk_lo_wu", level[1], 0, direction="arrival", group="residents"),
        reading(level[0], "hk_lo_wu", level[1], 2, direction="departure", group="visitors"),
        reading(level[0], "hk_heung_yuen_wai", level[1], 99, direction="arrival", group="residents"),
        reading(level[0], "mo_border_gate", level[1], 1, direction="arrival"),
        reading(journey[0], "hong_kong", journey[1], 4, destination="CH", location="H1"),
        reading(journey[0], "hong_kong", journey[1], 9, destination="CH", location="H2"),
        reading(journey[0], "hk_airport", journey[1], 21, destination="ATL", location="K01"),
        reading("road_speed_kmh", "district_hk_north", "km/h", 80, 3, detector="A"),
        reading("road_speed_kmh", "district_hk_north", "km/h", 40, 1, detector="B"),
        reading("road_speed_kmh", "district_hk_sha_tin", "km/h", 60, 5, detector="C"),
        reading("traffic_incidents_open", "hong_kong", "incidents", 3),
    ]


def made(folder) -> Warehouse:
    """Return a warehouse of its own with the days and the readings."""
    warehouse = open_warehouse(f"sqlite:///{folder / 'days.db'}")
    warehouse.migrate()
    warehouse.append(observations(), run_id="days")
    warehouse.append_readings(readings(), run_id="readings")
    return warehouse


def over(warehouse: Warehouse, desk: Desk) -> Desk:
    """Return *desk* over *warehouse*, with the one source that brings journey times."""
    metrics = Metrics(warehouse=warehouse, catalogue=desk.catalogue, agenda=desk.agenda, atlas=desk.atlas)
    return replace(
        desk,
        metrics=metrics,
        stamp=warehouse.stamp,
        reading_stamp=warehouse.reading_stamp,
        health=lambda: (JOURNEYS,),
        clock=lambda: MOMENT,
    )


@pytest.fixture(scope="session")
def days_desk(opening_desk, tmp_path_factory) -> Iterator[Desk]:
    """A desk over day figures of three control points and the newest readings."""
    warehouse = made(tmp_path_factory.mktemp("days"))
    yield over(warehouse, opening_desk)
    warehouse.close()
