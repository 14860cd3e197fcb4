"""What the panels of measures, initiatives and changes say of their figures, as tables that leave the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from dashboards.panel import View
from dashboards.panels.work_item_tables import Table, amount, day_of, lines, override_said
from dashboards.panels.work_item_told import Told
from dashboards.panels.work_item_why import measure_reason
from dashboards.panels.work_item_words import (
    blank,
    dated,
    figure_said,
    measure_name,
    name_said,
    period_said,
    rounded,
    row_said,
)
from metrics.movements import Movement, StatusMove
from metrics.review import Measure, Step

MOST = 6
"""How many places of an indicator an initiative names."""

NO_FIGURE = {"figure": "", "absence": ""}
"""What a line says that is about no figure at all: neither a figure nor that there is none."""

_FIGURE = (
    "indicator_id", "place_id", "unit", "value", "qualifier", "status", "period_end", "tier", "source_id", "figure_ref",
)  # fmt: skip


def measures_table(measures: Callable[[], list[Measure]]) -> Table:
    """Return the table of *measures*: judged figure, target and way to it, each as written and as a number."""

    def table(frame: pd.DataFrame, view: View) -> pd.DataFrame:
        rows = [
            _measure(one, row, view) for one, row in zip(measures(), frame.to_dict("records"), strict=True)
        ]
        return lines(rows)

    return table


def _measure(measure: Measure, row: Mapping[str, Any], view: View) -> dict[str, Any]:
    inputs, unit = measure.verdict.inputs, measure.target.unit

    def said(value: float | None, qualifier: str = "exact") -> str:
        return "" if value is None else figure_said(value, qualifier, unit, view)

    judged = measure.verdict.status if measure.judged else ""
    return {
        "measure": measure_name(measure, view),
        "kind": view.t(f"why.kind_{measure.target.kind}"),
        "state_words": view.t(f"status.{judged}") if judged else view.t("figure.reference"),
        "because": measure_reason(measure, view),
        "set_beside": override_said(measure.override, view),
        "baseline_words": said(inputs["baseline"]),
        "target_words": said(inputs["target"], measure.target.qualifier),
        "due": dated(measure.target.due_on, view),
        "expected_words": said(
            None if measure.verdict.expected is None else rounded(measure.verdict.expected)
        ),
        **{name: amount(row[name]) for name in ("baseline", "target", "expected", "pace")},
        "target_qualifier_id": measure.target.qualifier,
        "baseline_on": _date(inputs["baseline_on"]),
        "due_on": day_of(measure.target.due_on),
        "projected_on": _date(row["projected_on"]),
        "state_id": judged,
        **{name: row[name] for name in _FIGURE if name in row},
        "figure": said(inputs["actual"], inputs["actual_qualifier"])
        or view.t("work_item_page.nothing_there"),
    }


def _date(day: date | None) -> pd.Timestamp:
    return pd.NaT if day is None or blank(day) else pd.Timestamp(day)


def travel_table(told: Told) -> Table:
    """Return the table of the measures without a target, each with the figure at the last meeting."""

    def table(frame: pd.DataFrame, view: View) -> pd.DataFrame:
        rows = frame.to_dict("records")
        return (
            frame.drop(columns=["earlier_end", "bases"], errors="ignore")
            .assign(
                travel=[view.t(f"why.travel_{row['travel']}") if told.since else "" for row in rows],
                earlier=[_earlier(row, view) for row in rows],
                earlier_value=[amount(row["earlier_value"]) for row in rows],
                earlier_on=[_date(row["earlier_end"]) for row in rows],
            )
            .rename(columns={"earlier_qualifier": "earlier_qualifier_id"})
        )

    return table


def _earlier(row: Mapping[str, Any], view: View) -> str:
    if blank(row["earlier_value"]):
        return ""
    return figure_said(row["earlier_value"], row["earlier_qualifier"], row["unit"], view)


def initiatives_table(told: Told, number: int) -> Table:
    """Return the table of the initiatives: their figures, then their milestones; one with neither keeps a line."""

    def table(frame: pd.DataFrame, view: View) -> pd.DataFrame:
        steps = {step.milestone.id: step for review in told.reviews.values() for step in review.steps}
        rows: list[dict[str, Any]] = []
        for each in told.desk.agenda.initiatives_of(number):
            head = {"initiative": view.t(f"initiative.{each.id}"), "initiative_id": each.id}
            figures = frame[frame["initiative"].eq(each.id)]
            mine = [line for one in each.indicators for line in _figures(figures, one, view)]
            mine += [_step_line(steps[one], view) for one in each.milestones if one in steps]
            rows += [
                head | line
                for line in mine or [{"kind": "", "figure": view.t("work_item_page.no_figure_yet")}]
            ]
        return lines(rows)

    return table


def _figures(figures: pd.DataFrame, indicator: str, view: View) -> list[dict[str, Any]]:
    """Return the lines of one indicator's figures, as many as the panel writes, and how many more there are."""
    mine = figures[figures["indicator_id"].eq(indicator)]
    if mine.empty:
        return []
    shown, more = told_of(mine, view)
    found = [_figure_line(row, view) for row in shown.to_dict("records")]
    if more:
        found.append(
            {"kind": view.t("table.figure"), "indicator_id": indicator, "figure": more, "absence": ""}
        )
    return found


