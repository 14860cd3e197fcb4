from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date

import pytest

from metrics.warehouse.entries import PayloadEntry, Suspect, WarehouseError
from metrics.warehouse.meetings import MeetingBook
from metrics.warehouse.overrides import OverrideBook
from metrics.warehouse.transfer import backup, content_hash, copy, restore
from metrics.warehouse.values import MilestoneEvent, ScopeRow, TargetEvent
from metrics.warehouse.warehouse import open_warehouse
from tests.metrics.warehouse.made import DAY, INDICATOR, LONG_AFTER, MAY, figure, line, reading, shown
from tests.metrics.warehouse.test_meetings import DECIDED, HELD, OPENED, deed
from tests.metrics.warehouse.test_overrides import WORD

pytestmark = pytest.mark.engine


@pytest.fixture
def full(warehouse):
    """Give a warehouse with something in nearly every table."""
    run_id = warehouse.open_run("made", trigger="hand", logical_time="ab")
    with warehouse.loading(run_id) as loading:
        loading.append(
            [figure(n, MAY + n * DAY, series=line(place=place)) for n in range(5) for place in "aß澳"]
        )
        loading.append([figure(4, MAY + 9 * DAY, series=line(place="a"))])
        loading.append_readings([reading(MAY + n * DAY, n) for n in range(3)])
        loading.append_events(
            [
                ScopeRow(
                    indicator_id="*", place_id="macao", start=date(2024, 1, 1), kind="not_in_scope", why="x"
                )
            ],
            [MilestoneEvent(milestone_id="m", work_item=1, event="announced", known_at=MAY)],
            [TargetEvent(indicator_id=INDICATOR, place_id="gba", due_on=None, known_at=MAY, value=1.5)],
        )
        loading.quarantine([Suspect(source_id="made", rule="range", said="x", row={"市": "9e9"})])
        loading.record_payload(PayloadEntry(sha256="cd" * 32, url="https://example.org", size=3))
        loading.run_payload("https://example.org", sha256="cd" * 32)
        loading.end_run("loaded", {"new": 3})
    warehouse.append_audit(actor="陳", action="export", subject="a panel")
    warehouse.acquire_lease("scheduler", "one", DAY)
    book, overrides = MeetingBook(warehouse.engine), OverrideBook(warehouse.engine)
    book.say_meeting(HELD, deed(), LONG_AFTER)
    book.say_decision(DECIDED, deed(), LONG_AFTER)
    book.say_action(replace(OPENED, due_on=None), deed(), LONG_AFTER)
    overrides.set(replace(WORD, expires_on=LONG_AFTER.date() + DAY), deed(), LONG_AFTER)
    return warehouse


@pytest.fixture
def elsewhere(tmp_path):
    made = open_warehouse(f"sqlite:///{tmp_path}/elsewhere.db")
    made.migrate()
    yield made
    made.close()


def test_a_copy_holds_the_same_content_and_answers_alike(full, elsewhere):
    copied = copy(full, elsewhere)
    assert copied["observation"] == 15
    assert content_hash(elsewhere) == content_hash(full)
    assert elsewhere.stamp() == full.stamp()
    assert elsewhere.verify_audit() == []
    for as_of in (MAY, MAY + 2 * DAY, LONG_AFTER):
        assert shown(elsewhere.latest([INDICATOR], as_of=as_of)) == shown(
            full.latest([INDICATOR], as_of=as_of)
        )
    assert elsewhere.runs()[0] == full.runs()[0]
    assert MeetingBook(elsewhere.engine).words() == MeetingBook(full.engine).words()
    assert OverrideBook(elsewhere.engine).words() == OverrideBook(full.engine).words() != ()


def test_a_copy_goes_on_as_the_original_would(full, elsewhere):
    copy(full, elsewhere)
    late = [figure(7, MAY + 8 * DAY, series=line(place="a"))]  # before the repetition of nine days
    for one in (full, elsewhere):
        assert one.append(late, run_id="late").new == 1
    assert shown(elsewhere.history([INDICATOR], as_of=LONG_AFTER)) == shown(
        full.history([INDICATOR], as_of=LONG_AFTER)
    )
    assert elsewhere.append_readings([reading(MAY)], run_id="again").new == 0


def test_a_backup_is_a_file_from_which_any_engine_is_restored(full, tmp_path, engine_url):
    before = content_hash(full)
    file = tmp_path / "kept" / "warehouse.backup"
    backup(full, file)
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    full.append([figure(99, LONG_AFTER)], run_id="after")
    for table in ("a", "b"):
        target = open_warehouse(f"sqlite:///{tmp_path}/{table}.db")
        target.migrate()
        restore(file, target)
        assert content_hash(target) == before
        target.close()


def test_a_backup_is_restored_into_this_engine(full, tmp_path, engine_url):
    before = content_hash(full)
    backup(full, tmp_path / "x.backup")
    if full.dialect == "sqlite":
        target = open_warehouse(f"sqlite:///{tmp_path}/again.db")
    else:
        from tests.engines import EMPTY, _administer

        _administer(engine_url, EMPTY)
        target = open_warehouse(engine_url)
    target.migrate()
    restore(tmp_path / "x.backup", target)
    assert content_hash(target) == before
    target.close()


def test_a_backup_taken_while_loads_go_on_is_of_one_moment(warehouse, tmp_path):
    over = threading.Event()

    def load():
        number = 0
        while not over.is_set():
            warehouse.append(
                [figure(number, MAY + number * DAY, series=line(place=str(p))) for p in range(30)], run_id="a"
            )
            number += 1

    loader = threading.Thread(target=load)
    loader.start()
    try:
        for number in range(3):
            backup(warehouse, tmp_path / f"{number}.backup")
    finally:
        over.set()
        loader.join()
    for number in range(3):
        made = open_warehouse(f"sqlite:///{tmp_path}/{number}.backup")
        rows = made.vintages([INDICATOR], raw=True)
        assert len(rows) % 30 == 0
        assert made.stamp() == (rows["recorded_at"].max().value // 1000 if len(rows) else 0)
        made.close()


def test_nothing_is_overwritten_by_a_copy_or_a_backup(full, elsewhere, tmp_path):
    copy(full, elsewhere)
    with pytest.raises(WarehouseError, match="expected an empty one"):
        copy(full, elsewhere)
    (tmp_path / "there").write_text("mine")
    with pytest.raises(WarehouseError, match="is there already"):
        backup(full, tmp_path / "there")
    assert (tmp_path / "there").read_text() == "mine"
    with pytest.raises(WarehouseError, match="expected a backup"):
        restore(tmp_path / "nothing", elsewhere)


def test_the_content_hash_sees_every_change(full):
    before = content_hash(full)
    assert content_hash(full) == before
    full.append([figure(1, LONG_AFTER)], run_id="b")
    assert content_hash(full) != before
