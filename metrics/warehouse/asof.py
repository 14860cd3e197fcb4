"""As known at an instant: the one place where observations are asked by both clocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter

import sqlalchemy as sa

from metrics.warehouse.columns import day_number, microseconds
from metrics.warehouse.engines.base import Engine
from metrics.warehouse.frames import row_columns
from metrics.warehouse.shown import END, SERIES, START, shown
from metrics.warehouse.tables import OBSERVATION
from metrics.warehouse.tables import SERIES as SERIES_TABLE
from metrics.warehouse.values import HONG_KONG, SPANS

EVER = 1 << 62
FIRST_DAY, LAST_DAY = day_number(date.min), day_number(date.max)

_period = itemgetter(END, START)
_lane = itemgetter(SERIES, END, START)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which series: of *indicators*; where given, only at *places*, of *spans*, with that *breakdown*."""

    indicators: Sequence[str]
    places: Sequence[str] | None = None
    breakdown: str | None = None
    spans: Sequence[str] | None = None

    @property
    def form(self) -> tuple[bool, ...]:
        """Return which conditions there are: one statement is written for each form."""
        return self.places is not None, self.breakdown is not None, self.spans is not None

    def conditions(self, engine: Engine) -> list[sa.ColumnElement]:
        """Return the conditions on the table of series."""
        series = SERIES_TABLE.c
        found = [engine.among(series.indicator_id, "indicators")]
        if self.places is not None:
            found.append(engine.among(series.place_id, "places"))
        if self.breakdown is not None:
            found.append(series.breakdown == sa.bindparam("breakdown", type_=sa.Text()))
        if self.spans is not None:
            found.append(engine.among(sa.type_coerce(series.span, sa.BigInteger()), "spans"))
        return found

    def parameters(self, engine: Engine) -> dict[str, object]:
        """Return what the conditions ask for."""
        found: dict[str, object] = engine.packed("indicators", list(self.indicators))
        if self.places is not None:
            found |= engine.packed("places", list(self.places))
        if self.breakdown is not None:
            found["breakdown"] = self.breakdown
        if self.spans is not None:
            found |= engine.packed("spans", [SPANS.index(span) for span in self.spans])
        return found


def known_by(engine: Engine) -> list[Callable]:
    """Return the two clocks' conditions on a table of observations."""
    return [
        lambda columns: columns.known_at <= engine.moment("known", "instant"),
        lambda columns: columns.recorded_at <= engine.moment("stamp", "instant"),
    ]


def clocks(as_of: datetime, stamp: int) -> dict[str, int]:
    """Return the parameters of both clocks."""
    return {"known": microseconds(as_of), "stamp": stamp}


def latest_rows(engine: Engine, asked: Asked, *, as_of: datetime, stamp: int) -> list[Sequence]:
    """Return for each series the row of its newest period that is shown, as known at *as_of*."""
    today = day_number(as_of.astimezone(HONG_KONG).date())
    parameters = {**asked.parameters(engine), **clocks(as_of, stamp), "today": today}
    text = engine.text_of(("latest", asked.form), lambda: _latest_statement(engine, asked))
    rows = engine.read(text, parameters)
    by_series: dict[int, list[Sequence]] = {}
    for row in rows:
        by_series.setdefault(row[SERIES], []).append(row)
    found, hidden = [], []
    for series_id, of_series in by_series.items():
        if len(of_series) > 1:
            newest = max(map(_period, of_series))
            of_series = [row for row in of_series if _period(row) == newest]  # noqa: PLW2901
        row = shown(of_series)
        if row is None:
            hidden.append(series_id)
        else:
            found.append(row)
    return found + _before_the_hidden(engine, hidden, parameters)


def _latest_statement(engine: Engine, asked: Asked) -> sa.Select:
    series = sa.select(SERIES_TABLE.c.series_id).where(*asked.conditions(engine)).subquery("asked")
    bounds = [lambda columns: columns.period_end <= engine.moment("today", "day")]
    return engine.newest(row_columns(engine), series, OBSERVATION, known_by(engine), bounds)


def _before_the_hidden(engine: Engine, hidden: list[int], parameters: dict) -> list[Sequence]:
    """Return the newest shown row of series whose newest period is withdrawn."""
    if not hidden:
        return []
    text = engine.text_of("history_of_series", lambda: _series_statement(engine))
    found: dict[int, Sequence] = {}
    clock = {name: parameters[name] for name in ("known", "stamp")}
    period = {"first": FIRST_DAY, "last": parameters["today"]}
    rows = engine.read(text, {**clock, **period, **engine.packed("ids", hidden)})
    for row in shown_rows(rows):
        found[row[SERIES]] = row  # rows come oldest first
    return list(found.values())


def _series_statement(engine: Engine) -> sa.Select:
    return _periods(engine, sa.select(*row_columns(engine))).where(
        engine.among(OBSERVATION.c.series_id, "ids")
    )


def _periods(engine: Engine, statement: sa.Select) -> sa.Select:
    key = (OBSERVATION.c.series_id, OBSERVATION.c.period_end, OBSERVATION.c.period_start)
    return statement.where(
        *(condition(OBSERVATION.c) for condition in known_by(engine)),
        OBSERVATION.c.period_end.between(engine.moment("first", "day"), engine.moment("last", "day")),
    ).order_by(*key)


def history_rows(
    engine: Engine, asked: Asked, *, as_of: datetime, stamp: int, start: date | None, end: date | None
) -> list[Sequence]:
    """Return every row of the asked series known at *as_of*, by series and period.

    *start* and *end* bound the periods' own ends, both inclusive.
    """

    def statement() -> sa.Select:
        joined = SERIES_TABLE.join(OBSERVATION, OBSERVATION.c.series_id == SERIES_TABLE.c.series_id)
        rows = _periods(engine, sa.select(*row_columns(engine)).select_from(joined))
        return rows.where(*asked.conditions(engine))

    text = engine.text_of(("history", asked.form), statement)
    parameters = {
        **asked.parameters(engine),
        **clocks(as_of, stamp),
        "first": FIRST_DAY if start is None else day_number(start),
        "last": LAST_DAY if end is None else day_number(end),
    }
    return engine.read(text, parameters)


def shown_rows(rows: Sequence[Sequence]) -> list[Sequence]:
    """Return the row to show of each period; *rows* come by series and period."""
    found = []
    for _, group in groupby(rows, _lane):
        row = shown(list(group))
        if row is not None:
            found.append(row)
    return found
