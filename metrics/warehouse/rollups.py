"""Readings: high-frequency means in slots of fifteen minutes, with their days and months kept beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from metrics.warehouse.columns import instant_of
from metrics.warehouse.engines.base import Engine
from metrics.warehouse.slots import (
    Change,
    Slot,
    Total,
    after_changes,
    day_bounds,
    gathered,
    hong_kong_day,
    joined,
    kept_from,
    merged,
    month_first,
    total_of,
)
from metrics.warehouse.store import add_series
from metrics.warehouse.tables import READING, ROLLUP_DAY, ROLLUP_MONTH
from metrics.warehouse.values import Counts, Reading

Key = tuple[int, int]  # series, and an instant or a day

_SLOT, _TOTAL = Slot._fields, Total._fields


def append_readings(
    engine: Engine, connection: sa.Connection, readings: Sequence[Reading], *, keep_days: int
) -> Counts:
    """Add the source minutes not seen yet, bring days and months along, and let go of what is too old.

    What is older than *keep_days* before its series' newest reading is not taken: its minutes are forgotten, so
    that a replay could not be told from news.
    """
    if not readings:
        return Counts()
    add_series(engine, connection, list({reading.series: None for reading in readings}))
    slots = gathered(readings)
    engine.make_room(instant_of(max(at for _, at in slots)))  # before this transaction touches the table
    newest = _newest(engine, connection, {number for number, _ in slots})
    now_newest = dict(newest)
    for number, at in slots:
        now_newest[number] = max(at, now_newest.get(number, at))
    kept = {number: kept_from(at, keep_days) for number, at in now_newest.items()}
    wanted = {key: slot for key, slot in slots.items() if key[1] >= kept[key[0]]}
    # What lies after its series' newest reading cannot be there yet: a live feed's next hour is not looked for.
    known = [key for key in wanted if key[0] in newest and key[1] <= newest[key[0]]]
    stored = _slots(engine, connection, known) if known else {}
    changes: dict[Key, Change] = {}
    new = 0
    for key, (slot, count) in wanted.items():
        old = stored.get(key)
        after = merged(old, slot)
        if after is not None:
            changes[key] = (key[1], old, after)
            new += count
    if changes:
        _store(engine, connection, changes)
        _forget(engine, connection, newest, kept, keep_days)
    return Counts(new=new, unchanged=len(readings) - new)


def _newest(engine: Engine, connection: sa.Connection, series: Iterable[int]) -> dict[int, int]:
    """Return the instant of each series' newest reading, from its newest month: a few rows a series."""

    def statement() -> sa.Select:
        asked = engine.records("asked", {"series_id": "integer"})
        last = (
            sa.select(engine.number_of(ROLLUP_MONTH.c.last_at))
            .where(ROLLUP_MONTH.c.series_id == asked.c.series_id)
            .order_by(ROLLUP_MONTH.c.month.desc())
            .limit(1)
            .scalar_subquery()
        )
        return sa.select(asked.c.series_id, last)

    text = engine.text_of("newest_reading", statement)
    rows = engine.read(text, engine.packed("asked", {"series_id": list(series)}), connection)
    return {number: at for number, at in rows if at is not None}


def _slots(engine: Engine, connection: sa.Connection, keys: Sequence[Key]) -> dict[Key, Slot]:
    def statement() -> sa.Select:
        asked = engine.records("asked", {"series_id": "integer", "at": "instant"})
        there = sa.and_(READING.c.series_id == asked.c.series_id, READING.c.at == asked.c.at)
        columns = (READING.c.series_id, engine.number_of(READING.c.at), *(READING.c[name] for name in _SLOT))
        return sa.select(*columns).select_from(asked.join(READING, there))

    text = engine.text_of("slots", statement)
    rows = engine.read(text, engine.packed("asked", _columns(keys, ("series_id", "at"))), connection)
    return {(row[0], row[1]): Slot(*row[2:]) for row in rows}


def _columns(keys: Sequence[Key], names: tuple[str, str]) -> dict[str, list[int]]:
    return {names[0]: [key[0] for key in keys], names[1]: [key[1] for key in keys]}


def _store(engine: Engine, connection: sa.Connection, changes: Mapping[Key, Change]) -> None:
    after = {key: change[2] for key, change in changes.items()}
    _upsert(engine, connection, READING, ("series_id", "at"), after)
    days: dict[Key, list[Change]] = defaultdict(list)
    months: dict[Key, list[Change]] = defaultdict(list)
    periods: dict[int, tuple[int, int]] = {}
    for (number, at), change in changes.items():
        if at not in periods:
            periods[at] = (hong_kong_day(at), month_first(hong_kong_day(at)))
        day, month = periods[at]
        days[number, day].append(change)
        months[number, month].append(change)
    _roll_up(engine, connection, ROLLUP_DAY, days)
    _roll_up(engine, connection, ROLLUP_MONTH, months)


