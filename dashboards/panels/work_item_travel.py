"""The measures of a work item that have no target: where they go since the last meeting, which is no status."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.panel import Panel, View
from dashboards.panels.work_item_figure_tables import travel_table
from dashboards.panels.work_item_measures import on_their_way
from dashboards.panels.work_item_told import Told
from dashboards.panels.work_item_words import figure_said, name_said, period_said, row_said, with_tier
from metrics.progress import Point, direction_of_travel

FEWEST, A_TRACK = 6, 2
"""How many lines are shown before the rest is folded: two for each track drawn beside them, six at least."""


def travel_panel(told: Told, number: int) -> Panel:
    """Return the panel of the measures of work item *number* without a target."""
    return Panel(
        id="travel",
        title="work_item_page.travel",
        query=partial(travel_frame, told, number),
        body=partial(travel_body, told, number),
        table=travel_table(told),
        note="work_item_page.travel_note",
        empty="work_item_page.no_travel",
        size="half",
    )


def travel_frame(told: Told, number: int, desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return the newest figure of each leading indicator and place without a target (warehouse columns), with
    ``travel``, ``earlier_value``, ``earlier_qualifier`` and ``earlier_end`` of the same series at the last meeting."""
    judged = {(one.target.indicator_id, one.target.place_id) for one in told.reviews[number].measures}
    asked = [
        one.id
        for one in desk.catalogue.by_work_item(number)
        if one.leads and one.direction != "context" and desk.metrics.may_see(one.id)
    ]
    now = desk.metrics.one_each(asked, filters.as_of)
    pairs = zip(now["indicator_id"], now["place_id"], strict=True)
    now = now[[pair not in judged for pair in pairs]].reset_index(drop=True)
    then = desk.metrics.latest(asked, told.since, breakdown="") if told.since else desk.metrics.nothing()
    before = {row["series_id"]: row for row in then.to_dict("records")}
    rows = [_moved(row, before.get(row["series_id"]), desk) for row in now.to_dict("records")]
    return pd.DataFrame(rows, columns=[*now.columns, *_ADDED])


_ADDED = ("travel", "earlier_value", "earlier_qualifier", "earlier_end")


def _moved(row: dict[str, Any], before: Mapping[str, Any] | None, desk: Desk) -> dict[str, Any]:
    direction = desk.catalogue.get(row["indicator_id"]).direction
    word = direction_of_travel(_point(before), _point(row), direction).word if before else "first_figure"
    return {
        **row,
        "travel": word,
        "earlier_value": before["value"] if before else None,
        "earlier_qualifier": before["qualifier"] if before else "",
        "earlier_end": before["period_end"] if before else None,
    }


def _point(row: Mapping[str, Any] | None) -> Point | None:
    if row is None:
        return None
    return Point(period_end=row["period_end"].date(), value=row["value"], qualifier=row["qualifier"])


def travel_body(told: Told, number: int, frame: pd.DataFrame, view: View) -> list[Component]:
    """Write one line for each measure, the longer tail folded."""
    lines = [_line(row, told, view) for row in frame.to_dict("records")]
    shown = max(FEWEST, A_TRACK * len(on_their_way(told, number)))
    found: list[Component] = [html.Ul(lines[:shown], className="travel")]
    if len(lines) > shown:
        rest = html.Ul(lines[shown:], className="travel")
        summary = html.Summary(view.t("change.more", n=len(lines) - shown))
        found.append(html.Details([summary, rest], className="explain"))
    return found


def _line(row: Mapping[str, Any], told: Told, view: View) -> Component:
    said = row_said(row, view)
    if row["travel"] not in {"first_figure", "no_newer_figure", "not_comparable"}:
        before = figure_said(row["earlier_value"], row["earlier_qualifier"], row["unit"], view)
        said = view.t("change.from_to", before=before, after=said)
    when = with_tier(period_said(row, view), row["tier"], view)
    word = view.t(f"why.travel_{row['travel']}") if told.since else ""
    return html.Li(
        [
            html.Span(parts.glued(name_said(row["indicator_id"], row["place_id"], view)), className="what"),
            html.Span([html.B(said), " ", html.Span(when, className="soft")]),
            html.Span(word, className=f"travel-word travel-{row['travel']}"),
        ]
    )
