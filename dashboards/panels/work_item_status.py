"""The status of one work item: its word, why, what decided it, and the rules; beside it the figure that leads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.panel import Panel, View
from dashboards.panels.overrides import beside, mark
from dashboards.panels.overview_cards import lead_figure, since_said, tally
from dashboards.panels.work_item_tables import lead_table, status_table
from dashboards.panels.work_item_told import Told
from dashboards.panels.work_item_why import item_reason, measure_reason, rules, step_reason
from dashboards.panels.work_item_words import estimated_mark, measure_chip, measure_name, step_chip
from metrics.progress import MILESTONE_STATES, STATUSES
from metrics.review import Review


def status_panel(told: Told, number: int) -> Panel:
    """Return the panel of the status of work item *number*."""
    return Panel(
        id="status",
        title="work_item_page.status",
        query=partial(status_frame, told, number),
        body=partial(status_body, told, number),
        table=status_table(told, number),
        note="overview.method",
        size="wide",
    )


def lead_panel(told: Told, number: int) -> Panel:
    """Return the panel of the figure that leads work item *number*."""
    return Panel(
        id="headline",
        title="work_item_page.headline",
        query=partial(lead_frame, told, number),
        body=partial(lead_body, told, number),
        table=lead_table(told, number),
        empty="figure.no_figure",
        size="third",
    )


def status_frame(told: Told, number: int, _desk: Desk, _filters: Filters) -> pd.DataFrame:
    """Return the nodes of the work item, one a row: ``node`` (measure, milestone), ``id``, its state, whether it
    decided."""
    review = told.reviews[number]
    deciding = set(review.verdict.deciding)
    rows = [
        {
            "node": "measure",
            "id": one.target.id,
            "state": one.verdict.status,
            "reason": one.verdict.reason_key,
        }
        for one in review.measures
    ]
    rows += [
        {"node": "milestone", "id": one.milestone.id, "state": one.state, "reason": one.verdict.reason_key}
        for one in review.steps
    ]
    frame = pd.DataFrame(rows, columns=["node", "id", "state", "reason"])
    # A work item that nothing is known of has a status too: nothing to assess.
    frame = frame if len(frame) else pd.DataFrame([{"node": "", "id": "", "state": review.verdict.word}])
    return frame.assign(decided=frame["id"].isin(deciding))


def status_body(told: Told, number: int, _frame: pd.DataFrame, view: View) -> list[Component]:
    """Write the word, its reason, the counts, and what opens under "why this status"."""
    review = told.reviews[number]
    verdict = review.verdict
    head = [parts.status_chip(verdict.word, view.words)]
    if verdict.rests_on_estimated_dates:
        head.append(estimated_mark(view))
    found = [
        html.Div(head, className="word-line"),
        html.P(parts.glued(item_reason(verdict, view)), className="reason"),
    ]
    found += beside(verdict.override, view)
    if told.since:
        found.append(html.P(since_said(told, number, view), className="soft"))
    found.append(tally(review, view))
    found.append(_why(review, view))
    return found


def _why(review: Review, view: View) -> Component:
    verdict = review.verdict
    counted = view.t("why.counts_measures", said=_counts(verdict.counts, STATUSES, view))
    dated = view.t("why.counts_milestones", said=_counts(verdict.milestone_counts, MILESTONE_STATES, view))
    children = [
        html.H3(view.t("why.deciding"), className="group-title"),
        *_deciding(review, view),
        html.H3(view.t("why.rules"), className="group-title"),
        rules(verdict, view),
        html.P(counted),
        html.P(dated),
    ]
    return html.Details(
        [html.Summary(view.t("why.this_status")), html.Div(children)], className="explain", id="why"
    )


def _counts(counts: Mapping[str, int], order: tuple[str, ...], view: View) -> str:
    said = [
        view.t("overview.count", word=view.t(f"status.{one}"), n=counts[one])
        for one in order
        if counts.get(one)
    ]
    return view.words.listing(said) if said else view.t("why.none")


def _deciding(review: Review, view: View) -> list[Component]:
    """Write the measures and milestones that decided, each with its state and reason."""
    deciding = set(review.verdict.deciding)
    lines = [
        html.Li(
            [
                measure_chip(one, view),
                html.B(measure_name(one, view)),
                html.Span([measure_reason(one, view), *mark(one.override, view)]),
            ]
        )
        for one in review.measures
        if one.target.id in deciding
    ]
    lines += [
        html.Li(
            [
                step_chip(one, view),
                html.B(view.t(f"milestone.{one.milestone.id}")),
                html.Span([step_reason(one, view), *mark(one.override, view)]),
            ]
        )
        for one in review.steps
        if one.milestone.id in deciding
    ]
    if not lines:
        return [html.P(view.t("why.deciding_none"))]
    return [html.Ul(lines, className="deciding")]


def lead_frame(told: Told, number: int, _desk: Desk, _filters: Filters) -> pd.DataFrame:
    """Return the newest figure of the headline's series (warehouse columns), or the count of meetings held."""
    lead = told.headlines[number]
    if lead is None:
        return told.desk.metrics.nothing()
    if lead.row is None:
        return pd.DataFrame({"value": [lead.value], "period_end": [pd.Timestamp(lead.on)]})
    return lead.figures.tail(1)


def lead_body(told: Told, number: int, _frame: pd.DataFrame, view: View) -> Component | None:
    """Write the figure that leads, large."""
    lead = told.headlines[number]
    return lead_figure(told, lead, view) if lead else None
