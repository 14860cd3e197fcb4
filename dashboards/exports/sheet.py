"""The sheet a picture is laid out on: its forms and sizes, and the lines of words above and below the chart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import ceil

import plotly.graph_objects as go

from dashboards.exports import fonts
from dashboards.exports.telling import Telling
from dashboards.style import Style

PAD = 30.0
TITLE, UNIT, FOOT = 21.0, 13.5, 11.5
LEAD = 1.34
"""Height of a line of text over its size, as charts set it."""

NATURAL = 840
"""Width in px of a picture whose height follows from its chart."""

GAP = 12.0
MARK = 4.0
_HIGHEST = 4000


@dataclass(frozen=True, kw_only=True)
class Preset:
    """A form of picture: its *shape* (across, down) with *dots* across, or the chart's own height at *scale*.

    With a shape, the picture is laid out at least *least* px high and then enlarged, so that type grows with it;
    a map is *map_width* px wide at least.
    """

    id: str
    scale: float = 1.0
    shape: tuple[int, int] | None = None
    dots: int = 0
    least: int = 0
    map_width: int = 0
    dpi: int = 96


PRESETS: Mapping[str, Preset] = {
    preset.id: preset
    for preset in (
        Preset(id="1x"),
        Preset(id="2x", scale=2.0, dpi=192),
        Preset(id="16x9", shape=(16, 9), dots=1920, least=486, map_width=470, dpi=144),
        Preset(id="a4", shape=(99, 70), dots=2475, least=560, map_width=520, dpi=212),
        Preset(id="a4_upright", shape=(70, 99), dots=1750, least=900, map_width=600, dpi=212),
    )
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line of text: its words, size and colour, and how far its middle is below the top of its block."""

    text: str
    size: float
    colour: str
    at: float
    bold: bool = False


@dataclass(frozen=True, kw_only=True)
class Block:
    """Lines of words one under the other, and the px they take down."""

    lines: tuple[Line, ...]
    height: float


def _stacked(parts: Iterable[tuple[str, float, str, bool, float]], room: float, lang: str) -> Block:
    """Return texts one under the other; each is (text, size, colour, bold, space before it)."""
    found: list[Line] = []
    below = 0.0
    for text, size, colour, bold, before in parts:
        below += before if found else 0.0
        for line in fonts.lines(text, size, room, lang, bold=bold):
            at = below + size * LEAD / 2
            found.append(Line(text=line, size=size, colour=colour, at=at, bold=bold))
            below += size * LEAD
    return Block(lines=tuple(found), height=below)


def stamp(telling: Telling, style: Style) -> str:
    """Return for whom a panel is, where it isn't for everybody."""
    return style.t(f"picture.audience_{telling.audience}") if telling.audience != "public" else ""


def subtitle(telling: Telling, style: Style) -> str:
    """Return what stands under the title: the indicator where there is one and the title isn't it, and the unit."""
    told = set(telling.rows.get("indicator_id", ()))
    one = told.pop() if len(told) == 1 else ""
    published = "figure_ref" in telling.rows.columns  # a sum over days isn't what its indicator is named
    if one and published and style.words.has(f"indicator.{one}"):
        name = style.t(f"indicator.{one}")
        if not _alike(name, telling.title):
            return style.t("format.pair", a=name, b=telling.unit) if telling.unit else name
    return telling.unit


def _alike(name: str, title: str) -> bool:
    """Say whether *title* tells all that the *name* of an indicator would."""
    return name.casefold() in title.casefold() or title.casefold() in name.casefold()


def foot_lines(telling: Telling, style: Style) -> list[str]:
    """Return what stands below the chart: note, flags, data-to, source and as-of, address;"""
    flags = style.t("picture.flags", flags=style.words.listing(telling.flags)) if telling.flags else ""
    source = style.source_line(telling.sources, telling.as_of)
    to = style.t("ui.data_to", date=telling.data_to) if telling.data_to else ""
    dated = style.t("picture.joined", a=to, b=source) if to else source
    address = style.t("format.pair", a=style.t("ui.product_name"), b=telling.permalink)
    return [text for text in (telling.note, flags, dated, address) if text]


def _head(telling: Telling, style: Style, room: float) -> Block:
    palette = style.palette
    parts = [
        (stamp(telling, style), FOOT + 0.5, palette.status["off_track"], True, 0.0),
        (telling.title, TITLE, palette.ink, True, 4.0),
        (subtitle(telling, style), UNIT, palette.soft, False, 3.0),
    ]
    return _stacked([part for part in parts if part[0]], room, style.lang)


def _foot(telling: Telling, style: Style, room: float) -> Block:
    soft = style.palette.soft
    texts = foot_lines(telling, style)
    return _stacked([(text, FOOT, soft, False, 3.0) for text in texts], room, style.lang)


def own_height(figure: go.Figure, telling: Telling, width: float) -> float:
    """Return the height of the chart itself at *width* px: its own, a map's by its shape, else the panel's."""
    shape = figure.layout.meta or {}
    if is_map(figure):
        return width * float(shape["ratio"]) + float(shape["foot"])
    return float(figure.layout.height or telling.height)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The px of a picture, and the blocks above and below its chart."""

    width: int
    height: int
    head: Block
    foot: Block

    @property
    def chart(self) -> float:
        """Return the px left for the chart."""
        return self.height - 2 * PAD - self.head.height - self.foot.height - 2 * GAP - MARK


def _sheet(telling: Telling, style: Style, width: float) -> Sheet:
    """Return a sheet of *width* px with no room for a chart yet."""
    room = width - 2 * PAD
    head, foot = _head(telling, style, room), _foot(telling, style, room)
    around = 2 * PAD + head.height + foot.height + 2 * GAP + MARK
    return Sheet(width=round(width), height=ceil(around), head=head, foot=foot)


def fitted(telling: Telling, style: Style, own: go.Figure, preset: Preset) -> Sheet:
    """Return the sheet of *preset*: for one of fixed shape the smallest on which the chart has its own height."""
    if preset.shape is None:
        sheet = _sheet(telling, style, NATURAL)
        return replace(sheet, height=ceil(sheet.height + own_height(own, telling, NATURAL - 2 * PAD)))
    across, down = preset.shape
    steps = ceil(preset.least / down)
    while True:
        sheet = _sheet(telling, style, across * steps)
        room = min(sheet.width - 2 * PAD, preset.map_width) if is_map(own) else sheet.width - 2 * PAD
        if sheet.height + own_height(own, telling, room) <= down * steps or steps * down > _HIGHEST:
            return replace(sheet, height=down * steps)
        steps += 1


def is_map(figure: go.Figure) -> bool:
    """Say whether a chart has a shape of its own, as maps have."""
    return "ratio" in (figure.layout.meta or {})
