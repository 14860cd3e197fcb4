"""Loading against the engine's own bulk insert of the same rows into a table of the same form."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, repeat
from statistics import median
from typing import Any

import sqlalchemy as sa

from benchmarks.claim import Claim, Result, Setting, clock
from benchmarks.rows import batches, series_of
from metrics.warehouse.batch import Batch
from metrics.warehouse.columns import day_of, instant_of
from metrics.warehouse.tables import OBSERVATION
from metrics.warehouse.warehouse import Warehouse, open_warehouse

SERIES, ROWS, ROUNDS = 400, 1_000_000, 3
BUDGET = 0.60
COLUMNS = [column.name for column in OBSERVATION.c]
RECORDED = 1_795_000_000_000_000


def measure(setting: Setting) -> Iterator[Result]:
    """Load into empty tables, turn about with the yardstick."""
    for where, url in setting.urls.items():
        warehouse = open_warehouse(url)
        warehouse.migrate()
        (batch,) = batches(series_of(SERIES), setting.size(ROWS))
        ready = _ready(batch, warehouse.dialect)
        ours: list[float] = []
        bulk: list[float] = []
        for _ in range(ROUNDS):
            _empty(warehouse)
            _bulk(warehouse, ready, bulk)
            _empty(warehouse)
            with clock(ours):
                counts = warehouse.load(batch, run_id="bench")
            assert counts.new == len(batch)
        again: list[float] = []
        with clock(again):
            counts = warehouse.load(batch, run_id="bench")
        assert counts.unchanged == len(batch)
        warehouse.close()
        speed, own = len(batch) / median(ours), len(batch) / median(bulk)
        yield Result(
            where=where,
            what=f"load of {len(batch):,} new observations, all checked for news",
            measured=speed / 1000,
            unit="thousand rows/s",
            budget=f">= {BUDGET:.0%} of the yardstick",
            within=speed / own >= BUDGET if setting.judged else None,
            yardstick=f"the engine's own bulk insert ({'COPY' if where == 'postgresql' else 'executemany'})",
            yardstick_measured=own / 1000,
            ratio=speed / own,
        )
        yield Result(where=where, what="the same payload again: nothing is news", measured=again[0], unit="s")


def _empty(warehouse: Warehouse) -> None:
    with warehouse.engine.writing() as connection:
        delete = "DELETE FROM" if warehouse.dialect == "sqlite" else "TRUNCATE"
        connection.exec_driver_sql(f"{delete} observation")
        connection.exec_driver_sql(f"{delete} series")


def _ready(batch: Batch, dialect: str) -> list[tuple]:
    """Return the rows as the driver takes them, in the order of the key, so that only the insert is timed."""
    day, instant = (int, int) if dialect == "sqlite" else (day_of, instant_of)
    ids = batch.series_ids
    rows = zip(
        ids[batch.which].tolist(),
        map(day, batch.end.tolist()),
        map(day, batch.start.tolist()),
        map(instant, batch.known.tolist()),
        repeat(instant(RECORDED)),
        batch.value.tolist(),
        *repeat(repeat(0), 4),
        map(instant, batch.claimed.tolist()),
        repeat("bench"),
        repeat(""),
        repeat("bench"),
        repeat(bytes.fromhex("ab" * 32)),
        strict=False,
    )
    return sorted(islice(rows, len(batch)), key=lambda row: row[:5])


def _bulk(warehouse: Warehouse, rows: list[tuple], times: list[float]) -> None:
    with clock(times), warehouse.engine.sa.connect() as connection, connection.begin():
        raw: Any = connection.connection.dbapi_connection
        if warehouse.dialect == "sqlite":
            marks = ",".join("?" * len(COLUMNS))
            raw.executemany(f"INSERT INTO observation VALUES ({marks})", rows)  # noqa: S608
        else:
            with raw.cursor() as cursor, cursor.copy("COPY observation FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
    with warehouse.engine.sa.connect() as connection:
        count = connection.execute(sa.select(sa.func.count()).select_from(OBSERVATION)).scalar_one()
    assert count == len(rows)


CLAIM = Claim(
    id="load_speed",
    what="Telling news from repetition costs little beside the insert itself",
    measure=measure,
)
