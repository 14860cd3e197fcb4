"""How the figure shown of a period came to be what it is: each word that changed it, and since when it stood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from operator import itemgetter

import pandas as pd
import sqlalchemy as sa

from metrics.warehouse.asof import Asked, clocks, known_by
from metrics.warehouse.columns import day_number
from metrics.warehouse.engines.base import Engine
from metrics.warehouse.frames import SeriesBook, instants, observation_frame, row_columns
from metrics.warehouse.shown import END, KNOWN, RECORDED, SERIES, START, STATUS, WITHDRAWN, shown
from metrics.warehouse.tables import OBSERVATION
from metrics.warehouse.tables import SERIES as SERIES_TABLE
from metrics.warehouse.values import HONG_KONG

_period = itemgetter(SERIES, END, START)
_known = itemgetter(KNOWN)
_word = itemgetter(KNOWN, RECORDED)


def stories(engine: Engine, book: SeriesBook, asked: Asked, *, as_of: datetime, stamp: int) -> pd.DataFrame:
    """Return the figures shown one after another of each restated period, as known at *as_of*, by series and period.

    A restated period is one of which more than one word is stored. Beside the columns of an observation:
    ``shown_from`` (datetime64[us, UTC]), since when the row was the one shown. A row with the status ``withdrawn``
    says that from then on none was.
    """
    text = engine.text_of(("restated", asked.form), lambda: _restated(engine, asked))
    today = day_number(as_of.astimezone(HONG_KONG).date())
    parameters = {**asked.parameters(engine), **clocks(as_of, stamp), "today": today}
    periods = groupby(engine.read(text, parameters), _period)
    told = [pair for _, group in periods for pair in _story(sorted(group, key=_word))]
    frame = observation_frame(book, [row for row, _ in told])
    return frame.assign(shown_from=instants([since for _, since in told]))


def _restated(engine: Engine, asked: Asked) -> sa.Select:
    """Return the statement that fetches all rows of the periods that have more than one."""
    row, named = OBSERVATION.c, SERIES_TABLE.c
    keys = (row.series_id, row.period_end, row.period_start)
    known = [condition(row) for condition in known_by(engine)]
    known.append(row.period_end <= engine.moment("today", "day"))
    series = sa.select(named.series_id).where(*asked.conditions(engine))
    several = (
        sa.select(*keys)
        .where(row.series_id.in_(series), *known)
        .group_by(*keys)
        .having(sa.func.count() > 1)
        .subquery("restated")
    )
    same = sa.and_(*(key == several.c[key.name] for key in keys))
    return (
        sa.select(*row_columns(engine))
        .select_from(several.join(OBSERVATION, same))
        .where(*known)
        .order_by(*keys)
    )


def _story(rows: Sequence[Sequence]) -> Iterator[tuple[Sequence, int]]:
    """Yield (row, since when it was shown) of one period, whose *rows* come oldest word first."""
    heard: list[Sequence] = []
    before: Sequence | None = None
    for moment, news in groupby(rows, _known):
        heard += news
        now = shown(heard)
        if now is None and before is not None:
            now = next(row for row in reversed(heard) if row[STATUS] == WITHDRAWN)
        if now is not None and now is not before:
            yield now, moment
        before = now
