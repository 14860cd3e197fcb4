"""Figures made for the warehouse's tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from metrics.warehouse.values import Observation, Reading, Series

INDICATOR = "made_figures"
LINE = Series(indicator_id=INDICATOR, place_id="hong_kong", span="month", unit="persons")
MAY = datetime(2025, 5, 15, tzinfo=UTC)
LONG_AFTER = datetime(2026, 6, 1, tzinfo=UTC)
DAY = timedelta(days=1)
APRIL = (date(2025, 4, 1), date(2025, 4, 30))


def figure(
    value: float, known: datetime = MAY, *, series: Series = LINE, period=APRIL, **more
) -> Observation:
    """Return an observation of April 2025 unless told otherwise."""
    return Observation(
        series=series,
        period_start=period[0],
        period_end=period[1],
        known_at=known,
        value=float(value),
        **{"source_id": "made", **more},
    )


def line(indicator: str = INDICATOR, place: str = "hong_kong", **more) -> Series:
    """Return a series of months unless told otherwise."""
    return Series(
        **{"indicator_id": indicator, "place_id": place, "span": "month", "unit": "persons", **more}
    )


def reading(at: datetime, total: float = 1.0, *, series: Series | None = None, **more) -> Reading:
    """Return one source minute of a quarter of an hour unless told otherwise."""
    of = series or line("made_readings", span="other")
    return Reading(series=of, at=at, sum=float(total), **{"weight": 1.0, "n": 1, "minutes": 1, **more})


def shown(frame) -> list[float]:
    """Return the values of a frame."""
    return frame["value"].tolist()