def _roll_up(
    engine: Engine, connection: sa.Connection, table: sa.Table, changes: Mapping[Key, list[Change]]
) -> None:
    period = table.primary_key.columns.keys()[1]
    stored = _totals(engine, connection, table, period, list(changes))
    after: dict[Key, Total] = {}
    anew = []
    for key, of_key in changes.items():
        total = after_changes(stored.get(key), of_key)
        if total is None:
            anew.append(key)
        else:
            after[key] = total
    if anew:
        count = _count_days if table is ROLLUP_DAY else _count_months
        after |= count(engine, connection, anew)
    _upsert(engine, connection, table, ("series_id", period), after)


def _totals(
    engine: Engine, connection: sa.Connection, table: sa.Table, period: str, keys: Sequence[Key]
) -> dict[Key, Total]:
    def statement() -> sa.Select:
        asked = engine.records("asked", {"series_id": "integer", "period": "day"})
        there = sa.and_(table.c.series_id == asked.c.series_id, table.c[period] == asked.c.period)
        return sa.select(*_total_columns(engine, table, period)).select_from(asked.join(table, there))

    text = engine.text_of(("totals", table.name), statement)
    rows = engine.read(text, engine.packed("asked", _columns(keys, ("series_id", "period"))), connection)
    return {(row[0], row[1]): _total(row) for row in rows}


def _total_columns(engine: Engine, table: sa.Table, period: str) -> list[sa.ColumnElement]:
    plain = [table.c[name] for name in _TOTAL if name != "last_at"]
    return [table.c.series_id, engine.number_of(table.c[period]), *plain, engine.number_of(table.c.last_at)]


def _total(row: Sequence) -> Total:
    return Total(*row[2:])


def _count_days(engine: Engine, connection: sa.Connection, keys: Sequence[Key]) -> dict[Key, Total]:
    def statement() -> sa.Select:
        asked = engine.records("asked", {"series_id": "integer", "first": "instant", "after": "instant"})
        within = sa.and_(
            READING.c.series_id == asked.c.series_id,
            READING.c.at >= asked.c.first,
            READING.c.at < asked.c.after,
        )
        columns = (READING.c.series_id, engine.number_of(READING.c.at), *(READING.c[name] for name in _SLOT))
        return sa.select(*columns).select_from(asked.join(READING, within))

    text = engine.text_of("count_days", statement)
    bounds = [day_bounds(day) for _, day in keys]
    asked = {
        "series_id": [number for number, _ in keys],
        "first": [first for first, _ in bounds],
        "after": [after for _, after in bounds],
    }
    found: dict[Key, list[tuple[int, Slot]]] = defaultdict(list)
    for row in engine.read(text, engine.packed("asked", asked), connection):
        found[row[0], hong_kong_day(row[1])].append((row[1], Slot(*row[2:])))
    return {key: total_of(slots) for key, slots in found.items()}


def _count_months(engine: Engine, connection: sa.Connection, keys: Sequence[Key]) -> dict[Key, Total]:
    def statement() -> sa.Select:
        asked = engine.records("asked", {"series_id": "integer", "first": "day", "last": "day"})
        within = sa.and_(
            ROLLUP_DAY.c.series_id == asked.c.series_id, ROLLUP_DAY.c.day.between(asked.c.first, asked.c.last)
        )
        return sa.select(*_total_columns(engine, ROLLUP_DAY, "day")).select_from(
            asked.join(ROLLUP_DAY, within)
        )

    text = engine.text_of("count_months", statement)
    asked = {
        "series_id": [number for number, _ in keys],
        "first": [month for _, month in keys],
        "last": [month_first(month + 31) - 1 for _, month in keys],
    }
    found: dict[Key, list[Total]] = defaultdict(list)
    for row in engine.read(text, engine.packed("asked", asked), connection):
        found[row[0], month_first(row[1])].append(_total(row))
    return {key: joined(totals) for key, totals in found.items()}


def _upsert(
    engine: Engine,
    connection: sa.Connection,
    table: sa.Table,
    names: tuple[str, str],
    values: Mapping[Key, tuple],
) -> None:
    if not values:
        return
    parts = [column.name for column in table.c if column.name not in names]
    columns: dict[str, list] = _columns(list(values), names)
    columns |= dict(zip(parts, map(list, zip(*values.values(), strict=True)), strict=True))
    engine.upsert(connection, table, columns, len(values))


def _forget(
    engine: Engine,
    connection: sa.Connection,
    newest: Mapping[int, int],
    kept: Mapping[int, int],
    keep_days: int,
) -> None:
    """Remove readings of days that are no longer kept, of series whose newest day has moved on."""
    by_cut: dict[int, list[int]] = defaultdict(list)
    for number, at in newest.items():
        if kept_from(at, keep_days) < kept[number]:
            by_cut[kept[number]].append(number)
    for cut, numbers in by_cut.items():
        old = sa.and_(engine.among(READING.c.series_id, "numbers"), READING.c.at < instant_of(cut))
        connection.execute(sa.delete(READING).where(old), engine.packed("numbers", numbers))
