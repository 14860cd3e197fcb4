"""What all figures of one indicator say: the same as a panel does, for those who ask for the indicator itself."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboards.desk import Desk, Filters
from dashboards.exports.telling import Telling, tell
from dashboards.figures import trend
from dashboards.panel import Page, Panel
from dashboards.style import Shapes, Style
from metrics.derive import per_capita, per_km2, shareable

PATH = "/indicators/<id>"
ANCHOR = "series"
"""The panel of the indicator's page that shows the same figures."""

DIVISORS = {"capita": "resident_population", "km2": "land_area_km2"}


def figures(indicator: str, desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return every period of *indicator* as known then, within places and period, divided where that is asked.

    Raises NotForViewer, and ValueError when a figure in its unit cannot be shared out.
    """
    asked: dict[str, Any] = {"places": filters.places or None, "start": filters.start, "end": filters.end}
    found = desk.metrics.history(indicator, filters.as_of, **asked)
    if not filters.per:
        return found
    unit = desk.catalogue.unit(desk.catalogue.get(indicator).unit)
    if not shareable(unit):
        raise ValueError(f"{indicator} is in {unit.id}: a share or a level is not divided; leave --per away")
    below = desk.metrics.history(DIVISORS[filters.per], filters.as_of, breakdown="")
    return per_capita(found, below) if filters.per == "capita" else per_km2(found, below)


def page_of(indicator: str) -> tuple[Page, Panel]:
    """Return the page and the panel that stand for all figures of *indicator*."""

    def query(desk: Desk, filters: Filters) -> pd.DataFrame:
        return figures(indicator, desk, filters)

    def figure(frame: pd.DataFrame, style: Style) -> go.Figure:
        return trend.lines(frame, style)

    panel = Panel(
        id=ANCHOR,
        title=f"indicator.{indicator}",
        query=query,
        figure=figure,
        alt=lambda frame, view: trend.alt(frame, view.style),
        indicators=(indicator,),
        empty="figure.no_figure",
    )
    return Page(id="indicator", path=PATH, order=0, title=f"indicator.{indicator}", panels=(panel,)), panel


def tell_indicator(
    indicator: str, desk: Desk, filters: Filters, *, shapes: Shapes, origin: str = ""
) -> Telling:
    """Return what all figures of *indicator* say to *filters*; *filters.item* is the indicator."""
    page, panel = page_of(indicator)
    return tell(page, panel, desk, filters, shapes=shapes, origin=origin)
