"""Figures made for benchmarks: built in memory, laid only in temporary folders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import numpy as np

from metrics.warehouse.batch import Batch, Texts
from metrics.warehouse.values import Reading, Series

DAY = 86_400_000_000
PLACES = 10
REVISED = 5  # every fifth row revises the day before it, a month later
CHUNK = 1_000_000


def series_of(count: int, *, indicator: str = "bench", span: str = "day") -> tuple[Series, ...]:
    """Return *count* series of forty indicators at ten places."""
    return tuple(
        Series(indicator_id=f"{indicator}_{n // PLACES}", place_id=f"place_{n % PLACES}", span=span, unit="n")
        for n in range(count)
    )


def batches(series: tuple[Series, ...], total: int) -> Iterator[Batch]:
    """Yield *total* observations of *series*, day after day, in batches of at most a million."""
    per_series = total // len(series)
    step = max(CHUNK // len(series), 1)
    for first in range(0, per_series, step):
        yield _batch(series, np.arange(first, min(first + step, per_series)))


def _batch(series: tuple[Series, ...], numbers: np.ndarray) -> Batch:
    revision = numbers % REVISED == REVISED - 1
    days = (numbers - revision).astype(np.int32)
    known = (days.astype(np.int64) + np.where(revision, 31, 1)) * DAY
    count = len(series) * len(numbers)
    codes = np.zeros(count, np.int16)
    values = np.random.default_rng(int(numbers[0])).integers(1, 10**6, count).astype(np.float64)
    return Batch(
        series=series,
        which=np.repeat(np.arange(len(series), dtype=np.int32), len(numbers)),
        start=np.tile(days, len(series)),
        end=np.tile(days, len(series)),
        known=np.tile(known, len(series)),
        claimed=np.tile(known, len(series)),
        value=values,
        qualifier=codes,
        status=codes,
        tier=codes,
        precision=codes,
        source=Texts.same("bench", count),
        ref=Texts.same("", count),
        payload=Texts.same("ab" * 32, count),
    )


def instant_of_day(number: int) -> datetime:
    """Return the start of a day counted since 1970."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=int(number))


def hour_of_readings(series: tuple[Series, ...], at: datetime) -> list[Reading]:
    """Return the four slots of an hour for each of *series*."""
    return [
        Reading(
            series=one,
            at=at + quarter * timedelta(minutes=15),
            sum=float(10 + quarter),
            weight=1.0,
            n=1,
            minutes=1,
        )
        for one in series
        for quarter in range(4)
    ]
