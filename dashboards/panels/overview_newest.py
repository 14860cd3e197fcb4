"""The newest figures: what was published last, with its period, day of publication and publisher."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.panel import Panel, View
from dashboards.panels.work_item_words import name_said, period_said, published_said, row_said

MOST = 10


def newest(desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return the ten leading figures that became known last, one for each indicator and place (warehouse columns)."""
    leading = [one.id for one in desk.catalogue.leading if desk.metrics.may_see(one.id)]
    frame = desk.metrics.one_each(leading, filters.as_of)
    order = ["known_at", "period_end", "indicator_id", "place_id"]
    return frame.sort_values(order, ascending=[False, False, True, True]).head(MOST).reset_index(drop=True)


def newest_body(frame: pd.DataFrame, view: View) -> Component:
    """Write the figures as a list that is a table on wide panels."""
    lines = []
    for at, row in enumerate(frame.to_dict("records")):
        names = view.words.listing(view.publishers(frame.iloc[at : at + 1]))
        lines.append(
            html.Li(
                [
                    html.Span(
                        parts.glued(name_said(row["indicator_id"], row["place_id"], view)), className="what"
                    ),
                    html.Strong(row_said(row, view)),
                    html.Span(period_said(row, view), className="soft"),
                    html.Span(
                        view.t("overview.published", date=published_said(row, view), by=names),
                        className="soft",
                    ),
                ]
            )
        )
    return html.Ul(lines, className="newest")


NEWEST = Panel(
    id="newest",
    title="overview.newest",
    note="overview.newest_note",
    query=newest,
    body=newest_body,
    size="half",
)
