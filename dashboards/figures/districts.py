"""A map of Hong Kong's districts, coloured by value; those without a figure are hatched."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboards.figures import district_names, map_ground
from dashboards.figures.canvas import Canvas
from dashboards.figures.classes import breaks, class_of
from dashboards.figures.legend import Key, class_legend, draw_keys, draw_notes, shades
from dashboards.figures.map_ground import Fill
from dashboards.figures.map_labels import Box
from dashboards.figures.maps import boundary_notes
from dashboards.figures.rows import Row, absence_words, by_place, hover, rows, sentence, text_of
from dashboards.style import Style

HONG_KONG: Box = (113.82, 22.14, 114.46, 22.58)
LAYER = "districts"


def _fill(row: Row, cuts: Sequence[float], style: Style) -> Fill:
    if not row.known:
        return Fill(colour=style.palette.no_figure, ink=style.palette.ink)
    shade = shades(style, len(cuts) + 1)[class_of(row.value, cuts)]
    return Fill(colour=style.palette.ramp[shade], ink=style.palette.ramp_text[shade])


def districts(frame: pd.DataFrame, style: Style, view: Box = HONG_KONG) -> go.Figure:
    """Draw the districts of *frame* (columns as in figures.rows) coloured by value in at most five classes.

    Every district to be drawn has a row, with an ``absence`` where it has no figure. Those have names that find room
    on the narrowest screen; all are in the boxes that the pointer finds.
    """
    held = by_place(rows(frame, style))
    if not held:
        return style.empty()
    cuts = breaks(row.value for row in held.values() if row.known)
    fills = {place: _fill(row, cuts, style) for place, row in held.items()}
    texts = {place: hover(row, style) for place, row in held.items()}
    absent = {place: row.absence for place, row in held.items() if not row.known}
    figure = Canvas(map_ground.areas(style, fills, texts, LAYER), layout=style.layout())
    figure.add_traces(map_ground.hatches(style, absent))
    figure.add_traces(
        district_names.names(style, {place: row.label for place, row in held.items()}, fills, view)
    )
    foot = 10.0
    if len(absent) < len(held):
        foot = class_legend(figure, style, cuts, foot)
    keys = [Key(look="hatch", text=absence_words("no_figure", style))] if absent else []
    foot = draw_notes(figure, style, boundary_notes(style), draw_keys(figure, style, keys, foot))
    figure.update_layout(map_ground.layout(style, foot, view))
    return figure


def alt(frame: pd.DataFrame, style: Style) -> str:
    """Return every district with its figure or why it has none, largest first, in words."""
    held = by_place(rows(frame, style)).values()
    ordered = sorted(held, key=lambda row: -row.value if row.known else float("inf"))
    return text_of([sentence(row, style) for row in ordered] or [absence_words("no_figure", style)], style)
