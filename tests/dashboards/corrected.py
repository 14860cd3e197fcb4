"""A small warehouse in which figures were corrected, revised and withdrawn after their publication."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from dashboards.desk import Desk
from metrics.warehouse.values import Observation, Series, start_of_day
from metrics.warehouse.warehouse import open_warehouse

CORRECTED, REVISED, WITHDRAWN = "cbps_services_hk", "iam_smart_users", "cbps_services_gd"
RECORDED = datetime(2026, 11, 1, tzinfo=UTC)


def said(indicator: str, place: str, unit: str, value: float, day: date, **more) -> Observation:
    """Return an observation of the end of June 2026 that became known on *day*."""
    series = Series(indicator_id=indicator, place_id=place, span="point", unit=unit)
    return Observation(
        series=series,
        period_start=date(2026, 6, 30),
        period_end=date(2026, 6, 30),
        known_at=start_of_day(day),
        value=value,
        source_id="hk_cbps_services",
        **more,
    )


WORDS = (
    said(CORRECTED, "hong_kong", "services", 70, date(2026, 7, 10)),
    said(CORRECTED, "hong_kong", "services", 71, date(2026, 10, 5), status="revised"),
    said(REVISED, "hong_kong", "people", 4_000_000, date(2026, 7, 10), status="provisional"),
    said(REVISED, "hong_kong", "people", 4_100_000, date(2026, 10, 6)),
    said(WITHDRAWN, "guangdong", "services", 336, date(2026, 7, 10)),
    said(WITHDRAWN, "guangdong", "services", 336, date(2026, 10, 7), status="withdrawn"),
)


@pytest.fixture(scope="session")
def corrected_desk(opening_desk, tmp_path_factory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("corrected")
    warehouse = open_warehouse(f"sqlite:///{folder / 'warehouse.db'}")
    warehouse.migrate()
    warehouse.append(WORDS, run_id="made", recorded_at=RECORDED)
    metrics = replace(opening_desk.metrics, warehouse=warehouse)
    yield replace(opening_desk, metrics=metrics, stamp=warehouse.stamp)
    warehouse.close()
