"""The words below a chart that say what its marks mean, drawn in px so that they look the same at every width."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import plotly.graph_objects as go

from dashboards.figures.canvas import BELOW, Canvas
from dashboards.figures.lettering import lines, plain, width
from dashboards.style import Style

_BOX = 16.0
_HIGH = 10.0
_GAP = 16.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """One mark and its words; *look* is fill, hatch, dots, dashes, outline, open_end or a sign to be set as text."""

    look: str
    text: str
    colour: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """A place in px right of and below the lower left corner of the plot."""

    x: float
    y: float


def row_height(style: Style) -> float:
    """Return the px from one line of a legend to the next."""
    return style.size * 1.45


def pixel_shape(figure: go.Figure, spot: Spot, **look: object) -> None:
    """Add a shape measured in px, by itself the box of a legend at *spot*."""
    figure.add_shape(
        name=BELOW, xref="paper", yref="paper", xsizemode="pixel", ysizemode="pixel", xanchor=0, yanchor=0,
        **({"x0": spot.x, "x1": spot.x + _BOX, "y0": -spot.y - _HIGH / 2, "y1": -spot.y + _HIGH / 2} | look),
    )  # fmt: skip


def _hatch_path(spot: Spot) -> str:
    parts = []
    for start in (-5.0, 0.0, 5.0, 10.0):
        left, right = max(start, 0.0), min(start + _HIGH, _BOX)
        low, high = left - start, right - start
        parts.append(
            f"M{spot.x + left:g},{-spot.y - _HIGH / 2 + low:g}L{spot.x + right:g},{-spot.y - _HIGH / 2 + high:g}"
        )
    return "".join(parts)


def _draw_sample(figure: go.Figure, style: Style, key: Key, spot: Spot) -> None:
    palette = style.palette
    edge = {"color": palette.hatch, "width": 1}
    if key.look == "fill":
        pixel_shape(figure, spot, fillcolor=key.colour, line={"width": 0})
    elif key.look == "outline":
        pixel_shape(figure, spot, fillcolor=palette.ground, line={"color": palette.soft, "width": 1})
    elif key.look in HATCHES:
        pixel_shape(figure, spot, fillcolor=palette.no_figure, line=edge)
        pixel_shape(
            figure,
            spot,
            type="path",
            path=_hatch_path(spot),
            line=edge | {"dash": HATCHES[key.look], "width": 1.2},
        )
    elif key.look == "plain":
        pixel_shape(figure, spot, fillcolor=palette.no_figure, line=edge | {"dash": "dot"})
    else:
        write(figure, style, key.look, spot, color=key.colour or palette.ink)


HATCHES = {"hatch": "solid", "dots": "2px,3px", "dashes": "6px,3px"}
"""How the lines of a hatch are broken, by look."""


def write(
    figure: go.Figure, style: Style, text: str, spot: Spot, *, anchor: str = "left", **font: object
) -> None:
    """Set one line of *text* with its *anchor* at *spot*, in the soft ink unless *font* says otherwise."""
    figure.add_annotation(
        name=BELOW, text=text, showarrow=False, x=0, y=0, xref="paper", yref="paper", xanchor=anchor, yanchor="middle",
        xshift=spot.x, yshift=-spot.y, borderpad=0, align="left",
        font={"color": style.palette.soft, "size": style.size - 1} | font,
    )  # fmt: skip


def _sample_width(key: Key, size: float) -> float:
    return _BOX if key.look in {"fill", "outline", "plain", *HATCHES} else width(key.look, size)


def _wide(key: Key, words: Sequence[str], size: float) -> float:
    return _sample_width(key, size) + 6 + max((width(line, size) for line in words), default=0.0)


def _column(keys: Sequence[Key], style: Style) -> float:
    """Return the px that each of *keys* takes so that rows stand under one another; 0 where one row holds them all."""
    wide = [_wide(key, [key.text], style.size - 1.0) for key in keys]
    if sum(wide) + _GAP * (len(wide) - 1) <= style.room:
        return 0.0
    columns = max(1, int((style.room + _GAP) // (max(wide) + _GAP)))
    return (style.room + _GAP) / columns - _GAP


def draw_keys(figure: go.Figure, style: Style, keys: Sequence[Key], below: float, left: float = 0.0) -> float:
    """Draw *keys* in rows from *below* px under the plot, *left* px from its edge; return the px then used."""
    size = style.size - 1.0
    x, y = left, below + row_height(style) / 2
    column = _column(keys, style)
    for key in keys:
        sample = _sample_width(key, size)
        words = lines(key.text, size, style.room - sample - 6)
        wide = max(column, _wide(key, words, size))
        if x > left and x + wide - left > style.room:
            x, y = left, y + row_height(style)
        _draw_sample(figure, style, key, Spot(x=x, y=y))
        for n, line in enumerate(words):
            write(figure, style, plain(line), Spot(x=x + sample + 6, y=y + n * row_height(style)))
        y += (len(words) - 1) * row_height(style)
        x += wide + _GAP
    return _told(figure, keys, below, y + row_height(style) / 2) if keys else below


def _told(figure: go.Figure, told: Sequence[Key | str], below: float, end: float) -> float:
    """Let the chart remember what stands from *below* to *end* px under it; return *end*."""
    if isinstance(figure, Canvas):
        figure.tell_below(told, end - below)
    return end


def draw_notes(
    figure: go.Figure, style: Style, notes: Sequence[str], below: float, left: float = 0.0
) -> float:
    """Write *notes* one under the other from *below* px under the plot; return the px then used."""
    end = below
    for note in notes:
        for line in lines(note, style.size - 1, style.room):
            write(figure, style, plain(line), Spot(x=left, y=end + row_height(style) / 2))
            end += row_height(style)
    return _told(figure, notes, below, end)


def shades(style: Style, count: int) -> list[int]:
    """Return which *count* colours of the ramp are used: the far ends always, so that few classes stay apart."""
    last = len(style.palette.ramp) - 1
    return [round(last * k / (count - 1)) for k in range(count)] if count > 1 else [last - 1]


def class_legend(
    figure: go.Figure, style: Style, cuts: Sequence[float], below: float, left: float = 0.0
) -> float:
    """Draw the classes, each with its colour and the figures it holds in words; return the px then used."""
    names = class_names(cuts, style)
    keys = [
        Key(look="fill", text=name, colour=style.palette.ramp[shade])
        for name, shade in zip(names, shades(style, len(names)), strict=True)
    ]
    return draw_keys(figure, style, keys, below, left) + 2


def class_names(cuts: Sequence[float], style: Style) -> list[str]:
    """Return what each class between *cuts* holds, in words, the lowest first."""
    texts = [style.compact(cut) for cut in cuts]
    if not texts:
        return [style.t("figure.class_one")]
    between = [style.t("figure.class_between", low=low, high=high) for low, high in pairwise(texts)]
    return [
        style.t("figure.class_under", high=texts[0]),
        *between,
        style.t("figure.class_from", low=texts[-1]),
    ]
