"""The steps that set the rules for data across the boundary, as they were known."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.desk import Desk, Filters
from dashboards.panel import Panel, View
from dashboards.panels.figure_list import Remark, by_indicator, listed
from metrics.review import all_steps

CONTRACT = ("mou_data_flow", "gba_sc_pilot", "gba_sc_macao", "gba_sc_all_sectors")
ENTERPRISES = "gba_sc_hk_enterprises"
_COLUMNS = ("milestone_id", "on", "precision", "state")


def contract(desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return the steps of the standard contract as known then, then the figures published on it.

    Beside the warehouse's columns: ``milestone_id``, ``on`` (datetime64), ``precision`` and ``state`` of a step;
    empty in the rows of figures.
    """
    steps = [one for one in all_steps(desk.metrics, filters.as_of) if one.milestone.id in CONTRACT]
    dated = [(one, one.happened_on or one.due_on) for one in steps]
    told = pd.DataFrame(
        [
            (
                one.milestone.id,
                pd.Timestamp(when.on) if when else pd.NaT,
                when.precision if when else "",
                one.state,
            )
            for one, when in dated
        ],
        columns=list(_COLUMNS),
    ).astype({"on": "datetime64[us]"})
    figures = desk.metrics.history(ENTERPRISES, filters.as_of)
    return pd.concat([told, figures], ignore_index=True) if len(told) else figures


def _body(frame: pd.DataFrame, view: View) -> list[Component]:
    steps = frame[frame["milestone_id"].notna()] if "milestone_id" in frame.columns else frame.iloc[:0]
    found: list[Component] = []
    if len(steps):
        found.append(html.Ol([_step(row, view) for row in steps.itertuples()], className="contract"))
    figures = frame[frame["value"].notna()] if "value" in frame.columns else frame.iloc[:0]
    if len(figures):
        remark = Remark(key="data_flow.standard_contract_note", indicator=ENTERPRISES)
        found += by_indicator(figures, view, (ENTERPRISES,), remarks=(remark,))
    return found


def _step(row, view: View) -> Component:
    when = view.words.day(row.on, row.precision) if not pd.isna(row.on) else view.t("data_flow.undated")
    return html.Li(
        [
            html.Span(when, className="contract-when"),
            html.Span(view.t(f"milestone.{row.milestone_id}"), className="contract-what"),
            html.Span(view.t(f"status.{row.state}"), className="contract-state"),
        ],
    )


def _table(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    """Return the table: the steps with their states and dates, then the figures that the list tells."""
    if "milestone_id" not in frame.columns:
        return listed(frame, view)
    steps = frame[frame["milestone_id"].notna()]
    rows = [
        {
            "kind": view.t("table.milestone"),
            "milestone": view.t(f"milestone.{row.milestone_id}"),
            "state_words": view.t(f"status.{row.state}"),
            "when": view.words.day(row.on, row.precision)
            if not pd.isna(row.on)
            else view.t("data_flow.undated"),
            "figure": "",
            "absence": "",
        }
        for row in steps.itertuples()
    ]
    figures = frame[frame["milestone_id"].isna()].drop(columns=list(_COLUMNS))
    told = listed(figures.reset_index(drop=True), view)
    written = [view.words.number(row.value, qualifier=row.qualifier) for row in told.itertuples()]
    told = told.assign(kind=view.t("table.figure"), figure=written, absence="")
    return pd.concat([pd.DataFrame(rows), told], ignore_index=True)


PANEL = Panel(
    id="standard-contract", title="data_flow.standard_contract", query=contract, body=_body, table=_table,
    indicators=(ENTERPRISES,),
)  # fmt: skip
