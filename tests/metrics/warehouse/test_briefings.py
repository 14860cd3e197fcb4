"""Briefings in the warehouse: every version kept with who saved it, on every engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from metrics.warehouse.briefings import BriefingBook, ChangedMeanwhile, KeptBriefing
from metrics.warehouse.migrations import STEPS, migrate
from metrics.warehouse.people import Deed
from metrics.warehouse.warehouse import open_warehouse

AT = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
MINE = KeptBriefing(
    briefing_id="b1",
    version=0,
    names={"en": "Third meeting", "zh-Hant": "第三次會議"},
    as_of=datetime(2025, 5, 15, 15, 59, 59, 999999, tzinfo=UTC),
    stamp=42,
    panels='[["/services","kiosk-map","",{"en":"note"}]]',
    languages=("zh-Hant", "en"),
    audience="group",
    made_by="Chan Tai Man",
    person_id="tmchan",
)
DEED = Deed(actor="tmchan", action="briefing_saved", subject="b1")

pytestmark = pytest.mark.engine


@pytest.fixture
def book(warehouse) -> BriefingBook:
    return BriefingBook(warehouse.engine)


def test_what_is_saved_is_kept_as_it_was_with_its_audit_entry(book, warehouse):
    before = warehouse.stamp()
    kept = book.save(MINE, DEED, AT)
    assert book.briefing("b1") == kept
    assert replace(kept, version=0, recorded_at=None) == MINE
    assert warehouse.audit()["action"].tolist() == ["briefing_saved"]
    assert warehouse.verify_audit() == []
    assert warehouse.stamp() > before


def test_a_briefing_may_move_with_what_becomes_known(book):
    book.save(replace(MINE, as_of=None, stamp=None), DEED, AT)
    moving = book.briefing("b1")
    assert moving is not None
    assert (moving.as_of, moving.stamp) == (None, None)


def test_the_newest_version_counts_and_the_last_saved_comes_first(book):
    first = book.save(MINE, DEED, AT)
    book.save(replace(MINE, briefing_id="b2"), DEED, AT)
    second = book.save(replace(first, names={"en": "Renamed"}), DEED, AT)
    assert [(one.briefing_id, one.version) for one in book.newest()] == [("b1", 2), ("b2", 1)]
    assert book.briefing("b1") == second


def test_two_who_save_from_the_same_version_are_not_both_right(book):
    first = book.save(MINE, DEED, AT)
    book.save(first, DEED, AT)
    with pytest.raises(ChangedMeanwhile, match="expected version 1 to be the newest, found 2"):
        book.save(first, DEED, AT)
    with pytest.raises(ChangedMeanwhile):
        book.save(MINE, DEED, AT)


def test_what_is_deleted_is_told_no_more_but_stays_in_the_books(book, warehouse):
    kept = book.save(MINE, DEED, AT)
    book.delete(kept, replace(DEED, action="briefing_deleted"), AT)
    assert book.briefing("b1") is None
    assert book.newest() == ()
    assert warehouse.audit()["action"].tolist() == ["briefing_deleted", "briefing_saved"]
    with pytest.raises(ChangedMeanwhile):
        book.save(kept, DEED, AT)


@pytest.mark.parametrize(
    "wrong", [{"made_by": " "}, {"audience": "everybody"}, {"state": "lost"}, {"panels": "not json"}]
)
def test_what_nobody_could_read_again_is_refused(book, wrong):
    with pytest.raises(ValueError, match=r"\w"):
        book.save(replace(MINE, **wrong), DEED, AT)
    assert book.newest() == ()


def test_a_warehouse_of_before_gets_the_table_and_keeps_its_rows(tmp_path):
    made = open_warehouse(f"sqlite:///{tmp_path}/old.db")
    migrate(made.engine, [step for step in STEPS if step.number != 5])
    with made.engine.writing("schema") as connection:
        run = connection.exec_driver_sql
        run("DROP TABLE briefing")
        run(
            "CREATE TABLE briefing (briefing_id TEXT, version INTEGER, title TEXT, as_of BIGINT, stamp BIGINT,"
            " panels TEXT, made_by TEXT, made_at BIGINT)"
        )
        run("INSERT INTO briefing VALUES ('b1', 3, 'Old', 1, 2, '[]', 'alice', 5)")
    assert made.migrate() == [5]
    old = BriefingBook(made.engine).briefing("b1")
    assert old is not None
    assert (old.version, old.names, old.person_id, old.panels) == (3, {"en": "Old"}, "alice", "[]")
    made.close()
