"""How long the queues are: the levels of each control point by direction and kind of traveller."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.panel import View
from dashboards.panels import marking
from dashboards.panels.transport_passengers import parts_of

LEVELS: Mapping[float, str] = {
    0.0: "transport.level_normal",
    1.0: "transport.level_busy",
    2.0: "transport.level_very_busy",
    4.0: "transport.level_maintenance",
    99.0: "transport.level_closed",
}
QUEUES = {"residents": "transport.queue_residents", "visitors": "transport.queue_visitors"}
DIRECTIONS = ("arrival", "departure")


def waiting(frame: pd.DataFrame, view: View) -> list[Component]:
    """Return the levels as tables, Hong Kong's and Macao's apart: their classes are drawn at different minutes."""
    made: list[Component] = []
    split = frame.assign(part=[parts_of(text) for text in frame["breakdown"]])
    for side in ("hk_", "mo_"):
        mine = split[split["place_id"].str.startswith(side)]
        if len(mine):
            made.append(_levels(mine, view))
    return made


def _levels(frame: pd.DataFrame, view: View) -> Component:
    groups = sorted({part.get("group", "") for part in frame["part"]})
    columns = [(direction, group) for direction in DIRECTIONS for group in groups]
    held = {
        (row.place_id, row.part.get("direction", ""), row.part.get("group", "")): row.value
        for row in frame.itertuples()
    }
    lines = [
        [marking.named(place, view), *(_level(held.get((place, *column)), view) for column in columns)]
        for place in frame["place_id"].drop_duplicates()
    ]
    head = [view.t("transport.control_point"), *(_column(*column, view) for column in columns)]
    return parts.table(head, lines, caption=view.t("indicator.bcp_wait_level"), late=True)


def _column(direction: str, group: str, view: View) -> str:
    way = view.t(f"figure.{direction}")
    return view.t("format.pair", a=way, b=view.t(QUEUES[group])) if group in QUEUES else way


def _level(value: float | None, view: View) -> Component | str:
    if value is None:
        return html.Span(view.t("figure.no_figure"), className="soft")
    name = LEVELS.get(value)
    if name is None:
        return view.words.number(value)
    look = name.partition("level_")[2].replace("_", "-")
    return html.Span(view.t(name), className=f"level level-{look}")
