"""How figures, dates, names and states of the work items are written, the same on every page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.panel import View
from metrics.agenda_values import Dated, Known
from metrics.review import Measure, Step

# A milestone's state has its own shape; where a status of measures says the same, the shape is the same.
STEP_SHAPES: Mapping[str, str] = {
    "done": "achieved",
    "late": "off_track",
    "unverified": "unverified",
    "due": "due",
    "planned": "planned",
    "dropped": "dropped",
}


_WHOLE_FROM = 100


def figure_said(value: float | None, qualifier: str, unit: str, view: View) -> str:
    """Write a figure in headline form with its qualifier, and its unit where that has a name."""
    return view.words.compact(value, unit if view.words.has(f"unit.{unit}") else "", qualifier)


def rounded(value: float) -> float:
    """Return a computed *value* without more digits than it can mean: whole from 100, else two places at most."""
    return round(value) if abs(value) >= _WHOLE_FROM else round(value, 2)


def row_said(row: Mapping[str, Any], view: View) -> str:
    """Write the figure of a warehouse row."""
    return figure_said(row["value"], row["qualifier"], row["unit"], view)


def period_said(row: Mapping[str, Any], view: View) -> str:
    """Write the period of a warehouse row."""
    return view.words.period(row["period_start"].date(), row["period_end"].date(), row["span"])


def published_said(row: Mapping[str, Any], view: View) -> str:
    """Write when the figure of a warehouse row became known, "about" where that was concluded."""
    known = row["known_at"].tz_convert("Asia/Hong_Kong").date()
    return view.words.day(known, row["known_precision"])


def name_said(indicator_id: str, place_id: str, view: View) -> str:
    """Write what is counted and where."""
    return view.t("format.pair", a=view.t(f"indicator.{indicator_id}"), b=view.t(f"place.{place_id}"))


def measure_name(measure: Measure, view: View) -> str:
    """Write the name of a measure: its indicator and place."""
    return name_said(measure.target.indicator_id, measure.target.place_id, view)


def dated(day: Dated | Known | None, view: View) -> str:
    """Write a date as far as it was published; no date is no words."""
    return view.words.day(day.on, day.precision) if day else ""


def day_or(day: date | None, view: View, otherwise: str = "") -> str:
    """Write *day*, or *otherwise* (a term key) where there is none."""
    if day is not None:
        return view.words.day(day)
    return view.t(otherwise) if otherwise else ""


def with_tier(text: str, tier: str, view: View) -> str:
    """Write *text* with the tier of its source, where that is not official."""
    return view.words.tiered(text, tier)


def step_chip(step: Step, view: View) -> Component:
    """Return the state of a milestone as its shape and its word."""
    return html.Span(
        [step_shape(step.state), html.Span(view.t(f"status.{step.state}"), className="status-word")],
        className=f"status step-{step.state}",
    )


def owner_said(step: Step, view: View) -> str:
    """Write who answers for a milestone; "" where nobody is named."""
    owner = step.milestone.owner
    return view.t("work_item_page.owner", name=view.t(f"organisation.{owner}")) if owner else ""


def step_shape(state: str) -> Component:
    """Return the shape of a milestone's state, which says nothing aloud: the word beside it does."""
    return html.Span(className=f"shape shape-{STEP_SHAPES[state]}", **{"aria-hidden": "true"})


def measure_chip(measure: Measure, view: View) -> Component:
    """Return the status of a measure as shape and word; a reference is named as one and never judged."""
    if not measure.judged:
        return html.Span(view.t("figure.reference"), className="flag flag-forecast")
    old = measure.verdict.on_last_data
    return parts.status_chip(
        measure.verdict.status, view.words, on_last_data=view.words.day(old) if old else ""
    )


def estimated_mark(view: View) -> Component:
    """Return the mark of what rests on estimated dates."""
    return html.Span(view.t("overview.rests"), className="flag flag-estimated")


def blank(cell: Any) -> bool:
    """Say whether a cell of a frame holds nothing."""
    return cell is None or bool(pd.isna(cell))
