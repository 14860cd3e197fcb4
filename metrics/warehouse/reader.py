"""Questions to the warehouse, answered in frames."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter

import numpy as np
import pandas as pd
import sqlalchemy as sa

from metrics.warehouse.asof import Asked, history_rows, latest_rows, shown_rows
from metrics.warehouse.columns import day_number, microseconds
from metrics.warehouse.engines.base import Engine
from metrics.warehouse.frames import SeriesBook, days, instants, observation_frame
from metrics.warehouse.shown import END, KNOWN, RECORDED, SERIES, START, TIER, told
from metrics.warehouse.tables import READING, ROLLUP_DAY, ROLLUP_MONTH
from metrics.warehouse.tables import SERIES as SERIES_TABLE

_PERIOD = itemgetter(SERIES, END, START)
_TOLD = itemgetter(SERIES, END, START, TIER)
_ROLLUPS = {"day": ROLLUP_DAY, "month": ROLLUP_MONTH}


def latest(engine: Engine, book: SeriesBook, asked: Asked, *, as_of: datetime, stamp: int) -> pd.DataFrame:
    """Return the newest figure of each series known at *as_of*, by indicator, place and breakdown."""
    rows = latest_rows(engine, asked, as_of=as_of, stamp=stamp)
    order = np.argsort(book.ranks(np.fromiter((row[SERIES] for row in rows), np.int64, len(rows))))
    return observation_frame(book, [rows[place] for place in order.tolist()])


def history(
    engine: Engine,
    book: SeriesBook,
    asked: Asked,
    *,
    as_of: datetime,
    stamp: int,
    start: date | None = None,
    end: date | None = None,
) -> pd.DataFrame:
    """Return every period of each series, each with the figure known at *as_of*, by series and period.

    *start* and *end*, both inclusive, bound the ends of the periods.
    """
    rows = history_rows(engine, asked, as_of=as_of, stamp=stamp, start=start, end=end)
    return observation_frame(book, shown_rows(rows))


def vintages(
    engine: Engine, book: SeriesBook, asked: Asked, *, as_of: datetime, stamp: int, raw: bool
) -> pd.DataFrame:
    """Return what was said of each period and when, by series, period, tier and instant.

    Rows that a later recording set aside, and repetitions, are left out; *raw* keeps every row there is.
    """
    rows = history_rows(engine, asked, as_of=as_of, stamp=stamp, start=None, end=None)
    rows = sorted(rows, key=itemgetter(SERIES, END, START, TIER, KNOWN, RECORDED))
    if not raw:
        rows = [row for _, group in groupby(rows, _TOLD) for row in told(group)]
    return observation_frame(book, rows)


def readings(
    engine: Engine, book: SeriesBook, asked: Asked, *, start: datetime | None, end: datetime | None
) -> pd.DataFrame:
    """Return readings from *start* to before *end*, by series and instant.

    Columns: the names of the series, at (datetime64[us, UTC]), value (the mean), sum, weight (float64), n and
    minutes (int64).
    """

    def statement() -> sa.Select:
        columns = (READING.c.sum, READING.c.weight, READING.c.n, READING.c.minutes)
        joined = SERIES_TABLE.join(READING, READING.c.series_id == SERIES_TABLE.c.series_id)
        return (
            sa.select(READING.c.series_id, engine.number_of(READING.c.at), *columns)
            .select_from(joined)
            .where(*asked.conditions(engine), _between(engine))
            .order_by(READING.c.series_id, READING.c.at)
        )

    bounds = {
        "first": 0 if start is None else microseconds(start),
        "after": 1 << 60 if end is None else microseconds(end),
    }
    text = engine.text_of(("readings", asked.form), statement)
    rows = engine.read(text, {**asked.parameters(engine), **bounds})
    ids, at, total, weight, n, minutes = zip(*rows, strict=True) if rows else ((),) * 6
    total, weight = np.array(total, np.float64), np.array(weight, np.float64)
    out = {"series_id": np.array(ids, np.int64), "at": instants(at), "value": total / weight, "sum": total}
    out |= {"weight": weight, "n": np.array(n, np.int64), "minutes": np.array(minutes, np.int64)}
    return _named(book, out)


def _between(engine: Engine) -> sa.ColumnElement:
    return sa.and_(
        READING.c.at >= engine.moment("first", "instant"), READING.c.at < engine.moment("after", "instant")
    )


def _named(book: SeriesBook, out: dict[str, object]) -> pd.DataFrame:
    ids = out.pop("series_id")
    return pd.DataFrame({"series_id": ids, **book.names(ids), **out})


def rollup(
    engine: Engine,
    book: SeriesBook,
    asked: Asked,
    *,
    every: str,
    start: date | None,
    end: date | None,
) -> pd.DataFrame:
    """Return readings by Hong Kong "day" or "month" from *start* to *end*, both inclusive.

    Columns: the names of the series, period_start and period_end (datetime64[us]), value (the weighted mean), n
    (int64), sum, weight, min, max, last (float64, of slot means), last_at (datetime64[us, UTC]).
    """
    if every not in _ROLLUPS:
        raise ValueError(f"every {every!r} is not known; expected one of {', '.join(_ROLLUPS)}")
    table = _ROLLUPS[every]
    period = table.c[every]

    def statement() -> sa.Select:
        plain = [table.c[name] for name in ("n", "sum", "weight", "min", "max", "last")]
        joined = SERIES_TABLE.join(table, table.c.series_id == SERIES_TABLE.c.series_id)
        bounded = period.between(engine.moment("first", "day"), engine.moment("last", "day"))
        return (
            sa.select(table.c.series_id, engine.number_of(period), *plain, engine.number_of(table.c.last_at))
            .select_from(joined)
            .where(*asked.conditions(engine), bounded)
            .order_by(table.c.series_id, period)
        )

    text = engine.text_of(("rollup", every, asked.form), statement)
    bounds = {"first": day_number(start or date.min), "last": day_number(end or date.max)}
    rows = engine.read(text, {**asked.parameters(engine), **bounds})
    ids, first, n, *numbers, last_at = zip(*rows, strict=True) if rows else ((),) * 9
    starts = days(first)
    total, weight, low, high, last = (np.array(column, np.float64) for column in numbers)
    out: dict[str, object] = {
        "series_id": np.array(ids, np.int64),
        "period_start": starts,
        "period_end": starts if every == "day" else _month_ends(starts),
        "value": total / weight,
        "n": np.array(n, np.int64),
        "sum": total,
        "weight": weight,
    }
    return _named(book, out | {"min": low, "max": high, "last": last, "last_at": instants(last_at)})


def newest_reading(engine: Engine, asked: Asked) -> int | None:
    """Return the instant of the newest reading there ever was, as microseconds; None for none."""

    def statement() -> sa.Select:
        months = ROLLUP_MONTH.c
        joined = SERIES_TABLE.join(ROLLUP_MONTH, months.series_id == SERIES_TABLE.c.series_id)
        newest = sa.func.max(engine.number_of(months.last_at))
        return sa.select(newest).select_from(joined).where(*asked.conditions(engine))

    text = engine.text_of(("newest_reading_of", asked.form), statement)
    ((at,),) = engine.read(text, asked.parameters(engine))
    return at


def _month_ends(starts: np.ndarray) -> np.ndarray:
    after = (starts.astype("datetime64[M]") + 1).astype("datetime64[D]")
    return (after - 1).astype("datetime64[us]")


def series_frame(book: SeriesBook, engine: Engine, asked: Asked) -> pd.DataFrame:
    """Return the series asked for: series_id and its names."""
    text = engine.text_of(
        ("series_ids", asked.form),
        lambda: sa.select(SERIES_TABLE.c.series_id).where(*asked.conditions(engine)),
    )
    rows: Sequence = engine.read(text, asked.parameters(engine))
    return _named(book, {"series_id": np.array([row[0] for row in rows], np.int64)})
