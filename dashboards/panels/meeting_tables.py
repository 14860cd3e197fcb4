"""What the panels of the meetings say, as tables that leave the page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from dashboards.meeting_names import date_said, full_name
from dashboards.panel import View
from dashboards.panels.meeting_words import item_said, state_of, state_words
from dashboards.panels.work_item_told import Told
from dashboards.panels.work_item_words import dated, measure_name
from metrics.meetings import Action, Decision, Gathering, spoken
from metrics.review import Measure, Step


def meetings_table(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    """Return the table of ``meetings_frame``: a line a meeting, with the word of each work item then."""
    rows = []
    for row in frame.to_dict("records"):
        meeting: Gathering = row["line"].meeting
        words = {f"item_{number}": view.t(f"status.{word}") for number, word in row["line"].words.items()}
        rows.append(
            {
                "name": full_name(meeting, view),
                "when": date_said(meeting, view),
                "where": view.t(f"place.{meeting.place}") if meeting.place else "",
                **{f"item_{number}": words.get(f"item_{number}", "") for number in range(1, 6)},
                "decisions": float(row["decisions"]),
                "actions_open": float(row["actions_open"] + row["actions_overdue"]),
                "actions_overdue": float(row["actions_overdue"]),
                "actions_done": float(row["actions_done"]),
                "meeting_id": meeting.id,
            }
        )
    return pd.DataFrame(rows)


def decisions_table(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    """Return the table of ``decisions_frame``."""
    return pd.DataFrame([_decision(one, view) for one in frame["decision"]])


def _decision(one: Decision, view: View) -> dict[str, Any]:
    return {
        "decision": spoken(one.texts, view.words.lang)[0],
        "about": item_said(one.work_item, view),
        "taken_on": pd.Timestamp(one.on),
        "entered_by": one.said_by,
        "source_title": one.source_title,
        "source_url": one.source_url,
        "meeting_id": one.meeting_id,
    }


def actions_table(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    """Return the table of ``actions_frame``."""
    return pd.DataFrame([_action(one, view.filters.as_of.day, view) for one in frame["action"]])


def _action(one: Action, day: date, view: View) -> dict[str, Any]:
    return {
        "action": spoken(one.texts, view.words.lang)[0],
        "about": item_said(one.work_item, view),
        "owner": one.owner,
        "due_on": pd.Timestamp(one.due_on) if one.due_on else pd.NaT,
        "earlier_due": view.words.listing(view.words.day(due) for due in one.earlier_due),
        "state_words": state_words(one, day, view.words),
        "state_id": state_of(one, day),
        "days_late": float(one.days_late(day)),
        "because": one.why,
        "meeting_id": one.meeting_id,
    }


def published_table(steps: Sequence[Step], told: Told, view: View) -> pd.DataFrame:
    """Return the table of what was published of a meeting."""
    organisations = told.desk.catalogue.organisations
    return pd.DataFrame(
        [
            {
                "milestone": view.t(f"milestone.{step.milestone.id}"),
                "happened": dated(step.happened_on, view),
                "publisher": organisations.name(step.milestone.source.publisher, view.words.lang),
                "source_title": step.milestone.source.title,
                "source_url": step.milestone.source.url,
                "milestone_id": step.milestone.id,
            }
            for step in steps
        ]
    )


def points_table(found: Sequence[Any], told: Told, view: View) -> pd.DataFrame:
    """Return the table of the points of an agenda; *found* as ``meeting_draft.points`` gives them."""
    columns = ("about", "point", "state_words", "owner", "due", "days_late", "node_id")
    rows = [_point(one, told, view) | {"about": item_said(one.work_item, view)} for one in found]
    return pd.DataFrame(rows, columns=list(columns))


def _point(point: Any, told: Told, view: View) -> dict[str, Any]:
    if point.step is not None:
        return _step_point(point.step, view)
    if point.measure is not None:
        return _measure_point(point.measure, view)
    if point.action is not None:
        return _action_point(point.action, told.as_of.day, view)
    waiting = view.t("meeting_page.awaiting", n=point.count)
    return _line(waiting, view.t("status.unverified"), "", "", 0, "")


def _line(point: str, state: str, owner: str, due: str, late: int, node: str) -> dict[str, Any]:
    return {
        "point": point,
        "state_words": state,
        "owner": owner,
        "due": due,
        "days_late": float(late),
        "node_id": node,
    }


def _step_point(step: Step, view: View) -> dict[str, Any]:
    owner = step.said_by or step.milestone.owner
    named = view.t(f"organisation.{owner}") if view.words.has(f"organisation.{owner}") else ""
    name, state = view.t(f"milestone.{step.milestone.id}"), view.t(f"status.{step.state}")
    return _line(name, state, named, dated(step.due_on, view), step.verdict.days_late, step.milestone.id)


def _measure_point(measure: Measure, view: View) -> dict[str, Any]:
    state = view.t(f"status.{measure.verdict.status}")
    return _line(
        measure_name(measure, view), state, "", dated(measure.target.due_on, view), 0, measure.target.id
    )


def _action_point(action: Action, day: date, view: View) -> dict[str, Any]:
    due = view.words.day(action.due_on) if action.due_on else ""
    text = spoken(action.texts, view.words.lang)[0]
    state = state_words(action, day, view.words)
    return _line(text, state, action.owner, due, action.days_late(day), action.id)
