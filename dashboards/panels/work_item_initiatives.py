"""The initiatives of a work item: each keeps its row, with its owner, its figures and its milestones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.desk import Desk, Filters
from dashboards.panel import Panel, View
from dashboards.panels.overrides import mark
from dashboards.panels.work_item_figure_tables import initiatives_table, told_of
from dashboards.panels.work_item_told import Told
from dashboards.panels.work_item_words import dated, period_said, row_said, step_chip, with_tier
from metrics.agenda_values import Initiative
from metrics.review import Step


def initiatives_panel(told: Told, number: int) -> Panel:
    """Return the panel of the initiatives of work item *number*."""
    return Panel(
        id="initiatives",
        title="work_item_page.initiatives",
        query=partial(initiative_figures, number),
        body=partial(initiatives_body, told, number),
        table=initiatives_table(told, number),
        size="full",
        draws_empty=True,
    )


def initiative_figures(number: int, desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return the newest figures of the initiatives (warehouse columns), one row for each initiative, indicator,
    place and breakdown; ``initiative`` names it."""
    mine = desk.agenda.initiatives_of(number)
    asked = sorted({one for each in mine for one in each.indicators if desk.metrics.may_see(one)})
    whole = desk.metrics.one_each(asked, filters.as_of)
    split = desk.metrics.latest(asked, filters.as_of)
    found = pd.concat([whole, split[split["breakdown"].ne("")]]) if len(split) else whole
    rows = [_of(each, found).assign(initiative=each.id) for each in mine]
    return pd.concat(rows).reset_index(drop=True) if rows else found.assign(initiative="")


def _of(initiative: Initiative, figures: pd.DataFrame) -> pd.DataFrame:
    rows = figures[figures["indicator_id"].isin(initiative.indicators)]
    return rows[rows["place_id"].isin(initiative.places)] if initiative.places else rows


def initiatives_body(told: Told, number: int, frame: pd.DataFrame, view: View) -> list[Component]:
    """Write one row for each initiative."""
    steps = {step.milestone.id: step for review in told.reviews.values() for step in review.steps}
    rows = []
    for each in told.desk.agenda.initiatives_of(number):
        mine = frame[frame["initiative"].eq(each.id)]
        dated_steps = [steps[one] for one in each.milestones if one in steps]
        rows.append(html.Li([_head(each, view), _figures(each, mine, view), _milestones(dated_steps, view)]))
    return [html.Ul(rows, className="initiatives")]


def _head(initiative: Initiative, view: View) -> Component:
    name = html.H3(view.t(f"initiative.{initiative.id}"))
    owner = view.t("work_item_page.owner", name=view.t(f"organisation.{initiative.owner}"))
    lines: list[Component] = [name, html.P(owner, className="soft")]
    if initiative.partners:
        partners = view.words.listing(view.t(f"organisation.{one}") for one in initiative.partners)
        lines.append(html.P(view.t("work_item_page.partners", names=partners), className="soft"))
    if initiative.website:
        link = html.A(view.t("work_item_page.website"), href=initiative.website, rel="noopener external")
        lines.append(html.P(link))
    return html.Div(lines)


def _figures(initiative: Initiative, figures: pd.DataFrame, view: View) -> Component:
    """Write what is known of each indicator; one without any figure is named as such."""
    if figures.empty:
        return html.P(view.t("work_item_page.no_figure_yet"), className="flag-line soft")
    lines = []
    silent = []
    for indicator in initiative.indicators:
        mine = figures[figures["indicator_id"].eq(indicator)]
        if mine.empty:
            silent.append(view.t(f"indicator.{indicator}"))
        else:
            lines.append(html.Li([html.Span(view.t(f"indicator.{indicator}")), *_known(mine, view)]))
    found: list[Component] = [html.Ul(lines, className="known")]
    if silent:
        names = view.words.listing(silent)
        found.append(html.P(view.t("work_item_page.still_silent", names=names), className="soft"))
    return html.Div(found)


def _known(figures: pd.DataFrame, view: View) -> Sequence[Component]:
    """Write the figures of one indicator, place by place, the newest first; broken-down ones as how many."""
    shown, more = told_of(figures, view)
    told: list[Component] = []
    for row in shown.to_dict("records"):
        period = with_tier(period_said(row, view), row["tier"], view)
        told.append(
            html.Span(
                [
                    view.t(f"place.{row['place_id']}"),
                    " ",
                    html.B(row_said(row, view)),
                    " ",
                    html.Span(period, className="soft"),
                ],
                className="figure-said",
            )
        )
    if more:
        told.append(html.Span(more, className="soft"))
    return told


def _milestones(steps: Sequence[Step], view: View) -> Component:
    """Write the milestones of an initiative that were known, with their states and dates."""
    if not steps:
        return html.P(view.t("work_item_page.no_milestone_yet"), className="soft")
    lines = [
        html.Li(
            [
                step_chip(step, view),
                html.Span(view.t(f"milestone.{step.milestone.id}")),
                html.Span(dated(step.happened_on, view) or dated(step.due_on, view), className="soft"),
                *mark(step.override, view),
            ]
        )
        for step in steps
    ]
    return html.Ul(lines, className="steps")
