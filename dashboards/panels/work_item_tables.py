"""What the panels of the work items say, as tables that leave the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from dashboards.panel import View
from dashboards.panels.work_item_told import Told
from dashboards.panels.work_item_why import item_reason, measure_reason, step_reason
from dashboards.panels.work_item_words import (
    blank,
    dated,
    measure_name,
    name_said,
    period_said,
)
from metrics.agenda_values import Dated
from metrics.headline import Headline
from metrics.progress import Override
from metrics.review import Step

Table = Callable[[pd.DataFrame, View], pd.DataFrame]
STATES = ("done", "late", "unverified", "due", "planned", "dropped")


def lines(rows: list[dict[str, Any]], columns: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return *rows* as a frame; without any it has *columns*, so that a table has its head."""
    return pd.DataFrame(rows) if rows else pd.DataFrame(columns=list(columns))


def words_of(prefix: str, code: Any, view: View) -> str:
    """Return the term of a code, "" for none."""
    return view.t(f"{prefix}.{code}") if code else ""


def override_said(override: Override | None, view: View) -> str:
    """Write the word that a person set beside a computed one, by whom and until when; "" for none."""
    if override is None:
        return ""
    until = view.t("status.override", date=view.words.day(override.until))
    word = view.t("format.pair", a=view.t(f"status.{override.word}"), b=until)
    return view.t("figure.aside", text=word, aside=override.by)


def cards_table(told: Told) -> Table:
    """Return the table of the five work items with the figure that leads each."""

    def table(_frame: pd.DataFrame, view: View) -> pd.DataFrame:
        return lines(
            [_item(told, number, view) | _lead(told.headlines[number], view) for number in told.reviews]
        )

    return table


def index_table(told: Told) -> Table:
    """Return the table of the five work items with their statements."""

    def table(_frame: pd.DataFrame, view: View) -> pd.DataFrame:
        rows = []
        for number, review in told.reviews.items():
            rows.append(
                _item(told, number, view)
                | {
                    "statement": view.t(f"work_item.{number}.statement"),
                    "initiatives": float(len(told.desk.agenda.initiatives_of(number))),
                    "measures": float(sum(one.judged for one in review.measures)),
                }
            )
        return lines(rows)

    return table


def _item(told: Told, number: int, view: View) -> dict[str, Any]:
    review = told.reviews[number]
    return {
        "work_item": str(number),
        "title": view.t(f"work_item.{number}"),
        "state_words": view.t(f"status.{review.verdict.word}"),
        "state_id": review.verdict.word,
        "because": item_reason(review.verdict, view),
        "set_beside": override_said(review.verdict.override, view),
        **{f"milestones_{state}": float(review.count(state)) for state in STATES},
    }


def _lead(lead: Headline | None, view: View) -> dict[str, Any]:
    if lead is None:
        return {"label": "", "value": None, "qualifier": "", "period_end": pd.NaT}
    if lead.row is None:
        return {
            "label": view.t("overview.meetings_held"),
            "value": lead.value,
            "qualifier": lead.qualifier,
            "period": view.words.day(lead.on, lead.precision),
            "period_end": pd.Timestamp(lead.on),
        }
    return {
        **lead.row,
        "label": name_said(lead.indicator_id, lead.place_id, view),
        "period": period_said(lead.row, view),
    }


def lead_table(told: Told, number: int) -> Table:
    """Return the table of the figure that leads work item *number*."""

    def table(_frame: pd.DataFrame, view: View) -> pd.DataFrame:
        lead = told.headlines[number]
        return lines([_lead(lead, view)] if lead else [], ("label", "value", "period"))

    return table


