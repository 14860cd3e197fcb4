"""The map on a slide: every city a shape of its own that can be moved, coloured and read aloud."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboards.exports import slide_table
from dashboards.exports.slide_words import LEAD, Box, Said, decorative, describe, rgb, textbox
from dashboards.figures.drawn import Areas
from dashboards.figures.legend import class_names, shades
from dashboards.figures.lettering import width
from dashboards.figures.map_ground import ABSENCE_LOOKS, TINY, VIEWS, Ground
from dashboards.figures.map_labels import Label, Screen, place_labels, ratio
from dashboards.figures.rows import SIGNS, Row, absence_words, bases_differ, figure_words, sentence
from dashboards.style import Style

NAME = 9.5
_PATTERNS = {
    "hatch": "ltUpDiag",
    "dots": "pct20",
    "dashes": "dashUpDiag",
}
_LINE = 14.0
"""Points from one line of the legend to the next."""

_TILE = 0.79
_FINEST = 0.3
"""Points nearer to one another than this are one."""


def ground_of(figure: Any) -> Ground | None:
    """Return what of the country a chart of cities shows; None where it shows them as tiles."""
    across = figure.layout.geo.lonaxis.range
    if across is None:
        return None
    return next((each for each in VIEWS.values() if each.bounds[0] == across[0]), VIEWS[""])


def map_width(high: float, ground: Ground) -> float:
    """Return how wide a map of *high* points is."""
    return high / ratio(ground.bounds)


def mapped(shapes: Any, box: Box, figure: Any, style: Style, said: tuple[str, str]) -> Any:
    """Add the cities of a chart on the left, as it shows them, their figures as a table and the legend on the right.

    *said* are the name and the alt text of both.
    """
    drawn, ground, most = figure.drawn, ground_of(figure), box.wide * 0.56
    if ground is None:
        place = replace(box, wide=most)
        made = tiles(shapes, place, drawn, style, said[1])
    else:
        wide = min(map_width(box.high, ground), most)
        place = replace(box, wide=wide, high=wide * ratio(ground.bounds))
        made = areas(shapes, place, drawn, style, said[1], ground)
    left = box.x + place.wide + 24
    table = slide_table.figures(drawn, style, box.x + box.wide - left)
    describe(slide_table.put(shapes, table, left, box.y, style), *said)
    used = (
        sum(slide_table.row_height(texts, table.widths, style) for texts in (table.labels, *table.rows)) + 12
    )
    legend(shapes, Box(x=left, y=box.y + used, wide=sum(table.widths), high=box.high - used), drawn, style)
    return made


def areas(shapes: Any, box: Box, drawn: Areas, style: Style, alt: str, ground: Ground = VIEWS[""]) -> Any:
    """Add the map of *drawn* as a group of shapes, one a city, with its names; *alt* tells all of it."""
    screen = Screen(bounds=ground.bounds, width=box.wide)
    group = shapes.add_group_shape()
    for place_id, rings in _outlines(style, ground.layer):
        inside = [cut(_points(ring, screen, box), box) for ring in rings]
        if place_id in drawn.rows and any(inside):
            _city(group.shapes, drawn, style, place_id, [ring for ring in inside if ring])
    texts = {place: row.label + _sign(row) for place, row in drawn.rows.items()}
    west, south, east, north = ground.bounds
    seats = {place: style.shapes.label_points[place] for place in texts}
    points = {place: at for place, at in seats.items() if west < at[0] < east and south < at[1] < north}
    for one in place_labels(points, texts, screen, NAME, room=1.5, beside=TINY):
        _name(group.shapes, one, texts[one.place_id], drawn, style, (screen, box))
    describe(group, style.t("slides.map"), alt)
    return group


def _outlines(style: Style, layer_id: str) -> Iterator[tuple[str, list[Sequence[Sequence[float]]]]]:
    """Yield each city of a layer with its rings."""
    layer: Any = style.shapes.layers[layer_id]
    for feature in layer["features"]:
        shape = feature["geometry"]
        parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        yield feature["id"], [ring for part in parts for ring in part]


def _points(ring: Sequence[Sequence[float]], screen: Screen, box: Box) -> list[tuple[float, float]]:
    return [(box.x + x, box.y + y) for x, y in (screen.px((lon, lat)) for lon, lat, *_ in ring)]


def _city(
    shapes: Any, drawn: Areas, style: Style, place_id: str, rings: Sequence[Sequence[tuple[float, float]]]
) -> None:
    """Add a city as a shape with a path of its own; python-pptx would take seconds for a coast."""
    row, fill = drawn.rows[place_id], drawn.fills[place_id]
    grains = [[(Pt(x), Pt(y)) for x, y in ring] for ring in rings]
    left, top = (min(point[axis] for ring in grains for point in ring) for axis in (0, 1))
    wide, high = (
        max(point[axis] for ring in grains for point in ring) - least for axis, least in ((0, left), (1, top))
    )
    path = "".join(_ring(ring, left, top) for ring in grains)
    look = ABSENCE_LOOKS.get(row.absence, "hatch") if not row.known else ""
    made = parse_xml(
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{shapes._next_shape_id}" name=""/><p:cNvSpPr/><p:nvPr/>'
        f'</p:nvSpPr><p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm><a:custGeom>'
        '<a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f'<a:path w="{wide}" h="{high}">{path}</a:path></a:pathLst></a:custGeom>{_filled(style, fill.colour, look)}'
        f'<a:ln w="{Pt(0.75)}">{_solid(fill.edge or style.palette.ground)}</a:ln></p:spPr></p:sp>'
    )
    properties = made.find(qn("p:nvSpPr")).find(qn("p:cNvPr"))
    properties.set("name", row.label)
    properties.set("descr", sentence(row, style))
    shapes._element.append(made)


def _ring(ring: Sequence[tuple[int, int]], left: int, top: int) -> str:
    (x0, y0), *others = ((x - left, y - top) for x, y in ring)
    steps = "".join(f'<a:lnTo><a:pt x="{x}" y="{y}"/></a:lnTo>' for x, y in others)
    return f'<a:moveTo><a:pt x="{x0}" y="{y0}"/></a:moveTo>{steps}<a:close/>'


def _solid(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{rgb(colour)}"/></a:solidFill>'


def _filled(style: Style, colour: str, look: str) -> str:
    if look not in _PATTERNS:
        return _solid(colour)
    lines, ground = (f'<a:srgbClr val="{rgb(each)}"/>' for each in (style.palette.hatch, colour))
    return f'<a:pattFill prst="{_PATTERNS[look]}"><a:fgClr>{lines}</a:fgClr><a:bgClr>{ground}</a:bgClr></a:pattFill>'


def _sign(row: Row) -> str:
    return f" {SIGNS[row.qualifier]}" if row.known and row.qualifier in SIGNS else ""


def _name(shapes: Any, one: Label, text: str, drawn: Areas, style: Style, at: tuple[Screen, Box]) -> None:
    """Write the name of a city where it has room, with a line to its city when that is elsewhere."""
    screen, box = at
    x, y = screen.px((one.lon, one.lat))
    wide, high = width(text, NAME) + 6, NAME * 1.3
    vertical, horizontal = one.position.split()
    left = x - {"left": wide, "center": wide / 2, "right": 0}[horizontal]
    top = y - {"top": high, "middle": high / 2, "bottom": 0}[vertical]
    if one.leader:
        ends = [screen.px(one.leader), (x, y)]
        (x1, y1), (x2, y2) = [(Pt(box.x + a), Pt(box.y + b)) for a, b in ends]
        line = shapes.add_connector(MSO_CONNECTOR.STRAIGHT, x1, y1, x2, y2)
        line.line.color.rgb, line.line.width = rgb(style.palette.soft), Pt(0.5)
        decorative(line)
    on_city = one.position == "middle center" and one.leader is None
    ink = drawn.fills[one.place_id].ink if on_city else style.palette.ink
    align = "left" if horizontal == "right" else "right" if horizontal == "left" else "center"
    said = Said(text=text, size=NAME, colour=ink, align=align)
    spot = Box(x=box.x + left, y=box.y + top, wide=wide, high=high)
    made = textbox(shapes, spot, [said], style.lang, wraps=False)
    decorative(made)


def legend(shapes: Any, box: Box, drawn: Areas, style: Style) -> None:
    """Add in *box* what each class holds, the looks of absences and the signs: in two columns where one is too high."""
    classes: list[tuple[str, str, str]] = []
    if any(row.known and row.value != 0 for row in drawn.rows.values()):
        names = class_names(drawn.cuts, style)
        colours = [style.palette.ramp[shade] for shade in shades(style, len(names))]
        classes = [("", colour, name) for colour, name in zip(colours, names, strict=True)]
    keys = [*classes, *_keys(drawn, style)]
    columns = 1 if len(keys) * _LINE <= box.high else 2
    down = -(-len(keys) // columns)
    wide = box.wide / columns
    for at, (look, colour, text) in enumerate(keys):
        x, y = box.x + at // down * wide, box.y + at % down * _LINE
        if colour:
            _swatch(shapes, Box(x=x, y=y + 1.5, wide=14, high=9), style, colour, look)
        else:
            _words(shapes, Box(x=x, y=y, wide=14, high=12), look, style, align="center")
        _words(shapes, Box(x=x + 20, y=y, wide=wide - 24, high=12), text, style)


def tiles(shapes: Any, box: Box, drawn: Areas, style: Style, alt: str) -> Any:
    """Add the cities of *drawn* as tiles of one size, each with its figure."""
    places = {place: at for place, at in style.shapes.tiles.items() if place in drawn.rows}
    left, top = (min(at[axis] for at in places.values()) for axis in (0, 1))
    across, down = (
        1 + max(at[axis] for at in places.values()) - least for axis, least in ((0, left), (1, top))
    )
    wide, high = box.wide / across, min(box.high / down, box.wide / across * _TILE)
    group = shapes.add_group_shape()
    for place, (column, line) in places.items():
        row, fill = drawn.rows[place], drawn.fills[place]
        x, y = box.x + (column - left) * wide, box.y + (line - top) * high
        ring = [(x, y), (x + wide - 3, y), (x + wide - 3, y + high - 3), (x, y + high - 3)]
        _city(group.shapes, drawn, style, place, [ring])
        texts = [row.label, figure_words(row, style, compact=True) if row.known else _sign(row).strip()]
        said = [Said(text=text, size=NAME, colour=fill.ink, align="center") for text in texts if text]
        spot = Box(
            x=x, y=y + (high - 3 - len(said) * NAME * LEAD) / 2, wide=wide - 3, high=len(said) * NAME * LEAD
        )
        decorative(textbox(group.shapes, spot, said, style.lang))
    describe(group, style.t("slides.map"), alt)
    return group


def cut(ring: Sequence[tuple[float, float]], box: Box) -> list[tuple[float, float]]:
    """Return the part of a closed line that is inside *box*, points closer than can be seen left out; [] for none."""
    found = [*ring]
    for axis, edge, sign in (
        (0, box.x, 1),
        (0, box.x + box.wide, -1),
        (1, box.y, 1),
        (1, box.y + box.high, -1),
    ):
        found = _one_side(found, axis, edge, sign)
    kept: list[tuple[float, float]] = []
    for point in found:
        if not kept or max(abs(point[0] - kept[-1][0]), abs(point[1] - kept[-1][1])) >= _FINEST:
            kept.append(point)
    return kept if len(kept) > 2 else []


def _one_side(
    ring: Sequence[tuple[float, float]], axis: int, edge: float, sign: int
) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for at, point in enumerate(ring):
        before = ring[at - 1]
        inside, was_inside = ((one[axis] - edge) * sign >= 0 for one in (point, before))
        if inside != was_inside:
            share = (edge - before[axis]) / (point[axis] - before[axis])
            found.append(
                (before[0] + (point[0] - before[0]) * share, before[1] + (point[1] - before[1]) * share)
            )
        if inside:
            found.append(point)
    return found


def _swatch(shapes: Any, box: Box, style: Style, colour: str, look: str = "") -> None:
    made = shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu)
    made.shadow.inherit = False
    made.line.color.rgb, made.line.width = rgb(style.palette.hatch), Pt(0.5)
    holder = parse_xml(f"<p:spPr {nsdecls('p', 'a')}>{_filled(style, colour, look)}</p:spPr>")
    made._element.spPr.find(qn("a:prstGeom")).addnext(holder[0])
    decorative(made)


def _words(shapes: Any, box: Box, text: str, style: Style, align: str = "left") -> None:
    textbox(shapes, box, [Said(text=text, size=9.5, colour=style.palette.soft, align=align)], style.lang)


def _keys(drawn: Areas, style: Style) -> Iterator[tuple[str, str, str]]:
    """Yield (look or sign, colour or "" for a sign, words) of what the map's marks mean."""
    palette, rows = style.palette, drawn.rows.values()
    if any(row.known and row.value == 0 for row in rows):
        yield "", palette.ground, style.t("flag.zero")
    for absence, look in ABSENCE_LOOKS.items():
        if any(row.absence == absence and not row.known for row in rows):
            yield look, palette.no_figure, absence_words(absence, style)
    for qualifier in ("over", "at_least", "under", "at_most", "approx"):
        if any(row.known and row.qualifier == qualifier for row in rows):
            yield SIGNS[qualifier], "", style.t(f"qualifier.{qualifier}")
    if bases_differ(rows):
        yield "!", "", style.t("figure.bases_differ")
