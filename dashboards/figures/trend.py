"""Figures over time, named at the end of their lines; gaps stay gaps, qualified figures look qualified."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from dashboards.figures.canvas import Canvas
from dashboards.figures.drawn import Lines
from dashboards.figures.legend import Key, draw_keys, draw_notes
from dashboards.figures.lettering import BOLD, plain, shortened, spread, width
from dashboards.figures.lettering import lines as wrapped
from dashboards.figures.rows import FLAGS, absence_words, figure_words, hover, period_words, text_of
from dashboards.figures.series import Dot, Line, stretches
from dashboards.figures.series import lines as gathered
from dashboards.figures.time_axis import ROUND_ONE_DAY, amount_ticks, time_ticks
from dashboards.style import Style

HEIGHT = 250.0
"""Height in px of the plot itself."""

TOP = 12.0
WIDEST_NAME = 0.35
"""The share of its room that a chart gives to the names of its lines, at most."""

FEW = 40
"""A line of no more figures than this shows each of them as a dot."""

MOST_NAMED = 12
WHOLE = 9
"""More lines of text than any name takes."""

_SYMBOLS = {"over": "triangle-up", "at_least": "triangle-up", "under": "triangle-down", "at_most": "triangle-down",
            "approx": "circle-open"}  # fmt: skip
_SIGNS = {"over": "▲", "at_least": "▲", "under": "▼", "at_most": "▼", "approx": "○"}
_NUMBERS = "①②③④⑤⑥⑦⑧⑨"


def _symbol(dot: Dot) -> str:
    if dot.row.qualifier in _SYMBOLS:
        return _SYMBOLS[dot.row.qualifier]
    return "diamond-open" if dot.row.status in {"provisional", "estimated"} else "circle"


def _colours(found: Sequence[Line], style: Style) -> dict[str, str]:
    names = list(dict.fromkeys(line.name for line in found))
    series = style.palette.series
    return {name: series[n] if n < len(series) else style.palette.soft for n, name in enumerate(names)}


def _strokes(line: Line, colour: str) -> list[go.Scatter]:
    """Return the joins of a line: solid between exact final figures, dotted where either end is not."""
    traces = []
    for firm in (True, False):
        x: list[date | None] = []
        y: list[float | None] = []
        for is_firm, dots in stretches(line):
            if is_firm == firm:
                x += [*(dot.day for dot in dots), None]
                y += [*(dot.row.value for dot in dots), None]
        if x:
            traces.append(
                go.Scatter(x=x, y=y, mode="lines", hoverinfo="skip", meta=line.place or None,
                           line={"color": colour, "width": 2, "dash": "solid" if firm else "2px,3px"})
            )  # fmt: skip
    return traces


def _dots(line: Line, colour: str, style: Style) -> go.Scatter:
    few = len(line.dots) <= FEW
    shown = [few or not dot.plain or dot is line.last for dot in line.dots]
    return go.Scatter(
        x=[dot.day for dot in line.dots],
        y=[dot.row.value for dot in line.dots],
        meta=line.place or None,
        mode="markers",
        marker={
            "color": colour,
            "symbol": [_symbol(dot) for dot in line.dots],
            "size": [(9 if _symbol(dot) != "circle" else 6) if seen else 6
                     for dot, seen in zip(line.dots, shown, strict=True)],
            "opacity": [1 if seen else 0 for seen in shown],
            "line": {"width": [1.6 if "open" in _symbol(dot) else 0 for dot in line.dots]},
        },
        cliponaxis=False,
        text=[hover(dot.row, style) for dot in line.dots],
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip


def _ends(found: Sequence[Line]) -> list[Line]:
    """Return the lines that are named: of each name the one with the newest figure."""
    newest: dict[str, Line] = {}
    for line in found:
        held = newest.get(line.name)
        if held is None or line.last.day > held.last.day:
            newest[line.name] = line
    return list(newest.values())[:MOST_NAMED]


def _label(line: Line, style: Style, room: float, *, valued: bool, most: int) -> list[str]:
    """Return the lines of text that name a line: its name in at most so many, and its newest figure."""
    size = style.size - 1
    name = wrapped(line.name, size * BOLD, room)
    if len(name) > most:
        kept, at = name[: most - 1], 0
        for part in kept:
            at = line.name.index(part, at) + len(part)
        name = [*kept, shortened(line.name[at:].lstrip(), size * BOLD, room)]
    figure = wrapped(figure_words(line.last.row, style, compact=True), size, room) if valued else []
    return [*(f"<b>{plain(text)}</b>" for text in name), *map(plain, figure)]


def _labels(ends: Sequence[Line], style: Style, room: float) -> tuple[list[list[str]], float]:
    """Return the label of each line and the px from one to the next: as much of each as all have room for."""
    high = (style.size - 1) * 1.3
    for valued, most in ((True, WHOLE), (False, WHOLE), (False, 2), (False, 1)):
        labels = [_label(line, style, room, valued=valued, most=most) for line in ends]
        gap = max(map(len, labels), default=1) * high + 2
        if gap * len(ends) <= HEIGHT:
            break
    return labels, gap


def _name_lines(
    figure: go.Figure, found: Sequence[Line], style: Style, ticks: Sequence[float], edge: date
) -> tuple[float, list[Line]]:
    """Write names right of the ends of lines, clear of one another; return the px they take and the lines whose
    names had to be cut."""
    ends = _ends(found)
    colours = _colours(found, style)
    size = style.size - 1
    room = min(WIDEST_NAME * style.room, max(_broadest(line, style) for line in ends) + 1)
    labels, gap = _labels(ends, style, room)
    reach = (ticks[-1] - ticks[0]) or 1.0
    wanted = [(ticks[-1] - line.last.row.value) / reach * HEIGHT for line in ends]
    places = spread(wanted, gap, max(gap / 2 - TOP, 0.0), HEIGHT - gap / 2)  # clear of the ticks below
    x: list[date | None] = []
    y: list[float | None] = []
    for line, label, at in zip(ends, labels, places, strict=True):
        level = ticks[-1] - at / HEIGHT * reach
        figure.add_annotation(
            text="<br>".join(f"<span style='color:{colours[line.name]}'>{part}</span>" if "<b>" in part else part
                             for part in label),
            showarrow=False, x=1, xref="paper", xanchor="left", y=level, yref="y", yanchor="middle",
            xshift=5, align="left", borderpad=0, font={"size": size, "color": style.palette.soft},
            name=line.place or None,
        )  # fmt: skip
        x += [line.last.day, edge, None]
        y += [line.last.row.value, level, None]
    figure.add_trace(
        go.Scatter(x=x, y=y, mode="lines", hoverinfo="skip", cliponaxis=False,
                   line={"color": style.palette.hatch, "width": 1, "dash": "dot"})
    )  # fmt: skip
    cut = [line for line, label in zip(ends, labels, strict=True) if any("…" in part for part in label)]
    return room + 8, [line for line in cut if "…" not in line.name]


def _broadest(line: Line, style: Style) -> float:
    size = style.size - 1.0
    return max(width(line.name, size * BOLD), width(figure_words(line.last.row, style, compact=True), size))


def _events(frame: pd.DataFrame, first: date, last: date) -> list[tuple[date, str]]:
    found = [(pd.Timestamp(day).date(), str(text)) for day, text in frame.attrs.get("events", ())]
    return sorted((day, text) for day, text in found if first <= day <= last)[: len(_NUMBERS)]


def _mark_events(figure: go.Figure, events: Sequence[tuple[date, str]], style: Style) -> None:
    for number, (day, _) in zip(_NUMBERS, events, strict=False):
        figure.add_shape(
            x0=day, x1=day, y0=0, y1=1, yref="paper", layer="below",
            line={"color": style.palette.soft, "width": 1, "dash": "dot"},
        )  # fmt: skip
        figure.add_annotation(
            text=number, x=day, y=1, yref="paper", yanchor="bottom", showarrow=False, borderpad=0,
            font={"size": style.size, "color": style.palette.soft},
        )  # fmt: skip


def _mark_breaks(figure: go.Figure, found: Sequence[Line], style: Style) -> bool:
    broken = [dot for line in found for dot in line.dots[1:] if dot.broken]
    for dot in broken:
        figure.add_annotation(
            text="//", x=dot.day, y=dot.row.value, xshift=-9, showarrow=False, borderpad=0,
            font={"size": style.size, "color": style.palette.soft},
        )  # fmt: skip
    return bool(broken)


def _keys(found: Sequence[Line], style: Style, *, broken: bool) -> list[Key]:
    dots = [dot for line in found for dot in line.dots]
    qualifiers = {dot.row.qualifier for dot in dots}
    keys = [
        Key(look=sign, text=style.t(f"qualifier.{name}"))
        for name, sign in _SIGNS.items()
        if name in qualifiers
    ]
    flags = {dot.row.status for dot in dots if dot.row.qualifier == "exact"}
    keys += [Key(look="◇", text=style.t(FLAGS[f])) for f in ("provisional", "estimated") if f in flags]
    return [*keys, Key(look="//", text=style.t("flag.series_break"))] if broken else keys


def _notes(frame_events: Sequence[tuple[date, str]], ticks: Sequence[float], style: Style) -> list[str]:
    notes = [
        style.t("format.pair", a=f"{number} {text}", b=style.words.day(day))
        for number, (day, text) in zip(_NUMBERS, frame_events, strict=False)
    ]
    if ticks[0] > 0:
        notes.append(style.t("figure.axis_from", value=style.compact(ticks[0])))
    return notes


def lines(frame: pd.DataFrame, style: Style) -> go.Figure:
    """Draw one line for each name, counting basis and span in *frame*, named at its end.

    *frame* as in figures.rows; ``series_break`` (bool, optional) marks figures before which the count changed.
    ``frame.attrs["events"]``, pairs of a date and its words, are marked and told below. Only neighbouring periods
    of the same span are joined, and stocks; figures that are qualified or not final are joined by dots.
    """
    found = gathered(frame, style)
    if not found:
        return style.empty()
    dots = [dot for line in found for dot in line.dots]
    first, last = min(dot.day for dot in dots), max(dot.day for dot in dots)
    margin = max((last - first) * 0.025, ROUND_ONE_DAY)
    ticks = amount_ticks([dot.row.value for dot in dots])
    colours = _colours(found, style)
    figure = Canvas(layout=style.layout())
    for line in reversed(found):
        figure.add_traces([*_strokes(line, colours[line.name]), _dots(line, colours[line.name], style)])
    right, cut = _name_lines(figure, found, style, ticks, last + margin)
    events = _events(frame, first, last)
    _mark_events(figure, events, style)
    broken = _mark_breaks(figure, found, style)
    tick_texts = [style.compact(tick) for tick in ticks]
    left = max(width(text, style.size - 1) for text in tick_texts) + 8
    _frame(figure, style, (first - margin, last + margin), (ticks, tick_texts))
    named = [Key(look="●", text=line.name, colour=colours[line.name]) for line in cut]
    below = draw_keys(figure, style, named, 40, -left)
    below = draw_keys(figure, style, _keys(found, style, broken=broken), below, -left)
    foot = draw_notes(figure, style, _notes(events, ticks, style), below, -left) + 4
    top = TOP + (10 if events else 0)
    figure.update_layout(margin={"l": left, "r": right, "t": top, "b": foot}, height=HEIGHT + top + foot)
    figure.drawn = Lines(lines=tuple(found), events=tuple(events))
    return figure


def _frame(
    figure: go.Figure, style: Style, days: tuple[date, date], amounts: tuple[Sequence[float], Sequence[str]]
) -> None:
    at, texts = time_ticks(days[0], days[1], style)
    small = {"color": style.palette.soft, "size": style.size - 1}
    figure.update_layout(
        style.layout(
            xaxis=style.axis(type="date", range=[*days], tickvals=at, ticktext=texts, showgrid=False, ticks="outside",
                             ticklen=4, tickcolor=style.palette.line, tickangle=0, tickfont=small, automargin=False,
                             showline=True),
            yaxis=style.axis(range=[amounts[0][0], amounts[0][-1]], tickvals=amounts[0], ticktext=amounts[1],
                             tickfont=small, automargin=False, showline=False),
            hovermode="closest",
        )
    )  # fmt: skip


def alt(frame: pd.DataFrame, style: Style) -> str:
    """Return, for each line, its first and newest figures with their periods, in words."""
    found = gathered(frame, style)
    if not found:
        return text_of([absence_words("no_figure", style)], style)
    return text_of([_told(line, style) for line in found], style)


def _told(line: Line, style: Style) -> str:
    def dated(dot: Dot) -> str:
        return style.t("figure.aside", text=figure_words(dot.row, style), aside=period_words(dot.row, style))

    if len(line.dots) == 1:
        return style.t("figure.named", name=line.name, figure=dated(line.last))
    return style.t("figure.from_to", name=line.name, first=dated(line.dots[0]), last=dated(line.last))
