"""Charts that slides have no form of their own for: the page's chart as a sharp picture, or why there is none."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

from dashboards.exports.chromium import Canvas
from dashboards.exports.engine import Draw, ImageError
from dashboards.exports.fonts import check
from dashboards.exports.picture import texts_of
from dashboards.exports.sheet import NATURAL, own_height
from dashboards.exports.slide_words import Box, Said, height, textbox
from dashboards.exports.telling import Telling
from dashboards.style import Style

DENSITY = 2.5
SMALL = 11.0


def drawn_picture(shapes: Any, box: Box, telling: Telling, style: Style, draw: Draw) -> Any | None:
    """Add the chart of *telling* as a picture that fills *box* as far as its shape allows; None if none was drawn."""
    if telling.figure is None:
        return None
    figure = telling.figure(replace(style, room=NATURAL * 0.8))
    wide = float(NATURAL)
    if "ratio" in (figure.layout.meta or {}):
        foot, ratio = float(figure.layout.meta["foot"]), float(figure.layout.meta["ratio"])
        wide = min(wide, max((box.high / box.wide * wide - foot) / ratio, 420.0))
    high = own_height(figure, telling, wide)
    plain = figure.to_dict()
    check(texts_of(plain), style.lang)
    plain["layout"] |= {"width": round(wide), "height": round(high), "paper_bgcolor": style.palette.ground}
    try:
        image = draw(plain, Canvas(width=round(wide), height=round(high), scale=DENSITY))
    except ImageError:
        return None
    share = min(box.wide / wide, box.high / high)
    placed = Box(x=box.x, y=box.y, wide=wide * share, high=high * share)
    return shapes.add_picture(BytesIO(image), *placed.emu)


def undrawn(shapes: Any, box: Box, telling: Telling, style: Style, draw: Draw | None) -> Box:
    """Say at the top of *box* why a table stands where a chart was to be; return what is left for the table."""
    if telling.rows.empty:
        return box
    text = style.t("picture.not_drawn" if draw is None else "pack.no_chart")
    high = height(text, SMALL, box.wide, style.lang)
    said = Said(text=text, size=SMALL, colour=style.palette.soft)
    textbox(shapes, replace(box, high=high), [said], style.lang)
    return replace(box, y=box.y + high + SMALL / 2, high=box.high - high - SMALL / 2)
