"""People, sessions and audit, on every engine."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from metrics.warehouse.people import (
    AlreadyThere,
    Deed,
    People,
    Person,
    Session,
    UnknownPerson,
)
from metrics.warehouse.tables_ledger import AUDIT, PERSON, SESSION

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
ALICE = Person(person_id="alice", name="Alice 陳", role="admin", password="$argon2id$kept")
DEED = Deed(actor="root", action="person_added", subject="alice", detail={"address": "192.0.2.7"})


@pytest.fixture
def people(warehouse) -> People:
    return People(warehouse.engine)


def session(number: int, *, person: Person = ALICE, at: datetime = NOW) -> Session:
    return Session(
        session_hash=f"{number:064x}",
        person=person,
        created_at=at,
        seen_at=at,
        expires_at=at + timedelta(hours=12),
        ended_at=None,
    )


def test_a_person_comes_back_as_added(people):
    people.add(ALICE, DEED, NOW)
    assert people.person("alice") == replace(ALICE, created_at=NOW)
    assert people.person("bob") is None


def test_a_name_is_taken_once(people):
    people.add(ALICE, DEED, NOW)
    with pytest.raises(AlreadyThere, match="alice"):
        people.add(replace(ALICE, role="viewer"), DEED, NOW)
    assert people.person("alice").role == "admin"
    assert len(people.audit_lines()) == 1


def test_a_persons_password_is_in_no_repr_and_no_audit(people):
    people.add(ALICE, DEED, NOW)
    assert "argon2" not in repr(people.person("alice"))
    assert "argon2" not in str(people.audit_lines())


def test_every_change_is_one_entry_in_a_chain_that_is_whole(people, warehouse):
    people.add(ALICE, DEED, NOW)
    people.change(
        "alice", replace(DEED, action="role_changed", detail={"role": "member"}), NOW, role="member"
    )
    people.note(Deed(actor="alice", action="export"), NOW)
    lines = people.audit_lines()
    assert [line.action for line in lines] == ["export", "role_changed", "person_added"]
    assert json.loads(lines[1].detail) == {"role": "member"}
    assert lines[0].at == NOW
    assert warehouse.verify_audit() == []


def test_a_tampered_entry_is_named(people, warehouse):
    people.add(ALICE, DEED, NOW)
    people.change("alice", replace(DEED, action="role_changed"), NOW, role="steward")
    with warehouse.engine.writing() as connection:
        connection.execute(sa.update(AUDIT).where(AUDIT.c.number == 2).values(actor="somebody else"))
    assert warehouse.verify_audit() == ["audit entry 2: its content is not what was sealed"]


def test_a_change_that_is_refused_leaves_person_and_audit_as_they_were(people):
    people.add(ALICE, DEED, NOW)
    seen = {}

    def refuse(before, after):
        seen.update(before=before[0].role, after=after[0].role)
        raise LookupError("no")

    with pytest.raises(LookupError):
        people.change("alice", replace(DEED, action="role_changed"), NOW, check=refuse, role="viewer")
    assert seen == {"before": "admin", "after": "viewer"}
    assert people.person("alice").role == "admin"
    assert len(people.audit_lines()) == 1


def test_changing_somebody_unknown_says_so(people):
    with pytest.raises(UnknownPerson, match="bob"):
        people.change("bob", DEED, NOW, enabled=False)
    assert people.audit_lines() == []


def test_a_session_comes_back_with_its_person_as_they_are_now(people):
    people.add(ALICE, DEED, NOW)
    people.open_session(session(1), replace(DEED, action="signed_in"))
    people.change("alice", DEED, NOW, role="steward")
    found = people.session(session(1).session_hash)
    assert (found.person.role, found.created_at, found.ended_at) == ("steward", NOW, None)
    assert people.session(session(2).session_hash) is None


@pytest.mark.parametrize("to", [{"enabled": False}, {"password": "$argon2id$other"}])
def test_disabling_and_a_new_password_end_every_session(people, to):
    people.add(ALICE, DEED, NOW)
    people.open_session(session(1), DEED)
    people.open_session(session(2), DEED)
    assert people.change("alice", DEED, NOW, **to) == 2
    assert people.session(session(1).session_hash).ended_at == NOW


def test_a_new_role_ends_no_session(people):
    people.add(ALICE, DEED, NOW)
    people.open_session(session(1), DEED)
    assert people.change("alice", DEED, NOW, role="member") == 0
    assert people.session(session(1).session_hash).ended_at is None


def test_an_ended_session_stays_ended_and_its_end_is_told_once(people):
    people.add(ALICE, DEED, NOW)
    people.open_session(session(1), DEED)
    people.end_session(session(1).session_hash, NOW, replace(DEED, action="signed_out"))
    people.end_session(session(1).session_hash, NOW + timedelta(hours=1))
    assert people.session(session(1).session_hash).ended_at == NOW
    assert [line.action for line in people.audit_lines()].count("signed_out") == 1


def test_a_session_is_marked_as_seen_and_everybody_lists_when(people):
    people.add(ALICE, DEED, NOW)
    people.add(replace(ALICE, person_id="bob"), DEED, NOW)
    people.open_session(session(1), DEED)
    assert people.see_session(session(1).session_hash, NOW + timedelta(minutes=5))
    assert [(person.person_id, seen) for person, seen in people.listed()] == [
        ("alice", NOW + timedelta(minutes=5)),
        ("bob", None),
    ]


def test_sessions_long_over_are_cleared_away(people, warehouse):
    people.add(ALICE, DEED, NOW)
    people.open_session(session(1), DEED)
    people.open_session(session(2, at=NOW + timedelta(days=30)), DEED)
    people.open_session(session(3, at=NOW + timedelta(days=100)), DEED)
    kept = warehouse.read_with(lambda c: c.execute(sa.select(SESSION.c.session_hash)).scalars().all())
    assert sorted(kept) == [session(2).session_hash, session(3).session_hash]


def test_a_newer_hash_replaces_only_the_password_it_was_made_of(people, warehouse):
    people.add(ALICE, DEED, NOW)
    people.rehash("alice", "$argon2id$another", "$argon2id$wrong")
    people.rehash("alice", "$argon2id$kept", "$argon2id$newer")
    kept = warehouse.read_with(lambda c: c.execute(sa.select(PERSON.c.password)).scalar_one())
    assert kept == "$argon2id$newer"
