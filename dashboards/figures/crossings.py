"""Crossings on the map: a circle for each, its upper half those leaving, its lower half those arriving."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
import plotly.graph_objects as go

from dashboards.figures import map_ground
from dashboards.figures.canvas import Canvas
from dashboards.figures.classes import round_between
from dashboards.figures.legend import Key, draw_keys, draw_notes
from dashboards.figures.lettering import plain
from dashboards.figures.map_ground import Fill
from dashboards.figures.map_labels import NARROWEST, Box, Label, Screen, free_labels
from dashboards.figures.rows import Row, absence_words, figure_words, period_words, rows, sentence, text_of
from dashboards.style import Style

LAYERS = ("cities", "cities_overview")
UPPER = ("departure", "northbound")
LOWER = ("arrival", "southbound")
LARGEST = 0.052
"""Radius of the largest half circle, as a share of the map's width."""

DIRECTIONS = {
    "departure": "figure.departure",
    "arrival": "figure.arrival",
    "northbound": "figure.northbound",
    "southbound": "figure.southbound",
}
MOST_NAMED = 9

_SIDES = {"departure": 1, "northbound": 1, "arrival": -1, "southbound": -1}


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """A crossing on the map: its point and its figures by direction ("" where they aren't split)."""

    place_id: str
    label: str
    point: tuple[float, float] | None
    figures: Mapping[str, Row]

    @property
    def total(self) -> float:
        """Sum of the directions; they count the same passengers on the same basis."""
        return sum(row.value for row in self.figures.values() if row.known)

    @property
    def known(self) -> bool:
        """Say whether there is any figure."""
        return any(row.known for row in self.figures.values())


def gather(frame: pd.DataFrame, style: Style) -> list[Crossing]:
    """Return the crossings of *frame*, the busiest first; of each direction the newest figure, split ones first."""
    lons = frame["lon"] if "lon" in frame.columns else [math.nan] * len(frame)
    lats = frame["lat"] if "lat" in frame.columns else [math.nan] * len(frame)
    ways = frame["direction"] if "direction" in frame.columns else [""] * len(frame)
    held: dict[str, tuple[Row, tuple[float, float] | None, dict[str, Row]]] = {}
    for row, lon, lat, way in zip(rows(frame, style), lons, lats, ways, strict=True):
        point = (float(lon), float(lat)) if pd.notna(lon) and pd.notna(lat) else None
        _, _, figures = held.setdefault(row.place_id, (row, point, {}))
        direction = way if way in DIRECTIONS else ""
        if direction not in figures or (row.end or date.min) > (figures[direction].end or date.min):
            figures[direction] = row
    found = []
    for place, (row, point, figures) in held.items():
        split = {way: figure for way, figure in figures.items() if way}
        found.append(Crossing(place_id=place, label=row.label, point=point, figures=split or figures))
    return sorted(found, key=lambda crossing: -crossing.total)


def _view(points: Sequence[tuple[float, float]]) -> Box:
    """Return the bounds that hold *points* with room around, in the shape of the usual map."""
    if not points:
        return map_ground.VIEW
    screen = Screen(bounds=map_ground.VIEW, width=1.0)
    xy = [screen.px(point) for point in points]
    left, right = min(x for x, _ in xy), max(x for x, _ in xy)
    top, bottom = min(y for _, y in xy), max(y for _, y in xy)
    shape = screen.height
    wide = max((right - left) * 1.34, (bottom - top) * 1.4 / shape, 0.03)
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    west, north = screen.point((middle_x - wide / 2, middle_y - wide * shape / 2))
    east, south = screen.point((middle_x + wide / 2, middle_y + wide * shape / 2))
    return west, south, east, north


def half_circle(
    centre: tuple[float, float], radius: float, side: int, screen: Screen
) -> tuple[list[float], list[float]]:
    """Return lons and lats of a disc (*side* 0) or of its upper (1) or lower (-1) half, clockwise as maps want it."""
    x, y = screen.px(centre)
    first, last = {0: (180.0, -180.0), 1: (180.0, 0.0), -1: (0.0, -180.0)}[side]
    steps = 36 if side == 0 else 18
    angles = [math.radians(first + (last - first) * n / steps) for n in range(steps + 1)]
    ring = [screen.point((x + radius * math.cos(a), y - radius * math.sin(a))) for a in angles]
    ring.append(ring[0])
    return [lon for lon, _ in ring], [lat for _, lat in ring]


