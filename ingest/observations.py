"""Turn checked records into what the warehouse stores: observations and readings, each with its known_at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from ingest.source import Payload, Record, Source
from metrics.warehouse.values import Observation, Reading, Series, start_of_day

_SLOT = timedelta(minutes=15)


def observations(source: Source, records: Iterable[Record], payload: Payload) -> list[Observation]:
    """Return one observation a record; readings are left out.

    A record with a publication date is known from the start of that day in Hong Kong. Any other is a feed's: a
    new period is known the source's lag after its end, a changed value when the payload itself says.
    """
    series_of: dict[tuple[str, ...], Series] = {}
    known: dict[date, datetime] = {}
    seen_at = payload.said_at
    found = []
    for record in records:
        if record.at is not None:
            continue
        day = record.known_on or record.end + timedelta(days=source.lag_days)
        known_at = known.get(day)
        if known_at is None:
            known_at = known[day] = start_of_day(day)
        found.append(
            Observation(
                series=_series(record, series_of),
                period_start=record.start,
                period_end=record.end,
                known_at=known_at,
                value=float(record.value),
                qualifier=record.qualifier,
                status=record.status,
                tier=record.tier or source.tier,
                source_id=source.id,
                figure_ref=record.figure_ref,
                payload_sha256=payload.sha256,
                known_precision=record.known_precision,
                seen_at=None if record.known_on else seen_at,
            )
        )
    return found


def readings(records: Iterable[Record]) -> list[Reading]:
    """Return the high-frequency records as quarter-hour slots, each source minute once."""
    series_of: dict[tuple[str, ...], Series] = {}
    minutes: dict[tuple[Series, datetime, int], list[float]] = {}
    for record in records:
        if record.at is None:
            continue
        minute = record.at.astimezone(UTC).replace(second=0, microsecond=0)
        slot = minute - timedelta(minutes=minute.minute % 15)
        key = (_series(record, series_of), slot, (minute - slot) // timedelta(minutes=1))
        minutes.setdefault(key, []).append(float(record.value))
    slots: dict[tuple[Series, datetime], list[tuple[int, float]]] = {}
    for (series, slot, minute), values in minutes.items():
        slots.setdefault((series, slot), []).append((minute, sum(values) / len(values)))
    return [_reading(series, slot, values) for (series, slot), values in slots.items()]


def _reading(series: Series, slot: datetime, values: Sequence[tuple[int, float]]) -> Reading:
    return Reading(
        series=series,
        at=slot,
        sum=sum(value for _, value in values),
        weight=float(len(values)),
        n=len(values),
        minutes=sum(1 << minute for minute, _ in values),
    )


def _series(record: Record, made: dict[tuple[str, ...], Series]) -> Series:
    name = (
        record.indicator,
        record.place,
        record.breakdown,
        record.counting_basis,
        record.span,
        record.unit,
    )
    series = made.get(name)
    if series is None:
        series = made[name] = Series(
            indicator_id=record.indicator,
            place_id=record.place,
            breakdown=record.breakdown,
            counting_basis=record.counting_basis,
            span=record.span,
            unit=record.unit,
        )
    return series
