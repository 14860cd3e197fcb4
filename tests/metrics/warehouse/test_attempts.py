"""Attempts counted for all processes of a warehouse, on every engine."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from metrics.warehouse.attempts import AttemptBook, Attempts
from metrics.warehouse.tables_ledger import ATTEMPT

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


@pytest.fixture
def book(warehouse) -> AttemptBook:
    return AttemptBook(warehouse.engine)


def one_more(subject: str):
    def change(before):
        failures = before[subject].failures + 1 if subject in before else 1
        return {**before, subject: Attempts(failures=failures, last_at=NOW, until=NOW)}

    return change


def test_what_is_stored_is_what_the_next_one_sees(book):
    assert book.update(["a", "b"], NOW, one_more("a")) == {}
    assert book.update(["a", "b"], NOW, one_more("b")) == {"a": Attempts(failures=1, last_at=NOW, until=NOW)}
    assert set(book.update(["a", "b"], NOW, lambda before: before)) == {"a", "b"}


def test_leaving_a_subject_out_forgets_it(book):
    book.update(["a"], NOW, one_more("a"))
    book.update(["a"], NOW, lambda _before: {})
    assert book.update(["a"], NOW, lambda before: before) == {}


def test_many_at_once_are_all_counted(book):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: book.update(["a"], NOW, one_more("a")), range(24)))
    assert book.update(["a"], NOW, lambda before: before)["a"].failures == 24


def test_nothing_that_was_typed_is_stored(book, warehouse):
    book.update(["account:my secret password \ud800"], NOW, one_more("account:my secret password \ud800"))
    kept = warehouse.read_with(lambda c: c.execute(sa.select(ATTEMPT.c.subject)).scalars().all())
    assert len(kept) == 1
    assert len(kept[0]) == 64


def test_old_attempts_are_cleared_away_but_no_door_that_is_still_shut(book, warehouse):
    until = NOW + timedelta(days=10)
    book.update(["open"], NOW, one_more("open"))
    book.update(["shut"], NOW, lambda _: {"shut": Attempts(failures=1, last_at=NOW, until=until)})
    book.update(["other"], NOW + timedelta(days=2), lambda before: before)
    assert (
        warehouse.read_with(lambda c: c.execute(sa.select(sa.func.count()).select_from(ATTEMPT)).scalar())
        == 1
    )
