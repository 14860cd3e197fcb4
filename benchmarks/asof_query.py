"""As known on a date: the newest figure of 400 series among ten million observations."""

from __future__ import annotations

import random
from collections.abc import Iterator

import sqlalchemy as sa

from benchmarks.claim import Claim, Result, Setting, clock, share
from benchmarks.rows import batches, instant_of_day, series_of
from metrics.warehouse.asof import Asked, latest_rows
from metrics.warehouse.columns import microseconds
from metrics.warehouse.shown import END, KNOWN, RECORDED, START
from metrics.warehouse.shown import SERIES as SERIES_PLACE
from metrics.warehouse.tables import OBSERVATION
from metrics.warehouse.warehouse import Warehouse, open_warehouse

SERIES, ROWS, QUESTIONS = 400, 10_000_000, 300
BUDGET_MS, BUDGET_GROWTH = 3.0, 1.5


def measure(setting: Setting) -> Iterator[Result]:
    """Load a tenth, ask; load the rest, ask again."""
    for where, url in setting.urls.items():
        warehouse = open_warehouse(url)
        warehouse.migrate()
        series = series_of(SERIES)
        asked = Asked(indicators=sorted({one.indicator_id for one in series}))
        total = setting.size(ROWS)
        tenth, whole = total // 10, total
        short, loaded = None, 0
        for batch in batches(series, whole):
            warehouse.load(batch, run_id="bench")
            loaded += len(batch)
            if short is None and loaded >= tenth:
                short = _ask(warehouse, asked, loaded)
        long = _ask(warehouse, asked, loaded)
        warehouse.close()
        yield from _results(setting, where, short or long, long)


def _ask(warehouse: Warehouse, asked: Asked, loaded: int) -> dict[str, list[float]]:
    if warehouse.dialect == "postgresql":
        with warehouse.engine.sa.connect() as connection:
            connection.exec_driver_sql("ANALYZE observation")
            connection.exec_driver_sql("ANALYZE series")
    rng = random.Random(loaded)
    days = loaded // SERIES
    times: dict[str, list[float]] = {"rows": [], "frame": [], "keys": []}
    keys = _keys(warehouse)
    for _ in range(QUESTIONS):
        as_of = instant_of_day(rng.randrange(days // 5, days))
        with clock(times["rows"]):
            rows = latest_rows(warehouse.engine, asked, as_of=as_of, stamp=warehouse.stamp())
        assert len(rows) == SERIES
        assert max(row[KNOWN] for row in rows) <= microseconds(as_of)
        with clock(times["frame"]):
            warehouse.latest(asked.indicators, as_of=as_of)
        found = {
            "series_id": [row[SERIES_PLACE] for row in rows],
            "end": [row[END] for row in rows],
            "start": [row[START] for row in rows],
            "known": [row[KNOWN] for row in rows],
            "recorded": [row[RECORDED] for row in rows],
        }
        packed = warehouse.engine.packed("keys", found)
        with clock(times["keys"]):
            same = warehouse.engine.read(keys, packed)
        assert len(same) == SERIES
    return times


def _keys(warehouse: Warehouse):
    """Return the yardstick: the same rows fetched by their full keys, which nobody could know beforehand."""
    engine = warehouse.engine

    def statement() -> sa.Select:
        kinds = {
            "series_id": "integer",
            "end": "day",
            "start": "day",
            "known": "instant",
            "recorded": "instant",
        }
        asked, facts = engine.records("keys", kinds), OBSERVATION.c
        key = sa.and_(
            facts.series_id == asked.c.series_id,
            facts.period_end == asked.c.end,
            facts.period_start == asked.c.start,
            facts.known_at == asked.c.known,
            facts.recorded_at == asked.c.recorded,
        )
        return sa.select(OBSERVATION).select_from(asked.join(OBSERVATION, key))

    return engine.text_of("bench_keys", statement)


def _results(setting: Setting, where: str, short: dict, long: dict) -> Iterator[Result]:
    p95, keys = share(long["rows"], 0.95) * 1000, share(long["keys"], 0.95) * 1000
    yield Result(
        where=where,
        what=f"as-of query, {SERIES} series, {setting.size(ROWS):,} observations, p95",
        measured=p95,
        unit="ms",
        budget=f"<= {BUDGET_MS:g} ms",
        within=p95 <= BUDGET_MS if setting.judged else None,
        yardstick="the same rows by their full keys, p95",
        yardstick_measured=keys,
        ratio=p95 / keys,
    )
    yield Result(
        where=where,
        what="the same, median",
        measured=share(long["rows"], 0.5) * 1000,
        unit="ms",
        yardstick="the same rows by their full keys, median",
        yardstick_measured=share(long["keys"], 0.5) * 1000,
        ratio=share(long["rows"], 0.5) / share(long["keys"], 0.5),
    )
    yield Result(
        where=where, what="the same as a frame, p95", measured=share(long["frame"], 0.95) * 1000, unit="ms"
    )
    growth = share(long["rows"], 0.5) / share(short["rows"], 0.5)
    yield Result(
        where=where,
        what="the same with ten times the history, times the median with a tenth of it",
        measured=growth,
        unit="x",
        budget=f"<= {BUDGET_GROWTH:g} x",
        within=growth <= BUDGET_GROWTH if setting.judged else None,
    )


CLAIM = Claim(
    id="asof_query",
    what="The newest figures as known on a date are found by index probes, however long the history",
    measure=measure,
)
