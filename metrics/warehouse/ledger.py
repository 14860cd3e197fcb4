"""The ledger of runs: planned, started, ended, and at most one effect for each logical time of a source."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from metrics.warehouse.entries import AlreadyRun, Run, WarehouseError
from metrics.warehouse.tables_ledger import RUN, RUN_END

TRIGGERS = ("schedule", "hand", "replay", "backfill")
ENDS = ("loaded", "unchanged", "partial", "failed", "not_configured", "recovered", "missed")
EFFECTS = ("loaded", "unchanged", "partial")
TIMED = ("schedule", "backfill")  # each logical time once; by hand and in a replay as often as one likes
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_NEWEST = 100


def new_run_id(now: datetime) -> str:
    """Return a run's name: short, and in the order of time."""
    return f"{_first_id(now)}-{secrets.token_hex(3)}"


def _first_id(now: datetime) -> str:
    number, digits = int(now.timestamp() * 1000), ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits


def logical_text(logical_time: datetime | str) -> str:
    """Return the text under which a logical time is kept: an instant in UTC, or a payload's hash."""
    if isinstance(logical_time, str):
        return logical_time
    return logical_time.astimezone(UTC).isoformat()


def plan_run(
    connection: sa.Connection, source_id: str, trigger: str, logical_time: datetime | str, now: datetime
) -> str:
    """Write down that a run is due and return its id; of one logical time the plan there is already.

    Raises AlreadyRun when a scheduled or backfilled logical time has had its effect.
    """
    attempts = _attempts(connection, source_id, logical_text(logical_time))
    of_kind = _of_kind(attempts, trigger)
    if of_kind and of_kind[-1].status == "planned":
        return of_kind[-1].run_id
    if trigger in TIMED:
        _refuse_second(source_id, logical_text(logical_time), of_kind, EFFECTS)
    return _insert(connection, source_id, trigger, logical_text(logical_time), len(attempts) + 1, now)


def open_run(
    connection: sa.Connection,
    source_id: str,
    *,
    trigger: str,
    logical_time: datetime | str,
    token: int | None,
    now: datetime,
) -> str:
    """Start a run and return its id; a planned one of that logical time is the one started.

    Raises AlreadyRun when a scheduled or backfilled logical time is done or in hand.
    """
    logical = logical_text(logical_time)
    attempts = _attempts(connection, source_id, logical)
    of_kind = _of_kind(attempts, trigger)
    if trigger in TIMED:
        _refuse_second(source_id, logical, of_kind, (*EFFECTS, "started"))
    if of_kind and of_kind[-1].status == "planned":
        run_id = of_kind[-1].run_id
    else:
        run_id = _insert(connection, source_id, trigger, logical, len(attempts) + 1, now)
    started = {"started_at": now, "token": token, "stage": "opened", "trigger": trigger}
    connection.execute(sa.update(RUN).where(RUN.c.run_id == run_id).values(**started))
    return run_id


def _refuse_second(source_id: str, logical: str, attempts: list[Run], taken: Sequence[str]) -> None:
    for run in attempts:
        if run.status in taken:
            raise AlreadyRun(
                f"{source_id} at {logical}: expected no run yet, found {run.run_id} ({run.status}); "
                "wait for it, or end it as recovered if its process is gone"
            )


def _insert(
    connection: sa.Connection, source_id: str, trigger: str, logical: str, attempt: int, now: datetime
) -> str:
    if trigger not in TRIGGERS:
        raise ValueError(f"trigger {trigger!r} is not known; expected one of {', '.join(TRIGGERS)}")
    run_id = new_run_id(now)
    row = {
        "run_id": run_id,
        "source_id": source_id,
        "trigger": trigger,
        "logical_time": logical,
        "attempt": attempt,
        "stage": "planned",
        "planned_at": now,
    }
    connection.execute(sa.insert(RUN).values(**row))
    return run_id


def start_stage(connection: sa.Connection, run_id: str, stage: str) -> None:
    """Write down which stage a run has reached."""
    connection.execute(sa.update(RUN).where(RUN.c.run_id == run_id).values(stage=stage))


