"""How the five work items stood at a meeting: status and headline figure of each, as known on its day."""

from __future__ import annotations

from functools import partial

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards.meeting_names import short_name
from dashboards.panel import Panel, View
from dashboards.panels.overview_cards import cards_body, cards_frame
from dashboards.panels.work_item_tables import cards_table
from dashboards.panels.work_item_told import Told
from metrics.meetings import Gathering


def known_panel(told: Told, meeting: Gathering) -> Panel:
    """Return the panel of what was known at *meeting*; *told* is as of its day."""
    return Panel(
        id="known-then",
        title="meeting_page.known_then",
        query=partial(cards_frame, told),
        body=partial(_known, told, meeting),
        table=cards_table(told),
        size="full",
        framed=False,
    )


def _known(told: Told, meeting: Gathering, frame: pd.DataFrame, view: View) -> list[Component]:
    date = view.words.day(meeting.as_of)
    heading = html.H2(view.t("meeting_page.known_then_at", meeting=short_name(meeting, view)))
    return [
        html.Div(
            [heading, html.P(view.t("ui.as_known_on", date=date), className="soft")], className="then-head"
        ),
        *cards_body(told, frame, view),
    ]
