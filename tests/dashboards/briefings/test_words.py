"""Lines of slides: each says its state and dates in words."""

from __future__ import annotations

import pytest

from dashboards.briefings.words import item_lines, overdue_lines, override_lines, step_line, tally_said
from dashboards.desk import Filters
from dashboards.i18n import LANGUAGES
from dashboards.panels.work_item_told import Told
from dashboards.shell import view_of
from dashboards.style import Shapes
from metrics.asof import now_as_of
from metrics.progress import Override
from tests.opened import NOW


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_milestone_says_its_state_and_a_late_one_for_how_long(opening_desk, lang):
    told = Told(desk=opening_desk, as_of=now_as_of(NOW))
    view = view_of(opening_desk, Filters(lang=lang), NOW.date(), Shapes())
    for review in told.reviews.values():
        for step in review.steps:
            line = step_line(step, view)
            assert view.t(f"status.{step.state}") in line.detail
            assert (str(step.verdict.days_late) in line.detail) or not step.verdict.days_late


def test_a_milestone_that_is_due_says_due_once(opening_desk):
    told = Told(desk=opening_desk, as_of=now_as_of(NOW))
    view = view_of(opening_desk, Filters(), NOW.date(), Shapes())
    due = [step for review in told.reviews.values() for step in review.steps if step.state == "due"]
    assert due
    for step in due:
        assert step_line(step, view).detail.split().count("due") == 1


def test_a_work_item_without_a_figure_says_so(opening_desk):
    told = Told(desk=opening_desk, as_of=now_as_of(NOW))
    view = view_of(opening_desk, Filters(), NOW.date(), Shapes())
    lines = item_lines(told.reviews[1], None, view)
    assert [line.role for line in lines] == ["status", "reason", "label", "tally"]
    assert lines[-1].text == tally_said(told.reviews[1], view)


def test_outcomes_that_nobody_published_are_counted_only_where_there_are_any(opening_desk):
    view = view_of(opening_desk, Filters(), NOW.date(), Shapes())
    assert overdue_lines(0, view) == []
    assert "4" in overdue_lines(4, view)[0].text


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "A second reason"), ("zh-Hant", "另有原因"), ("zh-Hans", "另有原因")]
)
def test_a_word_that_a_person_set_stands_beside_the_computed_one_with_name_reason_and_end(
    opening_desk, lang, said
):
    view = view_of(opening_desk, Filters(lang=lang), NOW.date(), Shapes())
    override = Override(
        word="at_risk", by="Chan Tai Man", reasons={"en": "A second reason", "zh-Hant": "另有原因"},
        until=NOW.date(),
    )  # fmt: skip
    (line,) = override_lines(override, view)
    assert (line.mark, line.text) == ("at_risk", view.t("status.at_risk"))
    assert "Chan Tai Man" in line.detail
    assert said in line.detail
    assert view.words.day(NOW.date()) in line.detail
    assert override_lines(None, view) == []
