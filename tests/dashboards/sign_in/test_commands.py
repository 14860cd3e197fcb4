"""The ``user`` commands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboards.sign_in import commands
from dashboards.sign_in.commands import CommandRefused
from tests.dashboards.sign_in.conftest import OTHER, PASSWORD


def test_people_are_added_and_listed(house):
    assert commands.add_person(house.register, "Carol", name="Carol 陳", role="steward", password=OTHER) == (
        "Added carol (Carol 陳) as steward."
    )
    house.browser().sign_in("carol", OTHER)
    listed = commands.list_people(house.register).splitlines()
    assert listed[0].split() == ["USER", "ROLE", "STATE", "LAST", "SEEN", "(UTC)", "NAME"]
    assert listed[1].split() == ["alice", "member", "enabled", "never", "Alice"]
    assert listed[2].split() == ["carol", "steward", "enabled", "2026-11-21", "04:00", "Carol", "陳"]
    assert (
        len({line.index(word) for line, word in zip(listed[1:], ["member", "steward", "admin"], strict=True)})
        == 1
    )


def test_with_nobody_there_the_list_says_so(house_of):
    assert commands.list_people(house_of().register) == "Nobody is listed yet."


def test_somebody_without_password_is_added_with_a_word_of_warning(house):
    assert "vouch" in commands.add_person(house.register, "carol", password="")


def test_a_name_for_a_provider_is_kept_letter_by_letter(house):
    exact = replace(house.register, exact=True)
    assert "Sub-4711|X" in commands.add_person(exact, "Sub-4711|X", role="admin", password="")
    commands.give_role(exact, "Sub-4711|X", role="member")
    assert house.register.people.person("Sub-4711|X").role == "member"


def test_role_state_and_password_are_changed(house):
    assert commands.give_role(house.register, "ALICE", role="steward") == "alice is now steward."
    assert commands.set_password(house.register, "alice", password=OTHER).startswith("The password of alice")
    assert house.browser().sign_in(password=OTHER).status_code == 303
    assert commands.disable_person(house.register, "alice") == "alice is disabled and signed out everywhere."
    assert house.browser().sign_in(password=OTHER).status_code == 401
    assert commands.enable_person(house.register, "alice") == "alice may sign in again."
    assert house.browser().sign_in(password=OTHER).status_code == 303


@pytest.mark.parametrize(
    ("command", "given", "said"),
    [
        (commands.add_person, {"person_id": "alice", "password": PASSWORD}, "already"),
        (commands.add_person, {"person_id": "carol", "password": "short"}, "too short"),
        (commands.add_person, {"person_id": "carol", "password": PASSWORD, "role": "king"}, "one of viewer"),
        (commands.add_person, {"person_id": "c c", "password": PASSWORD}, "cannot be used"),
        (commands.disable_person, {"person_id": "root"}, "last administrator"),
        (commands.give_role, {"person_id": "root", "role": "viewer"}, "last administrator"),
        (commands.disable_person, {"person_id": "nobody"}, "nobody with this"),
        (commands.set_password, {"person_id": "alice", "password": ""}, "too short"),
    ],
)
def test_what_is_not_allowed_is_refused_in_plain_words(house, command, given, said):
    before = house.deeds()
    with pytest.raises(CommandRefused, match=said):
        command(house.register, **given)
    assert house.deeds() == before


def test_the_audit_says_that_it_was_the_command_line(house):
    commands.disable_person(house.register, "alice")
    line = house.register.people.audit_lines(1)[0]
    assert (line.actor, line.action, line.subject) == ("command line", "person_disabled", "alice")
