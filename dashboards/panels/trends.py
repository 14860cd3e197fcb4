"""Panels that draw figures over time, by place or by indicator."""

from __future__ import annotations

import pandas as pd

from dashboards.desk import Desk, Filters
from dashboards.figures import trend
from dashboards.panel import Panel, Size, View
from dashboards.panels.figure_list import place_name
from dashboards.style import Style


def trend_panel(
    panel_id: str,
    title: str,
    indicators: tuple[str, ...],
    *,
    places: tuple[str, ...] | None = None,
    size: Size = "half",
    unit: str = "",
    note: str = "",
) -> Panel:
    """Return a panel with the history of *indicators*: lines named by place, or by indicator where there are several.

    The period of the address (``from``, ``to``) narrows it.
    """

    def query(desk: Desk, filters: Filters) -> pd.DataFrame:
        return desk.metrics.history(
            indicators, filters.as_of, places=places, breakdown="", start=filters.start, end=filters.end
        )

    def figure(frame: pd.DataFrame, style: Style):
        return trend.lines(named(frame, style), style)

    def alt(frame: pd.DataFrame, view: View) -> str:
        return trend.alt(named(frame, view.style), view.style)

    def named(frame: pd.DataFrame, style: Style) -> pd.DataFrame:
        if len(indicators) > 1:
            labels = [style.t(f"indicator.{one}") for one in frame["indicator_id"]]
        else:
            labels = [place_name(one, style) for one in frame["place_id"]]
        return frame.assign(label=pd.Series(labels, index=frame.index, dtype="str"))

    return Panel(
        id=panel_id, title=title, query=query, figure=figure, alt=alt, unit=unit, note=note, size=size,
        indicators=indicators,
    )  # fmt: skip
