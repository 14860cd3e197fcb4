"""Scope, milestones and targets as known at an instant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd
import sqlalchemy as sa

from metrics.warehouse.events import newest_recorded
from metrics.warehouse.frames import texts
from metrics.warehouse.tables import MILESTONE_EVENT, SCOPE, TARGET_EVENT
from metrics.warehouse.values import HONG_KONG, MILESTONE_EVENTS

MILESTONES = {
    "milestone_id": "str", "work_item": "int64", "state": "str", "due_on": "day", "due_precision": "str",
    "earlier_due": "object", "happened_on": "day", "happened_precision": "str", "owner": "str",
    "evidence": "str", "said_by": "str", "first_known_at": "instant", "known_at": "instant",
    "known_precision": "str", "events": "int64",
}  # fmt: skip
EVENTS = {
    "milestone_id": "str", "work_item": "int64", "event": "str", "known_at": "instant",
    "known_precision": "str", "due_on": "day", "due_precision": "str", "happened_on": "day",
    "happened_precision": "str", "owner": "str", "evidence": "str", "said_by": "str",
    "recorded_at": "instant", "run_id": "str",
}  # fmt: skip
TARGETS = {
    "indicator_id": "str", "place_id": "str", "due_on": "day", "kind": "str", "known_at": "instant",
    "known_precision": "str", "value": "float64", "qualifier": "str", "direction": "str",
    "baseline": "float64", "baseline_on": "day", "model": "str", "source": "str",
    "recorded_at": "instant", "run_id": "str",
}  # fmt: skip
SCOPES = {
    "indicator_id": "str", "place_id": "str", "start": "day", "end": "day", "kind": "str", "why": "str",
    "recorded_at": "instant", "run_id": "str",
}  # fmt: skip


def _frame(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, str]) -> pd.DataFrame:
    out = {}
    for name, kind in columns.items():
        values = [row[name] for row in rows]
        match kind:
            case "day":
                out[name] = pd.to_datetime(pd.Series(values, dtype="object")).astype("datetime64[us]")
            case "instant":
                out[name] = pd.to_datetime(pd.Series(values, dtype="object"), utc=True).astype(
                    "datetime64[us, UTC]"
                )
            case "str":
                out[name] = texts(values)
            case _:
                out[name] = pd.Series(values, dtype=kind)
    return pd.DataFrame(out)


def scope_frame(connection: sa.Connection, as_of: datetime, stamp: datetime | None) -> pd.DataFrame:
    """Return the absences in force on the Hong Kong day of *as_of*: columns as in ``SCOPES``."""
    day = as_of.astimezone(HONG_KONG).date()
    rows = [
        {**row, "start": row["from_day"], "end": row["to_day"]}
        for row in newest_recorded(connection, SCOPE, stamp)
        if row["from_day"] <= day and (row["to_day"] is None or day <= row["to_day"])
    ]
    rows.sort(key=lambda row: (row["indicator_id"], row["place_id"], row["start"]))
    return _frame(rows, SCOPES)


def targets_frame(connection: sa.Connection, as_of: datetime, stamp: datetime | None) -> pd.DataFrame:
    """Return of each target (indicator, place, due date, kind) the newest word known: columns ``TARGETS``."""
    newest: dict[tuple, dict[str, Any]] = {}
    for row in sorted(newest_recorded(connection, TARGET_EVENT, stamp), key=lambda row: row["known_at"]):
        if row["known_at"] <= as_of:
            newest[row["indicator_id"], row["place_id"], row["due_on"] or date.max, row["kind"]] = row
    return _frame([newest[key] for key in sorted(newest)], TARGETS)


def _events(connection: sa.Connection, as_of: datetime, stamp: datetime | None) -> list[dict[str, Any]]:
    rows = [row for row in newest_recorded(connection, MILESTONE_EVENT, stamp) if row["known_at"] <= as_of]
    # Said at one instant: first announced, then moved, then its end.
    rows.sort(key=lambda row: (row["milestone_id"], row["known_at"], MILESTONE_EVENTS.index(row["event"])))
    return rows


def events_frame(connection: sa.Connection, as_of: datetime, stamp: datetime | None) -> pd.DataFrame:
    """Return every milestone event known, by milestone and instant: columns as in ``EVENTS``."""
    return _frame(_events(connection, as_of, stamp), EVENTS)


def milestones_frame(connection: sa.Connection, as_of: datetime, stamp: datetime | None) -> pd.DataFrame:
    """Return the state of each milestone as known: columns as in ``MILESTONES``.

    ``state`` is announced, happened, met, missed or dropped; ``earlier_due`` a tuple of the due dates that
    were moved, oldest first; ``evidence`` and ``said_by`` are the newest given.
    """
    by_milestone = defaultdict(list)
    for event in _events(connection, as_of, stamp):
        by_milestone[event["milestone_id"]].append(event)
    return _frame([milestone_state(events) for events in by_milestone.values()], MILESTONES)


def milestone_state(events: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what *events* of one milestone, oldest first, add up to."""
    state: dict[str, Any] = {
        "milestone_id": events[0]["milestone_id"],
        "state": "announced",
        "due_on": None,
        "due_precision": "day",
        "happened_on": None,
        "happened_precision": "day",
        "owner": "",
        "evidence": "",
        "said_by": "",
        "first_known_at": events[0]["known_at"],
        "events": len(events),
    }
    earlier: list[date] = []
    for event in events:
        if event["event"] != "due_moved":
            state["state"] = event["event"]
        if event["due_on"] is not None:
            if state["due_on"] not in (None, event["due_on"]):
                earlier.append(state["due_on"])
            state |= {"due_on": event["due_on"], "due_precision": event["due_precision"]}
        if event["happened_on"] is not None:
            state |= {"happened_on": event["happened_on"], "happened_precision": event["happened_precision"]}
        state |= {name: event[name] for name in ("owner", "evidence", "said_by") if event[name]}
        state |= {name: event[name] for name in ("work_item", "known_at", "known_precision")}
    return state | {"earlier_due": tuple(earlier)}
