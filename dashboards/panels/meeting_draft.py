"""The draft of the next meeting: what is late, what is open, and under each work item what there is to speak of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.meeting_names import short_name
from dashboards.panel import Panel, View
from dashboards.panels.briefing_list import onward
from dashboards.panels.meeting_list import ahead_of, announced
from dashboards.panels.meeting_tables import points_table
from dashboards.panels.meeting_words import said, state_chip
from dashboards.panels.overrides import mark
from dashboards.panels.overview_cards import since_said
from dashboards.panels.work_item_told import Told
from dashboards.panels.work_item_why import item_reason, step_reason
from dashboards.panels.work_item_words import dated, measure_chip, measure_name, owner_said, step_chip
from metrics.meetings import NEXT, Action, open_actions
from metrics.review import Measure, Review, Step

SOON = timedelta(days=90)
BEHIND = ("off_track", "missed", "at_risk")
MOST = 6
# The order in which the points of a work item are taken.
POINTS = ("overdue", "late", "behind", "soon", "waiting", "open")


@dataclass(frozen=True, kw_only=True)
class Point:
    """Something to speak of under a work item, 0 for all five: *kind* one of POINTS."""

    work_item: int
    kind: str
    step: Step | None = None
    measure: Measure | None = None
    action: Action | None = None
    count: int = 0

    @property
    def id(self) -> str:
        """Return the id of what it is about, "" for a count."""
        if self.step is not None:
            return self.step.milestone.id
        if self.measure is not None:
            return self.measure.target.id
        return self.action.id if self.action is not None else ""

    @property
    def audience(self) -> str:
        """Return for whom it is: actions may be for some alone."""
        return self.action.audience if self.action is not None else "public"


def agenda_panel(told: Told) -> Panel:
    """Return the panel of the suggested agenda."""
    return Panel(
        id="agenda",
        title="meeting_page.agenda",
        query=partial(agenda_frame, told),
        body=partial(agenda_body, told),
        table=lambda _frame, view: points_table(points(told), told, view),
        note="meeting_page.agenda_note",
        size="full",
    )


def announcement_panel(told: Told) -> Panel:
    """Return the panel that says when the next meeting is, as far as anybody announced it."""
    return Panel(
        id="announced",
        title="meeting_page.when",
        query=lambda desk, filters: pd.DataFrame({"meeting": ahead_of(desk, filters) or [None]}),
        body=partial(_announcement, told),
        size="half",
        speaks=False,
    )


def _announcement(told: Told, frame: pd.DataFrame, view: View) -> list[Component]:
    ahead = [announced(one, view) for one in frame["meeting"] if one is not None]
    found = ahead or [html.P(view.t("meeting_page.no_date"))]
    if told.meeting is not None:
        last = view.t(
            "meeting_page.since_last",
            meeting=short_name(told.meeting, view),
            date=view.words.day(told.meeting.date, told.meeting.precision),
            n=(told.as_of.day - told.meeting.as_of).days,
        )
        found.append(html.P(last, className="soft"))
    links = onward(NEXT, view)
    if told.meeting is not None:
        text = view.t("meeting_page.to_meeting", meeting=short_name(told.meeting, view))
        links.append((text, view.href(f"/meetings/{told.meeting.id}"), False))
    links.append((view.t("meeting_page.all_meetings"), view.href("/meetings"), False))
    return [*found, parts.chips(links, label=view.t("meeting_page.more"))]


def points(told: Told) -> list[Point]:
    """Return the points of every work item, those that need the meeting first."""
    acted = open_actions(told.desk.metrics, told.as_of)
    found = [_action_point(one, told) for one in acted]
    for review in told.reviews.values():
        found += _points(review, told)
    found.sort(key=lambda point: (point.work_item, POINTS.index(point.kind)))
    return found


def _action_point(action: Action, told: Told) -> Point:
    kind = "overdue" if action.days_late(told.as_of.day) else "open"
    return Point(work_item=action.work_item, kind=kind, action=action)


def _points(review: Review, told: Told) -> Iterator[Point]:
    day = told.as_of.day
    for step in review.steps:
        if step.state == "late":
            yield Point(work_item=review.number, kind="late", step=step)
        elif step.state == "due" and step.due_on and day <= step.due_on.on <= day + SOON:
            yield Point(work_item=review.number, kind="soon", step=step)
    for measure in review.measures:
        if measure.judged and measure.verdict.status in BEHIND:
            yield Point(work_item=review.number, kind="behind", measure=measure)
    waiting = review.count("unverified") + sum(
        one.judged and one.verdict.status == "unverified" for one in review.measures
    )
    if waiting:
        yield Point(work_item=review.number, kind="waiting", count=waiting)


def agenda_frame(told: Told, _desk: Desk, _filters: Filters) -> pd.DataFrame:
    """Return one row a point: work_item (0 for all five), kind, id, count, audience; a work item without any has one
    row with an empty kind."""
    found = points(told)
    rows = [(one.work_item, one.kind, one.id, one.count, one.audience) for one in found]
    silent = set(told.reviews) - {one.work_item for one in found}
    rows += [(number, "", "", 0, "public") for number in sorted(silent)]
    return pd.DataFrame(rows, columns=["work_item", "kind", "id", "count", "audience"])


def agenda_body(told: Told, _frame: pd.DataFrame, view: View) -> list[Component]:
    """Write the agenda: matters of the whole first, then the five work items, each with its points."""
    found = points(told)
    whole = [one for one in found if not one.work_item]
    items = [
        _item(review, [one for one in found if one.work_item == review.number], told, view)
        for review in told.reviews.values()
    ]
    head: list[Component] = []
    if whole:
        heading = html.H3(view.t("meeting_page.matters"), className="group-title")
        head = [heading, html.Ul([_line(one, told, view) for one in whole], className="points")]
    return [*head, html.Ol(items, className="agenda")]


def _item(review: Review, found: list[Point], told: Told, view: View) -> Component:
    verdict = review.verdict
    title = html.A(view.t(f"work_item.{review.number}"), href=view.href(f"/work-items/{review.number}"))
    status = [
        parts.status_chip(verdict.word, view.words),
        html.Span(item_reason(verdict, view), className="soft"),
    ]
    lines = [_line(one, told, view) for one in found]
    body: list[Component] = [
        html.H3([html.Span(str(review.number), className="card-number"), title], className="agenda-title"),
        html.Div(status, className="word-line"),
        *mark(verdict.override, view),
    ]
    if told.meeting is not None:
        body.append(html.P(since_said(told, review.number, view), className="soft"))
    if not lines:
        body.append(html.P(view.t("meeting_page.for_information"), className="soft"))
    else:
        body.append(html.Ul(lines[:MOST], className="points"))
    if len(lines) > MOST:
        rest = html.Ul(lines[MOST:], className="points")
        more = view.t("change.more", n=len(lines) - MOST)
        body.append(html.Details([html.Summary(more), rest], className="explain"))
    return html.Li(body)


def _line(point: Point, told: Told, view: View) -> Component:
    if point.step is not None:
        name = view.t(f"milestone.{point.step.milestone.id}")
        due = view.t("work_item_page.due_on", date=dated(point.step.due_on, view))
        aside = step_reason(point.step, view) if point.kind == "late" else due
        return _point(step_chip(point.step, view), name, aside, owner_said(point.step, view))
    if point.measure is not None:
        due = dated(point.measure.target.due_on, view)
        aside = view.t("work_item_page.due_on", date=due) if due else view.t("work_item_page.no_due_date")
        return _point(measure_chip(point.measure, view), measure_name(point.measure, view), aside)
    if point.action is not None:
        due = point.action.due_on
        aside = view.words.day(due) if due else view.t("work_item_page.no_due_date")
        owned = view.t("format.pair", a=point.action.owner, b=aside)
        return _point(state_chip(point.action, told.as_of.day, view), said(point.action.texts, view), owned)
    chip = parts.status_chip("unverified", view.words)
    return _point(chip, view.t("meeting_page.awaiting", n=point.count), "")


def _point(chip: Component, name: str | Component, aside: str, owner: str = "") -> Component:
    named = [html.Span(owner, className="soft")] if owner else []
    return html.Li([chip, html.B(name), html.Div([html.Span(aside, className="soft"), *named])])


def late_panel(told: Told) -> Panel:
    """Return the panel of what is late now: milestones, measures, actions."""
    return Panel(
        id="late",
        title="meeting_page.late",
        query=partial(late_frame, told),
        body=partial(late_body, told),
        table=lambda _frame, view: points_table(late(told), told, view),
        empty="meeting_page.nothing_late",
        size="half",
    )


def late(told: Told) -> list[Point]:
    """Return what is late, overdue, missed or off track; what is only at risk stays out."""
    kinds = {"overdue", "late"}
    return [
        one
        for one in points(told)
        if one.kind in kinds
        or (one.measure is not None and one.measure.verdict.status in {"missed", "off_track"})
    ]


def late_frame(told: Told, _desk: Desk, _filters: Filters) -> pd.DataFrame:
    """Return one row a thing that is late: work_item, kind, id, audience."""
    rows = [(one.work_item, one.kind, one.id, one.audience) for one in late(told)]
    return pd.DataFrame(rows, columns=["work_item", "kind", "id", "audience"])


def late_body(told: Told, _frame: pd.DataFrame, view: View) -> Component:
    """Write the list, by work item."""
    return html.Ul([_line(one, told, view) for one in late(told)], className="points")
