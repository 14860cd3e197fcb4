"""Bars, one for each place, longest first; places without a figure below them in words."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboards.figures.canvas import Canvas
from dashboards.figures.drawn import Bars
from dashboards.figures.legend import Key, draw_keys, draw_notes
from dashboards.figures.lettering import plain, two_lines, width
from dashboards.figures.rows import (
    FLAGS,
    Row,
    absence_words,
    bases_differ,
    by_place,
    figure_words,
    hover,
    period_words,
    rows,
    sentence,
    text_of,
)
from dashboards.style import Style

ROW = 27.0
"""Height in px of one bar with the space around it."""

THICK = 0.5
_PATTERNS = {"provisional": "/", "estimated": "."}
_OPEN_ABOVE = ("over", "at_least")
_OPEN_BELOW = ("under", "at_most")
_GAP = 10.0
_WIDEST_NAME = 0.3917
_SMALLER = 2.5


def _order(found: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Return the rows with a figure, largest first, and those without in the order given."""
    known = sorted((row for row in found if row.known), key=lambda row: -row.value)
    return known, [row for row in found if not row.known]


def _periods(known: Sequence[Row], style: Style) -> dict[str, str]:
    """Return what stands beside each figure: its year, or its period where years are the same and periods aren't."""
    full = {row.place_id + row.label: period_words(row, style) for row in known}
    if len(set(full.values())) < 2:
        return {}
    years = {key: str(row.end.year) if row.end else "" for key, row in zip(full, known, strict=True)}
    return years if len(set(years.values())) > 1 else full


def _bars(known: Sequence[Row], style: Style) -> list[go.Bar]:
    """Return the bars, one trace for each look."""
    looks: dict[tuple[bool, str], list[int]] = {}
    for at, row in enumerate(known):
        looks.setdefault((row.qualifier in _OPEN_BELOW, _PATTERNS.get(row.status, "")), []).append(at)
    return [
        go.Bar(
            x=[known[at].value for at in places],
            y=places,
            orientation="h",
            width=THICK,
            marker=_look(style, hollow=hollow, pattern=pattern),
            text=[hover(known[at], style) for at in places],
            customdata=[known[at].place_id for at in places],
            textposition="none",
            hovertemplate="%{text}<extra></extra>",
        )
        for (hollow, pattern), places in looks.items()
    ]


def _look(style: Style, *, hollow: bool, pattern: str) -> dict[str, object]:
    palette = style.palette
    look: dict[str, object] = {"color": palette.ground if hollow else palette.ramp[3]}
    if hollow:
        look["line"] = {"color": palette.ramp[3], "width": 1.4}
    if pattern:
        ink = palette.ramp[3] if hollow else palette.ground
        look["pattern"] = {
            "shape": pattern, "fgcolor": ink, "bgcolor": look["color"], "size": 5, "solidity": 0.35,
        }  # fmt: skip
    return look


def _end(figure: go.Figure, style: Style, at: int, row: Row) -> None:
    """Draw what a bar's end says of its figure: slices that go on (over), a pale end (about), a tick (zero)."""
    way = -1 if row.value < 0 else 1
    if row.qualifier in _OPEN_ABOVE:
        slices = [(2.0, 5.0, 1.0), (7.0, 9.0, 0.75), (11.0, 12.0, 0.5)]
    elif row.qualifier == "approx":
        slices = [(-7.0, 7.0, 0.45)]
    elif row.value == 0:
        slices = [(0.0, 1.5, 1.0)]
    else:
        return
    half = ROW * THICK / 2
    for start, stop, strength in slices:
        figure.add_shape(
            xsizemode="pixel", ysizemode="pixel", xanchor=row.value, yanchor=at, x0=way * start, x1=way * stop,
            y0=-half, y1=half, line={"width": 0}, opacity=strength, name=row.place_id,
            fillcolor=style.palette.ramp[1] if row.qualifier == "approx" else style.palette.ramp[3],
        )  # fmt: skip


def _say(figure: go.Figure, text: str, **where: object) -> None:
    figure.add_annotation(
        text=plain(text).replace("\n", "<br>"), showarrow=False, yref="y", borderpad=0, **where
    )


def _columns(figure: go.Figure, style: Style, known: Sequence[Row], periods: dict[str, str]) -> float:
    """Write figures, and periods where they differ, in columns set right; return the width of both in px."""
    size = float(style.size)
    texts = [figure_words(row, style, compact=len(f"{row.value:.0f}") > 8) for row in known]
    aside = [periods.get(row.place_id + row.label, "") for row in known]
    wide_aside = max((width(text, size) for text in aside), default=0.0)
    wide = max((width(text, size) for text in texts), default=0.0)
    right = wide + _GAP + (wide_aside + _GAP if wide_aside else 0.0)
    for at, (text, when) in enumerate(zip(texts, aside, strict=True)):
        _say(
            figure,
            text,
            x=1,
            xref="paper",
            xanchor="right",
            xshift=_GAP + wide,
            y=at,
            font={"size": size},
            name=known[at].place_id,
        )
        if when:
            _say(figure, when, x=1, xref="paper", xanchor="right", xshift=right, y=at,
                 font={"size": size, "color": style.palette.soft}, name=known[at].place_id)  # fmt: skip
    return right


