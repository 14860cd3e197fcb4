"""A year of days as a calendar: weeks across, weekdays down, darker for more."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboards.figures.canvas import Canvas
from dashboards.figures.classes import breaks, class_of
from dashboards.figures.legend import Key, class_legend, draw_keys, shades
from dashboards.figures.rows import (
    Row,
    absence_words,
    figure_words,
    hover,
    rows,
    sentence,
    sign_keys,
    text_of,
)
from dashboards.style import Style

CELL = 12.0
"""Height in px of a day."""

MOST_YEARS = 6
_YEAR_GAP = 26.0
_WEEKDAYS = {
    0: "format.weekday_mon",
    2: "format.weekday_wed",
    4: "format.weekday_fri",
    6: "format.weekday_sun",
}
_NO_FIGURE, _ZERO = 0, 1


def _days(frame: pd.DataFrame, style: Style) -> dict[date, Row]:
    """Return the figures by day; rows of any other span are left out."""
    found = {}
    for row in rows(frame, style):
        if row.end is not None and row.span in {"day", "point", ""}:
            held = found.get(row.end)
            if held is None or row.known:
                found[row.end] = row
    return found


def _week(day: date) -> int:
    """Return the column of *day* in its year: weeks begin on Monday, the first one may be short."""
    return ((day - date(day.year, 1, 1)).days + date(day.year, 1, 1).weekday()) // 7


def _year_days(year: int, first: date, last: date) -> list[date]:
    start, end = max(date(year, 1, 1), first), min(date(year, 12, 31), last)
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


def _level(row: Row | None, cuts: Sequence[float]) -> int:
    if row is None or not row.known:
        return _NO_FIGURE
    return _ZERO if row.value == 0 else 2 + class_of(row.value, cuts)


def _colours(style: Style, cuts: Sequence[float]) -> list[str]:
    palette = style.palette
    return [palette.wash, palette.line, *(palette.ramp[shade] for shade in shades(style, len(cuts) + 1))]


def _scale(colours: Sequence[str]) -> list[tuple[float, str]]:
    count = len(colours)
    return [(edge / count, colour) for n, colour in enumerate(colours) for edge in (n, n + 1)]


def _heat(days: Sequence[date], held: Mapping[date, Row], cuts: Sequence[float], style: Style) -> go.Heatmap:
    weeks = 54
    z: list[list[float | None]] = [[None] * weeks for _ in range(7)]
    text: list[list[str]] = [[""] * weeks for _ in range(7)]
    for day in days:
        row = held.get(day)
        z[day.weekday()][_week(day)] = _level(row, cuts) + 0.5
        named = row or Row(absence="no_figure", end=day)
        text[day.weekday()][_week(day)] = "<br>".join(
            [style.words.day(day), *(hover(named, style).split("<br>")[1:2])]
        )
    colours = _colours(style, cuts)
    return go.Heatmap(
        z=z, x=list(range(weeks)), y=list(range(7)), zmin=0, zmax=len(colours), colorscale=_scale(colours),
        showscale=False, xgap=1, ygap=1, text=text, hovertemplate="%{text}<extra></extra>", hoverongaps=False,
    )  # fmt: skip


def _absent_marks(days: Sequence[date], held: Mapping[date, Row], style: Style) -> go.Scatter:
    """Return a small dash on every day without a figure, so that it isn't only paler."""
    none = [day for day in days if day not in held or not held[day].known]
    return go.Scatter(
        x=[_week(day) for day in none], y=[day.weekday() for day in none], mode="markers", hoverinfo="skip",
        marker={"symbol": "line-ew-open", "size": 3, "color": style.palette.soft, "line": {"width": 1}},
    )  # fmt: skip


