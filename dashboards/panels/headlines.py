"""The figures that lead a page: large, with qualifier, date and the way they have gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.figures.rows import figure_words
from dashboards.panel import Panel, View
from dashboards.panels.figure_list import Entry, aside, entries, place_name, told_rows


@dataclass(frozen=True, kw_only=True)
class Lead:
    """One leading figure: *indicator* at *place*, or at whichever place has the newest one; *basis* narrows it.

    *unit* says it with its unit, for those that are a sign (%, HK$).
    """

    indicator: str
    place: str = ""
    basis: str = ""
    unit: bool = False

    def told_by(self, found: Sequence[Entry]) -> Entry | None:
        """Return the newest entry that tells this figure."""
        mine = [
            one
            for one in found
            if one.indicator_id == self.indicator
            and self.place in {"", one.place_id}
            and self.basis in {"", one.newest.basis}
        ]
        return max(mine, key=lambda one: one.newest.end or pd.Timestamp.min.date(), default=None)


def _card(lead: Lead, entry: Entry | None, view: View) -> Component:
    name = view.t(f"indicator.{lead.indicator}")
    if entry is None:
        where = place_name(lead.place, view.style) if lead.place else None
        return parts.card(
            parts.big_number(html.Span(view.t("ui.no_figure"), className="no-figure"), name, detail=where)
        )
    figure = figure_words(entry.newest, view.style, unit=lead.unit, compact=True)
    detail = aside(entry, view, named=[place_name(entry.place_id, view.style)])
    return parts.card(parts.big_number(figure, name, detail=detail, beside=entry.spark(view)))


def lead_panel(panel_id: str, title: str, leads: Sequence[Lead]) -> Panel:
    """Return a row of cards, one for each of *leads*; a figure not yet known says so."""
    indicators = tuple(dict.fromkeys(lead.indicator for lead in leads))
    anywhere = {lead.indicator for lead in leads if not lead.place}
    here = {(lead.indicator, lead.place) for lead in leads}

    def query(desk: Desk, filters: Filters) -> pd.DataFrame:
        frame = desk.metrics.history(indicators, filters.as_of)
        told = [
            indicator in anywhere or (indicator, place) in here
            for indicator, place in zip(frame["indicator_id"], frame["place_id"], strict=True)
        ]
        return frame[told].reset_index(drop=True)

    def body(frame: pd.DataFrame, view: View) -> Component:
        found = entries(frame, view) if len(frame) else []
        return html.Div(
            parts.cards([_card(lead, lead.told_by(found), view) for lead in leads]), className="leads"
        )

    def table(frame: pd.DataFrame, view: View) -> pd.DataFrame:
        found = entries(frame, view) if len(frame) else []
        told = [one for lead in leads if (one := lead.told_by(found)) is not None]
        return told_rows(told, frame, view)

    return Panel(
        id=panel_id, title=title, query=query, body=body, table=table, size="full", framed=False, draws_empty=True,
        indicators=indicators,
    )  # fmt: skip
