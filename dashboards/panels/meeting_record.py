"""What a meeting decided and set in motion: as published, as people entered it, and how each action stands."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.desk import Desk, Filters
from dashboards.panel import Panel, View
from dashboards.panels.meeting_tables import actions_table, decisions_table, published_table
from dashboards.panels.meeting_words import action_table, decision_list, state_of
from dashboards.panels.work_item_evidence import evidence_said
from dashboards.panels.work_item_told import Told
from metrics.meetings import Action, Decision, Gathering, actions, decisions
from metrics.review import Step


def published_panel(told: Told, meeting: Gathering) -> Panel:
    """Return the panel of what was published of *meeting*."""
    return Panel(
        id="published",
        title="meeting_page.published",
        query=partial(published_frame, told, meeting),
        body=partial(published_body, told, meeting),
        table=lambda _frame, view: published_table(published(told, meeting), told, view),
        note="meeting_page.published_note",
        empty="meeting_page.none_published",
        size="half",
    )


def published(told: Told, meeting: Gathering) -> list[Step]:
    """Return what was published of *meeting*, as far as it was known."""
    steps = {step.milestone.id: step for review in told.reviews.values() for step in review.steps}
    return [steps[one] for one in meeting.milestones if one in steps]


def published_frame(told: Told, meeting: Gathering, _desk: Desk, _filters: Filters) -> pd.DataFrame:
    """Return one row an outcome: milestone_id, state, happened_on, its source's title and publisher."""
    columns = ["milestone_id", "state", "happened_on", "source_title", "publisher"]
    rows = [
        (
            step.milestone.id,
            step.state,
            step.happened_on.on if step.happened_on else None,
            step.milestone.source.title,
            step.milestone.source.publisher,
        )
        for step in published(told, meeting)
    ]
    return pd.DataFrame(rows, columns=columns)


def published_body(told: Told, meeting: Gathering, _frame: pd.DataFrame, view: View) -> Component:
    """Write each outcome with the work item it stands under and where it is published."""
    lines = [
        html.Li(
            [
                html.P(view.t(f"milestone.{step.milestone.id}"), className="decision-text"),
                evidence_said(step.milestone.source, told, view),
            ]
        )
        for step in published(told, meeting)
    ]
    return html.Ul(lines, className="decisions")


def decisions_panel(meeting: Gathering) -> Panel:
    """Return the panel of the decisions that people entered of *meeting*."""
    return Panel(
        id="decisions",
        title="meeting_page.decisions",
        query=partial(decisions_frame, meeting),
        body=partial(_decisions_body, meeting),
        table=decisions_table,
        note="meeting_page.decisions_note",
        empty="meeting_page.no_decisions",
        size="full",
    )


def decisions_of(meeting: Gathering, desk: Desk, filters: Filters) -> list[Decision]:
    """Return the decisions of *meeting* that this viewer may see."""
    return [one for one in decisions(desk.metrics, filters.as_of) if one.meeting_id == meeting.id]


def decisions_frame(meeting: Gathering, desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return one row a decision: ``decision`` holds it; work_item, on, said_by, audience."""
    rows = [
        {
            "decision": one,
            "work_item": one.work_item,
            "on": one.on,
            "said_by": one.said_by,
            "audience": one.audience,
        }
        for one in decisions_of(meeting, desk, filters)
    ]
    return pd.DataFrame(rows)


def _decisions_body(_meeting: Gathering, frame: pd.DataFrame, view: View) -> Component:
    return decision_list(frame["decision"].tolist(), view)


def actions_panel(meeting: Gathering | None, *, only_open: bool = False, panel_id: str = "actions") -> Panel:
    """Return the panel of the actions of *meeting*, or of all meetings; their states are those of the as-of."""
    return Panel(
        id=panel_id,
        title="meeting_page.open_actions" if only_open else "meeting_page.actions",
        query=partial(actions_frame, meeting, only_open),
        body=partial(_actions_body, only_open),
        table=actions_table,
        empty="meeting_page.no_open_actions" if only_open else "meeting_page.no_actions",
        size="full",
    )


def actions_frame(meeting: Gathering | None, only_open: bool, desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return one row an action: ``action`` holds it; work_item, owner, due_on, ``state`` (open, overdue, done,
    dropped) and days_late on the day of the as-of, audience."""
    day = filters.as_of.day
    found = [
        one
        for one in actions(desk.metrics, filters.as_of)
        if (meeting is None or one.meeting_id == meeting.id) and (one.state == "open" or not only_open)
    ]
    return pd.DataFrame([_row(one, day) for one in found])


def _row(one: Action, day: Any) -> dict[str, Any]:
    return {
        "action": one,
        "work_item": one.work_item,
        "owner": one.owner,
        "due_on": one.due_on,
        "state": state_of(one, day),
        "days_late": one.days_late(day),
        "audience": one.audience,
    }


def _actions_body(only_open: bool, frame: pd.DataFrame, view: View) -> Component:
    caption = view.t("meeting_page.open_actions" if only_open else "meeting_page.actions")
    return action_table(frame["action"].tolist(), view.filters.as_of.day, caption, view)
