"""Names on a map of many small areas: on the area where it is wide enough, else over open ground, at a line's end."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import plotly.graph_objects as go

from dashboards.figures.lettering import width
from dashboards.figures.map_ground import Fill, leaders, lettering
from dashboards.figures.map_labels import NARROWEST, Box, Label, Point, Screen, box, overlap
from dashboards.style import Style

_STEP = 5.0
"""Px from one point of land to the next, where land is felt for."""

WIDE = 560.0
"""Width in px of the narrowest map that has all its names."""

_SPOT = 3.0
_OWN = 1.25
"""How much longer than its area is wide a name on it may be."""

_NUDGES = tuple((x, y) for y in (0.0, -4.0, 4.0, -8.0, 8.0) for x in (0.0, -6.0, 6.0, -12.0, 12.0))
_REACH = tuple(
    (far * math.cos(math.radians(angle)), far * math.sin(math.radians(angle)))
    for far in (30.0, 42.0, 56.0, 72.0, 90.0, 110.0, 130.0)
    for angle in range(0, 360, 15)
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Area:
    """A place on the screen: the middle of its longest line, how long that is, and points all over it."""

    middle: Point
    wide: float
    ground: tuple[Point, ...]


def _area(style: Style, place: str, screen: Screen) -> _Area | None:
    """Return *place* as the lines of its hatch tell it; None where it has none."""
    lons, lats = style.shapes.hatch([place])
    points = [
        screen.px((lon, lat))
        for lon, lat in zip(lons, lats, strict=True)
        if lon is not None and lat is not None
    ]
    ends = list(zip(points[::2], points[1::2], strict=True))
    if not ends:
        return None
    ground = [_between(one, other, n / steps) for one, other in ends
              for steps in [max(1, round(math.dist(one, other) / _STEP))] for n in range(steps + 1)]  # fmt: skip
    longest = max(ends, key=lambda each: math.dist(*each))
    return _Area(middle=_between(*longest, 0.5), wide=math.dist(*longest), ground=tuple(ground))


def _between(one: Point, other: Point, share: float) -> Point:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


def _held(area: Box, points: Iterable[Point]) -> int:
    return sum(area[0] <= x <= area[2] and area[1] <= y <= area[3] for x, y in points)


def _label(place: str, at: Point, screen: Screen, position: str, leader: Point | None = None) -> Label:
    lon, lat = screen.point(at)
    return Label(place_id=place, lon=lon, lat=lat, position=position, leader=leader)


def _on_it(place: str, area: _Area, wide: float, screen: Screen) -> Iterable[Label]:
    x, y = area.middle
    if wide <= area.wide * _OWN:
        for right, down in _NUDGES:
            yield _label(place, (x + right, y + down), screen, "middle center")


def _away(place: str, area: _Area, screen: Screen) -> Iterable[Label]:
    x, y = area.middle
    for right, down in _REACH:
        side = "middle right" if right > 4 else "middle left" if right < -4 else "middle center"
        yield _label(place, (x + right, y + down), screen, side, screen.point(area.middle))


def _turn(one: Point, other: Point, third: Point) -> float:
    return (other[0] - one[0]) * (third[1] - one[1]) - (other[1] - one[1]) * (third[0] - one[0])


def _cross(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Tell whether two lines cross."""
    return (
        _turn(*one, other[0]) * _turn(*one, other[1]) < 0
        and _turn(*other, one[0]) * _turn(*other, one[1]) < 0
    )


@dataclass(kw_only=True)
class _Sheet:
    """What is set on a screen so far: names, the boxes and the leaders they take."""

    screen: Screen
    areas: Mapping[str, _Area]
    labels: list[Label] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    lines: list[tuple[Point, Point]] = field(default_factory=list)

    def put(self, candidates: Iterable[Label], text: str, size: float) -> bool:
        """Set the first label that touches no other name and no leader; off all land where it stands away."""
        for label in candidates:
            at = self.screen.px((label.lon, label.lat))
            area = box(at, label.position, text, size)
            line = (self.screen.px(label.leader), at) if label.leader else None
            if self._free(area, line) and self._over(area, label) <= (0 if line else 2):
                self.labels.append(label)
                self.boxes.append((area[0] - _SPOT, area[1], area[2] + _SPOT, area[3]))
                self.lines += [line] if line else []
                return True
        return False

    def _free(self, area: Box, line: tuple[Point, Point] | None) -> bool:
        left, top, right, bottom = area
        if left < 0 or top < 0 or right > self.screen.width or bottom > self.screen.height:
            return False
        if any(overlap(area, other) for other in self.boxes) or any(
            _through(area, each) for each in self.lines
        ):
            return False
        return line is None or not (
            any(_cross(line, other) for other in self.lines)
            or any(_through(other, line) for other in self.boxes)
        )

    def _over(self, area: Box, label: Label) -> int:
        """Count the points of land under *area*, those of its own place only where it stands away from it."""
        others = [each for place, each in self.areas.items() if label.leader or place != label.place_id]
        return sum(_held(area, each.ground) for each in others)


def _through(area: Box, line: tuple[Point, Point]) -> bool:
    steps = max(1, round(math.dist(*line) / 3.0))
    return _held(area, (_between(*line, n / steps) for n in range(steps + 1))) > 0


def _sheet(style: Style, texts: Mapping[str, str], bounds: Box, wide: float) -> _Sheet:
    screen = Screen(bounds=bounds, width=wide)
    found = {place: _area(style, place, screen) for place in texts}
    return _Sheet(screen=screen, areas={place: area for place, area in found.items() if area})


def names(
    style: Style, texts: Mapping[str, str], fills: Mapping[str, Fill], bounds: Box
) -> list[go.Scattergeo]:
    """Return three traces: the names that stand on their areas on any screen, then leaders and names of the others,
    for maps at least ``WIDE`` px wide; narrower ones hide these two.
    """
    size = style.size - 1.5
    narrow = _sheet(style, texts, bounds, NARROWEST)
    wide = _sheet(style, texts, bounds, WIDE)
    for place in sorted(narrow.areas, key=lambda each: -narrow.areas[each].wide):
        narrow.put(
            _on_it(place, narrow.areas[place], width(texts[place], size), narrow.screen), texts[place], size
        )
    for label in narrow.labels:
        wide.put([label], texts[label.place_id], size)
    rest = [place for place in wide.areas if all(place != label.place_id for label in wide.labels)]
    for away in (False, True):
        for place in sorted(rest, key=lambda each: -wide.areas[each].wide):
            area, text = wide.areas[place], texts[place]
            on_it = _on_it(place, area, width(text, size), wide.screen)
            if wide.put(_away(place, area, wide.screen) if away else on_it, text, size):
                rest.remove(place)
    others = [label for label in wide.labels if label not in narrow.labels]
    if not wide.areas:
        return []
    open_ground = Fill(colour=style.palette.ground, ink=style.palette.ink)
    inks = [open_ground if label.leader else fills[label.place_id] for label in others]
    own = [fills[label.place_id] for label in narrow.labels]
    own_names = lettering(style, narrow.labels, texts, own)
    if not others:
        return [own_names, _nothing(), _nothing()]
    return [own_names, *(leaders(style, others) or [_nothing()]), lettering(style, others, texts, inks)]


def _nothing() -> go.Scattergeo:
    """Return a trace that draws nothing and is one all the same, so that the last two may be hidden."""
    return go.Scattergeo(lon=[None], lat=[None], mode="lines", hoverinfo="skip")
