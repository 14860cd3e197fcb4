"""The measures of a work item that have a target: each on its way, with pace, outlook, status and why."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.figures import progress
from dashboards.panel import Panel, View
from dashboards.panels.overrides import beside
from dashboards.panels.work_item_evidence import evidence_said
from dashboards.panels.work_item_figure_tables import measures_table
from dashboards.panels.work_item_told import Told
from dashboards.panels.work_item_why import measure_reason, measure_why, pace_said
from dashboards.panels.work_item_words import (
    blank,
    dated,
    day_or,
    figure_said,
    measure_chip,
    measure_name,
    rounded,
    with_tier,
)
from dashboards.style import Style
from metrics.review import Measure

# Those that need a reader first.
ORDER = (
    "off_track", "missed", "at_risk", "on_track", "not_proven", "unverified", "achieved", "not_assessed",
)  # fmt: skip
_COLUMNS = {
    "measure": "work_item_page.col_measure",
    "status": "work_item_page.col_status",
    "baseline": "work_item_page.col_baseline",
    "target": "work_item_page.col_target",
    "expected": "work_item_page.col_expected",
    "actual": "work_item_page.col_actual",
    "pace": "work_item_page.col_pace",
    "outlook": "work_item_page.col_outlook",
}


def measures_panel(told: Told, number: int) -> Panel:
    """Return the panel of all measures of work item *number* with their verdicts."""
    return Panel(
        id="measures",
        title="work_item_page.measures",
        query=partial(measures_frame, told, number),
        body=partial(measures_body, told, number),
        table=measures_table(partial(ordered, told, number)),
        note="work_item_page.measures_note",
        empty="work_item_page.no_measures",
        size="full",
    )


def tracks_panel(told: Told, number: int) -> Panel:
    """Return the panel of the measures that have a way to draw: a baseline, a target and a figure."""
    return Panel(
        id="tracks",
        title="work_item_page.tracks",
        query=partial(tracks_frame, told, number),
        figure=tracks_figure,
        alt=tracks_alt,
        table=measures_table(partial(on_their_way, told, number)),
        note="work_item_page.tracks_note",
        empty="work_item_page.no_tracks",
        size="half",
    )


def ordered(told: Told, number: int) -> list[Measure]:
    """Return the measures, those that need a reader first, references last."""
    return sorted(
        told.reviews[number].measures, key=lambda one: (not one.judged, ORDER.index(one.verdict.status))
    )


def measures_frame(told: Told, number: int, _desk: Desk, _filters: Filters) -> pd.DataFrame:
    """Return one row a measure: its target, verdict and inputs, with the warehouse's columns of its newest figure.

    ``value`` and ``qualifier`` are the figure that was judged; ``verdict``, ``reason``, ``baseline``, ``target``,
    ``target_qualifier``, ``due_on``, ``expected``, ``pace``, ``required_per_day``, ``current_per_day``,
    ``projected_on``, ``kind``.
    """
    return pd.DataFrame([_row(one) for one in ordered(told, number)])


def _row(measure: Measure) -> dict[str, Any]:
    verdict, target = measure.verdict, measure.target
    inputs, outlook = verdict.inputs, verdict.outlook
    return {
        **_judged(measure),
        "measure_id": target.id,
        "indicator_id": target.indicator_id,
        "place_id": target.place_id,
        "unit": target.unit,
        "kind": target.kind,
        "verdict": verdict.status,
        "reason": verdict.reason_key,
        "value": inputs["actual"],
        "qualifier": inputs["actual_qualifier"],
        "baseline": inputs["baseline"],
        "baseline_on": inputs["baseline_on"],
        "target": inputs["target"],
        "target_qualifier": inputs["target_qualifier"],
        "due_on": inputs["due_on"],
        "expected": verdict.expected,
        "pace": verdict.pace,
        "required_per_day": outlook.required_per_day if outlook else None,
        "current_per_day": outlook.current_per_day if outlook else None,
        "projected_on": outlook.projected_on if outlook else None,
    }


def _judged(measure: Measure) -> Mapping[str, Any]:
    """Return what the warehouse says of the figure that was judged; nothing where there is none."""
    inputs, figures = measure.verdict.inputs, measure.figures
    if inputs["actual_on"] is None:
        return {"figure_ref": "", "source_id": "", "tier": "official", "period_end": pd.NaT, "status": None}
    asked = (pd.Timestamp(inputs["actual_on"]), inputs["actual"])
    pairs = list(zip(figures["period_end"], figures["value"], strict=True))
    at = max(place for place, pair in enumerate(pairs) if pair == asked)
    return {
        name: figures[name].iat[at] for name in ("figure_ref", "source_id", "tier", "period_end", "status")
    }


def tracks_frame(told: Told, number: int, _desk: Desk, _filters: Filters) -> pd.DataFrame:
    """Return the rows of ``measures_frame`` that have a way to go from baseline to target, and a figure on it."""
    return pd.DataFrame([_row(one) for one in on_their_way(told, number)])


def on_their_way(told: Told, number: int) -> list[Measure]:
    """Return the measures that have a way to go and a figure on it, in their order."""
    return [one for one in ordered(told, number) if _has_way(one)]


def _has_way(measure: Measure) -> bool:
    """Say whether the target lies beyond the baseline, in the direction of the measure."""
    inputs = measure.verdict.inputs
    if None in (inputs["baseline"], inputs["target"], inputs["actual"]):
        return False
    change = inputs["target"] - inputs["baseline"]
    return change < 0 if inputs["direction"] == "lower_is_better" else change > 0


def _labelled(frame: pd.DataFrame, style: Style) -> pd.DataFrame:
    pairs = zip(frame["indicator_id"], frame["place_id"], strict=True)
    labels = [
        style.t("format.pair", a=style.t(f"indicator.{one}"), b=style.t(f"place.{place}"))
        for one, place in pairs
    ]
    # The chart reads the verdict as "status"; the warehouse's column of that name is a figure's flag.
    expected = [one if blank(one) else rounded(one) for one in frame["expected"]]
    return frame.assign(label=labels, status=frame["verdict"], expected=pd.array(expected, dtype="Float64"))


def tracks_figure(frame: pd.DataFrame, style: Style) -> Any:
    """Draw the tracks of ``tracks_frame``."""
    return progress.track(_labelled(frame, style), style)


def tracks_alt(frame: pd.DataFrame, view: View) -> str:
    """Return the tracks in words."""
    return progress.alt(_labelled(frame, view.style), view.style)


def measures_body(told: Told, number: int, _frame: pd.DataFrame, view: View) -> list[Component]:
    """Write the table of measures; those without any figure to judge by are folded below it."""
    measures = ordered(told, number)
    known = [one for one in measures if one.verdict.inputs["actual"] is not None]
    silent = [one for one in measures if one.verdict.inputs["actual"] is None]
    if not known:
        return [_table(silent, told, view)]
    found = [_table(known, told, view)]
    if silent:
        summary = html.Summary(view.t("work_item_page.without_figure", n=len(silent)))
        found.append(html.Details([summary, _table(silent, told, view)], className="explain"))
    return found


def _table(measures: list[Measure], told: Told, view: View) -> Component:
    """Write a table; on narrow panels each of its rows becomes a card of its own."""
    head = [html.Th(view.t(key), scope="col") for key in _COLUMNS.values()]
    caption = html.Caption(view.t("work_item_page.measures"), className="unseen")
    rows = [_line(one, told, view) for one in measures]
    return html.Table(
        [caption, html.Thead(html.Tr(head)), html.Tbody(rows)], className="table table-cards measures"
    )


def _line(measure: Measure, told: Told, view: View) -> Component:
    judged = [
        measure_chip(measure, view),
        html.P(measure_reason(measure, view), className="soft"),
        *beside(measure.override, view),
        measure_why(measure, view),
    ]
    kind = html.Span(view.t(f"why.kind_{measure.target.kind}"), className="soft")
    name = [
        html.B(parts.glued(measure_name(measure, view))),
        kind,
        evidence_said(measure.target.source, told, view),
    ]
    pace = measure.verdict.pace
    cells = {
        "baseline": _baseline(measure, view),
        "target": _target(measure, view),
        "expected": _number(measure.verdict.expected, measure, view),
        "actual": _actual(measure, view),
        "pace": [] if pace is None else [html.B(pace_said(pace, view))],
        "outlook": _outlook(measure, view),
    }
    nothing = html.Span(view.t("work_item_page.nothing_there"), className="soft")
    found = [html.Th(name, scope="row"), html.Td(judged)]
    found += [
        html.Td(html.Div(said or nothing), **{"data-label": view.t(_COLUMNS[column])})
        for column, said in cells.items()
    ]
    return html.Tr(found)


def _two(first: str, second: str) -> list[Component]:
    found: list[Component] = [html.B(first)]
    return [*found, html.Span(second, className="soft")] if second else found


def _number(value: float | None, measure: Measure, view: View) -> list[Component]:
    return [] if value is None else _two(figure_said(rounded(value), "exact", measure.target.unit, view), "")


def _baseline(measure: Measure, view: View) -> list[Component]:
    inputs = measure.verdict.inputs
    if inputs["baseline"] is None:
        return []
    said = figure_said(inputs["baseline"], "exact", measure.target.unit, view)
    return _two(said, day_or(inputs["baseline_on"], view))


def _target(measure: Measure, view: View) -> list[Component]:
    target = measure.target
    said = figure_said(measure.verdict.inputs["target"], target.qualifier, target.unit, view)
    due = dated(target.due_on, view)
    if due and "due_on" in target.inferred:
        due = view.t("qualifier.approx_pattern", n=due)
    return _two(
        said, view.t("work_item_page.due_on", date=due) if due else view.t("work_item_page.no_due_date")
    )


def _actual(measure: Measure, view: View) -> list[Component]:
    inputs = measure.verdict.inputs
    if inputs["actual"] is None:
        return []
    said = figure_said(inputs["actual"], inputs["actual_qualifier"], measure.target.unit, view)
    return _two(said, with_tier(day_or(inputs["actual_on"], view), inputs["tier"], view))


def _outlook(measure: Measure, view: View) -> list[Component]:
    """Write how fast it would have to go, how fast it goes, and when it would arrive at the pace of today."""
    outlook = measure.verdict.outlook
    if outlook is None:
        return []
    rates = (
        ("work_item_page.required_pace", outlook.required_per_day),
        ("work_item_page.current_pace", outlook.current_per_day),
    )
    lines = [view.t(key, rate=_rate(rate, measure, view)) for key, rate in rates if rate is not None]
    arrives = day_or(outlook.projected_on, view, "work_item_page.never_at_this_pace")
    lines.append(view.t("work_item_page.projected", date=arrives))
    return [html.Span(line) for line in lines]


def _rate(per_day: float, measure: Measure, view: View) -> str:
    """Write a rate by the month, of compound growth in per cent."""
    if measure.verdict.model == "compound":
        return view.t("format.percent", n=view.words.change(((1 + per_day) ** (365.25 / 12) - 1) * 100, 2))
    month = per_day * 365.25 / 12
    return view.words.change(month, 0 if abs(month) >= 10 else 2)