def _axes(figure: go.Figure, style: Style, at: int, year: int, left: float) -> None:
    small = {"color": style.palette.soft, "size": style.size - 2}
    months = [date(year, month, 15) for month in (1, 4, 7, 10)]
    axis = "" if at == 1 else str(at)
    figure.update_layout(
        {
            f"xaxis{axis}": style.axis(
                showgrid=False, showline=False, range=[-0.5, 53.5], tickfont=small,
                tickvals=[_week(day) for day in months],
                ticktext=[style.t(f"format.mon_{day.month}") for day in months], automargin=False, side="top",
                tickangle=0,
            ),
            f"yaxis{axis}": style.axis(
                showgrid=False, showline=False, range=[6.5, -0.5], tickvals=list(_WEEKDAYS), tickfont=small,
                automargin=False, ticktext=[style.t(key) for key in _WEEKDAYS.values()],
            ),
        }
    )  # fmt: skip
    figure.add_annotation(
        text=f"<b>{year}</b>", x=0, xref="paper", y=1, yref=f"y{axis} domain", xanchor="left", yanchor="bottom",
        xshift=-left, yshift=3, showarrow=False, borderpad=0, font={"size": style.size - 1, "color": style.palette.ink},
    )  # fmt: skip


def heat(frame: pd.DataFrame, style: Style) -> go.Figure:
    """Draw each year of *frame* as weeks by weekdays, in at most five classes; the newest six years at most.

    *frame* as in figures.rows, one place, one figure a day; days between the first and the last that have none
    are marked as such, and zero has a look of its own.
    """
    held = _days(frame, style)
    if not held:
        return style.empty()
    first, last = min(held), max(held)
    years = list(range(last.year, first.year - 1, -1))[:MOST_YEARS]
    cuts = breaks(
        row.value for day, row in held.items() if row.known and row.value != 0 and day.year in years
    )
    plot = 7 * CELL * len(years) + _YEAR_GAP * (len(years) - 1)
    figure = make_subplots(
        rows=len(years),
        cols=1,
        figure=Canvas(layout=style.layout()),
        vertical_spacing=_YEAR_GAP / plot if len(years) > 1 else 0.0,
    )
    left = 34.0 if style.lang == "en" else 44.0
    for at, year in enumerate(years, 1):
        days = _year_days(year, first, last)
        figure.add_trace(_heat(days, held, cuts, style), row=at, col=1)
        figure.add_trace(_absent_marks(days, held, style), row=at, col=1)
    shown = {day: row for day, row in held.items() if day.year in years}
    foot = _legend(figure, style, shown, cuts, left)
    base = style.layout(margin={"l": left, "r": 0, "t": 22, "b": foot}, height=plot + 22 + foot)
    figure.update_layout({k: v for k, v in base.to_plotly_json().items() if k not in {"xaxis", "yaxis"}})
    for at, year in enumerate(years, 1):
        _axes(figure, style, at, year, left)
    return figure


def _legend(
    figure: go.Figure, style: Style, held: Mapping[date, Row], cuts: Sequence[float], left: float
) -> float:
    below = class_legend(figure, style, cuts, 12, -left)
    first, last = min(held), max(held)
    count = sum(row.known for row in held.values())
    keys = []
    if any(row.known and row.value == 0 for row in held.values()):
        keys.append(Key(look="fill", colour=style.palette.line, text=style.t("flag.zero")))
    if count < (last - first).days + 1:
        keys.append(Key(look="–", text=absence_words("no_figure", style)))
    return draw_keys(figure, style, [*keys, *sign_keys(held.values(), style)], below, -left) + 4


def alt(frame: pd.DataFrame, style: Style) -> str:
    """Return the largest and smallest day, the newest, and how many days have no figure, in words."""
    held = {day: row for day, row in _days(frame, style).items() if row.known}
    if not held:
        return text_of([absence_words("no_figure", style)], style)
    largest = max(held.values(), key=lambda row: row.value)
    smallest = min(held.values(), key=lambda row: row.value)
    missing = (max(held) - min(held)).days + 1 - len(held)
    told = [
        style.t("figure.most", figure=figure_words(largest, style), date=style.words.day(largest.end)),
        style.t("figure.least", figure=figure_words(smallest, style), date=style.words.day(smallest.end)),
        sentence(held[max(held)], style),
    ]
    if missing:
        told.append(style.t("figure.days_without", n=missing))
    return text_of(told, style)