def told_of(figures: pd.DataFrame, view: View) -> tuple[pd.DataFrame, str]:
    """Return the figures of an indicator that are written place by place, newest first, and words for the rest."""
    whole = figures[figures["breakdown"].eq("")].sort_values("period_end", ascending=False, kind="stable")
    if whole.empty:
        newest = view.words.day(figures["period_end"].max().date())
        return whole, view.t("work_item_page.broken_down", n=len(figures), date=newest)
    rest = view.t("work_item_page.and_places", n=len(whole) - MOST) if len(whole) > MOST else ""
    return whole.head(MOST), rest


def _figure_line(row: Mapping[str, Any], view: View) -> dict[str, Any]:
    figure = view.words.number(row["value"], qualifier=row["qualifier"])
    return {**row, "kind": view.t("table.figure"), "figure": figure, "absence": ""}


def _step_line(step: Step, view: View) -> dict[str, Any]:
    return {
        "kind": view.t("table.milestone"),
        "milestone": view.t(f"milestone.{step.milestone.id}"),
        "state_words": view.t(f"status.{step.state}"),
        "when": dated(step.happened_on, view) or dated(step.due_on, view),
        **NO_FIGURE,
    }


def coverage_table(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    """Return the table of the coverage; a figure out of date says so."""
    stale = [view.t("flag.stale") if state == "stale" else "" for state in frame["state"]]
    return frame.drop(columns=["state", "bases"], errors="ignore").assign(
        absence=["" if state in {"reported", "stale"} else state for state in frame["state"]], stale=stale
    )


def changes_table(
    told: Told, moved: list[Movement], changes: Mapping[Any, float], view: View
) -> pd.DataFrame:
    """Return the table of what changed: statuses, milestones, figures, each from what to what."""
    rows = [_status_line(move, view) for move in told.statuses]
    rows += [_moved_step(step, view) for step in told.steps]
    return lines([*rows, *(_moved_figure(one, changes, view) for one in moved)])


def _status_line(move: StatusMove, view: View) -> dict[str, Any]:
    return {
        "what": view.t("change.statuses"),
        "work_item": str(move.work_item),
        "name": view.t(f"work_item.{move.work_item}"),
        "before": view.t(f"status.{move.before}"),
        "after": view.t(f"status.{move.after}"),
        **NO_FIGURE,
    }


def _moved_step(step: Step, view: View) -> dict[str, Any]:
    return {
        "what": view.t("change.milestones_moved"),
        "work_item": str(step.milestone.work_item),
        "name": view.t(f"milestone.{step.milestone.id}"),
        "before": "",
        "after": view.t(f"status.{step.state}"),
        "when": dated(step.happened_on, view) or dated(step.due_on, view),
        **NO_FIGURE,
    }


def _moved_figure(moved: Movement, changes: Mapping[Any, float], view: View) -> dict[str, Any]:
    after, before = moved.after, moved.before
    return {
        **after,
        "what": view.t("change.figures_moved"),
        "work_item": str(moved.work_item),
        "name": name_said(moved.indicator_id, moved.place_id, view),
        "before": row_said(before, view) if before else "",
        "after": row_said(after, view),
        "when": period_said(after, view),
        "figure": view.words.number(after["value"], qualifier=after["qualifier"]),
        "absence": "",
        "earlier_value": before["value"] if before else None,
        "change": changes.get(after["series_id"]),
    }
