"""Returns in the warehouse: handed in by one person, reviewed by another, on every engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from metrics.warehouse.people import Deed, People, Person
from metrics.warehouse.returns import (
    AlreadyReviewed,
    HandedInBefore,
    Return,
    ReturnBook,
    SamePerson,
    UnknownReturn,
    Verdict,
    new_return_id,
)
from metrics.warehouse.values import Observation, Series, start_of_day

AT = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
GIVEN = Return(
    return_id="r1",
    template="1/zh-Hant",
    department="dpo",
    handed_in_by="alice",
    handed_in_at=AT,
    payload_sha256="a" * 64,
    rows=[{"indicator": "iam_smart_users", "value": 4_000_000.0}],
    faults=[],
)
OBSERVATION = Observation(
    series=Series(indicator_id="iam_smart_users", place_id="hong_kong", span="point", unit="users"),
    period_start=date(2026, 10, 31),
    period_end=date(2026, 10, 31),
    known_at=start_of_day(date(2026, 11, 20)),
    value=4_000_000.0,
    source_id="returns",
    figure_ref="r1:5",
)


def deed(actor: str, action: str = "return") -> Deed:
    return Deed(actor=actor, action=action, subject="r1", detail={"step": "test"})


@pytest.fixture
def book(warehouse) -> ReturnBook:
    made = ReturnBook(warehouse.engine)
    made.hand_in(GIVEN, deed("alice"))
    return made


def approve(book, warehouse, by: str) -> None:
    run_id = warehouse.open_run("returns", trigger="hand", logical_time=GIVEN.payload_sha256)
    with warehouse.loading(run_id, durable=True) as tx:
        tx.append([OBSERVATION])
        verdict = Verdict(return_id="r1", by=by, what="approve", run_id=run_id)
        book.review_within(tx.connection, verdict, deed(by, "review"), AT)
        tx.end_run("loaded", {"new": 1})


def stored(warehouse) -> int:
    return len(warehouse.latest(["iam_smart_users"], as_of=AT + timedelta(days=1)))


@pytest.mark.engine
def test_what_was_handed_in_waits_for_a_second_person(book):
    (waiting,) = book.listed()
    assert waiting == GIVEN
    assert book.returned("r1") == GIVEN
    assert book.returned("r2") is None


@pytest.mark.engine
def test_who_handed_in_cannot_approve_and_nothing_of_it_is_stored(book, warehouse):
    with pytest.raises(SamePerson, match="handed in by alice; a second person must review it"):
        approve(book, warehouse, "alice")
    assert stored(warehouse) == 0
    assert book.returned("r1").verdict == ""
    assert [*warehouse.audit()["action"]] == ["return"]


@pytest.mark.engine
def test_a_second_person_lets_figures_verdict_and_audit_in_together(book, warehouse):
    approve(book, warehouse, "bob")
    assert stored(warehouse) == 1
    done = book.returned("r1")
    assert (done.verdict, done.reviewed_by, done.reviewed_at) == ("approve", "bob", AT)
    assert warehouse.run(done.run_id).status == "loaded"
    assert [*warehouse.audit()["actor"]] == ["bob", "alice"]
    assert warehouse.verify_audit() == []


@pytest.mark.engine
def test_a_return_is_decided_once(book, warehouse):
    approve(book, warehouse, "bob")
    with pytest.raises(AlreadyReviewed, match="approve by bob"):
        book.review(Verdict(return_id="r1", by="carol", what="send_back", why="late"), deed("carol"), AT)


@pytest.mark.parametrize("alias", ["Alice", " ALICE ", "\uff41lice"])
def test_another_spelling_is_no_second_person(sqlite_warehouse, alias):
    book = ReturnBook(sqlite_warehouse.engine)
    book.hand_in(GIVEN, deed("alice"))
    with pytest.raises(SamePerson):
        book.reviewable("r1", alias)


def test_a_file_signed_with_a_persons_name_is_that_persons(sqlite_warehouse):
    people = People(sqlite_warehouse.engine)
    people.add(
        Person(person_id="tmchan", name="Chan Tai Man", role="steward"), deed("root", "person_added"), AT
    )
    book = ReturnBook(sqlite_warehouse.engine)
    book.hand_in(replace(GIVEN, handed_in_by="CHAN Tai Man"), deed("inbox"))
    with pytest.raises(SamePerson):
        book.reviewable("r1", "tmchan")
    assert book.reviewable("r1", "bob").return_id == "r1"


def test_the_same_file_is_not_handed_in_twice_unless_it_was_sent_back(sqlite_warehouse):
    book = ReturnBook(sqlite_warehouse.engine)
    book.hand_in(GIVEN, deed("alice"))
    again = replace(GIVEN, return_id="r2", handed_in_by="bob")
    with pytest.raises(HandedInBefore, match="return r1"):
        book.hand_in(again, deed("bob"))
    sent_back = Verdict(return_id="r1", by="bob", what="send_back", why="wrong year")
    book.review(sent_back, deed("bob", "review"), AT)
    book.hand_in(again, deed("bob"))
    assert [one.return_id for one in book.listed()] == ["r2", "r1"]
    assert book.returned("r1").why == "wrong year"


def test_a_verdict_has_its_words(sqlite_warehouse):
    book = ReturnBook(sqlite_warehouse.engine)
    book.hand_in(GIVEN, deed("alice"))
    with pytest.raises(UnknownReturn, match="found none"):
        book.reviewable("r9", "bob")
    for verdict, fault in (
        (Verdict(return_id="r1", by="bob", what="maybe"), "expected one of approve, send_back"),
        (Verdict(return_id="r1", by="bob", what="send_back"), "needs a reason"),
        (Verdict(return_id="r1", by=" ", what="approve"), "say who decides"),
    ):
        with pytest.raises(ValueError, match=fault):
            book.review(verdict, deed("bob"), AT)
    with pytest.raises(ValueError, match="say who hands it in"):
        book.hand_in(replace(GIVEN, return_id="r2", handed_in_by=""), deed("bob"))


def test_names_of_returns_follow_time():
    names = [new_return_id(AT + timedelta(milliseconds=n)) for n in range(20)]
    assert names == sorted(names)
    assert len(set(names)) == 20