def status_table(told: Told, number: int) -> Table:
    """Return the table of a status: the work item's own word first, then each node with its state and why."""

    def table(_frame: pd.DataFrame, view: View) -> pd.DataFrame:
        review = told.reviews[number]
        deciding = set(review.verdict.deciding)
        rows = [_node("table.item", str(number), view.t(f"work_item.{number}"), review.verdict.word, view,
                      because=item_reason(review.verdict, view), decided=False,
                      override=review.verdict.override)]  # fmt: skip
        rows += [
            _node("table.measure", one.target.id, measure_name(one, view), one.verdict.status, view,
                  because=measure_reason(one, view), decided=one.target.id in deciding, override=one.override)
            for one in review.measures
        ]  # fmt: skip
        rows += [
            _node("table.milestone", one.milestone.id, view.t(f"milestone.{one.milestone.id}"), one.state, view,
                  because=step_reason(one, view), decided=one.milestone.id in deciding, override=one.override)
            for one in review.steps
        ]  # fmt: skip
        return lines(rows)

    return table


def _node(
    kind: str,
    node: str,
    name: str,
    state: str,
    view: View,
    *,
    because: str,
    decided: bool,
    override: Override | None,
) -> dict[str, Any]:
    return {
        "kind": view.t(kind),
        "name": name,
        "state_words": view.t(f"status.{state}"),
        "because": because,
        "set_beside": override_said(override, view),
        "decided": view.t("why.decided") if decided else "",
        "node_id": node,
        "state_id": state,
    }


def milestones_table(told: Told, number: int) -> Table:
    """Return the table of the milestones of work item *number*, with dates, owner and source."""

    def table(_frame: pd.DataFrame, view: View) -> pd.DataFrame:
        return lines([_milestone(step, told, view) for step in told.reviews[number].steps])

    return table


def _milestone(step: Step, told: Told, view: View) -> dict[str, Any]:
    milestone = step.milestone
    owner = step.said_by or milestone.owner
    return {
        "milestone": view.t(f"milestone.{milestone.id}"),
        "state_words": view.t(f"status.{step.state}"),
        "due": _about(step.due_on, "due_on", milestone, view),
        "happened": _about(step.happened_on, "happened_on", milestone, view),
        "earlier_due": view.words.listing(view.words.day(day) for day in step.earlier_due),
        "because": step_reason(step, view),
        "set_beside": override_said(step.override, view),
        "owner": view.t(f"organisation.{owner}") if owner and view.words.has(f"organisation.{owner}") else "",
        "source": told.desk.catalogue.organisations.name(milestone.source.publisher, view.words.lang),
        "source_title": milestone.source.title,
        "source_url": milestone.source.url or "",
        "tier": milestone.source.tier,
        "days_late": amount(step.verdict.days_late),
        "due_on": day_of(step.due_on),
        "happened_on": day_of(step.happened_on),
        "milestone_id": milestone.id,
        "state_id": step.state,
    }


def _about(day: Dated | None, name: str, milestone: Any, view: View) -> str:
    """Write a date, "about" where it was concluded from other words."""
    said = dated(day, view)
    return view.t("qualifier.approx_pattern", n=said) if said and name in milestone.inferred else said


def day_of(day: Dated | None) -> pd.Timestamp:
    """Return a date as a cell holds it."""
    return pd.Timestamp(day.on) if day else pd.NaT


def amount(value: Any) -> float | None:
    """Return a number as a cell holds it."""
    return None if blank(value) else float(value)


def evidence_table(told: Told) -> Table:
    """Return the table of the sources that a work item rests on, with how much rests on each."""

    def table(frame: pd.DataFrame, view: View) -> pd.DataFrame:
        names = told.desk.catalogue.organisations
        days = [None if blank(day) else pd.Timestamp(day) for day in frame["published_on"]]
        written = [
            view.words.day(day.date(), precision) if day else ""
            for day, precision in zip(days, frame["precision"], strict=True)
        ]
        return pd.DataFrame(
            {
                "source": [names.name(one, view.words.lang) for one in frame["publisher"]],
                "source_title": frame["title"],
                "published": written,
                "source_url": [url or "" for url in frame["url"]],
                "tier": frame["evidence_tier"],
                "published_on": days,
                **{
                    f"for_{kind}": frame[kind].astype("float64")
                    for kind in ("milestones", "targets", "figures")
                },
            }
        )

    return table
