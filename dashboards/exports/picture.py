"""A chart as a picture that stands alone: title, unit, flags, source, as-of and address are inside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from dashboards.exports import fonts
from dashboards.exports.sheet import GAP, MARK, NATURAL, PAD, Line, Preset, Sheet, fitted, own_height
from dashboards.exports.telling import Telling
from dashboards.figures.lettering import plain
from dashboards.style import Style

_MARGINS = 60.0
_ROUND_UP = 1 + 1e-9
"""A browser cuts off what is left of a dot."""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A chart laid out: plain values for plotly, the px it is laid out in, and the dots for each of them."""

    figure: Mapping[str, Any]
    width: int
    height: int
    scale: float


def picture(telling: Telling, style: Style, preset: Preset, *, elsewhere: bool = False) -> Picture:
    """Return the chart of *telling* as a picture; raise ValueError for a panel that draws none.

    FontsMissingError where a character of it cannot be written here, unless it is drawn *elsewhere*.
    """
    if telling.figure is None:
        raise ValueError(f"panel {telling.panel_id!r} draws no chart now: ask for its table")
    own = telling.figure(replace(style, room=NATURAL - 2 * PAD - _MARGINS))
    sheet = fitted(telling, style, own, preset)
    figure = own.to_dict()
    natural = own_height(own, telling, sheet.width - 2 * PAD)
    figure["layout"] = _laid(figure["layout"], sheet, natural, style)
    if not elsewhere:
        fonts.check(texts_of(figure), style.lang)
    scale = preset.scale if preset.shape is None else preset.dots / sheet.width * _ROUND_UP
    return Picture(figure=figure, width=sheet.width, height=sheet.height, scale=scale)


def _laid(layout: Mapping[str, Any], sheet: Sheet, own: float, style: Style) -> dict[str, Any]:
    """Return *layout* on the sheet: the chart's margins widened by the blocks, their lines written there."""
    held = {side: float((layout.get("margin") or {}).get(side, 0)) for side in "lrtb"}
    spare = max(sheet.chart - own, 0.0) if "ratio" not in (layout.get("meta") or {}) else 0.0
    above = PAD + MARK + sheet.head.height + GAP
    below = PAD + sheet.foot.height + GAP + spare
    margin = {
        "l": held["l"] + PAD, "r": held["r"] + PAD, "t": held["t"] + above, "b": held["b"] + below,
        "pad": 0, "autoexpand": False,
    }  # fmt: skip
    top, start = held["t"] + above - PAD - MARK, held["b"] + GAP + spare
    head = [_written(line, -held["l"], top - line.at, top=True) for line in sheet.head.lines]
    foot = [_written(line, -held["l"], -start - line.at, top=False) for line in sheet.foot.lines]
    mark = {
        "type": "rect", "xref": "paper", "yref": "paper", "xsizemode": "pixel", "ysizemode": "pixel",
        "xanchor": 0, "yanchor": 1, "x0": -held["l"], "x1": -held["l"] + 44,
        "y0": top + 2 * MARK, "y1": top + 3 * MARK,
        "fillcolor": style.palette.accent, "line": {"width": 0},
    }  # fmt: skip
    return {
        **layout,
        "width": sheet.width,
        "height": sheet.height,
        "autosize": False,
        "margin": margin,
        "paper_bgcolor": style.palette.ground,
        "annotations": [*layout.get("annotations", ()), *head, *foot],
        "shapes": [*layout.get("shapes", ()), mark],
    }


def _written(line: Line, right: float, up: float, *, top: bool) -> dict[str, Any]:
    text = plain(line.text)
    return {
        "text": f"<b>{text}</b>" if line.bold else text, "showarrow": False, "align": "left", "borderpad": 0,
        "x": 0, "xref": "paper", "xanchor": "left", "xshift": right,
        "y": 1 if top else 0, "yref": "paper", "yanchor": "middle", "yshift": up,
        "font": {"size": line.size, "color": line.colour},
    }  # fmt: skip


def texts_of(figure: Any) -> Iterator[str]:
    """Yield every text that a figure (plain values) writes on the picture."""
    if isinstance(figure, Mapping):
        for name, held in figure.items():
            if name in {"text", "ticktext"} and not _hidden(figure):
                yield from _strings(held)
            elif isinstance(held, (Mapping, list, tuple)):
                yield from texts_of(held)
    elif isinstance(figure, (list, tuple)) and figure and isinstance(figure[0], (Mapping, list, tuple)):
        for held in figure:
            yield from texts_of(held)


def _hidden(trace: Mapping[str, Any]) -> bool:
    """Say whether the texts of a trace are only for its hover boxes."""
    return "type" in trace and "text" not in str(trace.get("mode", ""))


def _strings(held: Any) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif held is not None and not isinstance(held, (int, float)):
        for part in held:
            yield from _strings(part)
