"""Overrides in the warehouse: a name, a reason, an end; on every engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from metrics.warehouse.overrides import MOST_DAYS, NoOverride, OverrideBook, OverrideWord
from metrics.warehouse.people import Deed
from metrics.warehouse.warehouse import open_warehouse
from tests.metrics.warehouse.made import figure

AT = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
WORD = OverrideWord(
    override_id="o1",
    subject_kind="work_item",
    subject_id="3",
    word="at_risk",
    reasons={"en": "The contractor has stopped work.", "zh-Hans": "承建商已停工。"},
    expires_on=date(2027, 1, 31),
    said_by="Lee Siu Ling",
    person_id="sllee",
)


def deed(action: str = "override") -> Deed:
    return Deed(actor="sllee", action=action, subject="work_item:3")


@pytest.mark.engine
def test_an_override_is_kept_with_who_and_why_and_withdrawn_by_a_word_of_its_own(warehouse):
    book = OverrideBook(warehouse.engine)
    kept = book.set(WORD, deed(), AT)
    assert book.words() == (kept,)
    assert replace(kept, recorded_at=None, known_at=None) == WORD
    assert kept.known_at == AT
    stamp = warehouse.stamp()
    book.withdraw("o1", "Chan", "tmchan", deed("override_withdrawn"), AT + timedelta(days=1))
    first, last = book.words()
    assert (first, last.event, last.said_by, last.word) == (kept, "withdrawn", "Chan", "at_risk")
    assert last.recorded_at > first.recorded_at
    assert warehouse.stamp() > stamp
    assert [*warehouse.audit()["action"]] == ["override_withdrawn", "override"]


@pytest.mark.engine
def test_an_override_is_withdrawn_once(warehouse):
    book = OverrideBook(warehouse.engine)
    book.set(WORD, deed(), AT)
    book.withdraw("o1", "Chan", "tmchan", deed(), AT)
    with pytest.raises(NoOverride, match="withdrawn already"):
        book.withdraw("o1", "Chan", "tmchan", deed(), AT)
    with pytest.raises(NoOverride, match="found none"):
        book.withdraw("o2", "Chan", "tmchan", deed(), AT)
    assert len(book.words()) == 2
    assert len(warehouse.audit()) == 2


@pytest.mark.parametrize("days", [-1, MOST_DAYS + 1])
def test_an_override_must_end_within_half_a_year(sqlite_warehouse, days):
    book = OverrideBook(sqlite_warehouse.engine)
    ends = date(2026, 11, 21) + timedelta(days=days)
    with pytest.raises(ValueError, match="expected an end from 2026-11-21 to 2027-05-20"):
        book.set(replace(WORD, expires_on=ends), deed(), AT)
    assert book.words() == ()


def test_the_day_of_an_override_is_that_of_hong_kong(sqlite_warehouse):
    late = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)  # the 22nd in Hong Kong
    with pytest.raises(ValueError, match="from 2026-11-22"):
        OverrideBook(sqlite_warehouse.engine).set(replace(WORD, expires_on=date(2026, 11, 21)), deed(), late)


def test_what_is_missing_is_said(sqlite_warehouse):
    book = OverrideBook(sqlite_warehouse.engine)
    for word, fault in (
        (replace(WORD, subject_kind="moon"), "work_item, measure, milestone, found 'moon'"),
        (replace(WORD, reasons={"en": ""}), "expected a text in one language"),
        (replace(WORD, said_by=""), "sign in first"),
    ):
        with pytest.raises(ValueError, match=fault):
            book.set(word, deed(), AT)
    book.set(WORD, deed(), AT)
    with pytest.raises(ValueError, match="is taken"):
        book.set(WORD, deed(), AT)


@pytest.mark.engine
def test_a_warehouse_of_before_learns_when_its_overrides_were_said(tmp_path):
    made = open_warehouse(f"sqlite:///{tmp_path}/old.db")
    made.migrate()
    OverrideBook(made.engine).set(WORD, deed(), AT)
    with made.engine.writing("schema") as connection:
        connection.exec_driver_sql("ALTER TABLE override DROP COLUMN known_at")
        connection.exec_driver_sql("DELETE FROM schema_version WHERE version >= 7")
    assert 7 in made.migrate()
    (word,) = OverrideBook(made.engine).words()
    assert word.known_at == word.recorded_at
    made.close()


@pytest.mark.engine
def test_an_override_counts_from_when_it_was_said_even_where_figures_were_written_down_later(warehouse):
    warehouse.append([figure(1)], run_id="a")  # by the clock of the database
    then = datetime(2020, 1, 1, tzinfo=UTC)
    kept = OverrideBook(warehouse.engine).set(replace(WORD, expires_on=date(2020, 3, 1)), deed(), then)
    assert kept.known_at == then < kept.recorded_at
