"""The warehouse as the rest of the house sees it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial

import pandas as pd

from metrics.warehouse import lease, migrations, plans, reader, stamps, stories
from metrics.warehouse.asof import Asked
from metrics.warehouse.batch import Batch
from metrics.warehouse.bookkeeping import Bookkeeping
from metrics.warehouse.columns import instant_of
from metrics.warehouse.engines.base import Engine
from metrics.warehouse.engines.choice import engine_for
from metrics.warehouse.entries import Fence
from metrics.warehouse.frames import SeriesBook
from metrics.warehouse.loading import Loading
from metrics.warehouse.memo import Memo
from metrics.warehouse.totals import Sum, totals
from metrics.warehouse.values import (
    Counts,
    MilestoneEvent,
    Observation,
    Reading,
    ScopeRow,
    TargetEvent,
)

Names = Sequence[str] | None
EVER = datetime(9999, 12, 30, tzinfo=UTC)
REMEMBERED = 100_000  # rows of frames kept in memory, some 30 MB


def _asked(indicators: Sequence[str], places: Names, breakdown: str | None, spans: Names) -> Asked:
    if isinstance(indicators, str):
        raise TypeError(
            f"indicators: expected a list of ids, found the text {indicators!r}; write [{indicators!r}]"
        )
    return Asked(
        indicators=tuple(indicators),
        places=None if places is None else tuple(places),
        breakdown=breakdown,
        spans=None if spans is None else tuple(spans),
    )


def open_warehouse(url: str, *, keep_readings_days: int = 90) -> Warehouse:
    """Return the warehouse at *url*; ``migrate`` it once before use."""
    return Warehouse(engine_for(url), keep_readings_days=keep_readings_days)


class Warehouse(Bookkeeping):
    """Holds the engine, the names of series and the sums made last; safe to share between threads.

    Frames of observations have the columns ``frames.COLUMNS``; ``as_of`` and ``stamp`` are the two clocks, and
    without a ``stamp`` everything recorded counts.
    """

    def __init__(self, engine: Engine, *, keep_readings_days: int) -> None:
        super().__init__(engine)
        self.keep_readings_days = keep_readings_days
        self._book = SeriesBook(engine)
        self._memo = Memo(rows=REMEMBERED)

    @property
    def dialect(self) -> str:
        """Return the engine's name."""
        return self.engine.name

    def migrate(self) -> list[int]:
        """Bring the schema to the newest and return the numbers of the steps taken."""
        return migrations.migrate(self.engine)

    def close(self) -> None:
        """Close every connection."""
        self.engine.close()

    # Stamps

    def stamp(self) -> int:
        """Return the stamp of the facts: when the newest observation, scope row or event was recorded."""
        return stamps.stamp_of(self.engine, stamps.FACTS)

    def _stamp(self, stamp: int | None) -> int:
        return self.stamp() if stamp is None else stamp

    def reading_stamp(self) -> int:
        """Return the stamp of the readings."""
        return stamps.stamp_of(self.engine, stamps.READINGS)

    # Loading

    @contextmanager
    def loading(
        self,
        run_id: str,
        fence: Fence | None = None,
        *,
        recorded_at: datetime | None = None,
        durable: bool = False,
    ) -> Iterator[Loading]:
        """Open one transaction for all that a payload brings; an error inside leaves nothing of it behind.

        Raises FenceLost, before anything is written, when the lease of *fence* is no longer held.
        *recorded_at* is for rebuilding a past; it is moved on to after what is recorded already. *durable*
        means on disk when it closes, for what goes into the audit with it.
        """
        with self.engine.writing("facts", durable=durable) as connection:
            if fence is not None:
                lease.check(connection, fence, self.engine.now(connection))
            loading = Loading(
                self.engine,
                connection,
                run_id,
                keep_days=self.keep_readings_days,
                recorded_at=recorded_at,
            )
            yield loading
            loading.close()

    def append(
        self, observations: Iterable[Observation], *, run_id: str, recorded_at: datetime | None = None
    ) -> Counts:
        """Store the observations that are news, all or none."""
        with self.loading(run_id, recorded_at=recorded_at) as loading:
            return loading.append(observations)

    def load(self, batch: Batch, *, run_id: str) -> Counts:
        """Store the news among observations that are in columns already."""
        with self.loading(run_id) as loading:
            return loading.load(batch)

    def append_readings(self, readings: Iterable[Reading], *, run_id: str) -> Counts:
        """Add new source minutes to readings, days and months."""
        with self.loading(run_id) as loading:
            return loading.append_readings(readings)

    def append_events(
        self,
        scope: Iterable[ScopeRow] = (),
        milestones: Iterable[MilestoneEvent] = (),
        targets: Iterable[TargetEvent] = (),
        *,
        run_id: str,
    ) -> Counts:
        """Store scope rows, milestone and target events that are news."""
        with self.loading(run_id) as loading:
            return loading.append_events(scope, milestones, targets)

    # Observations

    def latest(
        self,
        indicators: Sequence[str],
        *,
        as_of: datetime,
        places: Names = None,
        breakdown: str | None = None,
        spans: Names = None,
        stamp: int | None = None,
    ) -> pd.DataFrame:
        """Return the newest figure of each series known at *as_of*, by indicator, place and breakdown."""
        asked = _asked(indicators, places, breakdown, spans)
        stamp = self._stamp(stamp)
        clocks = {"as_of": as_of, "stamp": stamp}
        return self._remembered(
            ("latest", asked), lambda: reader.latest(self.engine, self._book, asked, **clocks), **clocks
        )

    def history(
        self,
        indicators: Sequence[str],
        *,
        as_of: datetime,
        places: Names = None,
        breakdown: str | None = None,
        spans: Names = None,
        start: date | None = None,
        end: date | None = None,
        stamp: int | None = None,
    ) -> pd.DataFrame:
        """Return every period (ending from *start* to *end*) with the figure known at *as_of*."""
        asked = _asked(indicators, places, breakdown, spans)
        stamp = self._stamp(stamp)
        clocks = {"as_of": as_of, "stamp": stamp}
        return self._remembered(
            ("history", asked, start, end),
            lambda: reader.history(self.engine, self._book, asked, **clocks, start=start, end=end),
            **clocks,
        )

    def vintages(
        self,
        indicators: Sequence[str],
        *,
        places: Names = None,
        breakdown: str | None = None,
        spans: Names = None,
        as_of: datetime | None = None,
        stamp: int | None = None,
        raw: bool = False,
    ) -> pd.DataFrame:
        """Return what was said of each period and when; *raw* adds rows set aside and repetitions."""
        asked = _asked(indicators, places, breakdown, spans)
        until, stamp = as_of or EVER, self._stamp(stamp)
        return reader.vintages(self.engine, self._book, asked, as_of=until, stamp=stamp, raw=raw)

    def stories(
        self, indicators: Sequence[str], *, as_of: datetime, places: Names = None, stamp: int | None = None
    ) -> pd.DataFrame:
        """Return the figures shown one after another of each restated period, each with ``shown_from``."""
        asked, clocks = _asked(indicators, places, None, None), {"as_of": as_of, "stamp": self._stamp(stamp)}
        make = partial(stories.stories, self.engine, self._book, asked, **clocks)
        return self._remembered(("stories", asked), make, **clocks)

    def totals(
        self,
        indicator: str,
        *,
        as_of: datetime,
        every: str,
        by: Sequence[str],
        start: date | None = None,
        end: date | None = None,
        stamp: int | None = None,
    ) -> pd.DataFrame:
        """Return sums of day figures as known: columns *by*, period_start, period_end, value, n, known_at."""
        asked = Sum(indicator=indicator, every=every, by=tuple(by), start=start, end=end)
        stamp = self._stamp(stamp)
        clocks = {"as_of": as_of, "stamp": stamp}
        return self._remembered(asked, lambda: totals(self.engine, self._book, asked, **clocks), **clocks)

    def series(self, indicators: Sequence[str], *, places: Names = None) -> pd.DataFrame:
        """Return the series there are: series_id and names, readings' series among them."""
        return reader.series_frame(self._book, self.engine, _asked(indicators, places, None, None))

    def readings(
        self,
        indicators: Sequence[str],
        *,
        places: Names = None,
        start: datetime | None = None,
        end: datetime | None = None,
    ) -> pd.DataFrame:
        """Return readings from *start* to before *end*."""
        asked = _asked(indicators, places, None, None)
        return reader.readings(self.engine, self._book, asked, start=start, end=end)

    def rollup(
        self,
        indicators: Sequence[str],
        *,
        every: str,
        places: Names = None,
        start: date | None = None,
        end: date | None = None,
    ) -> pd.DataFrame:
        """Return readings by Hong Kong "day" or "month"."""
        asked = _asked(indicators, places, None, None)
        return reader.rollup(self.engine, self._book, asked, every=every, start=start, end=end)

    def newest_reading(self, indicators: Sequence[str], *, places: Names = None) -> datetime | None:
        """Return the instant of the newest reading there ever was, however long ago; None for none."""
        at = reader.newest_reading(self.engine, _asked(indicators, places, None, None))
        return None if at is None else instant_of(at)

    def _remembered(
        self, question: Hashable, make: Callable[[], pd.DataFrame], as_of: datetime, stamp: int
    ) -> pd.DataFrame:
        """Return the answer to a question under both clocks, which for ever is what it was."""
        return self._memo.frame((question, self._memo.moment(as_of, stamp)), stamp, make)

    # Plans

    def _plan(self, ask: Callable[..., pd.DataFrame], as_of: datetime, stamp: int | None) -> pd.DataFrame:
        at = self._stamp(stamp)
        return self._remembered(ask, lambda: self.read_with(ask, as_of, instant_of(at)), as_of, at)

    def scope(self, as_of: datetime, *, stamp: int | None = None) -> pd.DataFrame:
        """Return the absences in force on the Hong Kong day of *as_of*."""
        return self._plan(plans.scope_frame, as_of, stamp)

    def targets(self, as_of: datetime, *, stamp: int | None = None) -> pd.DataFrame:
        """Return each target with the newest word known at *as_of*."""
        return self._plan(plans.targets_frame, as_of, stamp)

    def milestones(self, as_of: datetime, *, stamp: int | None = None) -> pd.DataFrame:
        """Return the state of each milestone as known at *as_of*, with its earlier due dates."""
        return self._plan(plans.milestones_frame, as_of, stamp)

    def milestone_events(self, as_of: datetime, *, stamp: int | None = None) -> pd.DataFrame:
        """Return every milestone event known at *as_of*."""
        return self._plan(plans.events_frame, as_of, stamp)
