"""Let the n-th write fail, n = 1, 2, 3 and so on, of all that people and runs do: what is there is old or new."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any
from unittest import mock

import pytest
import sqlalchemy as sa

from metrics.warehouse.briefings import BriefingBook, KeptBriefing
from metrics.warehouse.meetings import MeetingBook
from metrics.warehouse.migrations import STEPS, TABLES, version
from metrics.warehouse.outbox import Outbox
from metrics.warehouse.overrides import OverrideBook, OverrideWord
from metrics.warehouse.people import Deed
from metrics.warehouse.returns import ReturnBook, Verdict
from metrics.warehouse.tables import METADATA
from metrics.warehouse.tables_ledger import BRIEFING, SCHEMA_VERSION
from metrics.warehouse.tables_meetings import KEPT, MEETING
from metrics.warehouse.tables_outbox import OUTBOX
from metrics.warehouse.tables_views import VIEWS
from metrics.warehouse.views import ViewBook
from metrics.warehouse.warehouse import Warehouse, open_warehouse
from tests.metrics.warehouse.test_loading import load_a_payload
from tests.metrics.warehouse.test_meetings import AT, DECIDED, HELD, OPENED, deed
from tests.metrics.warehouse.test_outbox import MESSAGE
from tests.metrics.warehouse.test_returns import GIVEN, OBSERVATION

pytestmark = pytest.mark.faults

MOST = 200
WRITES = ("INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP", "COPY", "SELECT create_")
OVERRIDE = OverrideWord(
    override_id="o1", subject_kind="work_item", subject_id="2", word="at_risk", reasons={"en": "A late tender"},
    expires_on=AT.date() + timedelta(days=30), said_by="Chan Tai Man", person_id="tmchan",
)  # fmt: skip
SLIDES = KeptBriefing(
    briefing_id="b-000000000001", version=0, names={"en": "One"}, panels="[]", languages=("en",),
    made_by="Chan Tai Man", person_id="tmchan",
)  # fmt: skip


class CutShortError(Exception):
    """What the test lets happen in the middle."""


@contextmanager
def failing(warehouse: Warehouse, number: int, *, commits: bool) -> Iterator[list[str]]:
    """Let the *number*-th statement that writes (or, with *commits*, also the end of a transaction) fail."""
    seen: list[str] = []
    engine = warehouse.engine.sa

    def pass_by(what: str) -> None:
        seen.append(what)
        if len(seen) == number:
            raise CutShortError(what)

    def statement(_connection: Any, _cursor: Any, text: str, *_more: Any) -> None:
        if text.lstrip().startswith(WRITES):
            pass_by(text)

    def ended(_connection: Any) -> None:
        if commits:
            pass_by("COMMIT")

    fill = warehouse.engine.fill

    def filled(*given: Any, **more: Any) -> Any:
        done = fill(*given, **more)
        pass_by("filled")  # rows that go to the server past the statements, as COPY does
        return done

    sa.event.listen(engine, "before_cursor_execute", statement)
    sa.event.listen(engine, "commit", ended)
    try:
        with mock.patch.object(warehouse.engine, "fill", filled):
            yield seen
    finally:
        sa.event.remove(engine, "before_cursor_execute", statement)
        sa.event.remove(engine, "commit", ended)


def content(warehouse: Warehouse) -> dict[str, list[str]]:
    """Return every row of every table."""
    with warehouse.engine.sa.connect() as connection:
        return {table.name: sorted(map(repr, connection.execute(sa.select(table)).all())) for table in TABLES}


def cut_short_everywhere(warehouse: Warehouse, act: Callable[[], Any]) -> int:
    """Do *act* with its 1st, 2nd, 3rd ... write failing, until none does; return how many there are."""
    before = content(warehouse)
    for number in count(1):
        assert number < MOST, "it never comes to an end"
        with failing(warehouse, number, commits=True) as seen:
            try:
                act()
            except CutShortError:
                assert content(warehouse) == before, f"torn after write {number}: {seen[-1]}"
                continue
        assert content(warehouse) != before
        assert warehouse.verify_audit() == []
        return number - 1
    raise AssertionError


def approving(warehouse: Warehouse) -> Callable[[], None]:
    """Return the approval of a return: its figures, its verdict, its run's end and the audit, all in one."""
    book = ReturnBook(warehouse.engine)
    book.hand_in(GIVEN, Deed(actor="alice", action="return", subject="r1"))
    run_id = warehouse.open_run("returns", trigger="hand", logical_time=GIVEN.payload_sha256)
    verdict = Verdict(return_id="r1", by="bob", what="approve", run_id=run_id)

    def approve() -> None:
        with warehouse.loading(run_id, durable=True) as tx:
            tx.append([OBSERVATION])
            book.review_within(tx.connection, verdict, Deed(actor="bob", action="review", subject="r1"), AT)
            tx.end_run("loaded", {"new": 1})

    return approve


def loading(warehouse: Warehouse) -> Callable[[], None]:
    run_id = warehouse.open_run("made", trigger="hand", logical_time="one")
    return lambda: load_a_payload(warehouse, run_id)


def meeting(warehouse: Warehouse) -> Callable[[], Any]:
    return lambda: MeetingBook(warehouse.engine).say_meeting(HELD, deed(), AT)


def decision(warehouse: Warehouse) -> Callable[[], Any]:
    book = MeetingBook(warehouse.engine)
    book.say_meeting(HELD, deed(), AT)
    return lambda: book.say_decision(DECIDED, deed("decision"), AT)


def action(warehouse: Warehouse) -> Callable[[], Any]:
    book = MeetingBook(warehouse.engine)
    book.say_meeting(HELD, deed(), AT)
    return lambda: book.say_action(OPENED, deed("action"), AT)