def _radius(value: float, most: float, screen: Screen) -> float:
    return LARGEST * screen.width * math.sqrt(value / most) if most > 0 else 0.0


def _colour(style: Style, direction: str) -> str:
    return style.palette.series[1] if direction in LOWER else style.palette.series[0]


def _discs(crossings: Iterable[Crossing], style: Style, screen: Screen, most: float) -> list[go.Scattergeo]:
    traces = []
    for crossing in crossings:
        for direction, row in crossing.figures.items():
            if crossing.point is None or not row.known or row.value <= 0:
                continue
            side = _SIDES.get(direction, 0)
            # a whole disc shows both directions at once: twice the area of one half with the same figure
            value = row.value if side else row.value / 2
            lons, lats = half_circle(crossing.point, _radius(value, most, screen), side, screen)
            traces.append(_disc(style, crossing.place_id, lons, lats, _colour(style, direction)))
    return traces


def _disc(style: Style, place: str, lons: list[float], lats: list[float], colour: str) -> go.Scattergeo:
    return go.Scattergeo(
        lon=lons, lat=lats, meta=place, mode="lines", fill="toself", fillcolor=_veil(colour), hoverinfo="skip",
        line={"color": style.palette.ground, "width": 0.8},
    )  # fmt: skip


def _veil(colour: str) -> str:
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.82)"


def _spots(crossings: Iterable[Crossing], style: Style) -> go.Scattergeo:
    """Return what the pointer finds: a dot at each crossing, hollow where there is no figure or none crossed."""
    placed = [crossing for crossing in crossings if crossing.point]
    flowing = [crossing.total > 0 for crossing in placed]
    return go.Scattergeo(
        lon=[crossing.point[0] for crossing in placed if crossing.point],
        lat=[crossing.point[1] for crossing in placed if crossing.point],
        mode="markers",
        marker={
            "size": [3 if flows else 7 for flows in flowing],
            "symbol": ["circle" if flows else "circle-open" for flows in flowing],
            "color": [style.palette.ground if flows else style.palette.soft for flows in flowing],
        },
        text=[_hover(crossing, style) for crossing in placed],
        customdata=[crossing.place_id for crossing in placed],
        hovertemplate="%{text}<extra></extra>",
    )


def _split(crossing: Crossing, style: Style) -> list[str]:
    return [
        style.t(
            "figure.named", name=style.t(DIRECTIONS[direction]), figure=figure_words(row, style, unit=True)
        )
        if direction
        else figure_words(row, style, unit=True)
        for direction, row in crossing.figures.items()
    ]


def _hover(crossing: Crossing, style: Style) -> str:
    period = period_words(next(iter(crossing.figures.values())), style)
    return "<br>".join(
        [f"<b>{plain(crossing.label)}</b>", *map(plain, _split(crossing, style)), plain(period)]
    )


def short_name(name: str, style: Style) -> str:
    """Return *name* without what every crossing is called and without what stands in brackets."""
    return (
        re.sub(r"\s*[(\uff08].*?[)\uff09]", "", name)
        .removesuffix(style.t("figure.control_point_tail"))
        .strip()
    )


def _names(crossings: Sequence[Crossing], style: Style, screen: Screen, most: float) -> list[go.Scattergeo]:
    placed = [crossing for crossing in crossings if crossing.point and crossing.total > 0.02 * most][
        :MOST_NAMED
    ]
    radii = {c.place_id: max((_radius(r.value, most, screen) for r in c.figures.values() if r.known), default=0.0)
             for c in placed}  # fmt: skip
    points = {c.place_id: c.point for c in placed if c.point}
    texts = {c.place_id: short_name(c.label, style) for c in placed}
    corner = (0.0, screen.height * 0.86, screen.width * 0.5, screen.height)
    labels = free_labels(points, texts, screen, style.size - 2, radii, [corner])
    fills = [Fill(colour=style.palette.ground, ink=style.palette.ink)] * len(labels)
    if not labels:
        return []
    lettering = map_ground.lettering(style, labels, texts, fills)
    lettering.update(customdata=[label.place_id for label in labels])
    return [*map_ground.leaders(style, labels), lettering]


