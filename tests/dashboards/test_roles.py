"""Who may see and do what."""

from __future__ import annotations

import pytest

from dashboards.roles import ACTIONS, ROLES, VISITOR, Viewer, all_may

STEWARDS = {"brief", "return", "review", "release", "override", "minutes", "run_now"}
MATRIX = {
    "viewer": ({"public"}, "public", {"brief"}),
    "member": ({"public", "group"}, "group", {"brief"}),
    "steward": ({"public", "group", "officials"}, "officials", STEWARDS),
    "admin": ({"public", "group", "officials"}, "officials", STEWARDS | {"administer"}),
}


def test_the_matrix_names_every_role():
    assert set(MATRIX) == set(ROLES)


@pytest.mark.parametrize("role", MATRIX)
def test_a_role_sees_and_does_what_the_matrix_says(role):
    audiences, audience, actions = MATRIX[role]
    viewer = Viewer(person_id="alice", name="Alice", role=role)
    assert viewer.audiences == audiences
    assert viewer.audience == audience
    assert {action for action in ACTIONS if viewer.may(action)} == actions


@pytest.mark.parametrize("role", MATRIX)
def test_without_a_person_a_role_gives_nothing(role):
    nobody = Viewer(role=role)
    assert not nobody.signed_in
    assert nobody.audiences == {"public"}
    assert not any(nobody.may(action) for action in ACTIONS)


def test_a_visitor_sees_what_is_public_and_does_nothing():
    assert VISITOR.audience == "public"
    assert not any(VISITOR.may(action) for action in ACTIONS)


def test_an_action_there_is_not_is_a_mistake_and_not_a_no():
    with pytest.raises(KeyError, match="administer"):
        VISITOR.may("administrate")


def test_what_everybody_of_an_audience_may_do_can_be_offered_on_its_pages():
    assert all_may("officials", "run_now")
    assert not all_may("officials", "administer")  # stewards see the same pages and may not
    assert not all_may("public", "run_now")
    assert not all_may("nobody", "run_now")