def override(warehouse: Warehouse) -> Callable[[], Any]:
    return lambda: OverrideBook(warehouse.engine).set(OVERRIDE, deed("override"), AT)


def withdrawing(warehouse: Warehouse) -> Callable[[], Any]:
    book = OverrideBook(warehouse.engine)
    book.set(OVERRIDE, deed("override"), AT)
    return lambda: book.withdraw("o1", "Chan Tai Man", "tmchan", deed("override"), AT)


def briefing(warehouse: Warehouse) -> Callable[[], Any]:
    return lambda: BriefingBook(warehouse.engine).save(SLIDES, deed("briefing"), AT)


def briefing_again(warehouse: Warehouse) -> Callable[[], Any]:
    book = BriefingBook(warehouse.engine)
    kept = book.save(SLIDES, deed("briefing"), AT)
    return lambda: book.save(replace(kept, names={"en": "Two"}), deed("briefing"), AT)


def posting(warehouse: Warehouse) -> Callable[[], Any]:
    messages = [replace(MESSAGE, message_id=f"alert:{n}") for n in range(3)]
    return lambda: Outbox(warehouse.engine).put(messages)


def posted(warehouse: Warehouse) -> Callable[[], Any]:
    outbox = Outbox(warehouse.engine)
    outbox.put([MESSAGE])
    return lambda: outbox.happened(MESSAGE.message_id, "sent", AT)


def saving_a_view(warehouse: Warehouse) -> Callable[[], Any]:
    return lambda: ViewBook(warehouse.engine).save("alice", "mine", "lang=en", AT)


ACTS = (
    loading, approving, meeting, decision, action, override, withdrawing, briefing, briefing_again, posting,
    posted, saving_a_view,
)  # fmt: skip
LEAST = {"loading": 10, "approving": 6}


@pytest.mark.engine
@pytest.mark.parametrize("kind", ACTS, ids=lambda kind: kind.__name__)
def test_whichever_write_fails_what_is_there_is_old_or_new(warehouse, kind) -> None:
    writes = cut_short_everywhere(warehouse, kind(warehouse))
    assert writes >= LEAST.get(kind.__name__, 2)


def older(url: str) -> Warehouse:
    """Return a warehouse with a meeting and a briefing as the product kept them before its later steps."""
    warehouse = open_warehouse(url)
    with warehouse.engine.writing("schema") as connection:
        METADATA.create_all(connection, tables=[one for one in TABLES if one.name not in LATER])
        METADATA.create_all(connection, tables=[SCHEMA_VERSION])
        OLD.create_all(connection)
        for table, row in BEFORE:
            connection.execute(sa.insert(table).values(**row))
        marks = [{"version": n, "what": "x", "applied_at": AT} for n in (1, 2)]
        connection.execute(sa.insert(SCHEMA_VERSION), marks)
    return warehouse


LATER = {table.name for table in (*KEPT, *OUTBOX, *VIEWS, BRIEFING)}
OLD = sa.MetaData()
OLD_NAMES = ("briefing_id", "version", "panels", "made_by", "as_of", "stamp")
OLD_MEETING = sa.Table(
    "meeting", OLD,
    *(sa.Column(name, MEETING.c[name].type) for name in ("meeting_id", "held_on", "held_precision", "as_of", "stamp")),
)  # fmt: skip
OLD_BRIEFING = sa.Table(
    "briefing", OLD,
    *(sa.Column(name, BRIEFING.c[name].type) for name in OLD_NAMES),
    sa.Column("title", sa.Text()),
)  # fmt: skip
BEFORE = (
    (OLD_MEETING, {"meeting_id": "egscc_3", "held_on": HELD.held_on, "held_precision": "day", "as_of": HELD.as_of,
                   "stamp": 7}),
    (OLD_BRIEFING, {"briefing_id": "b", "version": 1, "title": "One", "panels": "[]", "made_by": "Chan"}),
)  # fmt: skip


def schema(warehouse: Warehouse) -> tuple[int, dict[str, list[str]]]:
    """Return the newest step taken, and every column and row there is."""
    with warehouse.engine.sa.connect() as connection:
        there = sa.inspect(connection)
        names = sorted(there.get_table_names())
        found = {}
        for name in names:
            columns = [one["name"] for one in there.get_columns(name)]
            rows = connection.exec_driver_sql(f"SELECT {', '.join(columns)} FROM {name}").all()  # noqa: S608
            found[name] = [repr(columns), *sorted(map(repr, rows))]
        marks = version(connection)
    return marks, found


@pytest.mark.parametrize("where", ["sqlite", "postgresql"])
def test_a_migration_cut_short_stands_between_two_steps_and_goes_on(tmp_path, where, request) -> None:
    url = (
        f"sqlite:///{tmp_path}/w.db" if where == "sqlite" else request.getfixturevalue("empty_postgresql_url")
    )
    warehouse = older(url)
    between = {}
    for number in count(1):
        assert number < MOST
        before = schema(warehouse)
        with failing(warehouse, number, commits=True):
            try:
                warehouse.migrate()
                break
            except CutShortError:
                after = schema(warehouse)
        assert after[0] >= before[0]
        if after[0] == before[0]:
            assert after[1] == before[1], "torn within a step"
        between[after[0]] = after
    assert len(between) > 2
    assert schema(warehouse)[0] == STEPS[-1].number
    (kept,) = MeetingBook(warehouse.engine).words().meetings
    assert (kept.meeting_id, kept.stamp) == ("egscc_3", 7)
    assert BriefingBook(warehouse.engine).briefing("b").names == {"en": "One"}
    warehouse.close()
