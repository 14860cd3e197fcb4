"""Maps of the eleven cities that need no network: coloured areas, circles at the crossings, equal tiles."""

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboards.figures import map_ground
from dashboards.figures.canvas import Canvas
from dashboards.figures.classes import breaks, class_of
from dashboards.figures.drawn import Areas
from dashboards.figures.legend import HATCHES, Key, class_legend, draw_keys, draw_notes, shades
from dashboards.figures.lettering import lines, plain
from dashboards.figures.map_ground import Fill
from dashboards.figures.rows import (
    SIGNS,
    Row,
    absence_words,
    bases_differ,
    by_place,
    figure_words,
    hover,
    rows,
    sentence,
    sign_keys,
    text_of,
)
from dashboards.style import Style

TILE_REACH = 30
"""Px around the middle of a tile within which a pointer means it."""

TILE = 0.79
"""Height of a tile in its widths."""


def _all_cities(frame: pd.DataFrame, style: Style) -> dict[str, Row]:
    """Return a row for every city of the map, absent ones included, and no place that isn't on it."""
    held = by_place(rows(frame, style))
    return {
        place: held.get(place) or Row(place_id=place, label=style.place(place), absence="no_figure")
        for place in style.shapes.label_points
    }


def _cuts(cities: Mapping[str, Row], frame: pd.DataFrame) -> tuple[float, ...]:
    """Return the class breaks: of the figures shown, or of those of every year where the frame's ``scale`` has them."""
    shown = [row.value for row in cities.values() if row.known]
    return breaks(value for value in frame.attrs.get("scale") or shown if value != 0)


def _fill(row: Row, cuts: Sequence[float], style: Style) -> Fill:
    palette = style.palette
    if not row.known:
        return Fill(colour=palette.no_figure, ink=palette.ink)
    if row.value == 0:
        return Fill(colour=palette.ground, ink=palette.ink, edge=palette.soft)
    shade = shades(style, len(cuts) + 1)[class_of(row.value, cuts)]
    return Fill(colour=palette.ramp[shade], ink=palette.ramp_text[shade])


def _sign(row: Row) -> str:
    if not row.known:
        return " –" if map_ground.ABSENCE_LOOKS.get(row.absence) == "plain" else ""
    return f" {SIGNS[row.qualifier]}" if row.qualifier in SIGNS else ""


def _absence_keys(cities: Mapping[str, Row], style: Style) -> list[Key]:
    keys = []
    if any(row.known and row.value == 0 for row in cities.values()):
        keys.append(Key(look="outline", text=style.t("flag.zero")))
    for absence, look in map_ground.ABSENCE_LOOKS.items():
        if any(row.absence == absence for row in cities.values()):
            keys.append(Key(look=look, text=absence_words(absence, style)))
    return keys


def _city_legend(figure: go.Figure, style: Style, cities: Mapping[str, Row], cuts: Sequence[float]) -> float:
    below = 10.0
    if any(row.known and row.value != 0 for row in cities.values()):
        below = class_legend(figure, style, cuts, below)
    below = draw_keys(
        figure, style, [*_absence_keys(cities, style), *sign_keys(cities.values(), style)], below
    )
    notes = [style.t("figure.bases_differ")] if bases_differ(cities.values()) else []
    notes += boundary_notes(style)
    return draw_notes(figure, style, notes, below)


def boundary_notes(style: Style) -> list[str]:
    """Return who drew the boundaries, where that is known."""
    caption = style.shapes.caption.get(style.lang, "")
    return [style.t("figure.boundaries", who=caption)] if caption else []


def choropleth(frame: pd.DataFrame, style: Style) -> go.Figure:
    """Draw the eleven cities coloured by value in at most five classes, absences hatched or marked, names on the map.

    *frame* as in figures.rows, one row for each city that has a figure or a known reason for having none; a city
    not in it has "no figure". Provinces and crossings in it are left out. ``frame.attrs`` may hold ``scale``: figures
    that share the classes, so that the maps of several years compare; and ``view``: one of map_ground.VIEWS.
    """
    cities = _all_cities(frame, style)
    cuts = _cuts(cities, frame)
    fills = {place: _fill(row, cuts, style) for place, row in cities.items()}
    ground = map_ground.VIEWS[frame.attrs.get("view", "")]
    texts = {place: hover(row, style) for place, row in cities.items()}
    areas = map_ground.areas(style, fills, texts, ground.layer)
    figure = Canvas(areas, layout=style.layout())
    figure.add_traces(
        map_ground.hatches(style, {p: row.absence for p, row in cities.items() if not row.known})
    )
    figure.add_traces(
        map_ground.names(
            style, {p: row.label + _sign(row) for p, row in cities.items()}, fills, ground.bounds
        )
    )
    foot = _city_legend(figure, style, cities, cuts)
    figure.update_layout(map_ground.layout(style, foot, ground.bounds))
    figure.drawn = Areas(rows=cities, fills=fills, cuts=tuple(cuts))
    return figure


