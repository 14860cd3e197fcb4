"""Sums of day figures by month, year and place, as known at an instant; added up by the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import pandas as pd
import sqlalchemy as sa

from metrics.warehouse.asof import FIRST_DAY, LAST_DAY, clocks, known_by, shown_rows
from metrics.warehouse.columns import day_number, day_of
from metrics.warehouse.engines.base import Engine
from metrics.warehouse.frames import SeriesBook, days, instants, row_columns, texts
from metrics.warehouse.shown import END, KNOWN, SERIES, VALUE, WITHDRAWN
from metrics.warehouse.tables import OBSERVATION
from metrics.warehouse.tables import SERIES as SERIES_TABLE
from metrics.warehouse.values import SPANS, breakdown_parts

EVERY = ("day", "month", "year")
_DAY_SPAN = SPANS.index("day")


@dataclass(frozen=True, kw_only=True)
class Sum:
    """What to add up: the day figures of an indicator, every day, month or year, by place or breakdown keys.

    *start* and *end*, both inclusive, bound the days.
    """

    indicator: str
    every: str
    by: tuple[str, ...]
    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if self.every not in EVERY:
            raise ValueError(f"every {self.every!r} is not known; expected one of {', '.join(EVERY)}")


def totals(engine: Engine, book: SeriesBook, asked: Sum, *, as_of: datetime, stamp: int) -> pd.DataFrame:
    """Return the sums: columns *by* (str), period_start, period_end (datetime64[us]), value, n, known_at.

    A series without one of the breakdown keys asked for counts under the empty text. ``n`` is how many day
    figures are in the sum, ``known_at`` when the last of them became known.
    """
    parameters = {
        "indicator": asked.indicator,
        **clocks(as_of, stamp),
        "first": FIRST_DAY if asked.start is None else day_number(asked.start),
        "last": LAST_DAY if asked.end is None else day_number(asked.end),
    }
    bucket = "day" if asked.every == "day" else "month"
    together = not asked.by
    plain = engine.text_of(("sums", bucket, together), lambda: _plain_sums(engine, bucket, together=together))
    revised = engine.text_of("revised_days", lambda: _revised_days(engine))
    sums = [*engine.read(plain, parameters), *_added(engine.read(revised, parameters), bucket)]
    return _frame(book, asked, sums)


def _days(engine: Engine) -> sa.Select:
    day = OBSERVATION.c
    # Asked for by their numbers, series come in the order of the table, and groups need no sorting.
    series = sa.select(SERIES_TABLE.c.series_id).where(
        SERIES_TABLE.c.indicator_id == sa.bindparam("indicator", type_=sa.Text()),
        sa.type_coerce(SERIES_TABLE.c.span, sa.SmallInteger()) == sa.literal_column(str(_DAY_SPAN)),
    )
    return (
        sa.select(day.series_id, day.period_end, day.period_start)
        .where(
            day.series_id.in_(series),
            day.period_end.between(engine.moment("first", "day"), engine.moment("last", "day")),
            *(condition(day) for condition in known_by(engine)),
        )
        .group_by(day.series_id, day.period_end, day.period_start)
    )


def _plain_sums(engine: Engine, bucket: str, *, together: bool) -> sa.Select:
    """Return the statement that adds up the days with one row, nearly all of them, by series or all *together*."""
    day = OBSERVATION.c
    status = sa.func.max(sa.type_coerce(day.status, sa.SmallInteger()))
    single = (
        _days(engine)
        .add_columns(sa.func.min(day.value).label("value"), sa.func.max(day.known_at).label("known_at"))
        .having(sa.func.count() == 1, status != sa.literal_column(str(WITHDRAWN)))
        .subquery("single")
    )
    when = engine.number_of(single.c.period_end) if bucket == "day" else engine.month_of(single.c.period_end)
    series = sa.func.min(single.c.series_id) if together else single.c.series_id
    groups = [] if together else [single.c.series_id]
    return sa.select(
        series,
        when.label("bucket"),
        sa.func.sum(single.c.value),
        sa.func.count(),
        engine.number_of(sa.func.max(single.c.known_at)),
    ).group_by(*groups, sa.text("bucket"))


def _revised_days(engine: Engine) -> sa.Select:
    """Return the statement that fetches the days with several rows, of which one is shown."""
    day = OBSERVATION.c
    several = _days(engine).having(sa.func.count() > 1).subquery("several")
    same = sa.and_(
        day.series_id == several.c.series_id,
        day.period_end == several.c.period_end,
        day.period_start == several.c.period_start,
    )
    return (
        sa.select(*row_columns(engine))
        .select_from(several.join(OBSERVATION, same))
        .where(*(condition(day) for condition in known_by(engine)))
        .order_by(day.series_id, day.period_end, day.period_start)
    )


def _added(rows: Sequence[Sequence], bucket: str) -> Iterable[tuple]:
    for row in shown_rows(rows):
        day = row[END]
        when = day if bucket == "day" else day_number(day_of(day).replace(day=1))
        yield row[SERIES], when, row[VALUE], 1, row[KNOWN]


def _frame(book: SeriesBook, asked: Sum, sums: Sequence[tuple]) -> pd.DataFrame:
    ids, when, values, counts, known = zip(*sums, strict=True) if sums else ((),) * 5
    first = np.array(when, np.int64).astype("datetime64[D]").astype(f"datetime64[{asked.every[0].upper()}]")
    names = book.names(np.array(ids, np.int64))
    by = {name: _key(names, name) for name in asked.by}
    frame = pd.DataFrame(
        {
            **by,
            "period_start": first.astype("datetime64[D]").astype(np.int64),
            "period_end": (first + 1).astype("datetime64[D]").astype(np.int64) - 1,
            "value": np.array(values, np.float64),
            "n": np.array(counts, np.int64),
            "known_at": np.array(known, np.int64),
        }
    )
    keys = [*asked.by, "period_start", "period_end"]
    frame = frame.groupby(keys, as_index=False, sort=True, observed=True).agg(
        {"value": "sum", "n": "sum", "known_at": "max"}
    )
    frame["period_start"] = days(frame["period_start"])
    frame["period_end"] = days(frame["period_end"])
    frame["known_at"] = instants(frame["known_at"])
    return frame


def _key(names: dict, name: str) -> object:
    """Return a column to add up by: a name of the series, or a part of its breakdown."""
    if name in names:
        return names[name]
    return texts([breakdown_parts(text).get(name, "") for text in names["breakdown"]])
