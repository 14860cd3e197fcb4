"""The product as it runs, over figures of every kind: published, daily, live, and some that are held back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import app
from ingest.pipeline import run
from ingest.sources.hk_immigration_daily import SOURCE
from tests.dashboards.panels.crossing_days import readings
from tests.ingest.making import crossing_days, immigration_file
from tests.security.house import NOW, Product, product

POINTS = ("Lo Wu", "Airport", "Hong Kong-Zhuhai-Macao Bridge", "Heung Yuen Wai")
DAYS = 430
LAST = NOW.date() - timedelta(days=1)
SPOILED = (
    f"{LAST:%d-%m-%Y},Lok Ma Chau Spur Line,Arrival,12,7,3,999,",
    f"{LAST:%d-%m-%Y},Lok Ma Chau Spur Line,Departure,-5,7,3,5,",
)
"""Lines that no check lets through: parts that do not add up, and a count below nothing."""


def crossings() -> bytes:
    """Return a file of the daily crossings with two lines that are held back."""
    start = LAST - timedelta(days=DAYS - 1)
    return immigration_file([*crossing_days(DAYS, POINTS, start), *SPOILED])


def opened(folder: Path) -> Product:
    """Return the product over a warehouse made in *folder*."""
    chosen = app.Settings(var=folder)
    app.prepare(chosen)
    mirror = folder / "mirror"
    file = mirror / SOURCE.requests[0].url.removeprefix("https://")
    file.parent.mkdir(parents=True)
    file.write_bytes(crossings())
    warehouse = app.open_store(chosen)
    report = run(
        SOURCE, app.make_tools(chosen.model_copy(update={"mirror": mirror}), warehouse, clock=lambda: NOW)
    )
    assert report.quarantined >= len(SPOILED), report
    warehouse.append_readings(list(live()), run_id="readings")
    warehouse.close()
    return product(folder)


def live() -> Iterator[object]:
    """Yield the newest readings, a quarter of an hour old."""
    for one in readings():
        yield replace(one, at=NOW - timedelta(minutes=15))


def first_day() -> date:
    """Return the first day of which anything can be asked that tells something."""
    return date(2015, 1, 1)