def choropleth_alt(frame: pd.DataFrame, style: Style) -> str:
    """Return every city with its figure or why it has none, largest first, in words."""
    cities = _all_cities(frame, style) or by_place(rows(frame, style))
    ordered = sorted(cities.values(), key=lambda row: -row.value if row.known else float("inf"))
    if not ordered:
        return text_of([absence_words("no_figure", style)], style)
    return text_of([sentence(row, style) for row in ordered], style)


def _tile(figure: go.Figure, style: Style, row: Row, at: tuple[int, int], fill: Fill) -> None:
    """Draw one city as a tile of the grid, hatched as on the map where it has no figure."""
    column, line = at
    left, right, top, bottom = column - 0.47, column + 0.47, line - 0.46, line + 0.46
    edge = {"width": 1, "color": fill.edge or (fill.colour if row.known else style.palette.hatch)}
    mine = {"layer": "below", "name": row.place_id}
    figure.add_shape(x0=left, x1=right, y0=top, y1=bottom, fillcolor=fill.colour, line=edge, **mine)
    look = map_ground.ABSENCE_LOOKS.get(row.absence, "hatch")
    if row.known or look not in HATCHES:
        return
    path = []
    for n in range(1, 14):
        start = n / 7
        (x0, y0), (x1, y1) = ((min(start, 1.0), max(start - 1, 0.0)), (max(start - 1, 0.0), min(start, 1.0)))
        path.append(
            f"M{left + x0 * (right - left):.3f},{top + y0 * (bottom - top):.3f}"
            f"L{left + x1 * (right - left):.3f},{top + y1 * (bottom - top):.3f}"
        )
    hatch = {"width": 1, "color": style.palette.hatch, "dash": HATCHES[look]}
    figure.add_shape(type="path", path="".join(path), line=hatch, **mine)


def _tile_texts(cities: Mapping[str, Row], fills: Mapping[str, Fill], style: Style) -> go.Scatter:
    places = list(cities)
    columns = [column for column, _ in style.shapes.tiles.values()]
    room = style.room / (1 + max(columns) - min(columns)) - 4
    size = style.size - 3
    texts = []
    for place in places:
        row = cities[place]
        said = (
            lines(figure_words(row, style, compact=True), size, room)[:2]
            if row.known
            else [_sign(row).strip()]
        )
        texts.append("<br>".join(map(plain, [row.label, *filter(None, said)])))
    return go.Scatter(
        x=[style.shapes.tiles[place][0] for place in places],
        y=[style.shapes.tiles[place][1] for place in places],
        mode="text",
        text=texts,
        textfont={
            "size": size,
            "color": [fills[place].ink for place in places],
            "shadow": [map_ground.halo(fills[place].colour) for place in places],
        },
        hovertext=[hover(cities[place], style) for place in places],
        customdata=places,
        hovertemplate="%{hovertext}<extra></extra>",
    )


def tiles(frame: pd.DataFrame, style: Style) -> go.Figure:
    """Draw the cities as tiles of one size, so that a small city weighs as much as a large one.

    *frame* and colours as in ``choropleth``; the grid comes with the style.
    """
    cities = {place: row for place, row in _all_cities(frame, style).items() if place in style.shapes.tiles}
    if not cities:
        return style.empty()
    cuts = _cuts(cities, frame)
    fills = {place: _fill(row, cuts, style) for place, row in cities.items()}
    figure = Canvas(layout=style.layout())
    for place, row in cities.items():
        _tile(figure, style, row, style.shapes.tiles[place], fills[place])
    figure.add_trace(_tile_texts(cities, fills, style))
    foot = _city_legend(figure, style, cities, cuts)
    columns = [column for column, _ in style.shapes.tiles.values()]
    rows_down = [line for _, line in style.shapes.tiles.values()]
    hidden = {"visible": False, "fixedrange": True}
    figure.update_layout(
        style.layout(
            xaxis=hidden | {"range": [min(columns) - 0.5, max(columns) + 0.5]},
            yaxis=hidden | {"range": [max(rows_down) + 0.5, min(rows_down) - 0.5]},
            margin={"l": 0, "r": 0, "t": 0, "b": foot},
            meta={
                "ratio": TILE * (max(rows_down) - min(rows_down) + 1) / (max(columns) - min(columns) + 1),
                "foot": foot,
            },
            hovermode="closest",
            hoverdistance=TILE_REACH,
        )
    )
    figure.drawn = Areas(rows=cities, fills=fills, cuts=tuple(cuts))
    return figure


def cities(frame: pd.DataFrame, style: Style) -> go.Figure:
    """Draw the cities in the form that ``frame.attrs["view"]`` asks for: as tiles, or as a map of its own view."""
    return tiles(frame, style) if frame.attrs.get("view") == "tiles" else choropleth(frame, style)
