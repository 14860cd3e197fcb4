"""What changed since the last meeting: statuses, milestones, figures, each from what to what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.meeting_names import short_name
from dashboards.panel import Panel, View
from dashboards.panels.work_item_figure_tables import changes_table
from dashboards.panels.work_item_told import Told
from dashboards.panels.work_item_words import (
    STEP_SHAPES,
    dated,
    name_said,
    period_said,
    row_said,
    step_shape,
    with_tier,
)
from metrics.changes import between
from metrics.movements import Movement
from metrics.queries import TIER_ORDER
from metrics.review import Step

SHOWN = 6
_LARGE = 1000.0  # from here on a change is easier read in per cent
_POINTS = {"%", "percent"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the list: *mark* says how, *what* what, *between* from what to what; *href* leads there."""

    mark: Any
    what: str
    between: str
    href: str


def changes_panel(told: Told, *, size: str = "half") -> Panel:
    """Return the panel of what changed since the last meeting before the as-of."""
    return Panel(
        id="changes",
        title=partial(_title, told),
        query=partial(changes_frame, told),
        body=partial(changes_body, told),
        table=lambda frame, view: changes_table(told, ordered(told), _known_changes(frame), view),
        empty="change.before_first" if told.since is None else "change.nothing_since",
        size=size,
    )


def _title(told: Told, view: View) -> str:
    if told.meeting is None:
        return view.t("change.title")
    return view.t("change.title_since", meeting=short_name(told.meeting, view))


def changes_frame(told: Told, _desk: Desk, _filters: Filters) -> pd.DataFrame:
    """Return one row a change: ``what`` (status, milestone, figure), the work item, from and to, and of figures the
    warehouse's columns with ``earlier_value`` and ``change``."""
    rows: list[dict[str, Any]] = [
        {"what": "status", "work_item": move.work_item, "from": move.before, "to": move.after}
        for move in told.statuses
    ]
    rows += [
        {
            "what": "milestone",
            "work_item": step.milestone.work_item,
            "id": step.milestone.id,
            "to": step.state,
        }
        for step in told.steps
    ]
    frame = pd.DataFrame(rows)
    figures = moved_figures(ordered(told))
    return pd.concat([frame, figures.assign(what="figure")]) if len(figures) else frame


def ordered(told: Told) -> list[Movement]:
    """Return the figures that moved, those of an initiative first, official before others, newest first."""
    named = {one for initiative in told.desk.agenda.initiatives for one in initiative.indicators}
    return sorted(told.figures, key=lambda m: (m.indicator_id not in named, TIER_ORDER[m.after["tier"]] > 0))


def moved_figures(moved: Sequence[Movement]) -> pd.DataFrame:
    """Return the newer figure of each movement with ``kind``, ``work_item``, ``earlier_value`` and ``change``.

    ``change`` is the difference, in the figure's unit, where both figures are exact and of like periods; else missing.
    """
    after = pd.DataFrame([one.after for one in moved])
    if after.empty:
        return after
    before = pd.DataFrame([one.before for one in moved if one.before], columns=after.columns)
    rows = between(after, before.astype(after.dtypes)) if len(before) else after.assign(reason="no_earlier")
    proven = rows["reason"].eq("") & rows["qualifier"].eq("exact") if len(before) else rows["reason"].eq("")
    change = dict(zip(rows.loc[proven, "series_id"], rows.loc[proven, "value"], strict=True))
    return after.assign(
        kind=[one.kind for one in moved],
        work_item=[one.work_item for one in moved],
        earlier_value=[one.before["value"] if one.before else None for one in moved],
        change=after["series_id"].map(change),
    )


def _known_changes(frame: pd.DataFrame) -> dict[Any, float]:
    """Return the differences that can be stated, by series."""
    if "change" not in frame.columns:
        return {}
    known = frame[frame["what"].eq("figure")].dropna(subset=["change"])
    return dict(zip(known["series_id"], known["change"], strict=True))


def changes_body(told: Told, frame: pd.DataFrame, view: View) -> list[Component]:
    """Write the list: statuses, milestones and figures under their own headings, the longer tail folded."""
    changes = _known_changes(frame)
    groups = (
        ("change.statuses", _status_lines(told, view)),
        ("change.milestones_moved", [_step_line(step, view) for step in told.steps]),
        ("change.figures_moved", [_figure_line(m, changes, view) for m in ordered(told)]),
    )
    return [part for title, lines in groups if lines for part in _group(title, lines, view)]


def _group(title: str, lines: Sequence[Line], view: View) -> list[Component]:
    heading = html.H3(
        [view.t(title), " ", html.Span(str(len(lines)), className="count")], className="group-title"
    )
    found: list[Component] = [heading, change_lines(lines[:SHOWN])]
    if len(lines) > SHOWN:
        rest = view.t("change.more", n=len(lines) - SHOWN)
        found.append(html.Details([html.Summary(rest), change_lines(lines[SHOWN:])], className="explain"))
    return found


def change_lines(lines: Sequence[Line]) -> Component:
    """Return *lines* as a list."""
    return html.Ul(
        [
            html.Li(
                [
                    html.B(one.mark),
                    html.A(parts.glued(one.what), href=one.href),
                    html.Span(one.between, className="soft"),
                ]
            )
            for one in lines
        ],
        className="changes",
    )


def _status_lines(told: Told, view: View) -> list[Line]:
    return [
        Line(
            mark=html.Span(
                className=f"shape shape-{move.after} status-{move.after}", **{"aria-hidden": "true"}
            ),
            what=view.t("change.item", n=move.work_item, title=view.t(f"work_item.{move.work_item}")),
            between=view.t(
                "change.from_to", before=view.t(f"status.{move.before}"), after=view.t(f"status.{move.after}")
            ),
            href=view.href(f"/work-items/{move.work_item}"),
        )
        for move in told.statuses
    ]


def _step_line(step: Step, view: View) -> Line:
    when = dated(step.happened_on, view) or dated(step.due_on, view)
    state = view.t(f"status.{step.state}")
    return Line(
        mark=html.Span(step_shape(step.state), className=f"step-{step.state} mark-{STEP_SHAPES[step.state]}"),
        what=view.t(f"milestone.{step.milestone.id}"),
        between=view.t("format.pair", a=state, b=when) if when else state,
        href=view.href(f"/work-items/{step.milestone.work_item}") + "#panel-milestones",
    )


def _figure_line(moved: Movement, changes: dict[Any, float], view: View) -> Line:
    after, before = moved.after, moved.before
    to = view.t("figure.aside", text=row_said(after, view), aside=period_said(after, view))
    between_said = with_tier(to, after["tier"], view)
    if before:
        between_said = view.t("change.from_to", before=row_said(before, view), after=between_said)
    return Line(
        mark=_mark(moved, changes.get(after["series_id"]), view),
        what=name_said(moved.indicator_id, moved.place_id, view),
        between=between_said,
        href=view.href(f"/work-items/{moved.work_item}"),
    )


def _mark(moved: Movement, change: float | None, view: View) -> str:
    if change is None or moved.before is None:
        return view.t(f"change.kind_{moved.kind}")
    base = moved.before["value"]
    if abs(base) >= _LARGE and moved.after["unit"] not in _POINTS:
        return view.t("format.percent", n=view.words.change(change / base * 100, 1))
    return view.words.change(change)
