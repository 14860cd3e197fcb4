"""The figures of one indicator: its series over time, and which of the eleven cities report it."""

from __future__ import annotations

from functools import partial

import pandas as pd
import plotly.graph_objects as go
from dash.development.base_component import Component

from dashboards import parts
from dashboards.desk import Desk, Filters
from dashboards.figures import trend
from dashboards.notices import breakdown_said
from dashboards.panel import Panel, View
from dashboards.panels.figure_list import place_name
from dashboards.panels.indicator_told import Told
from dashboards.panels.indicator_words import unit_names
from dashboards.panels.switches import switch
from dashboards.style import Style

MOST_LINES = 6
MOST_CHIPS = 14


def series_panel(told: Told) -> Panel:
    """Return the panel that draws the series, a line for each place."""
    return Panel(
        id="series",
        title="indicator_page.series",
        query=partial(series_frame, told),
        figure=series_figure,
        body=partial(series_body, told),
        alt=series_alt,
        unit=lambda view: "" if told.indicator.frequency == "daily" else unit_names(told.indicator, view),
        note="indicator_page.month_sums" if told.indicator.frequency == "daily" else "",
        size="full",
        corrected=False,
        indicators=(told.id,),
        empty="indicator_page.live_elsewhere" if told.live else "indicator_page.no_figure",
    )


def series_frame(told: Told, desk: Desk, filters: Filters) -> pd.DataFrame:
    """Return the figures to draw (warehouse columns): daily ones summed by month, at most six series."""
    if told.live:
        return desk.metrics.nothing()
    if told.indicator.frequency == "daily":
        return _month_sums(told)
    frame = told.history
    first, last = filters.start, filters.end
    if first:
        frame = frame[frame["period_end"] >= pd.Timestamp(first)]
    if last:
        frame = frame[frame["period_end"] <= pd.Timestamp(last)]
    return _largest(frame)


def _largest(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the series of one kind of period, wholes before parts, and of these the six with the largest newest
    figures; the others would make one line of what does not compare."""
    if frame["breakdown"].eq("").any():
        frame = frame[frame["breakdown"].eq("")]
    if frame["span"].nunique() > 1:
        frame = frame[frame["span"].eq(frame["span"].mode().iloc[0])]
    newest = frame.sort_values("period_end").groupby("series_id")["value"].last()
    return frame[frame["series_id"].isin(newest.nlargest(MOST_LINES).index)]


def _month_sums(told: Told) -> pd.DataFrame:
    """Return the sums of whole months by place: of a month in which days are missing no sum is drawn."""
    sums = told.desk.metrics.totals(told.id, told.as_of, every="month", by=("place_id",))
    if told.places is not None:
        sums = sums[sums["place_id"].isin(told.places)]
    days = (sums["period_end"] - sums["period_start"]).dt.days + 1
    series = (sums["n"] / days).round().groupby(sums["place_id"]).transform("max")
    whole = sums[sums["n"].eq(series * days)]
    sample = told.latest.head(1).drop(columns=["place_id", "period_start", "period_end", "value", "known_at"])
    if sample.empty:
        return told.desk.metrics.nothing()
    # A day's unit is not a month's: the note below the chart says what is added up.
    month = {"breakdown": "", "span": "month", "qualifier": "exact", "status": "final", "unit": ""}
    same = sample.iloc[0].to_dict() | month
    return whole.drop(columns="n").assign(**same)


def _named(frame: pd.DataFrame, style: Style) -> pd.DataFrame:
    """Return *frame* with a label for each line: its place, its part, or both where both differ."""
    placed = frame["place_id"].nunique() > 1
    labels = []
    for place, part in zip(frame["place_id"], frame["breakdown"], strict=True):
        said = [place_name(place, style)] if placed or not part else []
        said += [breakdown_said(part, style.words)] if part else []
        labels.append(style.words.listing(said))
    return frame.assign(label=pd.Series(labels, index=frame.index, dtype="str"))


def series_figure(frame: pd.DataFrame, style: Style) -> go.Figure:
    """Draw the series."""
    return trend.lines(_named(frame, style), style)


def series_alt(frame: pd.DataFrame, view: View) -> str:
    """Return the series in words."""
    return trend.alt(_named(frame, view.style), view.style)


def series_body(told: Told, frame: pd.DataFrame, view: View) -> list[Component]:
    """Write which places are drawn where not all are, and the choice of another."""
    found: list[Component] = []
    drawn, all_there = frame["series_id"].nunique(), told.history["series_id"].nunique()
    if told.indicator.frequency != "daily" and drawn < all_there:
        found.append(parts.note(view.t("indicator_page.some_drawn", n=drawn, m=all_there)))
    if len(told.places_known) > 1:
        found.append(places_choice(told, view))
    return found


def places_choice(told: Told, view: View, *, of: str = "indicator_page.series") -> Component:
    """Write the choice of the place that the page speaks of, for the panel with the title *of*: chips for a few places,
    a list for many."""
    path = f"/indicators/{told.id}"
    chosen = told.places or ()
    label = view.t("format.pair", a=view.t("indicator_page.place"), b=view.t(of))
    names = [(place, place_name(place, view.style)) for place in told.places_known]
    if len(names) > MOST_CHIPS:
        keep = view.here(path, places=()).partition("?")[2]
        choices = [*([] if told.narrow else [("", view.t("indicator_page.all_places"))]), *names]
        value = chosen[0] if len(chosen) == 1 else ""
        field = parts.choice("places", choices, label=view.t("indicator_page.place"), value=value)
        return parts.asking(path, [field], keep=keep, label=label)
    every = [(view.t("indicator_page.all_places"), view.here(path, places=()), not chosen)]
    links = [(name, view.here(path, places=(place,)), chosen == (place,)) for place, name in names]
    return switch(view.t("indicator_page.place"), [*([] if told.narrow else every), *links])
