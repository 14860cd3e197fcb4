from __future__ import annotations

import time
from datetime import date, timedelta
from itertools import count

import pytest
import sqlalchemy as sa

from metrics.warehouse.entries import AlreadyRun, Fence, FenceLost, PayloadEntry, Suspect
from metrics.warehouse.migrations import TABLES
from metrics.warehouse.values import MilestoneEvent, ScopeRow, TargetEvent
from tests.metrics.warehouse.made import DAY, INDICATOR, MAY, figure, reading, shown

pytestmark = pytest.mark.engine

DIGEST = "cd" * 32


def content(warehouse) -> dict[str, list[tuple]]:
    """Return every row of every table."""
    with warehouse.engine.sa.connect() as connection:
        return {table.name: sorted(map(repr, connection.execute(sa.select(table)).all())) for table in TABLES}


def load_a_payload(warehouse, run_id: str) -> None:
    """Load something of every kind, with a repetition, a change and a late claim among it."""
    with warehouse.loading(run_id) as loading:
        loading.start_stage("load")
        loading.append([figure(10), figure(12, MAY + 2 * DAY), figure(9, MAY + DAY)])
        loading.append_readings([reading(MAY, 3), reading(MAY + DAY, 4)])
        loading.append_events(
            [
                ScopeRow(
                    indicator_id="*", place_id="macao", start=date(2024, 1, 1), kind="not_in_scope", why="x"
                )
            ],
            [MilestoneEvent(milestone_id="m", work_item=1, event="announced", known_at=MAY)],
            [TargetEvent(indicator_id=INDICATOR, place_id="gba", due_on=None, known_at=MAY, value=1.0)],
        )
        loading.quarantine([Suspect(source_id="made", rule="range", said="too much", row={"value": "9e9"})])
        loading.record_payload(PayloadEntry(sha256=DIGEST, url="https://example.org/a", size=3))
        loading.run_payload("https://example.org/a", sha256=DIGEST, etag="e")
        loading.end_run("loaded", {"new": 3})


def opened(warehouse) -> str:
    return warehouse.open_run("made", trigger="schedule", logical_time=MAY)


class BrokenError(Exception):
    pass


def break_write(warehouse, monkeypatch, number: int, *, after: bool):
    """Let the *number*-th write fail: before it reaches the database, or just after."""
    writes = count(1)

    def breaking(write):
        def written(*arguments, **options):
            at = next(writes)
            if at == number and not after:
                raise BrokenError
            done = write(*arguments, **options)
            if at == number:
                raise BrokenError
            return done

        return written

    for name in ("fill", "upsert"):
        monkeypatch.setattr(warehouse.engine, name, breaking(getattr(warehouse.engine, name)))
    execute = sa.Connection.execute

    def executing(connection, statement, *arguments, **options):
        if isinstance(statement, sa.Insert | sa.Update | sa.Delete):
            return breaking(execute)(connection, statement, *arguments, **options)
        return execute(connection, statement, *arguments, **options)

    monkeypatch.setattr(sa.Connection, "execute", executing)


@pytest.mark.parametrize("after", [False, True])
def test_whichever_write_fails_the_warehouse_is_as_before_or_all_new(warehouse, monkeypatch, after):
    warehouse.append([figure(8), figure(8, MAY + 3 * DAY)], run_id="before")
    warehouse.append_readings([reading(MAY, 2, minutes=2)], run_id="before")
    run_id = opened(warehouse)
    before = content(warehouse)
    for number in count(1):
        with monkeypatch.context() as patch:
            break_write(warehouse, patch, number, after=after)
            try:
                load_a_payload(warehouse, run_id)
                break
            except BrokenError:
                pass
        assert content(warehouse) == before, f"write {number} left something behind"
    assert number > 12
    assert {name for name, rows in content(warehouse).items() if rows != before[name]} >= {
        "observation", "reading", "rollup_day", "rollup_month", "scope", "milestone_event", "target_event",
        "quarantine", "payload", "run_payload", "run_end", "stamp",
    }  # fmt: skip