def _names(figure: go.Figure, style: Style, found: Sequence[Row]) -> float:
    """Write names left of the bars, long ones in two lines of small type; return the px they take.

    What is too much for two lines is cut: the hover box has it whole.
    """
    room = min(max((width(row.label, style.size) for row in found), default=0.0), _WIDEST_NAME * style.room)
    for at, row in enumerate(found):
        color = style.palette.ink if row.known else style.palette.soft
        words, size = _written(row.label, style, room)
        _say(figure, "\n".join(words), x=0, xref="paper", xanchor="left", xshift=-room - _GAP, y=at, align="left",
             font={"size": size, "color": color}, name=row.place_id)  # fmt: skip
    return room + _GAP


def _written(label: str, style: Style, room: float) -> tuple[list[str], float]:
    """Return the lines of a name that has *room* px, and their size."""
    if width(label, style.size) <= room + 1:
        return [label], style.size
    size = style.size - _SMALLER
    return two_lines(label, size, room), size


def _legend(figure: go.Figure, style: Style, known: Sequence[Row], left: float) -> float:
    here = {row.qualifier for row in known}
    keys = []
    for qualifier, sign in (("over", "▮❘"), ("at_least", "▮❘")):
        if qualifier in here:
            keys.append(Key(look=sign, colour=style.palette.ramp[3], text=style.t("figure.open_end")))
            break
    if "approx" in here:
        keys.append(Key(look="fill", colour=style.palette.ramp[1], text=style.t("figure.pale_end")))
    for status in _PATTERNS:
        if any(row.status == status for row in known):
            look = "hatch" if status == "provisional" else "dots"
            keys.append(Key(look=look, text=style.t(FLAGS[status])))
    below = draw_keys(figure, style, keys, 4, -left)
    notes = [style.t("figure.bases_differ")] if bases_differ(known) else []
    return draw_notes(figure, style, notes, below, -left)


def _drawn(known: Sequence[Row], absent: Sequence[Row], style: Style) -> Bars:
    periods = _periods(known, style)
    asides = tuple(periods.get(row.place_id + row.label, "") for row in known)
    return Bars(known=tuple(known), absent=tuple(absent), asides=asides)


def bars(frame: pd.DataFrame, style: Style) -> go.Figure:
    """Draw one bar for each place, longest first; "over" figures have an open end, absences are told in words.

    *frame* as in figures.rows; the newest row of a place counts. Places with ``absence`` follow below the bars.
    Years (or periods) stand beside the figures when they differ.
    """
    found = list(by_place(rows(frame, style)).values()) if "place_id" in frame.columns else rows(frame, style)
    known, absent = _order(found)
    if not found:
        return style.empty()
    figure = Canvas(layout=style.layout())
    figure.add_traces(_bars(known, style))
    left = _names(figure, style, [*known, *absent])
    right = _columns(figure, style, known, _periods(known, style))
    for at, row in enumerate(known):
        _end(figure, style, at, row)
    for at, row in enumerate(absent, len(known)):
        _say(figure, absence_words(row.absence, style), x=0, xref="paper", xanchor="left", y=at,
             font={"size": style.size, "color": style.palette.soft}, name=row.place_id)  # fmt: skip
    foot = _legend(figure, style, known, left)
    low, high = _reach(known)
    reach = (high - low) or 1.0
    figure.update_layout(
        style.layout(
            xaxis={
                "visible": False,
                "fixedrange": True,
                "range": [low - reach * 0.1 * (low < 0), high + reach * 0.1],
            },
            yaxis={"visible": False, "fixedrange": True, "range": [len(found) - 0.5, -0.5]},
            barmode="overlay",
            margin={"l": left, "r": right, "t": 0, "b": foot + 4},
            height=ROW * len(found) + foot + 4,
        )
    )
    if low < 0:
        figure.add_shape(
            x0=0, x1=0, y0=-0.5, y1=len(known) - 0.5, line={"color": style.palette.soft, "width": 1}
        )
    figure.drawn = _drawn(known, absent, style)
    return figure


def _reach(known: list[Row]) -> tuple[float, float]:
    """Return from where to where the bars reach, zero included."""
    values = [row.value for row in known] or [0.0]
    return min(0.0, *values), max(0.0, *values)


def alt(frame: pd.DataFrame, style: Style) -> str:
    """Return the ranking in words: every figure with its qualifier and period, then who has none."""
    found = list(by_place(rows(frame, style)).values()) if "place_id" in frame.columns else rows(frame, style)
    known, absent = _order(found)
    if not found:
        return text_of([absence_words("no_figure", style)], style)
    return text_of([sentence(row, style) for row in [*known, *absent]], style)
