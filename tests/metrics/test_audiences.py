"""Audiences: the same words in the catalogue, in what people say, and for those who look."""

from __future__ import annotations

import pytest

from dashboards import roles
from metrics import catalogue_checks
from metrics.audiences import AUDIENCES
from metrics.indicators import catalogue
from metrics.warehouse import said


def test_the_catalogue_and_what_people_say_know_the_audiences_that_viewers_have():
    assert roles.AUDIENCES is catalogue_checks.AUDIENCES is said.AUDIENCES is AUDIENCES
    assert AUDIENCES[0] == "public"


@pytest.mark.parametrize("audience", AUDIENCES)
def test_whatever_audience_an_indicator_is_for_there_is_a_role_that_sees_it(audience: str):
    assert any(audience in role.audiences for role in roles.ROLES.values())


def test_what_one_audience_sees_the_next_sees_too():
    seen = [roles.ROLES[name].audiences for name in ("viewer", "member", "steward")]
    assert seen == [frozenset(AUDIENCES[: n + 1]) for n in range(3)]


def test_no_indicator_is_for_an_audience_there_is_not():
    assert {one.audience for one in catalogue()} <= set(AUDIENCES)
