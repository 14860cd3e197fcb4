"""The plain page of a work item: status and why, headline, milestones, measures, sources, all in words and tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk
from dashboards.notices import lines, notices_for
from dashboards.panel import View
from dashboards.panels.overrides import mark
from dashboards.panels.overview_cards import since_said
from dashboards.panels.work_item_evidence import evidence_frame, evidence_said, publisher_said
from dashboards.panels.work_item_measures import ordered
from dashboards.panels.work_item_told import Told
from dashboards.panels.work_item_why import item_reason, measure_reason, rules, step_reason
from dashboards.panels.work_item_words import (
    dated,
    day_or,
    estimated_mark,
    figure_said,
    measure_chip,
    measure_name,
    name_said,
    owner_said,
    period_said,
    row_said,
    step_chip,
    with_tier,
)
from metrics.review import Measure, Review, Step


def work_item(told: Told, number: int, view: View) -> list[Component]:
    """Write everything about work item *number* as known then."""
    review = told.reviews[number]
    return [
        html.P(view.t(f"work_item.{number}.statement"), className="lead"),
        html.P(
            [
                html.A(view.t("plain.index"), href=view.href("/plain")),
                html.A(view.t("plain.with_charts"), href=view.href(f"/work-items/{number}")),
            ],
            className="foot-links",
        ),
        *_corrected(told, review, view),
        _section("status", view.t("work_item_page.status"), _status(told, review, view)),
        _section("headline", view.t("work_item_page.headline"), _headline(told, number, view)),
        _section("milestones", view.t("work_item_page.milestones"), _milestones(told, review, view)),
        _section("measures", view.t("work_item_page.measures"), _measures(told, number, view)),
        _section("sources", view.t("work_item_page.evidence"), _evidence(told, number, view)),
    ]


def index(told: Told, view: View) -> list[Component]:
    """Write the five work items, each with its status, reason and headline figure."""
    items = []
    for number, review in told.reviews.items():
        text = view.t("change.item", n=number, title=view.t(f"work_item.{number}"))
        link = html.A(text, href=view.href(f"/plain/work-items/{number}"))
        body = [*_word(review, view), *_headline(told, number, view)]
        items.append(html.Section([html.H2(link), *body], className="plain-section"))
    return [html.P(view.t("overview.lead"), className="lead"), *items]


def _section(key: str, title: str, content: Sequence[Component]) -> Component:
    heading = f"plain-{key}"
    return html.Section(
        [html.H2(title, id=heading), *content], className="plain-section", **{"aria-labelledby": heading}
    )


def _corrected(told: Told, review: Review, view: View) -> list[Component]:
    shown = {one.target.indicator_id for one in review.measures}
    lead = told.headlines[review.number]
    shown |= {lead.indicator_id} if lead and lead.row else set()
    return lines(notices_for(told.desk, view.filters, shown), view)


def _word(review: Review, view: View) -> list[Component]:
    verdict = review.verdict
    said: list[Component] = [parts.status_chip(verdict.word, view.words)]
    said += [estimated_mark(view)] if verdict.rests_on_estimated_dates else []
    return [
        html.P(said, className="word-line"),
        html.P(item_reason(verdict, view)),
        *mark(verdict.override, view),
    ]


def _status(told: Told, review: Review, view: View) -> list[Component]:
    found = _word(review, view)
    if told.since:
        found.append(html.P(since_said(told, review.number, view)))
    found += [html.H3(view.t("why.rules")), rules(review.verdict, view)]
    return found


def _headline(told: Told, number: int, view: View) -> list[Component]:
    """Write the figure that leads: what, how many, when, by whom."""
    lead = told.headlines[number]
    if lead is None:
        return [html.P(view.t("figure.no_figure"))]
    if lead.row is None:
        said = [view.t("overview.meetings_held"), view.words.day(lead.on, lead.precision)]
        return [html.P([html.Strong(view.words.number(lead.value)), " ", " ".join(said)])]
    said = [name_said(lead.indicator_id, lead.place_id, view), period_said(lead.row, view)]
    said += list(view.publishers(lead.figures.tail(1)))
    return [html.P([html.Strong(row_said(lead.row, view)), " · ", " · ".join(said)])]


def _milestones(told: Told, review: Review, view: View) -> list[Component]:
    if not review.steps:
        return [html.P(view.t("work_item_page.no_milestones"))]
    head = [
        view.t(key)
        for key in ("plain.col_when", "plain.col_milestone", "work_item_page.col_status", "plain.col_source")
    ]
    rows = [_milestone(step, told, view) for step in review.steps]
    return [parts.table(head, rows, caption=view.t("work_item_page.milestones"), cards=True)]


def _milestone(step: Step, told: Told, view: View) -> list[Any]:
    name = [html.B(view.t(f"milestone.{step.milestone.id}")), *_owner(step, view)]
    state: list[Any] = [step_chip(step, view), html.P(step_reason(step, view)), *mark(step.override, view)]
    return [_when(step, view), name, state, evidence_said(step.milestone.source, told, view)]


def _when(step: Step, view: View) -> str:
    day, which = (step.happened_on, "happened_on") if step.happened_on else (step.due_on, "due_on")
    if day is None:
        return view.t("work_item_page.no_date")
    said = dated(day, view)
    if which in step.milestone.inferred:
        said = view.t("qualifier.approx_pattern", n=said)
    if step.happened_on:
        return said
    earlier = [
        view.t("format.pair", a=view.t("work_item_page.earlier_due"), b=view.words.day(one))
        for one in step.earlier_due
    ]
    return view.words.listing([view.t("work_item_page.due_on", date=said), *earlier])


def _owner(step: Step, view: View) -> Iterable[Component]:
    if owner := owner_said(step, view):
        yield html.Span(owner, className="under")


def _measures(told: Told, number: int, view: View) -> list[Component]:
    measures = ordered(told, number)
    if not measures:
        return [html.P(view.t("work_item_page.no_measures"))]
    keys = ("col_measure", "col_status", "col_baseline", "col_target", "col_actual")
    head = [view.t(f"work_item_page.{key}") for key in keys]
    rows = [_measure(one, told, view) for one in measures]
    return [parts.table(head, rows, caption=view.t("work_item_page.measures"), cards=True)]


def _measure(measure: Measure, told: Told, view: View) -> list[Any]:
    inputs, target = measure.verdict.inputs, measure.target
    name = [html.B(measure_name(measure, view)), evidence_said(target.source, told, view)]
    state: list[Any] = [measure_chip(measure, view), html.P(measure_reason(measure, view))]
    due = dated(target.due_on, view)
    if due and "due_on" in target.inferred:
        due = view.t("qualifier.approx_pattern", n=due)
    goal = figure_said(inputs["target"], target.qualifier, target.unit, view)
    when = view.t("work_item_page.due_on", date=due) if due else view.t("work_item_page.no_due_date")
    return [
        name,
        [*state, *mark(measure.override, view)],
        _figure(inputs, "baseline", target.unit, view),
        [html.Span(goal), html.Span(when, className="under")],
        _figure(inputs, "actual", target.unit, view),
    ]


def _figure(inputs: Mapping[str, Any], which: str, unit: str, view: View) -> list[Component]:
    """Write a figure that a verdict rests on, with its date and tier; none is told as none."""
    value = inputs[which]
    if value is None:
        return [html.Span(view.t("work_item_page.nothing_there"))]
    qualifier = inputs["actual_qualifier"] if which == "actual" else "exact"
    when = day_or(inputs[f"{which}_on"], view)
    if which == "actual":
        when = with_tier(when, inputs["tier"], view)
    return [html.Span(figure_said(value, qualifier, unit, view)), html.Span(when, className="under")]


def _evidence(told: Told, number: int, view: View) -> list[Component]:
    frame = evidence_frame(told, number, told.desk, view.filters)
    if frame.empty:
        return [html.P(view.t("work_item_page.no_evidence"))]
    items = [html.Li(_source(row, told, view)) for row in frame.to_dict("records")]
    return [
        html.Ul(items, className="said-list"),
        html.P(view.t("work_item_page.evidence_note"), className="note"),
    ]


def _source(row: Mapping[str, Any], told: Told, view: View) -> list[Any]:
    title = (
        html.A(row["title"], href=row["url"], rel="noopener noreferrer external")
        if row["url"]
        else html.Cite(row["title"])
    )
    publisher = with_tier(publisher_said(row["publisher"], told, view), row["evidence_tier"], view)
    day = row["published_on"]
    if day is None or pd.isna(day):
        return [publisher, ": ", title]
    when = view.words.day(pd.Timestamp(day).date(), row["precision"])
    return [publisher, ": ", title, " · ", when]


def numbers(desk: Desk) -> Sequence[str]:
    """Return the numbers of the work items there are."""
    return [str(number) for number in desk.agenda.work_items]