def test_stamps_advance_only_with_news_and_readings_have_their_own(warehouse):
    load_a_payload(warehouse, opened(warehouse))
    facts, readings = warehouse.stamp(), warehouse.reading_stamp()
    assert facts
    assert readings
    warehouse.append([figure(12, MAY + 2 * DAY)], run_id="again")
    warehouse.append_readings([reading(MAY, 3)], run_id="again")
    warehouse.append_events(
        [ScopeRow(indicator_id="*", place_id="macao", start=date(2024, 1, 1), kind="not_in_scope", why="x")],
        run_id="again",
    )
    assert (warehouse.stamp(), warehouse.reading_stamp()) == (facts, readings)
    warehouse.append_readings([reading(MAY + 2 * DAY)], run_id="more")
    assert warehouse.stamp() == facts
    assert warehouse.reading_stamp() > readings
    warehouse.append([figure(13, MAY + 9 * DAY)], run_id="more")
    assert warehouse.stamp() > facts


@pytest.mark.parametrize("kind", ["scope", "milestones", "targets"])
def test_scope_milestones_and_targets_are_news_too(warehouse, kind):
    events = {
        "scope": ScopeRow(indicator_id="a", place_id="b", start=date(2024, 1, 1), kind="withheld", why="x"),
        "milestones": MilestoneEvent(milestone_id="m", work_item=1, event="announced", known_at=MAY),
        "targets": TargetEvent(
            indicator_id="a", place_id="b", due_on=date(2025, 1, 1), known_at=MAY, value=1.0
        ),
    }
    warehouse.append_events(**{kind: [events[kind]]}, run_id="a")
    assert warehouse.stamp() > 0


def load_behind(warehouse, fence: Fence) -> None:
    with warehouse.loading("fenced", fence) as loading:
        loading.append([figure(1)])


def load_and_end(warehouse, run_id: str, value: float) -> None:
    with warehouse.loading(run_id) as loading:
        loading.append([figure(value, MAY + value * DAY)])
        loading.end_run("loaded")


def load_and_fail(warehouse) -> None:
    with warehouse.loading("a") as loading:
        loading.append([figure(1)])
        raise ZeroDivisionError


def test_a_paused_holder_s_late_write_is_refused(warehouse):
    token = warehouse.acquire_lease("scheduler", "one", timedelta(milliseconds=1))
    time.sleep(0.01)
    later = warehouse.acquire_lease("scheduler", "two", timedelta(minutes=5))
    assert later == token + 1
    with pytest.raises(FenceLost, match="held under number 1, found two with number 2"):
        load_behind(warehouse, Fence(name="scheduler", token=token))
    assert warehouse.stamp() == 0
    load_behind(warehouse, Fence(name="scheduler", token=later))
    assert shown(warehouse.latest([INDICATOR], as_of=MAY)) == [1.0]


def test_a_lease_that_ran_out_or_never_was_is_refused_as_well(warehouse):
    for token in (warehouse.acquire_lease("scheduler", "one", timedelta(0)), 7):
        with pytest.raises(FenceLost):
            load_behind(warehouse, Fence(name="scheduler", token=token))
    with pytest.raises(FenceLost, match="found nobody"):
        load_behind(warehouse, Fence(name="other", token=1))


def test_an_error_inside_a_loading_leaves_nothing_of_it(warehouse):
    with pytest.raises(ZeroDivisionError):
        load_and_fail(warehouse)
    assert warehouse.latest([INDICATOR], as_of=MAY).empty
    assert warehouse.series([INDICATOR]).empty


def test_what_a_run_brought_is_undone_when_its_logical_time_was_done_by_another(warehouse):
    first = opened(warehouse)
    with warehouse.engine.writing("ledger") as connection:
        # Two schedulers that both opened the run: the unique key of the effect decides.
        from metrics.warehouse import ledger

        now = warehouse.engine.now(connection)
        second = ledger._insert(connection, "made", "schedule", ledger.logical_text(MAY), 2, now)
    load_and_end(warehouse, first, 1)
    with pytest.raises(AlreadyRun):
        load_and_end(warehouse, second, 2)
    assert shown(warehouse.vintages([INDICATOR])) == [1.0]


def test_two_answers_of_one_address_in_one_run_are_both_written_down(warehouse):
    with warehouse.loading("a") as loading:
        loading.run_payload("https://example.org/a", sha256=DIGEST)
        loading.run_payload("https://example.org/a", sha256="ef" * 32)
    assert warehouse.payload_seen(DIGEST)
    assert warehouse.payload_seen("ef" * 32)