def _measure(crossings: Sequence[Crossing], style: Style, screen: Screen, most: float) -> list[go.Scattergeo]:
    """Return a half circle of a round figure in the lower left corner, by which the others can be read."""
    if most <= 0:
        return []
    value = round_between(most * 0.3, most * 0.6)
    radius = _radius(value, most, screen)
    at = screen.point((screen.width * 0.03 + radius, screen.height * 0.97))
    lons, lats = half_circle(at, radius, 1, screen)
    beside = screen.point((screen.width * 0.04 + 2 * radius, screen.height * 0.97))
    unit = next((row.unit for c in crossings for row in c.figures.values() if row.unit), "")
    named = unit if style.words.has(f"unit.{unit}") else ""
    outline = go.Scattergeo(
        lon=lons, lat=lats, mode="lines", line={"color": style.palette.soft, "width": 1}, hoverinfo="skip"
    )
    label = Label(place_id="", lon=beside[0], lat=beside[1], position="top right")
    fill = Fill(colour=style.palette.ground, ink=style.palette.soft)
    return [outline, map_ground.lettering(style, [label], {"": style.compact(value, "exact", named)}, [fill])]


def _foot(figure: go.Figure, crossings: Sequence[Crossing], style: Style) -> float:
    directions = sorted({d for c in crossings for d in c.figures if d}, key=lambda d: d not in UPPER)
    keys = [
        Key(look="▲" if direction in UPPER else "▼", colour=_colour(style, direction),
            text=style.t("figure.upper_half" if direction in UPPER else "figure.lower_half",
                         direction=style.t(DIRECTIONS[direction])))
        for direction in directions
    ]  # fmt: skip
    if any(c.point and c.total <= 0 for c in crossings):
        keys.append(Key(look="○", text=style.t("figure.nobody_or_no_figure")))
    below = draw_keys(figure, style, keys, 8)
    off = [c.label for c in crossings if c.point is None]
    note = style.t("figure.not_on_the_map", places=style.words.listing(off)) if off else ""
    return draw_notes(figure, style, [note] if note else [], below)


def crossings(frame: pd.DataFrame, style: Style) -> go.Figure:
    """Draw each crossing as half circles whose areas are its passengers: leaving above, arriving below.

    *frame* as in figures.rows, with ``lon``, ``lat`` (float, NaN where not known: named below the map) and
    ``direction`` (arrival, departure, northbound, southbound or empty for an unsplit figure).
    """
    found = gather(frame, style)
    if not found:
        return style.empty()
    view = _view([crossing.point for crossing in found if crossing.point])
    screen = Screen(bounds=view, width=NARROWEST)
    most = max(
        (r.value if d in _SIDES else r.value / 2 for c in found for d, r in c.figures.items() if r.known),
        default=0.0,
    )
    palette = style.palette
    layer = next((name for name in LAYERS if name in style.shapes.layers), LAYERS[-1])
    ground = {
        place: Fill(colour=palette.no_figure, ink=palette.ink, edge=palette.hatch)
        for place in style.shapes.label_points
    }
    figure = Canvas(layout=style.layout())
    if ground and layer in style.shapes.layers:
        figure.add_trace(map_ground.areas(style, ground, {p: plain(style.place(p)) for p in ground}, layer))
        figure.data[0].update(hoverinfo="skip", hovertemplate=None)
    figure.add_traces(_discs(found, style, screen, most))
    figure.add_traces(_names(found, style, screen, most))
    figure.add_traces(_measure(found, style, screen, most))
    figure.add_trace(_spots(found, style))
    foot = _foot(figure, found, style)
    figure.update_layout(map_ground.layout(style, foot, view))
    return figure


def alt(frame: pd.DataFrame, style: Style) -> str:
    """Return the figures of *frame* by crossing and direction, in words."""
    found = gather(frame, style)
    if not found:
        return text_of([absence_words("no_figure", style)], style)
    return text_of([_told(crossing, way, style) for crossing in found for way in crossing.figures], style)


def _told(crossing: Crossing, direction: str, style: Style) -> str:
    row = crossing.figures[direction]
    if not direction:
        return sentence(row, style)
    name = style.t("format.pair", a=crossing.label, b=style.t(DIRECTIONS[direction]))
    return style.t("figure.named", name=name, figure=figure_words(row, style))
