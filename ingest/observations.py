"""Turn checked records into what the warehouse stores: observations and readings, each with its known_at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from ingest.source import Payload, Record, Source
from metrics.warehouse.values import Observation, Reading, Series, start_of_day


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
    """Return the high-frequency records as quarter-hour slots: weighted sums, and which minutes are in them."""
    series_of: dict[tuple[str, ...], Series] = {}
    slots: dict[tuple[Series, datetime], _Slot] = defaultdict(_Slot)
    for record in records:
        if record.at is None:
            continue
        minute = record.at.astimezone(UTC).replace(second=0, microsecond=0)
        start = minute - timedelta(minutes=minute.minute % 15)
        slot = slots[_series(record, series_of), start]
        slot.sum += float(record.value) * record.weight
        slot.weight += record.weight
        slot.n += 1
        slot.minutes |= 1 << (minute - start) // timedelta(minutes=1)
    return [
        Reading(series=series, at=at, sum=slot.sum, weight=slot.weight, n=slot.n, minutes=slot.minutes)
        for (series, at), slot in slots.items()
    ]


@dataclass(slots=True)
class _Slot:
    sum: float = 0.0
    weight: float = 0.0
    n: int = 0
    minutes: int = 0


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
