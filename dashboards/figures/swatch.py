"""The sample of a key as an SVG picture, as figures.legend draws it into a chart."""

from __future__ import annotations

from dashboards.figures.legend import HATCHES, Key
from dashboards.style import Palette

WIDTH, HEIGHT = 16, 10
_FRAME = f'x="0.5" y="0.5" width="{WIDTH - 1}" height="{HEIGHT - 1}"'


def svg(key: Key, palette: Palette) -> str:
    """Return the sample of *key*; empty text where its look is a sign to be set as text."""
    if key.look == "fill":
        inside = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{key.colour}"/>'
    elif key.look == "outline":
        inside = f'<rect {_FRAME} fill="{palette.ground}" stroke="{palette.soft}"/>'
    elif key.look == "plain":
        inside = (
            f'<rect {_FRAME} fill="{palette.no_figure}" stroke="{palette.hatch}" stroke-dasharray="1.5 2"/>'
        )
    elif key.look in HATCHES:
        inside = _hatched(HATCHES[key.look], palette)
    else:
        return ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
        f'height="{HEIGHT}">{inside}</svg>'
    )


def _hatched(dash: str, palette: Palette) -> str:
    broken = "" if dash == "solid" else f' stroke-dasharray="{dash.replace("px", "").replace(",", " ")}"'
    strokes = "".join(f"M{start} {HEIGHT}l{HEIGHT} -{HEIGHT}" for start in range(-5, WIDTH, 5))
    return (
        f'<rect {_FRAME} fill="{palette.no_figure}" stroke="{palette.hatch}"/>'
        f'<path d="{strokes}" stroke="{palette.hatch}" stroke-width="1.2"{broken}/>'
    )
