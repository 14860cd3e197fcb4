"""The charts of the explorer: lines, rankings, maps, calendars and small charts of one answer; one unit in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import plotly.graph_objects as go

from dashboards.desk import Desk, Filters
from dashboards.figures import calendar, maps, ranking, trend
from dashboards.panel import Panel, Size, View
from dashboards.panels.explore_read import Explored, named, place_said, unit_said
from dashboards.style import Style
from metrics.queries import TIER_ORDER

MOST_CHARTS = 12
MOST_MAPS = 4
FEW = 3
MOST_LINES = 12
"""How many lines one chart holds; more are in the table."""

Rows = Callable[[pd.DataFrame], pd.DataFrame]
Draw = Callable[[pd.DataFrame, Style], go.Figure]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """One chart: what of the answer it shows (*keys*: columns and values), and of these what its title *said*."""

    held: Explored
    keys: tuple[tuple[str, str], ...]
    size: Size
    said: tuple[str, ...] = ()

    @cached_property
    def figures(self) -> pd.DataFrame:
        """Return the figures that the chart shows."""
        return self.rows(self.held.figures)

    def rows(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of *frame* that the chart shows; what has no figure belongs to it in any unit."""
        for name, value in self.keys:
            mine = frame[name].eq(value)
            frame = frame[mine | frame["value"].isna()] if name == "unit" else frame[mine]
        return frame


def chart_panels(held: Explored) -> tuple[Panel, ...]:
    """Return the panels that draw the answer in the kind of chart that is asked for."""
    kind = held.chart
    if kind == "table" or held.figures.empty:
        return ()
    split = {
        "line": ("unit",), "bars": ("indicator_id", "unit"), "map": ("indicator_id", "unit"),
        "tiles": ("indicator_id", "unit"),
        "by_place": ("place_id", "unit"), "by_indicator": ("indicator_id", "unit"),
        "calendar": ("indicator_id", "place_id", "breakdown", "counting_basis"),
    }[kind]  # fmt: skip
    figures = held.figures
    if kind == "calendar":
        figures = figures[figures["span"].eq("day")]
    most = MOST_MAPS if kind in {"map", "tiles", "calendar"} else MOST_CHARTS
    groups = figures.groupby(list(split), sort=False).ngroups
    keys = list(dict.fromkeys(zip(*(figures[name] for name in split), strict=True)))[:most]
    size = _size(kind, len(keys))
    charts = [
        Chart(held=held, keys=tuple(zip(split, key, strict=True)), size=size, said=split) for key in keys
    ]
    return tuple(
        _panel(held, kind, chart, n, left_out=groups - len(keys)) for n, chart in enumerate(charts, 1)
    )


def _size(kind: str, count: int) -> Size:
    if count == 1:
        return "full"
    if kind in {"by_place", "by_indicator"}:
        return "third" if count >= FEW else "half"
    return "full" if kind in {"line", "calendar"} else "half"


def _panel(held: Explored, kind: str, chart: Chart, number: int, *, left_out: int) -> Panel:
    def query(_desk: Desk, _filters: Filters) -> pd.DataFrame:
        return without_repetition(_PICK[kind](chart.rows(held.both)))

    def title(view: View) -> str:
        return titled(chart, view)

    def unit(view: View) -> str:
        return unit_said(chart.figures, view.style)

    def note(view: View) -> str:
        return _notes(chart, kind, view, left_out=left_out if number == 1 else 0)

    def figure(frame: pd.DataFrame, style: Style) -> go.Figure:
        return _DRAW[kind](named(frame, style, without=chart.said), style)

    def alt(frame: pd.DataFrame, view: View) -> str:
        return _ALT[kind](named(frame, view.style, without=chart.said), view.style)

    return Panel(
        id=f"explore-chart-{number}",
        title=title,
        query=query,
        figure=figure,
        alt=alt,
        unit=unit,
        note=note,
        size=chart.size,
        indicators=tuple(dict.fromkeys(chart.figures["indicator_id"])),
    )


def titled(chart: Chart, view: View) -> str:
    """Return what a chart shows: its indicators, or how many, and its place where it is of one."""
    rows = chart.figures
    indicators = [view.t(f"indicator.{one}") for one in dict.fromkeys(rows["indicator_id"])]
    named = (
        view.words.listing(indicators)
        if len(indicators) < FEW
        else view.t("explore.several", n=len(indicators))
    )
    if rows["place_id"].nunique() > 1:
        return named
    place = place_said(rows["place_id"].iloc[0], view.style)
    parts = (place, named) if "place_id" in chart.said else (named, place)
    return view.t("format.pair", a=parts[0], b=parts[1])


