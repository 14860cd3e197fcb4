"""No fact that is better may ever make a status worse."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.progress_rules import rule
from metrics.progress_values import JUDGED, MeasureFacts, Point

DAY = date(2025, 1, 1)
days = st.integers(min_value=-900, max_value=900).map(lambda n: DAY + timedelta(days=n))
values = st.one_of(
    st.integers(min_value=-50, max_value=250).map(float),
    st.floats(min_value=-50, max_value=250, allow_nan=False, width=32),
)


@st.composite
def situations(draw):
    history = draw(st.lists(st.tuples(days, values), max_size=3))
    return MeasureFacts(
        kind=draw(st.sampled_from(["target", "pledge", "reference", None])),
        direction=draw(st.sampled_from(["higher_is_better", "lower_is_better"])),
        model=draw(st.sampled_from(["linear", "compound", "coverage", "yes_no", "milestone"])),
        baseline=draw(st.none() | values),
        baseline_on=draw(days),
        target=draw(values),
        target_qualifier=draw(st.sampled_from(["exact", "over", "at_least", "approx", "under", "at_most"])),
        due_on=draw(st.none() | days),
        actual=0.0,
        actual_on=draw(days),
        history=tuple(Point(period_end=on, value=value) for on, value in sorted(history)),
        judged_until=draw(st.none() | days),
        reach_from=draw(st.none() | days),
        in_scope=draw(st.booleans()),
    )


def with_value(facts, value, qualifier="exact"):
    fields = {name: getattr(facts, name) for name in MeasureFacts.__slots__}
    return MeasureFacts(**fields | {"actual": value, "actual_qualifier": qualifier})


def rank(facts, as_of, value, qualifier="exact"):
    status = rule(with_value(facts, value, qualifier), as_of).status
    return JUDGED.index(status) if status in JUDGED else None


@settings(max_examples=400, deadline=None)
@given(facts=situations(), as_of=days, one=values, other=values)
def test_a_better_value_never_gives_a_worse_status(facts, as_of, one, other):
    worse, better = sorted((one, other), reverse=facts.direction == "lower_is_better")
    low, high = rank(facts, as_of, worse), rank(facts, as_of, better)
    if low is not None:
        assert high is not None
        assert high <= low


@settings(max_examples=400, deadline=None)
@given(facts=situations(), as_of=days, value=values)
def test_about_is_never_judged_better_than_the_same_number_exact(facts, as_of, value):
    about, exact = rank(facts, as_of, value, "approx"), rank(facts, as_of, value)
    if about is not None and exact is not None:
        assert about >= exact


@settings(max_examples=400, deadline=None)
@given(
    facts=situations(),
    as_of=days,
    value=values,
    more=st.floats(min_value=0.5, max_value=100),
    qualifier=st.sampled_from(["over", "at_least", "under", "at_most"]),
)
def test_what_an_open_figure_proves_holds_for_every_number_that_it_allows(
    facts, as_of, value, more, qualifier
):
    said = rule(with_value(facts, value, qualifier), as_of).status
    number = value + more if qualifier in {"over", "at_least"} else value - more
    if said in {"achieved", "missed"}:
        assert rule(with_value(facts, number), as_of).status == said


@settings(max_examples=500, deadline=None)
@given(facts=situations(), as_of=days, value=values)
def test_a_status_is_coloured_only_where_there_is_something_to_judge(facts, as_of, value):
    status = rule(with_value(facts, value), as_of).status
    if not facts.in_scope or facts.kind in {None, "reference"}:
        assert status == "not_assessed"
    if status == "missed":
        assert facts.kind == "pledge" or as_of > facts.due_on
    if status in {"on_track", "at_risk"}:
        assert facts.baseline is not None
        assert facts.baseline_on < as_of <= facts.due_on
    if status == "unverified":
        assert as_of > facts.due_on
