"""Places for the names of cities on a map: each as near its city as the narrowest screen allows, none on another."""

import math
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboards.figures.lettering import width

NARROWEST = 286.0
"""Width in px of a map on a telephone of 360 px."""

Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A name at *lon*, *lat*; with *leader* a line leads from the city to it."""

    place_id: str
    lon: float
    lat: float
    position: str
    leader: Point | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Screen:
    """The map as a screen of *width* px shows it: Mercator, *bounds* (west, south, east, north) filling it."""

    bounds: Box
    width: float

    @property
    def scale(self) -> float:
        """Px for a degree of longitude."""
        return self.width / (self.bounds[2] - self.bounds[0])

    @property
    def height(self) -> float:
        """Height in px of the whole map."""
        return self.px((self.bounds[0], self.bounds[1]))[1]

    def px(self, point: Point) -> Point:
        """Return where on the screen *point* (lon, lat) lies, from the top left."""
        top = _mercator(self.bounds[3])
        return (point[0] - self.bounds[0]) * self.scale, (top - _mercator(point[1])) * self.scale

    def point(self, px: Point) -> Point:
        """Return the lon and lat of a place on the screen."""
        y = _mercator(self.bounds[3]) - px[1] / self.scale
        return self.bounds[0] + px[0] / self.scale, math.degrees(
            2 * math.atan(math.exp(math.radians(y)))
        ) - 90


def _mercator(lat: float) -> float:
    return math.degrees(math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)))


def ratio(bounds: Box) -> float:
    """Return the height of the map of *bounds* for a width of 1."""
    return Screen(bounds=bounds, width=1.0).height


_BESIDE = ("middle right", "bottom center", "middle left", "top center")


def _ring(*distances: float) -> tuple[Point, ...]:
    return tuple(
        (distance * math.cos(math.radians(angle)), distance * math.sin(math.radians(angle)))
        for distance in distances
        for angle in (0, 90, -90, 180, 45, -45, 135, -135)
    )


# A city wide and low, as Shenzhen is, has room to the side.
_NUDGES = (
    (0.0, 0.0),
    *_ring(4.0, 8.0, 12.0),
    *((way * far, 0.0) for far in (17.0, 22.0, 27.0) for way in (1, -1)),
)
_FAR = _ring(20.0, 30.0, 42.0)


def box(at: Point, position: str, text: str, size: float) -> Box:
    """Return left, top, right, bottom in px of *text* set at *position* of *at*."""
    wide, high = width(text, size), size * 1.15
    vertical, horizontal = position.split()
    left = at[0] - {"left": wide + 2, "center": wide / 2, "right": -2}[horizontal]
    top = at[1] - {"top": high, "middle": high / 2, "bottom": 0}[vertical]
    return left, top, left + wide, top + high


def overlap(one: Box, other: Box) -> float:
    """Return the area in px² that two boxes share."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across * down if across > 0 and down > 0 else 0.0


def _candidates(place_id: str, point: Point, screen: Screen, *, beside: bool) -> Iterable[Label]:
    x, y = screen.px(point)
    for right, down in () if beside else _NUDGES:
        lon, lat = screen.point((x + right, y + down))
        yield Label(place_id=place_id, lon=lon, lat=lat, position="middle center")
    for position in _BESIDE:
        yield Label(place_id=place_id, lon=point[0], lat=point[1], position=position)
    for right, down in _FAR:
        lon, lat = screen.point((x + right, y + down))
        side = "middle right" if right > 1 else "middle left" if right < -1 else "middle center"
        yield Label(place_id=place_id, lon=lon, lat=lat, position=side, leader=point)


def _cost(label: Label, text: str, size: float, screen: Screen, taken: Sequence[Box]) -> float:
    area = box(screen.px((label.lon, label.lat)), label.position, text, size)
    outside = max(0.0, -area[0], -area[1], area[2] - screen.width, area[3] - screen.height)
    return sum(overlap(area, other) for other in taken) + outside * size


def place_labels(
    points: Mapping[str, Point],
    texts: Mapping[str, str],
    screen: Screen,
    size: float,
    *,
    room: float = 0.0,
    beside: Container[str] = (),
) -> list[Label]:
    """Return a label for each city in *points*, set so that none overlaps another on *screen*.

    Those that never stand on their city (*beside*) are set first, then cities with the most room around them,
    at their own point; a crowded one moves a little, then beside its point, then away from it on a leader.
    *room* px are kept free around each name.
    """
    px = {place: screen.px(point) for place, point in points.items()}

    def turn(place: str) -> tuple[bool, float, float]:
        nearest = min((math.dist(px[place], px[other]) for other in px if other != place), default=0.0)
        return place not in beside, -nearest, px[place][1]

    taken: list[Box] = []
    labels = []
    for place in sorted(points, key=turn):
        best = min(
            _candidates(place, points[place], screen, beside=place in beside),
            key=lambda label: _cost(label, texts[label.place_id], size, screen, taken),
        )
        left, top, right, bottom = box(screen.px((best.lon, best.lat)), best.position, texts[place], size)
        taken.append((left - room, top - room, right + room, bottom + room))
        labels.append(best)
    return labels


def _around(place_id: str, point: Point, radius: float, screen: Screen) -> Iterable[Label]:
    """Yield labels beside, below and above a disc, then farther away on a leader."""
    x, y = screen.px(point)
    for right, down, position in (
        (radius, 0.0, "middle right"),
        (-radius, 0.0, "middle left"),
        (0.0, radius, "bottom center"),
        (0.0, -radius, "top center"),
    ):
        lon, lat = screen.point((x + right, y + down))
        yield Label(place_id=place_id, lon=lon, lat=lat, position=position)
    for right, down in _ring(radius + 12.0, radius + 24.0, radius + 38.0):
        lon, lat = screen.point((x + right, y + down))
        side = "middle right" if right > 1 else "middle left" if right < -1 else "middle center"
        yield Label(place_id=place_id, lon=lon, lat=lat, position=side, leader=point)


def free_labels(
    points: Mapping[str, Point],
    texts: Mapping[str, str],
    screen: Screen,
    size: float,
    radii: Mapping[str, float],
    kept: Sequence[Box] = (),
) -> list[Label]:
    """Return labels around the discs of *points*, the first named first; what has no room goes without.

    *radii* are the discs' radii in px of *screen*, *kept* the boxes nothing may cover.
    """
    discs = {
        place: (x - radii[place], y - radii[place], x + radii[place], y + radii[place])
        for place, (x, y) in ((place, screen.px(point)) for place, point in points.items())
    }
    taken: list[Box] = list(kept)
    labels = []
    for place, point in points.items():
        others = [*taken, *(disc for other, disc in discs.items() if other != place)]
        for label in _around(place, point, radii[place], screen):
            if not _cost(label, texts[place], size, screen, others):
                labels.append(label)
                taken.append(box(screen.px((label.lon, label.lat)), label.position, texts[place], size))
                break
    return labels
