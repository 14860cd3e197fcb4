"""What a run changed: counts, and examples with names, periods and qualifiers."""

from __future__ import annotations

import pytest

from dashboards.desk import Filters
from dashboards.panels.source_changes import change_said
from ingest.difference import Difference, Example
from tests.dashboards.panels.drawn import LANGUAGES, NOW, told, view_of

OVER = Example(
    indicator="iam_smart_users", place="hong_kong", breakdown="", start="2025-05-15", end="2025-05-15",
    before=4e6, after=4.2e6, before_qualifier="over", after_qualifier="approx", span="point", unit="users",
)  # fmt: skip
GONE = Example(
    indicator="bcp_passengers_daily", place="hk_lo_wu", breakdown="direction=arrival;group=other_visitors",
    start="2025-05-01", end="2025-05-01", before=7.0, span="day", unit="person-trips/day",
)  # fmt: skip
FOUND = Difference(new=0, changed=1200, gone=1, examples={"changed": (OVER,), "gone": (GONE,)})


def said(found, desk, lang="en", visible=lambda _indicator: True) -> str:
    return " | ".join(told(change_said(found, view_of(desk, Filters(lang=lang, as_of=NOW)), visible)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_counts_and_examples_are_told_with_qualifiers(opening_desk, lang):
    words = opening_desk.words[lang]
    shown = said(FOUND, opening_desk, lang)
    assert "1,200" in shown
    assert words.t("indicator.iam_smart_users") in shown
    assert words.number(4e6, "users", "over") in shown
    assert words.number(4.2e6, "users", "approx") in shown
    assert words.t("place.hk_lo_wu") in shown
    assert words.t("sources.diff_nothing") in shown


def test_figures_that_the_viewer_may_not_see_are_counted_and_not_shown(opening_desk):
    shown = said(FOUND, opening_desk, visible=lambda indicator: indicator != "iam_smart_users")
    assert "1,200" in shown
    assert "iAM Smart" not in shown
    assert "4,000,000" not in shown


def test_no_difference_and_nothing_compared(opening_desk):
    words = opening_desk.words["en"]
    assert said(Difference(), opening_desk) == words.t("sources.diff_none")
    assert said(None, opening_desk) == ""


def test_an_example_of_before_spans_were_kept_can_be_told(opening_desk):
    old = Example(indicator="gone_since", place="nowhere", breakdown="k=v", start="2025-01-01", end="2025-01-31",
                  before=1.0, after=2.0)  # fmt: skip
    shown = said(Difference(changed=1, examples={"changed": (old,)}), opening_desk)
    assert "gone_since, nowhere, v" in shown
