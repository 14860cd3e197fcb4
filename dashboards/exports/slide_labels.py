"""Where figures are written out beside the lines of a native chart: clear of marks and of one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from pptx.enum.chart import XL_LABEL_POSITION

from dashboards.exports.slide_charts import LABEL
from dashboards.figures.lettering import width
from dashboards.figures.map_labels import Box, Point, overlap
from dashboards.figures.rows import figure_words
from dashboards.figures.series import Dot, Line, joined
from dashboards.style import Style

MOST_LABELLED = 8
"""How many qualified figures of one line are written out beside it."""

_MARK = 4.0
"""Points from the middle of a mark to where words may begin."""

Written = Mapping[int, tuple[str, XL_LABEL_POSITION]]
"""What is written at the figures of a line, by their place in it, and on which side."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Plot:
    """A plot of *wide* by *high* points, over days from *first* to *last* and amounts from *low* to *top*."""

    first: date
    last: date
    low: float
    top: float
    wide: float
    high: float

    def point(self, dot: Dot) -> Point:
        """Return where *dot* lies, in points from the upper left corner."""
        days, reach = (self.last - self.first).days or 1, (self.top - self.low) or 1.0
        across = (day_of(dot) - self.first).days / days * self.wide
        return across, (self.top - dot.row.value) / reach * self.high


def day_of(dot: Dot) -> date:
    """Return the date of a figure in the table behind a chart: that of a stock, the first day of a period."""
    row = dot.row
    end = row.end or date.min
    return end if row.span in {"point", ""} else row.start or end


def labels(found: Sequence[Line], plot: Plot, style: Style) -> list[Written]:
    """Return for each line which of its figures are written out: the newest, then qualified ones, as room allows.

    None stands on a mark or on another; where no side is clear of lines too, that with the fewest of them is taken.
    """
    marks = [_around(plot.point(dot), _MARK, _MARK) for line in found for dot in line.dots]
    strokes = [
        (plot.point(one), plot.point(other))
        for line in found
        for one, other in pairwise(line.dots)
        if joined(one, other)
    ]
    newest = max(day_of(line.last) for line in found)
    taken: list[Box] = []
    told: list[dict[int, tuple[str, XL_LABEL_POSITION]]] = [{} for _ in found]
    for n, k in _wanted(found):
        dot = found[n].dots[k]
        words = figure_words(dot.row, style, compact=True)
        sides = [each for each in _sides(plot.point(dot), width(words, LABEL)) if not _hit(each[1], taken)]
        if day_of(dot) == newest:
            sides = sides[:1] if sides and sides[0][0] == XL_LABEL_POSITION.RIGHT else []
        else:
            sides = [each for each in sides if _inside(each[1], plot) and not _hit(each[1], marks)]
            sides.sort(key=lambda each: sum(crosses(*stroke, each[1]) for stroke in strokes))
        if sides:
            taken.append(sides[0][1])
            told[n][k] = (words, sides[0][0])
    return list(told)


def _wanted(found: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield line and place of each figure that should be written out, the most wanted first."""
    yield from ((n, len(line.dots) - 1) for n, line in enumerate(found))
    qualified = [
        (n, k)
        for n, line in enumerate(found)
        for k in reversed(range(len(line.dots) - 1))
        if not line.dots[k].plain
    ]
    yield from qualified[: MOST_LABELLED * len(found)]


def _sides(point: Point, across: float) -> Iterator[tuple[XL_LABEL_POSITION, Box]]:
    """Yield where words *across* points wide may stand by the figure at *point*."""
    (x, y), half, down = point, across / 2 + 3, LABEL * 0.65
    aside, away = half + _MARK + 1, down + _MARK + 1
    yield XL_LABEL_POSITION.RIGHT, _around((x + aside, y), half, down)
    yield XL_LABEL_POSITION.ABOVE, _around((x, y - away), half, down)
    yield XL_LABEL_POSITION.LEFT, _around((x - aside, y), half, down)
    yield XL_LABEL_POSITION.BELOW, _around((x, y + away), half, down)


def _around(point: Point, across: float, down: float) -> Box:
    return point[0] - across, point[1] - down, point[0] + across, point[1] + down


def _hit(area: Box, others: Sequence[Box]) -> bool:
    return any(overlap(area, other) for other in others)


def _inside(area: Box, plot: Plot) -> bool:
    return area[0] >= 0 and area[1] >= -LABEL and area[2] <= plot.wide and area[3] <= plot.high


def crosses(one: Point, other: Point, area: Box) -> bool:
    """Say whether the line from *one* to *other* goes through *area*."""
    (x, y), across, down = one, other[0] - one[0], other[1] - one[1]
    enter, leave = 0.0, 1.0
    for step, room in (
        (-across, x - area[0]),
        (across, area[2] - x),
        (-down, y - area[1]),
        (down, area[3] - y),
    ):
        if step == 0:
            if room < 0:
                return False
        elif step < 0:
            enter = max(enter, room / step)
        else:
            leave = min(leave, room / step)
    return enter <= leave