def _notes(chart: Chart, kind: str, view: View, *, left_out: int) -> str:
    rows = chart.figures
    said = []
    if kind in {"line", "by_place", "by_indicator"} and (n := lines_of(rows)) > MOST_LINES:
        said.append(view.t("explore.lines_drawn", drawn=MOST_LINES, n=n))
    if chart.held.other is not None:
        said.append(view.t("explore.not_twice", date=view.words.day(chart.held.other.day)))
    if left_out:
        said.append(view.t("explore.charts_drawn", n=left_out))
    if chart.held.filters.option("change") == "index" and "base_period_end" in rows.columns:
        ends = rows["base_period_end"].dropna().unique()
        if len(ends):
            said.append(view.t("explore.index_base", date=view.words.listing(_days(ends, view))))
    return " ".join(said)


def _days(ends: Sequence[pd.Timestamp], view: View) -> list[str]:
    days = sorted(pd.Timestamp(end) for end in ends)
    return (
        [view.words.day(days[0])] if len(days) == 1 else [view.words.day(days[0]), view.words.day(days[-1])]
    )


def lines_of(rows: pd.DataFrame) -> int:
    """Return how many lines *rows* make."""
    return rows.groupby(["indicator_id", "place_id", "breakdown"]).ngroups


def _for_lines(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the lines that are drawn: the largest newest figures; every as-of of each."""
    rows = rows[rows["value"].notna()]
    keys = ["indicator_id", "place_id", "breakdown"]
    if rows.groupby(keys).ngroups <= MOST_LINES:
        return rows
    newest = rows.sort_values("period_end").drop_duplicates(keys, keep="last")
    chosen = newest.nlargest(MOST_LINES, "value")[keys]
    return rows.merge(chosen, on=keys, how="inner")


def without_repetition(rows: pd.DataFrame) -> pd.DataFrame:
    """Return *rows* without the lines of the other as-of that only repeat figures of this one."""
    if "earlier" not in rows.columns or not rows["earlier"].any():
        return rows
    cells = pd.MultiIndex.from_frame(rows[["series_id", "period_start", "period_end", "value", "qualifier"]])
    now = cells[~rows["earlier"]]
    differs = rows["earlier"] & ~cells.isin(now)
    kept = rows["series_id"].isin(rows.loc[differs, "series_id"].unique())
    return rows[~rows["earlier"] | kept]


def newest_each(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the newest row of each indicator, place, breakdown and as-of; figures before absences."""
    told = rows.assign(
        known=rows["value"].notna(), rank=rows["tier"].map(TIER_ORDER).fillna(len(TIER_ORDER)),
    )  # fmt: skip
    told = told.sort_values(["known", "period_end", "rank"], ascending=[False, False, True], kind="stable")
    keys = ["indicator_id", "place_id", "breakdown", "earlier"]
    return told.drop_duplicates(keys).drop(columns=["known", "rank"])


def _of_now(rows: pd.DataFrame) -> pd.DataFrame:
    return newest_each(rows[~rows["earlier"]])


def _bars(frame: pd.DataFrame, style: Style) -> go.Figure:
    return ranking.bars(frame.drop(columns="place_id"), style)


def _bars_alt(frame: pd.DataFrame, style: Style) -> str:
    return ranking.alt(frame.drop(columns="place_id"), style)


def _days_of_now(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[~rows["earlier"]]


_PICK: dict[str, Rows] = {
    "line": _for_lines, "by_place": _for_lines, "by_indicator": _for_lines, "bars": newest_each, "map": _of_now,
    "tiles": _of_now, "calendar": _days_of_now,
}  # fmt: skip
_DRAW: dict[str, Draw] = {
    "line": trend.lines, "by_place": trend.lines, "by_indicator": trend.lines, "bars": _bars,
    "map": maps.choropleth, "tiles": maps.tiles, "calendar": calendar.heat,
}  # fmt: skip
_ALT: dict[str, Callable[[pd.DataFrame, Style], str]] = {
    "line": trend.alt, "by_place": trend.alt, "by_indicator": trend.alt, "bars": _bars_alt,
    "map": maps.choropleth_alt, "tiles": maps.choropleth_alt, "calendar": calendar.alt,
}  # fmt: skip
