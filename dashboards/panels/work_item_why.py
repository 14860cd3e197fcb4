"""Why a status is what it is, in the reader's language: the sentence, every input by name, the formula, the rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboards.panel import View
from dashboards.panels.work_item_words import dated, figure_said, rounded
from metrics.progress import WORK_ITEM_REASONS, Verdict, WorkItemVerdict
from metrics.review import Measure, Step

# Inputs in the order in which they are told, by how each is written.
_WORDS = ("kind", "direction", "model")
_FIGURES = (
    ("baseline", ""),
    ("target", "target_qualifier"),
    ("expected", ""),
    ("actual", "actual_qualifier"),
)
_DATES = ("baseline_on", "due_on", "actual_on", "reached_on", "fresh_until", "judged_until", "as_of")
_TOLD = (
    "kind",
    "direction",
    "model",
    "baseline",
    "baseline_on",
    "target",
    "due_on",
    "expected",
    "actual",
    "actual_on",
    "tier",
    "pace",
    "reached_on",
    "fresh_until",
    "judged_until",
    "as_of",
)


def _texts(verdict: Verdict, unit: str, view: View) -> dict[str, str]:
    """Return every input of *verdict*, written; what there is not is said so."""
    inputs: Mapping[str, Any] = verdict.inputs
    found = dict.fromkeys(_TOLD, view.t("why.none"))
    found |= {name: view.t(f"why.{name}_{inputs[name]}") for name in _WORDS if inputs[name]}
    for name, qualifier in _FIGURES:
        if inputs[name] is not None:
            said = str(inputs[qualifier]) if qualifier else "exact"
            value = rounded(float(inputs[name])) if name == "expected" else float(inputs[name])
            found[name] = figure_said(value, said, unit, view)
    for name in _DATES:
        if isinstance(inputs[name], date):
            found[name] = view.words.day(inputs[name])
    for name in ("pace", "on_track_from", "at_risk_from"):
        if inputs[name] is not None:
            found[name] = pace_said(float(inputs[name]), view)
    return found | {"tier": view.t(f"tier.{inputs['tier']}")}


def pace_said(pace: float, view: View) -> str:
    """Write a pace: 1 is as planned."""
    return view.words.number(pace, decimals=2)


def measure_reason(measure: Measure, view: View) -> str:
    """Return the sentence that says why *measure* has its status."""
    verdict, key = measure.verdict, measure.verdict.reason_key
    first, newest, due = (verdict.inputs[name] for name in ("reached_on", "actual_on", "due_on"))
    if key == "reached_by_due" and first and newest > due:
        key = "reached_by_due_since"  # the newest figure is not the one that shows it
    return view.t(f"why.{key}", **_texts(verdict, measure.target.unit, view))


def measure_inputs(measure: Measure, view: View) -> list[str]:
    """Return every input that the status of *measure* was reached from, by name; the last line names those lacking."""
    texts, inputs = _texts(measure.verdict, measure.target.unit, view), measure.verdict.inputs
    names = {name: view.t(f"why.input_{name}") for name in _TOLD}
    there = [name for name in _TOLD if inputs[name] is not None]
    lines = [view.t("figure.named", name=names[name], figure=texts[name]) for name in there]
    if lacking := [names[name] for name in _TOLD if inputs[name] is None]:
        lines.append(view.t("why.inputs_without", names=view.words.listing(lacking)))
    return lines


def formula(measure: Measure, view: View) -> list[str]:
    """Return the formula by which *measure* was judged: in words, then with its figures, then the thresholds."""
    verdict = measure.verdict
    texts = _texts(verdict, "", view)
    lines = [view.t(f"why.formula_{verdict.formula}", **texts)]
    if verdict.pace is not None:
        lines.append(view.t("why.formula_pace"))
        lines.append(view.t("why.formula_filled", **texts))
        lines.append(view.t("why.formula_limits", **texts))
    return lines


def measure_why(measure: Measure, view: View) -> Component:
    """Return what opens under "why this status" of one measure."""
    # Lines of one text: a page may hold forty of these.
    said = [
        html.P("\n".join(formula(measure, view)), className="formula"),
        html.P("\n".join(measure_inputs(measure, view)), className="inputs"),
    ]
    return html.Details([html.Summary(view.t("why.this_status")), html.Div(said)], className="explain")


def step_reason(step: Step, view: View) -> str:
    """Return the sentence that says why a milestone is in its state."""
    inputs = step.verdict.inputs
    told = inputs["outcome_known_on"]
    none = view.t("why.none")
    return view.t(
        f"why.{step.verdict.reason_key}",
        days=step.verdict.days_late,
        due_on=dated(step.due_on, view) or none,
        happened_on=dated(step.happened_on, view) or none,
        outcome_known_on=view.words.day(told, step.known.precision) if isinstance(told, date) else none,
    )


# Within quotation marks those of a name are the inner ones.
_INNER_QUOTES = str.maketrans("\u300c\u300d\u201c\u201d", "\u300e\u300f\u2018\u2019")


def item_reason(verdict: WorkItemVerdict, view: View) -> str:
    """Return, in one line, why a work item has its word, with what is still open beside it."""
    args = dict(verdict.reason_args)
    if "milestone" in args:
        args["milestone"] = view.t(f"milestone.{args['milestone']}").translate(_INNER_QUOTES)
    lead = view.t(f"why.{verdict.reason_key}", **args)
    return _beside(lead, args, verdict.reason_key, view)


_STILL_OPEN: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("ahead", lambda _reason: True),
    ("unverified", lambda reason: reason != "awaiting_publication"),
)


def _beside(lead: str, args: Mapping[str, Any], reason: str, view: View) -> str:
    for name, told in _STILL_OPEN:
        if args.get(name) and told(reason):
            lead = view.t("format.pair", a=lead, b=view.t(f"why.open_{name}", n=args[name]))
    return lead


def rules(verdict: WorkItemVerdict, view: View) -> Component:
    """Return the rules in their order; the first that holds decides, and is marked."""
    lines = []
    for reason in WORK_ITEM_REASONS:
        text = view.t(f"why.rule_{reason}")
        decided = reason == verdict.reason_key
        mark = (
            [html.Strong(text), " ", html.Span(view.t("why.decided"), className="flag")] if decided else text
        )
        lines.append(html.Li(mark, **({"aria-current": "true"} if decided else {})))
    return html.Ol(lines, className="rules")
