"""A panel's answer may serve another question only where both are alike in all that the panel looked at."""

from __future__ import annotations

from dataclasses import asdict, fields, replace

import pytest

from dashboards.desk import Filters
from dashboards.noted import OPTION, Noted, looked_at, noting, values

ASKED = Filters(lang="zh-Hant", per="km2", options=(("view", "tiles"), ("year", "2023")))
EVERYTHING = frozenset(one.name for one in fields(Filters))


def test_nothing_is_noted_before_it_is_looked_at() -> None:
    assert looked_at(noting(ASKED)) == frozenset()


def test_a_field_that_is_looked_at_is_noted() -> None:
    asked = noting(ASKED)
    assert (asked.per, asked.lang) == ("km2", "zh-Hant")
    assert looked_at(asked) == {"per", "lang"}


def test_one_parameter_is_noted_without_the_others_even_where_it_was_not_given() -> None:
    asked = noting(ASKED)
    assert asked.option("year") == "2023"
    assert asked.option("basis", "municipal") == "municipal"
    assert looked_at(asked) == {"option:year", "option:basis"}
    assert values(asked, looked_at(asked)) == (("option:basis", None), ("option:year", "2023"))


@pytest.mark.parametrize("look", [asdict, hash, lambda one: replace(one, per=""), lambda one: one == ASKED])
def test_whoever_takes_all_has_looked_at_all(look) -> None:
    asked = noting(ASKED)
    look(asked)
    assert looked_at(asked) >= EVERYTHING - {"per"}


def test_noted_filters_equal_plain_ones_and_find_what_was_kept_under_them() -> None:
    assert noting(ASKED) == ASKED
    assert noting(ASKED) == ASKED
    assert {ASKED: 1}[noting(ASKED)] == 1
    assert noting(ASKED) != replace(ASKED, per="")


def test_a_copy_that_was_changed_goes_on_noting() -> None:
    asked = noting(ASKED)
    changed = replace(asked, per="capita")
    assert isinstance(changed, Noted)
    assert changed.per == "capita"
    assert looked_at(asked) >= EVERYTHING - {"per"}


def test_values_leave_no_note() -> None:
    asked = noting(ASKED)
    assert values(asked, frozenset({"per", f"{OPTION}view"})) == (("option:view", "tiles"), ("per", "km2"))
    assert looked_at(asked) == frozenset()