def end_run(
    connection: sa.Connection,
    run_id: str,
    status: str,
    *,
    counts: Mapping[str, int],
    stage: str | None,
    error: str,
    now: datetime,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Close a run. A second end, or a second effect of one logical time, is refused with AlreadyRun."""
    if status not in ENDS:
        raise ValueError(f"status {status!r} is not how a run ends; expected one of {', '.join(ENDS)}")
    run = connection.execute(sa.select(RUN).where(RUN.c.run_id == run_id)).mappings().one_or_none()
    if run is None:
        raise WarehouseError(f"run {run_id}: expected an opened run, found none; open it before ending it")
    once = status in EFFECTS and run["trigger"] in TIMED
    row = {
        "run_id": run_id,
        "status": status,
        "stage": stage or run["stage"],
        "counts": json.dumps(dict(counts), sort_keys=True),
        "error": error,
        "ended_at": now,
        "detail": json.dumps(dict(detail or {}), ensure_ascii=False, sort_keys=True),
        "effect": _effect(run) if once else None,
    }
    try:
        connection.execute(sa.insert(RUN_END).values(**row))
    except sa.exc.IntegrityError as fault:
        raise AlreadyRun(
            f"run {run_id} of {run['source_id']} at {run['logical_time']}: it has ended already, or another "
            "run did this logical time; nothing of this one is kept"
        ) from fault


def _effect(run: Mapping[str, Any]) -> str:
    # A past version may carry the instant of a scheduled run: the two are different things.
    apart = "" if run["trigger"] == "schedule" else f" ({run['trigger']})"
    return f"{run['source_id']}@{run['logical_time']}{apart}"


def _select() -> sa.Select:
    ends = RUN_END.c
    return sa.select(
        RUN,
        *(ends.status, ends.stage.label("last_stage"), ends.counts, ends.error, ends.ended_at, ends.detail),
    ).select_from(RUN.outerjoin(RUN_END, RUN_END.c.run_id == RUN.c.run_id))


def _run(row: Mapping[str, Any]) -> Run:
    started = "planned" if row["started_at"] is None else "started"
    return Run(
        run_id=row["run_id"],
        source_id=row["source_id"],
        trigger=row["trigger"],
        logical_time=row["logical_time"],
        attempt=row["attempt"],
        status=row["status"] or started,
        stage=row["last_stage"] or row["stage"],
        token=row["token"],
        planned_at=row["planned_at"],
        started_at=row["started_at"],
        ended_at=row["ended_at"],
        counts=json.loads(row["counts"] or "{}"),
        error=row["error"] or "",
        detail=json.loads(row["detail"] or "{}"),
    )


def _read(connection: sa.Connection, statement: sa.Select) -> list[Run]:
    return [_run(row) for row in connection.execute(statement).mappings()]


def _attempts(connection: sa.Connection, source_id: str, logical: str) -> list[Run]:
    asked = _select().where(RUN.c.source_id == source_id, RUN.c.logical_time == logical)
    return _read(connection, asked.order_by(RUN.c.attempt))


def _of_kind(attempts: list[Run], trigger: str) -> list[Run]:
    """Return those that stand in each other's way: a past version is not the scheduled run of that instant."""
    kinds = (trigger,) if trigger in TIMED else tuple(one for one in TRIGGERS if one not in TIMED)
    return [run for run in attempts if run.trigger in kinds]


def runs(
    connection: sa.Connection,
    source_id: str | None,
    limit: int,
    triggers: Sequence[str] = TRIGGERS,
    statuses: Sequence[str] = (),
) -> list[Run]:
    """Return the newest runs of these *triggers*, newest first; *statuses* (all if empty) are how they ended."""
    asked = _select().where(RUN.c.trigger.in_(list(triggers)))
    if source_id is not None:
        asked = asked.where(RUN.c.source_id == source_id)
    if statuses:
        asked = asked.where(RUN_END.c.status.in_(list(statuses)))
    return _read(connection, asked.order_by(RUN.c.planned_at.desc(), RUN.c.run_id.desc()).limit(limit))


def run(connection: sa.Connection, run_id: str) -> Run | None:
    """Return one run, or None."""
    found = _read(connection, _select().where(RUN.c.run_id == run_id))
    return found[0] if found else None


def unfinished_runs(connection: sa.Connection) -> list[Run]:
    """Return the runs that were planned or started and have not ended, oldest first."""
    return _read(connection, _select().where(RUN_END.c.run_id.is_(None)).order_by(RUN.c.planned_at))


def first_after(
    connection: sa.Connection, source_id: str, after: datetime | None, statuses: Sequence[str]
) -> Run | None:
    """Return the first scheduled or hand-made run of a source that ended so, after an instant; None for none."""
    asked = _select().where(
        RUN.c.source_id == source_id,
        RUN.c.trigger.in_(("schedule", "hand")),
        RUN_END.c.status.in_(list(statuses)),
    )
    if after is not None:
        asked = asked.where(RUN_END.c.ended_at > after)
    found = _read(connection, asked.order_by(RUN_END.c.ended_at).limit(1))
    return found[0] if found else None


def asked_for(connection: sa.Connection, since: datetime) -> list[Run]:
    """Return the runs that people asked for since an instant and nobody has started, oldest first."""
    # A run's id is in the order of time, and the key of its table: old runs are not looked at.
    planned = sa.and_(RUN.c.run_id >= _first_id(since), RUN.c.trigger == "hand", RUN.c.started_at.is_(None))
    return _read(connection, _select().where(planned, RUN_END.c.run_id.is_(None)).order_by(RUN.c.planned_at))


def mark(connection: sa.Connection) -> tuple[str, int, int]:
    """Return what differs whenever a run was planned, started or ended: a look at the newest few, no more."""
    newest = sa.select(RUN.c.run_id, RUN.c.started_at).order_by(RUN.c.run_id.desc()).limit(_NEWEST).subquery()
    both = newest.outerjoin(RUN_END, RUN_END.c.run_id == newest.c.run_id)
    asked = sa.select(
        sa.func.max(newest.c.run_id), sa.func.count(newest.c.started_at), sa.func.count(RUN_END.c.run_id)
    ).select_from(both)
    last, begun, over = connection.execute(asked).one()
    return last or "", begun, over
