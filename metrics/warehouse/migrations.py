"""Bring a warehouse to the newest schema: plain numbered steps, each in one transaction with its own mark."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from metrics.warehouse.documents import DOCUMENT
from metrics.warehouse.engines.base import Engine
from metrics.warehouse.entries import WarehouseError
from metrics.warehouse.tables import FACTS, METADATA
from metrics.warehouse.tables_ledger import BRIEFING, LEDGER, RUN_END, SCHEMA_VERSION
from metrics.warehouse.tables_meetings import KEPT, MEETING, OVERRIDE
from metrics.warehouse.tables_outbox import OUTBOX
from metrics.warehouse.tables_views import VIEWS

TABLES = (*FACTS, *LEDGER, DOCUMENT, *KEPT, *OUTBOX, *VIEWS)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One change of the schema, with the data there is carried along."""

    number: int
    what: str
    apply: Callable[[Engine, sa.Connection], None]


def _first_tables(_engine: Engine, connection: sa.Connection) -> None:
    METADATA.create_all(connection, tables=list(TABLES))


def _detail_of_runs(_engine: Engine, connection: sa.Connection) -> None:
    there = {column["name"] for column in sa.inspect(connection).get_columns(RUN_END.name)}
    if RUN_END.c.detail.name not in there:  # a new warehouse has it from its first step
        connection.exec_driver_sql("ALTER TABLE run_end ADD COLUMN detail TEXT DEFAULT '{}' NOT NULL")


def _what_people_keep(_engine: Engine, connection: sa.Connection) -> None:
    there = {column["name"] for column in sa.inspect(connection).get_columns(MEETING.name)}
    before = []
    if (
        MEETING.c.recorded_at.name not in there
    ):  # meetings were one row each, and nothing had been said of them
        old = sa.Table(
            "meeting", sa.MetaData(), *(sa.Column(c.name, c.type) for c in MEETING.c if c.name in there)
        )
        before = [dict(row) for row in connection.execute(sa.select(old)).mappings()]
        connection.exec_driver_sql("DROP TABLE meeting")
    METADATA.create_all(connection, tables=list(KEPT))
    if before:
        connection.execute(sa.insert(MEETING), [_CARRIED_MEETING | row | _since(row) for row in before])


_CARRIED_MEETING = {
    "state": "held", "kind": "other", "place_id": "", "names": "{}", "audience": "group",
    "source_title": "", "source_url": "", "said_by": "", "person_id": "",
}  # fmt: skip


def _since(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"recorded_at": row["as_of"], "known_at": row["as_of"]}


def _briefings(engine: Engine, connection: sa.Connection) -> None:
    there = {column["name"] for column in sa.inspect(connection).get_columns(BRIEFING.name)}
    if BRIEFING.c.recorded_at.name in there:
        return
    asked = sa.text("SELECT briefing_id, version, title, panels, made_by FROM briefing")
    before = [dict(row) for row in connection.execute(asked).mappings()]
    connection.exec_driver_sql("DROP TABLE briefing")
    METADATA.create_all(connection, tables=[BRIEFING])
    if before:
        now = engine.now(connection)
        connection.execute(sa.insert(BRIEFING), [_carried_briefing(row, now) for row in before])


def _carried_briefing(row: dict[str, Any], now: datetime) -> dict[str, Any]:
    names = json.dumps({"en": row.pop("title")}, ensure_ascii=False)
    said = {"state": "saved", "audience": "officials", "meeting_id": "", "languages": '["en"]'}
    return row | said | {"names": names, "person_id": row["made_by"], "recorded_at": now}


def _saved_views(_engine: Engine, connection: sa.Connection) -> None:
    METADATA.create_all(connection, tables=list(VIEWS))


def _word_going_out(_engine: Engine, connection: sa.Connection) -> None:
    METADATA.create_all(connection, tables=list(OUTBOX))


def _when_overrides_were_said(engine: Engine, connection: sa.Connection) -> None:
    there = {column["name"] for column in sa.inspect(connection).get_columns(OVERRIDE.name)}
    if OVERRIDE.c.known_at.name not in there:
        kind = OVERRIDE.c.known_at.type.compile(dialect=engine.sa.dialect)
        run = connection.exec_driver_sql
        run(f"ALTER TABLE override ADD COLUMN known_at {kind} DEFAULT '1970-01-01' NOT NULL")
        run("UPDATE override SET known_at = recorded_at")


STEPS = (
    Step(number=1, what="the first tables", apply=_first_tables),
    Step(number=2, what="what a run changed", apply=_detail_of_runs),
    Step(number=3, what="meetings, decisions, actions, overrides", apply=_what_people_keep),
    Step(number=4, what="views that people keep", apply=_saved_views),
    Step(number=5, what="briefings that people save", apply=_briefings),
    Step(number=6, what="word going out", apply=_word_going_out),
    Step(number=7, what="when an override was said", apply=_when_overrides_were_said),
)


def version(connection: sa.Connection) -> int:
    """Return the number of the newest step taken, 0 for an empty database."""
    if not sa.inspect(connection).has_table(SCHEMA_VERSION.name):
        return 0
    return connection.execute(sa.select(sa.func.max(SCHEMA_VERSION.c.version))).scalar_one() or 0


def taken_before(connection: sa.Connection) -> set[int]:
    """Return the numbers of the steps taken: of two that were made at the same time, either may come first."""
    if not sa.inspect(connection).has_table(SCHEMA_VERSION.name):
        return set()
    return set(connection.execute(sa.select(SCHEMA_VERSION.c.version)).scalars())


def migrate(engine: Engine, steps: Sequence[Step] = STEPS) -> list[int]:
    """Take the steps not taken yet and return their numbers.

    Raises WarehouseError when the database is of a newer product than this one.
    """
    taken = []
    for step in steps:
        with engine.writing("schema") as connection:
            at = version(connection)
            if at > steps[-1].number:
                raise WarehouseError(
                    f"the warehouse has schema {at}, this product knows {steps[-1].number}: "
                    "install the newer product, or restore a backup of before"
                )
            if step.number in taken_before(connection):
                continue
            step.apply(engine, connection)
            row = {"version": step.number, "what": step.what, "applied_at": engine.now(connection)}
            connection.execute(sa.insert(SCHEMA_VERSION).values(**row))
            taken.append(step.number)
    with engine.writing("schema") as connection:
        engine.after_create(connection, TABLES)
        now = engine.now(connection)
    engine.make_room(now)
    return taken
