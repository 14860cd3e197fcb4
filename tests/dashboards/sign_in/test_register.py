"""The register of people and its rules."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from dashboards.sign_in.register import Author, Refused, is_typed_id, plain_name, typed_id
from tests.dashboards.sign_in.conftest import BY, OTHER, PASSWORD

ROOT = Author(person_id="root", address="192.0.2.1")


def test_a_change_says_who_did_it_to_whom_and_from_where(house):
    house.register.give_role("alice", "steward", ROOT)
    line = house.register.people.audit_lines(1)[0]
    assert (line.actor, line.action, line.subject) == ("root", "role_changed", "alice")
    assert json.loads(line.detail) == {"address": "192.0.2.1", "role": "steward"}


@pytest.mark.parametrize(
    "change",
    [
        lambda register: register.disable("root", ROOT),
        lambda register: register.give_role("root", "steward", ROOT),
    ],
)
def test_the_last_administrator_stays_until_there_is_another(house, change):
    with pytest.raises(Refused) as refused:
        change(house.register)
    assert refused.value.key == "sign_in.fault_last_admin"
    house.register.give_role("alice", "admin", ROOT)
    change(house.register)
    assert house.register.people.person("alice").role == "admin"


def test_a_disabled_administrator_does_not_count(house):
    house.add("second", "admin")
    house.register.disable("second", ROOT)
    with pytest.raises(Refused):
        house.register.disable("root", ROOT)


def test_where_nobody_administers_yet_others_may_still_be_changed(house_of):
    house = house_of()
    house.add("alice", "steward")
    house.register.give_role("alice", "member", BY)
    assert house.register.people.person("alice").role == "member"


@pytest.mark.parametrize(
    ("text", "kept"), [("Alice", "alice"), (" ＡＬＩＣＥ ", "alice"), ("GOV\\Alice", "gov\\alice"), ("", "")]
)
def test_a_typed_name_is_kept_one_way(text, kept):
    assert typed_id(text) == kept


@pytest.mark.parametrize("text", ["", "a", "a b", "a,b", "<a>", "a\x00b", "陳", "a" * 65, "-a", "a\n"])
def test_what_cannot_be_a_typed_name_is_refused(house, text):
    assert not is_typed_id(text)
    with pytest.raises(Refused):
        house.register.add(text, "", "viewer", PASSWORD, BY)


@pytest.mark.parametrize("text", ["", "a", "a b", "a,b", "<a>", "a\x00b", "a" * 256, "a\u202eb"])
def test_what_cannot_be_a_vouched_name_is_refused(house, text):
    with pytest.raises(Refused):
        house.register.add(text, "", "viewer", "", BY)
    with pytest.raises(Refused):
        house.register.enable(text, BY)


def test_a_name_to_show_is_plain(house):
    assert plain_name("  Alice\n\x1b[31m\u202e  Chan ") == "Alice [31m Chan"
    assert len(plain_name("x" * 500)) == 80


def test_whom_a_proxy_names_is_a_viewer_until_somebody_says_otherwise(house):
    person = house.register.vouched("gov\\carol", "", Author(person_id="gov\\carol"))
    assert (person.role, person.password, person.enabled) == ("viewer", "", True)
    house.register.give_role("gov\\carol", "steward", ROOT)
    assert house.register.vouched("gov\\carol", "", BY).role == "steward"
    assert house.deeds().count("person_first_seen") == 1


def test_two_first_requests_at_once_make_one_person(house):
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: house.register.vouched("carol", "", BY), range(8)))
    assert {person.person_id for person in found} == {"carol"}
    assert house.deeds().count("person_first_seen") == 1


def test_a_new_password_ends_the_sessions_and_is_kept_as_a_hash(house):
    browser = house.browser()
    browser.sign_in()
    house.register.set_password("alice", OTHER, ROOT)
    assert not browser.viewer()["signed_in"]
    assert house.register.people.person("alice").password.startswith("$argon2id$")


def test_a_weak_password_changes_nothing(house):
    before = house.register.people.person("alice")
    with pytest.raises(Refused):
        house.register.set_password("alice", "alice alice alice", ROOT)
    assert house.register.people.person("alice") == replace(before)
