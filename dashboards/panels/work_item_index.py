"""The five work items one under the other: statement, status, reason, milestones, measures, initiatives."""

from __future__ import annotations

from functools import partial

from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.panel import Panel, View
from dashboards.panels.overrides import mark
from dashboards.panels.overview_cards import cards_frame, tally
from dashboards.panels.work_item_tables import index_table
from dashboards.panels.work_item_told import Told
from dashboards.panels.work_item_why import item_reason
from dashboards.panels.work_item_words import estimated_mark
from metrics.review import Review


def index_panel(told: Told) -> Panel:
    """Return the panel of the five work items."""
    return Panel(
        id="index",
        title="work_item_page.five",
        query=partial(cards_frame, told),
        body=partial(index_body, told),
        table=index_table(told),
        size="full",
        framed=False,
    )


def index_body(told: Told, _frame: object, view: View) -> list[Component]:
    """Write a row for each work item."""
    rows = [_row(told, review, view) for review in told.reviews.values()]
    return [html.Div(rows, className="index"), html.P(view.t("overview.method"), className="note")]


def _row(told: Told, review: Review, view: View) -> Component:
    number, verdict = review.number, review.verdict
    status = [parts.status_chip(verdict.word, view.words)]
    if verdict.rests_on_estimated_dates:
        status.append(estimated_mark(view))
    judged = sum(one.judged for one in review.measures)
    initiatives = len(told.desk.agenda.initiatives_of(number))
    counts = [
        view.t("work_item_page.count_initiatives", n=initiatives),
        view.t("work_item_page.count_measures", n=judged),
    ]
    return parts.card(
        [
            html.P(view.t(f"work_item.{number}.statement"), className="statement"),
            html.Div(
                [
                    html.Div(status, className="card-status"),
                    parts.why(item_reason(verdict, view)),
                    *mark(verdict.override, view),
                ]
            ),
            html.Div([tally(review, view), html.P(view.words.listing(counts), className="soft")]),
        ],
        number=str(number),
        title=view.t(f"work_item.{number}"),
        href=view.href(f"/work-items/{number}"),
    )
