"""The milestones of a work item in the order of time: what happened, what is due, what slipped, who says so."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import groupby
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.desk import Desk, Filters
from dashboards.panel import Panel, View
from dashboards.panels.overrides import beside
from dashboards.panels.work_item_evidence import evidence_said
from dashboards.panels.work_item_tables import milestones_table
from dashboards.panels.work_item_told import Told
from dashboards.panels.work_item_why import step_reason
from dashboards.panels.work_item_words import dated, estimated_mark, owner_said, step_chip, step_shape
from metrics.review import Step


def milestones_panel(told: Told, number: int) -> Panel:
    """Return the panel of the milestones of work item *number*."""
    return Panel(
        id="milestones",
        title="work_item_page.milestones",
        query=partial(milestones_frame, told, number),
        body=partial(milestones_body, told, number),
        table=milestones_table(told, number),
        empty="work_item_page.no_milestones",
        size="full",
    )


def milestones_frame(told: Told, number: int, _desk: Desk, _filters: Filters) -> pd.DataFrame:
    """Return one row a milestone known then: its state, reason, dates with their precision, days late."""
    return pd.DataFrame([_row(step) for step in told.reviews[number].steps])


def _row(step: Step) -> Mapping[str, Any]:
    return {
        "milestone_id": step.milestone.id,
        "kind": step.milestone.kind,
        "state": step.state,
        "reason": step.verdict.reason_key,
        "due_on": step.due_on.on if step.due_on else None,
        "due_precision": step.due_on.precision if step.due_on else "",
        "happened_on": step.happened_on.on if step.happened_on else None,
        "happened_precision": step.happened_on.precision if step.happened_on else "",
        "earlier_due": ", ".join(day.isoformat() for day in step.earlier_due),
        "days_late": step.verdict.days_late,
    }


def milestones_body(told: Told, number: int, _frame: pd.DataFrame, view: View) -> Component:
    """Write the timeline, a list for each year; milestones without a date come last."""
    years = []
    for year, steps in groupby(told.reviews[number].steps, key=_year):
        items = [_item(step, told, view) for step in steps]
        heading = html.H3(str(year) if year else view.t("work_item_page.no_date"), className="year")
        years.append(html.Section([heading, html.Ol(items)], className="timeline-year"))
    return html.Div(years, className="timeline")


def _year(step: Step) -> int:
    day = step.happened_on or step.due_on
    return day.on.year if day else 0


def _item(step: Step, told: Told, view: View) -> Component:
    milestone = step.milestone
    chip = html.P([step_chip(step, view), *_marks(step, view)], className="step-line")
    lines: list[Component] = [
        html.P(_when(step, view), className="when"),
        html.P(view.t(f"milestone.{milestone.id}"), className="what"),
        chip,
    ]
    if step.verdict.committed:
        lines.append(html.P(step_reason(step, view), className="soft"))
    lines += beside(step.override, view)
    if owner := owner_said(step, view):
        lines.append(html.P(owner, className="soft"))
    lines.append(evidence_said(milestone.source, told, view))
    mark = html.Span(step_shape(step.state), className=f"rail step-{step.state}")
    return html.Li([mark, html.Div(lines)], className=f"step step-is-{step.state}")


def _marks(step: Step, view: View) -> list[Component]:
    marks = [estimated_mark(view)] if step.milestone.rests_on_estimated_dates else []
    if step.milestone.weak:
        marks.append(html.Span(view.t("work_item_page.weak"), className="flag"))
    return marks


def _when(step: Step, view: View) -> list[Any]:
    """Write when it happened or is due, "about" where the day was concluded; earlier due dates are struck."""
    if step.happened_on:
        text = dated(step.happened_on, view)
        if "happened_on" in step.milestone.inferred:
            text = view.t("qualifier.approx_pattern", n=text)
        return [text]
    if step.due_on is None:
        return [view.t("work_item_page.no_date")]
    text = dated(step.due_on, view)
    if "due_on" in step.milestone.inferred:
        text = view.t("qualifier.approx_pattern", n=text)
    earlier = [
        html.Del([html.Span(view.t("work_item_page.earlier_due"), className="unseen"), view.words.day(day)])
        for day in step.earlier_due
    ]
    return [view.t("work_item_page.due_on", date=text), *earlier]
