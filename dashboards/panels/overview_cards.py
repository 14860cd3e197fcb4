"""The five work items as cards: status and reason, the figure that leads, milestones, what changed."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.figures import sparkline
from dashboards.meeting_names import short_name
from dashboards.panel import Panel, View
from dashboards.panels.overrides import mark
from dashboards.panels.work_item_tables import cards_table
from dashboards.panels.work_item_told import Told
from dashboards.panels.work_item_why import item_reason
from dashboards.panels.work_item_words import estimated_mark, name_said, period_said, row_said
from metrics.headline import MEETINGS, Headline
from metrics.quality import freshness
from metrics.review import Review

MOST_SIGNS = 12
"""The longest figure that a card keeps in one line."""

DOTS = ("done", "late", "unverified", "due", "planned", "dropped")


def cards_panel(told: Told) -> Panel:
    """Return the panel of the five cards."""
    return Panel(
        id="work-items",
        title="work_item_page.five",
        query=partial(cards_frame, told),
        body=partial(cards_body, told),
        table=cards_table(told),
        size="full",
        framed=False,
    )


def cards_frame(told: Told, _desk: Desk, _filters: Filters) -> pd.DataFrame:
    """Return one row a work item: its word, why, its milestones by state, and the figure that leads it."""
    rows = []
    for number, review in told.reviews.items():
        lead = told.headlines[number]
        rows.append(
            {
                "work_item": number,
                "word": review.verdict.word,
                "reason": review.verdict.reason_key,
                **{f"milestones_{state}": review.count(state) for state in DOTS},
                **(lead.row if lead and lead.row else {}),
            }
        )
    return pd.DataFrame(rows)


def cards_body(told: Told, _frame: pd.DataFrame, view: View) -> list[Component]:
    """Write the five cards."""
    made = [_card(told, review, view) for review in told.reviews.values()]
    return [
        parts.cards(made, look="status-cards"),
        html.P(view.t("overview.method"), className="note under-cards"),
    ]


def _card(told: Told, review: Review, view: View) -> Component:
    number, verdict = review.number, review.verdict
    lead = told.headlines[number]
    status: list[Any] = [parts.status_chip(verdict.word, view.words)]
    if verdict.rests_on_estimated_dates:
        status.append(estimated_mark(view))
    return parts.card(
        [
            html.Div(
                [
                    html.Div(status, className="card-status"),
                    parts.why(item_reason(verdict, view)),
                    *mark(verdict.override, view),
                ]
            ),
            lead_figure(told, lead, view) if lead else _no_figure(view),
            tally(review, view),
            html.P(since_said(told, number, view), className="card-since") if told.since else None,
        ],
        number=str(number),
        title=view.t(f"work_item.{number}"),
        href=view.href(f"/work-items/{number}"),
    )


def _no_figure(view: View) -> Component:
    return html.Div(html.P(view.t("figure.no_figure"), className="soft"), className="big big-none")


def lead_figure(told: Told, lead: Headline, view: View) -> Component:
    """Write the figure that leads: large, its unit small, what it counts, its date, who published it."""
    if lead.row is None:
        label, detail = view.t("overview.meetings_held"), view.words.day(lead.on, lead.precision)
        figure: list[Any] = [html.Span(view.words.number(lead.value), className="big-figure")]
    else:
        label = parts.glued(name_said(lead.indicator_id, lead.place_id, view))
        detail = _detail(told, lead, view)
        figure = large(lead.row, view)
    line = [html.Strong(figure, className="big-said"), _spark(lead, view)]
    return html.Div(
        [
            html.Div(line, className="big-line"),
            html.P(label, className="big-label"),
            html.P(detail, className="big-detail"),
        ],
        className="big",
    )


def large(row: dict[str, Any], view: View) -> list[Any]:
    """Write the figure of a warehouse row with the number large and a unit that follows it small."""
    whole, bare = row_said(row, view), view.words.compact(row["value"], qualifier=row["qualifier"])
    if not whole.startswith(bare):
        return [html.Span(whole, className="big-figure")]
    look = "big-figure" if len(bare) <= MOST_SIGNS else "big-figure big-long"
    return [html.Span(bare, className=look), html.Span(whole[len(bare) :], className="big-unit")]


def _detail(told: Told, lead: Headline, view: View) -> list[Any]:
    row = lead.row or {}
    said: list[Any] = [html.Span(period_said(row, view))]
    said += [html.Span(name) for name in view.publishers(lead.figures.tail(1))]
    moved = next(
        (m for m in told.figures if m.after["series_id"] == row["series_id"] and m.before is not None), None
    )
    if moved and moved.before:
        before = view.t(
            "change.from", figure=row_said(moved.before, view), date=period_said(moved.before, view)
        )
        said.append(html.Span(before))
    elif lead.elsewhere and len(lead.figures) < 2:
        said.append(html.Span(_elsewhere(lead.elsewhere, view)))
    if _stale(told, lead):
        said.append(parts.flag_chip("stale", view.words))
    return said


def _elsewhere(row: dict[str, Any], view: View) -> str:
    """Write the figure before, of another place: beside one that has no line of its own, it tells the way things go."""
    return view.t(
        "overview.before_elsewhere",
        place=view.t(f"place.{row['place_id']}"),
        figure=row_said(row, view),
        date=period_said(row, view),
    )


def _stale(told: Told, lead: Headline) -> bool:
    indicator = told.desk.catalogue.get(lead.indicator_id)
    return freshness(lead.figures, indicator, told.as_of.day).state == "stale"


def _spark(lead: Headline, view: View) -> Component | None:
    frame = meetings_frame(lead.past) if lead.indicator_id == MEETINGS else lead.figures
    if len(frame) < 2:
        return None
    return parts.drawing(
        sparkline.svg(frame, view.style), sparkline.alt(frame, view.style), class_name="drawing spark"
    )


def meetings_frame(past: tuple[tuple[date, float], ...]) -> pd.DataFrame:
    """Return the meetings held as figures that a line can be drawn of."""
    days = pd.to_datetime([day for day, _ in past])
    counts = [count for _, count in past]
    return pd.DataFrame({"value": counts, "period_start": days, "period_end": days, "span": "point"})


def tally(review: Review, view: View) -> Component:
    """Write the milestones by state, as squares and in words."""
    counts = Counter(step.state for step in review.steps)
    if not counts:
        return html.Div(html.Span(view.t("overview.no_milestones")), className="milestones")
    said = [
        view.t("overview.count", word=view.t(f"status.{state}"), n=counts[state])
        for state in DOTS
        if counts[state]
    ]
    return parts.dots([(state, counts[state]) for state in DOTS], " · ".join(said))


def _counted(one: str, many: str, n: int, view: View) -> str:
    return view.t(one if n == 1 else many, n=n)


def since_said(told: Told, number: int, view: View) -> str:
    """Write what changed in a work item since the last meeting, in one line."""
    move = next((one for one in told.statuses if one.work_item == number), None)
    milestones = sum(step.milestone.work_item == number for step in told.steps)
    figures = sum(moved.work_item == number for moved in told.figures)
    said = [view.t("change.was", status=view.t(f"status.{move.before}"))] if move else []
    said += [_counted("change.milestone", "change.milestones", milestones, view)] if milestones else []
    said += [_counted("change.figure", "change.figures", figures, view)] if figures else []
    if told.meeting is None:
        return ""
    return view.t(
        "change.since_line",
        meeting=short_name(told.meeting, view),
        said=view.words.listing(said or [view.t("change.nothing")]),
    )
