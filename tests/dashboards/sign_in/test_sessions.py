"""Sessions begin, are used, and end when the server says so."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from dashboards.sign_in.sessions import Sessions, hash_of, in_background
from metrics.warehouse.people import Deed, People, Person
from metrics.warehouse.tables_ledger import SESSION

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
DEED = Deed(actor="alice", action="signed_in")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def sessions(sqlite_warehouse) -> Sessions:
    people = People(sqlite_warehouse.engine)
    people.add(Person(person_id="alice", name="Alice", role="member"), DEED, NOW)
    return Sessions(
        people=people, idle=timedelta(hours=1), absolute=timedelta(hours=12), later=lambda work: work()
    )


@pytest.fixture
def alice(sessions) -> Person:
    return sessions.people.person("alice")


def test_ids_are_256_random_bits_and_only_their_hash_is_kept(sessions, alice, sqlite_warehouse):
    ids = {sessions.open(alice, NOW, DEED) for _ in range(20)}
    assert len(ids) == 20
    assert {len(i) for i in ids} == {43}
    kept = sqlite_warehouse.read_with(lambda c: c.execute(sa.select(SESSION.c.session_hash)).scalars().all())
    assert set(kept) == {hash_of(i) for i in ids}
    assert not ids & set(kept)


def test_a_session_is_found_while_it_is_good(sessions, alice):
    session_id = sessions.open(alice, NOW, DEED)
    assert sessions.find(session_id, NOW + MINUTE).person.person_id == "alice"


def test_an_hour_without_use_ends_it(sessions, alice):
    session_id = sessions.open(alice, NOW, DEED)
    assert sessions.find(session_id, NOW + 59 * MINUTE)
    assert sessions.find(session_id, NOW + 118 * MINUTE)
    assert sessions.find(session_id, NOW + 178 * MINUTE) is None


def test_twelve_hours_end_it_however_busy(sessions, alice):
    session_id = sessions.open(alice, NOW, DEED)
    for minutes in range(0, 12 * 60, 30):
        assert sessions.find(session_id, NOW + minutes * MINUTE)
    assert sessions.find(session_id, NOW + timedelta(hours=12)) is None


def test_signing_out_ends_it_on_the_server(sessions, alice):
    session_id = sessions.open(alice, NOW, DEED)
    sessions.end(sessions.find(session_id, NOW), NOW)
    assert sessions.find(session_id, NOW) is None


def test_disabling_the_person_ends_it(sessions, alice):
    session_id = sessions.open(alice, NOW, DEED)
    sessions.people.change("alice", DEED, NOW, enabled=False)
    assert sessions.find(session_id, NOW) is None


def test_a_session_opened_at_the_very_moment_of_disabling_is_worth_nothing(sessions, alice):
    sessions.people.change("alice", DEED, NOW, enabled=False)
    session_id = sessions.open(alice, NOW, DEED)
    assert sessions.find(session_id, NOW) is None


def test_a_new_role_holds_from_the_next_request_on(sessions, alice):
    session_id = sessions.open(alice, NOW, DEED)
    sessions.people.change("alice", DEED, NOW, role="viewer")
    assert sessions.find(session_id, NOW).person.role == "viewer"


@pytest.mark.parametrize("sent", ["", "x", "é" * 43, "A" * 43, "A" * 42 + "\n", "' OR 1=1 --", "\x00" * 43])
def test_what_is_no_session_is_none(sessions, sent):
    assert sessions.find(sent, NOW) is None


def test_use_is_written_down_at_most_once_a_minute(sessions, alice, monkeypatch):
    session_id, marked = sessions.open(alice, NOW, DEED), []
    see = People.see_session
    monkeypatch.setattr(People, "see_session", lambda *given: marked.append(given[2]) or see(*given))
    for seconds in range(0, 150, 10):
        sessions.find(session_id, NOW + timedelta(seconds=seconds))
    assert marked == [NOW + timedelta(seconds=60), NOW + timedelta(seconds=120)]


def test_no_request_waits_for_a_busy_warehouse(sessions, alice, sqlite_warehouse):
    session_id = sessions.open(alice, NOW, DEED)
    waiting: list = []
    sessions.later = waiting.append
    with sqlite_warehouse.engine.writing():
        assert sessions.find(session_id, NOW + 5 * MINUTE)
        assert sessions.find(session_id, NOW + 6 * MINUTE)
    assert len(waiting) == 1
    waiting[0]()
    sessions.find(session_id, NOW + 7 * MINUTE)
    assert len(waiting) == 2


def test_beside_the_request_means_on_a_thread_of_its_own():
    done = threading.Event()
    names: list[str] = []
    in_background(lambda: (names.append(threading.current_thread().name), done.set()))
    assert done.wait(5)
    assert names != [threading.current_thread().name]
