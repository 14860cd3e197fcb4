"""A line the height of a word, as an SVG picture: the way a figure has gone, its newest value marked."""

from collections.abc import Sequence

import pandas as pd

from dashboards.figures.rows import absence_words, figure_words, period_words, text_of
from dashboards.figures.series import Dot, Line, lines, stretches
from dashboards.style import Style

WIDTH, HEIGHT = 120.0, 32.0
_EDGE = 5.0


def _longest(frame: pd.DataFrame, style: Style) -> Line | None:
    """Return the line of *frame* with the newest figure, of those the one with most figures."""
    found = lines(frame, style)
    return max(found, key=lambda line: (line.last.day, len(line.dots))) if found else None


def _scaled(line: Line) -> dict[Dot, tuple[float, float]]:
    """Return where each figure stands in the picture."""
    days = [dot.day.toordinal() for dot in line.dots]
    values = [dot.row.value for dot in line.dots]
    across, up = (max(days) - min(days)) or 1, (max(values) - min(values)) or 1.0
    flat = max(values) == min(values)
    return {
        dot: (
            round(_EDGE + (WIDTH - 2 * _EDGE) * ((day - min(days)) / across if len(days) > 1 else 1.0), 1),
            round(
                HEIGHT / 2 if flat else HEIGHT - _EDGE - (HEIGHT - 2 * _EDGE) * (value - min(values)) / up, 1
            ),
        )
        for dot, day, value in zip(line.dots, days, values, strict=True)
    }


def _end(dot: Dot, x: float, y: float, colour: str, ground: str) -> str:
    """Return the mark of the newest figure: a disc, hollow for "about" or provisional, a triangle for "over"."""
    if dot.row.qualifier in {"over", "at_least"}:
        return f'<path d="M{x - 4:g} {y + 3:g}h8l-4 -7z" fill="{colour}"/>'
    if dot.row.qualifier in {"under", "at_most"}:
        return f'<path d="M{x - 4:g} {y - 3:g}h8l-4 7z" fill="{colour}"/>'
    fill = colour if dot.plain else ground
    return f'<circle cx="{x:g}" cy="{y:g}" r="3.2" fill="{fill}" stroke="{colour}" stroke-width="1.6"/>'


def _path(dots: Sequence[Dot], places: dict[Dot, tuple[float, float]]) -> str:
    return " ".join(f"{places[dot][0]:g},{places[dot][1]:g}" for dot in dots)


def svg(frame: pd.DataFrame, style: Style) -> str:
    """Return an SVG of the newest series in *frame* (as in figures.rows); empty text where there is no figure.

    Joins are solid between exact final figures and dotted elsewhere, as in figures.trend; gaps stay open.
    """
    line = _longest(frame, style)
    if line is None:
        return ""
    places = _scaled(line)
    colour = style.palette.accent
    strokes = [
        f'<polyline points="{_path(dots, places)}" fill="none" stroke="{colour}" stroke-width="1.8"'
        f'{"" if firm else " stroke-dasharray=" + chr(34) + "2 2.5" + chr(34)} stroke-linejoin="round"/>'
        for firm, dots in stretches(line)
    ]
    x, y = places[line.last]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}" '
        f'height="{HEIGHT:g}">{"".join(strokes)}{_end(line.last, x, y, colour, style.palette.ground)}</svg>'
    )


def alt(frame: pd.DataFrame, style: Style) -> str:
    """Return the first and newest figure of the series drawn, in words."""
    line = _longest(frame, style)
    if line is None:
        return text_of([absence_words("no_figure", style)], style)
    ends = [line.dots[0], line.last] if len(line.dots) > 1 else [line.last]
    told = [
        style.t("figure.aside", text=figure_words(dot.row, style), aside=period_words(dot.row, style))
        for dot in ends
    ]
    if len(told) == 1:
        return text_of(told, style)
    return text_of([style.t("figure.from_to", name=line.name, first=told[0], last=told[1])], style)
