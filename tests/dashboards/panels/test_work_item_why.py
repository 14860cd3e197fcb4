"""Why a status is what it is: every reason has its sentence in every language, with the inputs it was reached from."""

from __future__ import annotations

import string
from datetime import date

import pytest

from dashboards.desk import Filters
from dashboards.i18n import locale
from dashboards.panels import work_item_why as why
from metrics import progress
from metrics.progress import MeasureFacts, assess
from metrics.review import Measure, all_measures, all_steps, reviews
from tests.dashboards.panels.drawn import LANGUAGES, NOW, on, told, view_of

# What every sentence of a milestone and of a work item may be filled with.
STEP_FIELDS = {"days", "due_on", "happened_on", "outcome_known_on"}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_formula_model_and_word_has_its_sentence(lang):
    keys = [*progress.REASONS, *progress.MILESTONE_REASONS, *progress.WORK_ITEM_REASONS]
    keys += [f"rule_{one}" for one in progress.WORK_ITEM_REASONS]
    keys += [f"travel_{one}" for one in progress.TRAVEL_WORDS]
    keys += [f"formula_{one}" for one in progress.FORMULAS]
    keys += [f"model_{one}" for one in ("linear", "compound", "coverage", "yes_no", "milestone")]
    keys += [f"kind_{one}" for one in ("target", "pledge", "reference")]
    assert [key for key in keys if f"why.{key}" not in locale(lang)] == []


def test_sentences_of_milestones_ask_for_nothing_that_is_not_given():
    for reason in progress.MILESTONE_REASONS:
        assert fields(locale("en")[f"why.{reason}"]) <= STEP_FIELDS


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("as_of", [NOW, on(2025, 5, 15), on(2019, 1, 1)])
def test_every_measure_and_milestone_of_the_agenda_is_explained(opening_desk, lang, as_of):
    view = view_of(opening_desk, Filters(lang=lang, as_of=as_of))
    metrics = opening_desk.metrics
    for measure in all_measures(metrics, as_of):
        assert why.measure_reason(measure, view)
        _summary, formula, inputs = told(why.measure_why(measure, view))
        assert formula
        assert len(inputs.splitlines()) > 5
    for step in all_steps(metrics, as_of):
        assert why.step_reason(step, view)
    for review in reviews(metrics, as_of).values():
        assert why.item_reason(review.verdict, view)


def paced(opening_desk, **facts) -> Measure:
    """Return a real measure with a verdict on facts of our own."""
    measure = next(
        one for one in all_measures(opening_desk.metrics, NOW) if one.target.indicator_id == "iam_smart_users"
    )
    known = {
        "kind": "target",
        "baseline": 100.0,
        "baseline_on": date(2025, 1, 1),
        "target": 200.0,
        "due_on": date(2026, 12, 31),
        "actual": 130.0,
        "actual_on": date(2026, 1, 1),
    }
    verdict = assess(MeasureFacts(**{**known, **facts}), date(2026, 1, 1))
    return Measure(target=measure.target, work_item=1, verdict=verdict, figures=measure.figures)


def test_the_formula_is_told_in_words_and_with_its_figures(opening_desk):
    view = view_of(opening_desk, Filters(as_of=NOW))
    lines = why.formula(paced(opening_desk), view)
    assert lines[1] == "Pace = (actual − baseline) ÷ (expected today − baseline)"
    assert lines[2].startswith("(130 − 100) ÷ (150")
    assert lines[2].endswith("= 0.60")
    assert lines[3] == "On track from 0.95, at risk from 0.60, off track below"


def test_every_input_of_the_verdict_is_named_and_those_lacking_are_too(opening_desk):
    view = view_of(opening_desk, Filters(as_of=NOW))
    said = dict(line.split(": ", 1) for line in why.measure_inputs(paced(opening_desk), view))
    assert said["Baseline"] == "100 users"
    assert (said["Actual"], said["Date of the figure"]) == ("130 users", "1 Jan 2026")
    assert said["Pace"] == "0.60"
    assert {"Target", "Due date", "Expected today", "Source tier", "As of"} <= set(said)
    assert said["Without"] == "First reached on, Figure fresh until, Usable for a status until"


def test_the_rule_that_holds_is_marked_and_it_alone(opening_desk):
    view = view_of(opening_desk, Filters(as_of=NOW))
    for review in reviews(opening_desk.metrics, NOW).values():
        lines = why.rules(review.verdict, view).children
        held = [line for line in lines if getattr(line, "aria-current", None) == "true"]
        assert len(held) == 1
        assert view.t(f"why.rule_{review.verdict.reason_key}") in list(told(held[0]))


def test_what_is_still_open_stands_beside_a_good_word(opening_desk):
    view = view_of(opening_desk, Filters(as_of=NOW))
    verdict = reviews(opening_desk.metrics, NOW)[1].verdict
    unverified = verdict.reason_args["unverified"]
    assert f"{unverified} due, outcome not published" in why.item_reason(verdict, view)


def test_a_target_met_in_time_is_not_told_with_a_figure_of_years_later_as_its_proof(opening_desk):
    view = view_of(opening_desk, Filters(as_of=NOW))
    measures = [one for one in all_measures(opening_desk.metrics, NOW) if one.verdict.inputs["reached_on"]]
    measures = [one for one in measures if one.verdict.reason_key == "reached_by_due"]
    later = [one for one in measures if one.verdict.inputs["actual_on"] > one.verdict.inputs["due_on"]]
    assert later
    for one in later:
        assert one.verdict.inputs["reached_on"] <= one.verdict.inputs["due_on"]
        first = view.words.day(one.verdict.inputs["reached_on"])
        assert why.measure_reason(one, view).startswith(f"Reached on {first}, by the due date ")


@pytest.mark.parametrize(
    ("lang", "inner"), [("zh-Hant", "\u300e監管沙盒\u300f"), ("zh-Hans", "\u2018监管沙盒\u2019")]
)
def test_quotation_marks_within_a_reason_are_the_inner_ones(opening_desk, lang, inner):
    view = view_of(opening_desk, Filters(lang=lang, as_of=NOW))
    said = why.item_reason(reviews(opening_desk.metrics, NOW)[2].verdict, view)
    assert inner in said
    assert said[0] in "\u300c\u201c"
