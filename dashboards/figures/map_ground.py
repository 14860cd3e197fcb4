"""What every map stands on: the frame of the view, hatched absences, names that keep clear of one another."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboards.figures.legend import HATCHES
from dashboards.figures.lettering import plain
from dashboards.figures.map_labels import NARROWEST, Box, Label, Screen, place_labels, ratio
from dashboards.style import Style

VIEW: Box = (111.3, 21.5, 115.48, 24.45)
"""West, south, east, north of what a map shows: the eleven cities and a little room."""

LAYER = "cities_overview"


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """What a map shows: its *bounds*, and the *layer* fine enough for them."""

    bounds: Box
    layer: str = LAYER


VIEWS = {"": Ground(bounds=VIEW), "estuary": Ground(bounds=(113.2, 21.94, 114.5, 22.99), layer="cities")}
"""The whole, and the estuary close up: where Hong Kong, Macao and their neighbours are too small on the whole."""

TINY = frozenset({"macao"})
"""Cities too small on the map to carry their own name."""

ABSENCE_LOOKS = {
    "no_figure": "hatch",
    "not_published": "dots",
    "withheld": "dashes",
    "not_in_scope": "plain",
    "not_defined": "plain",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Fill:
    """The colour of an area, the ink that is read on it and, where it matters, its edge."""

    colour: str
    ink: str
    edge: str = ""


def geo(style: Style, view: Box = VIEW) -> dict[str, object]:
    """Return the settings of a map without a base map, which asks nothing of any other host."""
    return {
        "visible": False,
        "projection": {"type": "mercator"},
        "lonaxis": {"range": [view[0], view[2]]},
        "lataxis": {"range": [view[1], view[3]]},
        "domain": {"x": [0, 1], "y": [0, 1]},
        "bgcolor": "rgba(0,0,0,0)",
        "framecolor": style.palette.ground,
    }


def layout(style: Style, foot: float, view: Box = VIEW) -> go.Layout:
    """Return a map's layout: as wide as its frame, *foot* px below it, its height told in ``meta``."""
    return style.layout(
        geo=geo(style, view),
        margin={"l": 0, "r": 0, "t": 4, "b": foot},
        meta={"ratio": round(ratio(view), 4), "foot": foot + 4},
        xaxis=None,
        yaxis=None,
    )


def areas(
    style: Style, fills: Mapping[str, Fill], texts: Mapping[str, str], layer: str = LAYER
) -> go.Choropleth:
    """Return the cities in their *fills*, those with an edge of their own on top; *texts* are their hover boxes."""
    places = sorted(fills, key=lambda place: bool(fills[place].edge))
    colours = list(dict.fromkeys(fills[place].colour for place in places))
    steps = max(len(colours), 1)
    return go.Choropleth(
        geojson=style.shapes.layers.get(layer),
        featureidkey="id",
        locations=places,
        z=[colours.index(fills[place].colour) + 0.5 for place in places],
        zmin=0,
        zmax=steps,
        colorscale=[(edge / steps, colour) for n, colour in enumerate(colours) for edge in (n, n + 1)]
        or None,
        showscale=False,
        text=[texts[place] for place in places],
        hovertemplate="%{text}<extra></extra>",
        marker={"line": {"color": [fills[p].edge or style.palette.ground for p in places], "width": 1.1}},
    )


def hatches(style: Style, absences: Mapping[str, str]) -> list[go.Scattergeo]:
    """Return the lines over cities without a figure; *absences* maps place ids to why."""
    traces = []
    for look, dash in HATCHES.items():
        places = [place for place, absence in absences.items() if ABSENCE_LOOKS.get(absence, "hatch") == look]
        if not places:
            continue
        lons, lats = style.shapes.hatch(places)
        traces.append(
            go.Scattergeo(
                lon=lons, lat=lats, mode="lines", hoverinfo="skip",
                line={"color": style.palette.hatch, "width": 1, "dash": dash},
            )
        )  # fmt: skip
    return traces


def names(
    style: Style, texts: Mapping[str, str], fills: Mapping[str, Fill], bounds: Box = VIEW
) -> list[go.Scattergeo]:
    """Return the names of cities within *bounds*, none on another from the narrowest screen up, and their leaders.

    A name on its city has the ink of its fill and a halo of the fill's colour, one beside it those of the page.
    """
    west, south, east, north = bounds
    seats = {place: style.shapes.label_points[place] for place in texts}
    points = {
        place: seat for place, seat in seats.items() if west < seat[0] < east and south < seat[1] < north
    }
    screen = Screen(bounds=bounds, width=NARROWEST)
    labels = place_labels(points, texts, screen, style.size - 1.5, room=1.0, beside=TINY)
    open_ground = Fill(colour=style.palette.ground, ink=style.palette.ink)
    own = [
        fills[label.place_id] if label.position == "middle center" and label.leader is None else open_ground
        for label in labels
    ]
    return [*leaders(style, labels), lettering(style, labels, texts, own)]


def leaders(style: Style, labels: Iterable[Label]) -> list[go.Scattergeo]:
    """Return the lines from places to names that stand away from them."""
    lons: list[float | None] = []
    lats: list[float | None] = []
    for label in labels:
        if label.leader:
            lons += [label.leader[0], label.lon, None]
            lats += [label.leader[1], label.lat, None]
    line = {"color": style.palette.soft, "width": 0.8}
    return [go.Scattergeo(lon=lons, lat=lats, mode="lines", line=line, hoverinfo="skip")] if lons else []


def lettering(
    style: Style, labels: list[Label], texts: Mapping[str, str], fills: list[Fill]
) -> go.Scattergeo:
    """Return *labels* set in the inks of *fills*, one for each."""
    return go.Scattergeo(
        lon=[label.lon for label in labels],
        lat=[label.lat for label in labels],
        text=[plain(texts[label.place_id]) for label in labels],
        textposition=[label.position for label in labels],
        mode="text",
        hoverinfo="skip",
        textfont={
            "size": style.size - 1.5,
            "color": [fill.ink for fill in fills],
            "shadow": [halo(fill.colour) for fill in fills],
        },
    )


def halo(colour: str) -> str:
    """Return the shadow that keeps letters clear of what lies under them."""
    return ",".join(f"{x}px {y}px 1.5px {colour}" for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)))
