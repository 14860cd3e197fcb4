"""Both ways across each crossing side by side, and which way more went."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from dashboards.figures.canvas import Canvas
from dashboards.figures.crossings import DIRECTIONS, UPPER, Crossing, gather, short_name
from dashboards.figures.drawn import Pairs
from dashboards.figures.legend import Key, draw_keys
from dashboards.figures.lettering import plain, two_lines, width
from dashboards.figures.rows import Row, absence_words, figure_words, hover, text_of
from dashboards.style import Style

ROW = 40.0
"""Height in px of one crossing."""

_BAR = 0.24
_GAP = 10.0
_WIDEST_NAME = 0.3637


@dataclass(frozen=True, kw_only=True)
class _Pair:
    """Two directions of one crossing: *up* leaves or goes north, *down* arrives or goes south."""

    crossing: Crossing
    up: Row | None
    down: Row | None

    @property
    def net(self) -> float | None:
        """More leaving (positive) or arriving (negative); None unless both are exact."""
        if self.up is None or self.down is None or not (self.up.known and self.down.known):
            return None
        exact = self.up.qualifier == self.down.qualifier == "exact"
        return self.up.value - self.down.value if exact else None


def _pairs(frame: pd.DataFrame, style: Style) -> list[_Pair]:
    pairs = []
    for crossing in gather(frame, style):
        ups = [row for direction, row in crossing.figures.items() if direction in UPPER]
        downs = [row for direction, row in crossing.figures.items() if direction and direction not in UPPER]
        if ups or downs:
            pairs.append(
                _Pair(crossing=crossing, up=ups[0] if ups else None, down=downs[0] if downs else None)
            )
    return pairs


def _directions(frame: pd.DataFrame) -> tuple[str, str]:
    here = set(frame["direction"].dropna())
    return ("northbound", "southbound") if here & {"northbound", "southbound"} else ("departure", "arrival")


def _bars(pairs: Sequence[_Pair], style: Style, *, up: bool) -> go.Bar:
    found = [
        (at, row) for at, pair in enumerate(pairs) if (row := pair.up if up else pair.down) and row.known
    ]
    shift = -_BAR / 2 - 0.02 if up else _BAR / 2 + 0.02
    return go.Bar(
        x=[row.value for _, row in found], y=[at + shift for at, _ in found], orientation="h", width=_BAR,
        marker={"color": style.palette.series[0 if up else 1]}, text=[hover(row, style) for _, row in found],
        customdata=[row.place_id for _, row in found], textposition="none", hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip


def _net_words(pair: _Pair, style: Style) -> str:
    """Return by how much more went which way."""
    net = pair.net
    if net is None:
        rows = [row for row in (pair.up, pair.down) if row]
        absent = next((row for row in rows if not row.known), None)
        return (
            absence_words(absent.absence if absent else "no_figure", style)
            if absent or len(rows) < 2
            else "–"
        )
    if net == 0:
        return style.t("figure.even")
    return f"{'↑' if net > 0 else '↓'} {style.words.compact(abs(net))}"


def _drawn(pairs: Sequence[_Pair], style: Style, directions: tuple[str, str]) -> Pairs:
    up, down = directions
    return Pairs(
        names=tuple(short_name(pair.crossing.label, style) for pair in pairs),
        up=tuple(pair.up for pair in pairs),
        down=tuple(pair.down for pair in pairs),
        nets=tuple(_net_words(pair, style) for pair in pairs),
        ways=(_word(style, up), _word(style, down)),
    )


def balance(frame: pd.DataFrame, style: Style) -> go.Figure:
    """Draw two bars for each crossing, leaving over arriving, and write which way more went and by how many.

    *frame* as in figures.rows with ``direction`` (departure and arrival, or northbound and southbound). The
    difference is told only where both figures are exact.
    """
    pairs = _pairs(frame, style) if "direction" in frame.columns else []
    if not pairs:
        return style.empty()
    bars = [_bars(pairs, style, up=True), _bars(pairs, style, up=False)]
    figure = Canvas(bars, layout=style.layout())
    left, right = _columns(figure, pairs, style)
    foot = draw_keys(figure, style, _keys(style, _directions(frame)), 4, -left)
    figure.update_layout(
        style.layout(
            xaxis={"visible": False, "fixedrange": True, "rangemode": "tozero"},
            yaxis={"visible": False, "fixedrange": True, "range": [len(pairs) - 0.5, -0.5]},
            barmode="overlay",
            margin={"l": left, "r": right, "t": 0, "b": foot + 4},
            height=ROW * len(pairs) + foot + 4,
        )
    )
    figure.drawn = _drawn(pairs, style, _directions(frame))
    return figure


def _columns(figure: go.Figure, pairs: Sequence[_Pair], style: Style) -> tuple[float, float]:
    """Write names left and differences right of the bars; return the px that each column takes."""
    size = style.size
    names = [short_name(pair.crossing.label, style) for pair in pairs]
    nets = [_net_words(pair, style) for pair in pairs]
    left = min(_WIDEST_NAME * style.room, max(width(name, size) for name in names)) + _GAP
    right = max(width(net, size) for net in nets) + _GAP
    same = {"xref": "paper", "showarrow": False, "borderpad": 0}
    for at, (pair, name, net) in enumerate(zip(pairs, names, nets, strict=True)):
        same["name"] = pair.crossing.place_id
        words = "<br>".join(plain(line) for line in two_lines(name, size, left - _GAP))
        figure.add_annotation(text=words, x=0, y=at, xanchor="left", xshift=-left,
                              align="left", font={"size": size}, **same)  # fmt: skip
        figure.add_annotation(text=plain(net), x=1, y=at, xanchor="right", xshift=right,
                              font={"size": size, "color": style.palette.soft}, **same)  # fmt: skip
    return left, right


def _keys(style: Style, directions: tuple[str, str]) -> list[Key]:
    up, down = (_word(style, direction) for direction in directions)
    first, second = style.palette.series[:2]
    return [
        Key(look="fill", colour=first, text=style.t("figure.upper_bar", direction=up)),
        Key(look="fill", colour=second, text=style.t("figure.lower_bar", direction=down)),
        Key(look="↑", text=style.t("figure.more", direction=up)),
        Key(look="↓", text=style.t("figure.more", direction=down)),
    ]


def _word(style: Style, direction: str) -> str:
    return style.t(DIRECTIONS[direction])


def alt(frame: pd.DataFrame, style: Style) -> str:
    """Return both figures of every crossing, in words."""
    pairs = _pairs(frame, style) if "direction" in frame.columns else []
    if not pairs:
        return text_of([absence_words("no_figure", style)], style)
    directions = _directions(frame)
    told = []
    for pair in pairs:
        both = [
            style.t("figure.named", name=_word(style, direction), figure=figure_words(row, style))
            for direction, row in zip(directions, (pair.up, pair.down), strict=True)
            if row
        ]
        told.append(style.t("figure.aside", text=pair.crossing.label, aside=style.words.listing(both)))
    return text_of(told, style)
