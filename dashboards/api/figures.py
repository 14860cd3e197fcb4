"""Figures for programs: a page of observations or vintages, and the same as a file."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from dashboards.api.parameters import Call
from dashboards.desk import Desk, Filters
from dashboards.exports.columns import told
from dashboards.exports.tables.json_text import rows_of
from dashboards.exports.telling import Telling, audience_of, tell
from dashboards.panel import Page, Panel
from dashboards.shell import view_of
from dashboards.style import Shapes
from metrics.asof import HONG_KONG
from metrics.derive import by_rule

ORDER = (
    *("place_id", "breakdown", "counting_basis", "span", "period_end", "period_start"),
    *("known_at", "recorded_at", "series_id"),
)
HOME = Page(id="observations", path="/indicators/<id>", order=0, title="", panels=())


def observations(call: Call) -> dict[str, Any]:
    """Return one page of figures with what goes with each, and the cursor of the next page."""
    frame = figures(call)
    start, limit = _start(call), call.values["limit"]
    page = frame.iloc[start : start + limit]
    view = view_of(call.desk, call.filters, call.desk.clock().astimezone(HONG_KONG).date(), Shapes())
    columns, rows = told(page, call.desk, view, own=False)
    more = start + limit < len(frame)
    indicator = call.values["indicator"]
    return {
        "indicator": indicator,
        "name": view.t(f"indicator.{indicator}"),
        "audience": audience_of((indicator,), call.desk),
        "as_of": call.filters.as_of.instant.isoformat(),
        "stamp": call.filters.as_of.stamp,
        "total": len(frame),
        "columns": [{"id": one.id, "label": one.label, "kind": one.kind} for one in columns],
        "data": rows_of(columns, rows),
        "next_cursor": f"{call.filters.as_of.stamp}.{start + limit}" if more else None,
    }


def telling(call: Call) -> Telling:
    """Return a page of figures as what a panel says, of which files are made."""
    indicator, start = call.values["indicator"], _start(call)
    page = figures(call).iloc[start : start + call.values["limit"]]
    panel = Panel(
        id=f"observations-{indicator}",
        title=f"indicator.{indicator}",
        query=lambda _desk, _filters: page,
        indicators=(indicator,),
        draws_empty=True,
    )
    filters = replace(call.filters, item=indicator)
    return tell(HOME, panel, call.desk, filters, shapes=Shapes(), origin=call.origin)


def figures(call: Call) -> pd.DataFrame:
    """Return every figure the call asks for, in a lasting order."""
    found = _known(call.desk, call.values["indicator"], call.filters, every=call.values["vintages"] == "all")
    by = [name for name in ORDER if name in found.columns]
    return found.sort_values(by, kind="stable", na_position="last").reset_index(drop=True)


def _start(call: Call) -> int:
    cursor = call.values["cursor"]
    return cursor[1] if cursor else 0


def _known(desk: Desk, indicator: str, filters: Filters, *, every: bool) -> pd.DataFrame:
    places = _places(filters)
    if every:
        frame = desk.metrics.vintages(indicator, places=places, as_of=filters.as_of)
        return _within(frame, filters)
    span = {"start": filters.start, "end": filters.end}
    frame = desk.metrics.history(indicator, filters.as_of, places=places, **span)
    rule = desk.catalogue.get(indicator)
    if len(frame) or rule.derive is None:
        return frame
    parts = {
        rule.derive.of: desk.metrics.history(rule.derive.of, filters.as_of, places=places, **span),
        rule.derive.per: desk.metrics.history(rule.derive.per, filters.as_of, places=places),
    }
    worked = by_rule(rule, parts)
    return worked[worked["value"].notna()]


def _places(filters: Filters) -> list[str] | None:
    return list(filters.places) or None


def _within(frame: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    if filters.start:
        frame = frame[frame["period_end"] >= pd.Timestamp(filters.start)]
    if filters.end:
        frame = frame[frame["period_end"] <= pd.Timestamp(filters.end)]
    return frame
